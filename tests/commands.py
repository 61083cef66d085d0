"""Runs `dossier` as users do: the installed command in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

DOSSIER = Path(sys.executable).with_name("dossier")
SAMPLES = Path(__file__).parent.parent / "samples" / "dossiers"
AS_OF = "--as-of=2026-11-24"


def dossier(*arguments: object, prefix: Sequence[object] = (), **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; neither of its streams is a terminal."""
    return subprocess.run(
        [str(part) for part in (*prefix, DOSSIER, *arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        timeout=300,
        check=False,
    )


@contextmanager
def running(*arguments: object, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """Start a command in a session of its own, as a terminal does; whatever is left of it is killed at the end."""
    process = subprocess.Popen(
        [str(part) for part in (DOSSIER, *arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, **environment},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        for pid in family(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.kill()
        process.communicate()


def family(pid: int) -> list[int]:
    """Return the ids of a process's children and their children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []
    return [each for child in map(int, children) for each in (child, *family(child))]


def workers(pid: int) -> list[int]:
    """Return the ids of a batch's worker processes."""
    return [child for child in family(pid) if b"pipeline.launch" in command_line(child)]


def alive(pids: Sequence[int]) -> list[int]:
    """Return those of some processes that still run; a zombie does not."""
    return [pid for pid in pids if command_line(pid)]


def wait_until(condition: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait for a callable to return something true."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def command_line(pid: int) -> bytes:
    """Return what a process was started with; nothing if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""
