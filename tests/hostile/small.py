"""A small batch without an engine, quick enough to be broken at each of its steps; what must hold after any fault."""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from pipeline.model import Box, EvidenceSource, TextLine
from pipeline.ocr.base import Reading
from pipeline.ocr.replay import recording_of
from pipeline.report.json import load_report
from tests.commands import AS_OF, DOSSIER, alive
from tests.pipeline.parts import WHITE, snapshot, write_dossier
from tests.pipeline.test_batch import written

CANARY_NAME, CANARY_NUMBER = "\u91d1\u4e1d\u96c0", "440300198602132575"
SYSCALLS = ("openat", "read", "pread64", "write", "pwrite64", "rename", "fsync", "fdatasync", "mkdir", "unlink")


@dataclass(frozen=True)
class SmallBatch:
    """A few dossiers and their recorded lines, below a folder of their own."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """What every command of it runs with."""
        return {
            **os.environ,
            "DOSSIER_ENGINE": "replay",
            "DOSSIER_REPLAY_FOLDER": str(self.home / "recorded"),
            "DOSSIER_SECOND_ENGINE": "none",
            "DOSSIER_CACHE": "false",
            "TMPDIR": str(self.home / "tmp"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def command(self, out: Path) -> list[str]:
        """Return the command line of the batch."""
        return [str(DOSSIER), "batch", str(self.home / "in"), "-o", str(out), "--jobs", "1", AS_OF]

    def run(self, out: Path, *, prefix: Sequence[object] = ()) -> "subprocess.CompletedProcess[str]":
        """Run the batch to its end."""
        return subprocess.run(
            [*map(str, prefix), *self.command(out)],
            capture_output=True, encoding="utf-8", env=self.environment, timeout=300, check=False,
        )  # fmt: skip


def prepare(home: Path, names: Sequence[str] = ("ash", "birch")) -> SmallBatch:
    """Write the dossiers and what an engine would read on their pages: a name and a number that must not leak."""
    (home / "recorded").mkdir(parents=True)
    (home / "tmp").mkdir()
    lines = [f"\u59d3\u540d {CANARY_NAME}", f"\u516c\u6c11\u8eab\u4efd\u53f7\u7801 {CANARY_NUMBER}"]
    texts = tuple(
        TextLine(
            text=text, page=1, confidence=0.99, source=EvidenceSource.OCR,
            box=Box(left=0.1, top=0.1 + 0.2 * n, right=0.9, bottom=0.2 + 0.2 * n),
        )
        for n, text in enumerate(lines)
    )  # fmt: skip
    for number, name in enumerate(names):
        # Dossiers that share a page are judged beside each other, and again once the other is there.
        folder = write_dossier(home / "in" / name, (*WHITE[:2], WHITE[2] - number))
        page = np.asarray(Pillow.open(folder / "01.png").convert("RGB"))
        recording = recording_of(page, home / "recorded")
        recording.write_text(Reading(lines=texts).model_dump_json(), encoding="utf-8")
    return SmallBatch(home)


def steps(batch: SmallBatch) -> Iterator[tuple[str, int]]:
    """Yield each system call by which the batch's parent touches its output: its name, and the how-manieth it is."""
    log, out = batch.home / "calls", batch.home / "traced"
    done = batch.run(out, prefix=("strace", "-y", "-o", log, "-e", f"trace={','.join(SYSCALLS)}"))
    assert done.returncode == 0, done.stderr
    seen = dict.fromkeys(SYSCALLS, 0)
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"(\w+)\(", line)
        if call and call[1] in seen:
            seen[call[1]] += 1
            if str(out) in line:
                yield call[1], seen[call[1]]


def broken_at(batch: SmallBatch, out: Path, call: str, number: int, error: str) -> "subprocess.CompletedProcess[str]":
    """Run the batch with one system call of its parent failing."""
    inject = f"inject={call}:error={error}:when={number}"
    return batch.run(out, prefix=("strace", "-o", os.devnull, "-e", f"trace={call}", "-e", inject))


def complaints(batch: SmallBatch, out: Path, before: dict[str, tuple[str, int]]) -> Iterator[str]:
    """Yield what does not hold that must hold after any fault."""
    if snapshot(batch.home / "in") != before:
        yield "an input has changed"
    for path in (out / "reports").glob("*") if (out / "reports").exists() else ():
        if path.suffix != ".json":
            yield f"{path.name} has no business there"
        elif load_report(path.read_text(encoding="utf-8")).decision == "approved":
            yield f"{path.name} was approved"


def left_behind(batch: SmallBatch) -> Iterator[str]:
    """Yield temporary files, and processes that still run five seconds after the end."""
    end = time.monotonic() + 5
    while (running := processes(batch)) and time.monotonic() < end:
        time.sleep(0.1)
    if running:
        yield f"{len(running)} processes are left"
    yield from (f"{path.name} is left among temporary files" for path in (batch.home / "tmp").iterdir())


def processes(batch: SmallBatch) -> list[int]:
    """Return the processes that run with this batch's environment."""
    mark = f"TMPDIR={batch.home / 'tmp'}".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            environment = (place / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if mark in environment and int(place.name) != os.getpid():
            found.append(int(place.name))
    return alive(found)


def is_like(out: Path, other: Path) -> bool:
    """Whether two output folders hold the same, timings aside."""
    return written(out) == written(other)


def in_a_small_disk(batch: SmallBatch, out: Path) -> list[str]:
    """Return a prefix that runs the batch twice on a disk of its own: full the first time, with room the second."""
    script = (
        'mount -t tmpfs -o size=24k tmpfs "$0" && "$@"; first=$?; '
        'ls "$0" > "$0.listing"; mount -o remount,size=16m "$0"; "$@"; echo "$first then $?"; cp -r "$0" "$0.kept"'
    )
    return ["unshare", "--mount", "sh", "-c", script, str(out)]


def on_a_read_only_disk(out: Path) -> list[str]:
    """Return a prefix that runs the batch with an output folder that cannot be written to."""
    return ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o ro tmpfs "$0" && exec "$@"', str(out)]
