"""What workers of the supervisor's tests do: a module, since their process must find it by name."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from pipeline.errors import ConfigurationError
from pipeline.worker import Handler, Tell

_hoards: list[bytes] = []

SECRET = "440300198602132575"


def obey(job: str, tell: Tell) -> bytes:
    """Do what the job says: `echo:TEXT`, `once:FILE` (die the first time), `die`, `hang`, `eat`, `fail`, `slow`.

    `children:N` has a process of its own take N bytes, `grandchildren:N` one that this starts, and `later:N` takes them
    itself once it has answered. `long:N` answers so many.
    `parts:AXB` has a part for each letter, and dies at each X. `falls:FOLDER:N` has N parts, and dies the first time at
    each. `stuck:N` hangs at part N. `niceness` answers how nice the worker is.
    """
    verb, _, text = job.partition(":")
    for part, letter in enumerate(text if verb in ("parts", "slow") else ""):
        tell(part)
        if letter == "X":
            os.kill(os.getpid(), signal.SIGKILL)
        if verb == "slow":
            time.sleep(0.3)
    if verb == "falls":
        _fall(text, tell)
    if verb == "stuck":
        tell(int(text))
        time.sleep(600)
    if verb == "once" and not Path(text).exists():
        Path(text).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if verb == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if verb == "hang":
        time.sleep(600)
    if verb == "eat":
        hoard = bytearray(400_000_000)
        hoard[::4096] = b"x" * len(hoard[::4096])
        time.sleep(600)
    if verb in ("children", "grandchildren"):
        hoarder = [sys.executable, "-c", f"import time; hoard = b'x' * {text}; time.sleep(600)"]
        between = [sys.executable, "-c", f"import subprocess; subprocess.run({hoarder!r})"]
        subprocess.run(hoarder if verb == "children" else between, check=True)
    if verb == "later":
        threading.Timer(0.5, lambda: _hoards.append(b"x" * int(text))).start()
    if verb == "long":
        text = "x" * int(text)
    if verb == "fail":
        raise ValueError(SECRET)
    if verb == "niceness":
        text = str(os.getpriority(os.PRIO_PROCESS, 0))
    return f"{os.getpid()} {text}".encode()


def _fall(text: str, tell: Tell) -> None:
    folder, _, parts = text.rpartition(":")
    for part in range(int(parts)):
        tell(part)
        flag = Path(folder) / str(part)
        if not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)


def make_obedient() -> Handler[str]:
    """Make the handler of workers that start well."""
    return obey


def make_refusing() -> Handler[str]:
    """Fail as a wrong rulebook does."""
    raise ConfigurationError("the rulebook is not valid")


def make_stillborn() -> Handler[str]:
    """Die before being ready, as for want of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def babble(frame: Callable[[], bytes], connection: Connection) -> None:
    """Be ready, take a job, and answer with `frame` instead of an answer."""
    os.write(connection.fileno(), bytes(8) + b"R")
    connection.recv()
    os.write(connection.fileno(), frame())
    time.sleep(600)


def bite(connection: Connection) -> None:
    """Be ready, and die of the first bytes of a job."""
    os.write(connection.fileno(), bytes(8) + b"R")
    os.read(connection.fileno(), 1)


def nibble(connection: Connection) -> None:
    """Be ready, and take a job a little at a time."""
    os.write(connection.fileno(), bytes(8) + b"R")
    while os.read(connection.fileno(), 16_000):
        time.sleep(0.3)


def interrupt(connection: Connection) -> None:
    """Be ready, and tell of a job before there is one."""
    os.write(connection.fileno(), bytes(8) + b"R" + told(b"1"))
    time.sleep(600)


def ready_again() -> bytes:
    """Say once more that it is ready."""
    return bytes(8) + b"R"


def sealed_again() -> bytes:
    """Say once more what holds it in."""
    return bytes(8) + b"S"


def huge() -> bytes:
    """Announce an answer of a thousand terabytes."""
    return (10**15).to_bytes(8, "big") + b"A"


def unknown_kind() -> bytes:
    """Send a frame of no known kind."""
    return bytes(8) + b"?"


def no_trouble() -> bytes:
    """Send a report of trouble that is none."""
    return (2).to_bytes(8, "big") + b"T{}"


def trouble(code: str, reason: str) -> bytes:
    """Send a report of trouble."""
    said = trouble_of(code, reason)
    return len(said).to_bytes(8, "big") + b"T" + said


def trouble_of(code: str, reason: str) -> bytes:
    """Say what trouble there is, as a worker does."""
    return json.dumps({"code": code, "reason": reason}).encode()


def gabble(answer: bytes, connection: Connection, *, kind: bytes = b"A") -> None:
    """Be ready, and answer every job with the same bytes."""
    os.write(connection.fileno(), bytes(8) + b"R")
    while True:
        connection.recv()
        frame = memoryview(len(answer).to_bytes(8, "big") + kind + answer)
        while frame:
            frame = frame[os.write(connection.fileno(), frame) :]


def told(part: bytes) -> bytes:
    """Say that a part is in hand."""
    return len(part).to_bytes(8, "big") + b"P" + part


def hundred_megabytes() -> bytes:
    """Answer with much of nothing."""
    return (10**8).to_bytes(8, "big") + b"A" + bytes(10**8)
