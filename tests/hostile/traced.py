"""Single system calls of a batch that fail, by strace: of all threads of its parent, and of its workers.

A call is named by the path that it touches and by the how-manieth of its kind it is there within its thread, so that it
is the same one in each run (temporary files bear fixed names, see `small.NAMED`).
"""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.worker import HEADER_BYTES, Kind
from tests.hostile.small import SmallBatch

READ = ("openat", "read", "pread64")
CHANGE = ("write", "pwrite64", "rename", "fsync", "fdatasync", "mkdir", "unlink", "rmdir", "ftruncate")
CALLS = (*READ, *CHANGE)
ERRORS = ("ENOSPC", "EIO")
REFUSED = ("openat", "rename", "mkdir", "unlink", "rmdir")
"""What a disk that became read-only refuses."""


@dataclass(frozen=True, order=True)
class Point:
    """One system call of a batch."""

    path: str
    call: str
    number: int

    def ways(self) -> tuple[str, ...]:
        """Return in which ways it is made to fail: an error, or the whole process ends before it."""
        refused = ("error=EROFS",) if self.call in REFUSED else ()
        return (*(f"error={error}" for error in ERRORS), *refused, "signal=SIGKILL")


def parents_points(batch: SmallBatch, out: Path) -> list[Point]:
    """Return the calls by which any thread of the parent touches its output."""
    return _points(batch, out, [out], only=("-b", "execve"))


def inputs_points(batch: SmallBatch, out: Path) -> list[Point]:
    """Return the calls by which anybody touches a dossier: its parent, scouts, workers."""
    return [point for point in _points(batch, out, [batch.home / "in"]) if point.call in READ]


def _points(batch: SmallBatch, out: Path, below: Sequence[Path], *, only: Sequence[str] = ()) -> list[Point]:
    log = batch.home / "calls"
    done = batch.run(out, prefix=("strace", "-f", *only, "-y", "-o", log, "-e", f"trace={','.join(CALLS)}"))
    assert done.returncode == 0, done.stderr
    counts = Counter(_calls(log, below))
    most: dict[tuple[str, str], int] = {}
    for (_, call, path), count in counts.items():
        most[path, call] = max(most.get((path, call), 0), count)
    return sorted(Point(path, call, number + 1) for (path, call), count in most.items() for number in range(count))


def _calls(log: Path, below: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    """Yield thread, call and path of each call below some folders."""
    found = re.compile(rf'^(\d+) +(\w+)\(.*?({"|".join(re.escape(str(folder)) for folder in below)})([^">,]*)[">]')
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        met = found.match(line)
        if met and "#" not in met[4]:  # which the system names, where a file has no name
            yield met[1], met[2], f"{met[3]}{met[4]}".removesuffix(" (deleted)")


@dataclass(frozen=True)
class Struck:
    """A run that was disturbed."""

    done: "subprocess.CompletedProcess[str]"
    hits: int
    """System calls that failed, or processes that ended, by what was injected."""


def broken_at(batch: SmallBatch, out: Path, point: Point, way: str, *, everybody: bool = False) -> Struck:
    """Run the batch with one system call failing, in each thread of its parent that gets so far, or in any process."""
    only = () if everybody else ("-b", "execve")
    return _injected(batch, out, point.call, f"{way}:when={point.number}", "-f", *only, "-P", point.path)


def unwritable_pipes(batch: SmallBatch, out: Path, number: int) -> Struck:
    """Run the batch with the how-manieth write of each process failing, whatever it was to: answers of workers, too."""
    return _injected(batch, out, "write", f"error=EIO:when={number}", "-f")


def first_answer(batch: SmallBatch, out: Path) -> int:
    """Return the how-manieth write of a worker is its first answer; the others before it say that it lives."""
    log = batch.home / "calls"
    done = batch.run(out, prefix=("strace", "-f", "-xx", "-o", log, "-e", "trace=write"))
    assert done.returncode == 0, done.stderr
    answers = re.compile(rf'^(\d+) +write\(\d+, "(?:\\x..){{{HEADER_BYTES - 1}}}\\x{Kind.ANSWER.value.hex()}')
    counts = Counter[str]()
    for line in log.read_text(encoding="ascii").splitlines():
        if written := re.match(r"(\d+) +write\(", line):
            counts[written[1]] += 1
            if answers.match(line):
                return counts[written[1]]
    raise AssertionError("no worker has answered")


def without_room(batch: SmallBatch, out: Path, call: str, number: int) -> Struck:
    """Run the batch with one call failing that touches a temporary file, whose name is drawn by lot."""
    return _injected(batch, out, call, f"error=ENOSPC:when={number}")


def _injected(batch: SmallBatch, out: Path, call: str, what: str, *options: str) -> Struck:
    log = batch.home / "struck"
    command = ("strace", *options, "-o", log, "-e", f"trace={call}", "-e", f"inject={call}:{what}")
    done = batch.run(out, prefix=command)
    said = log.read_text(encoding="utf-8", errors="replace")
    return Struck(done, said.count("(INJECTED)") + said.count("killed by SIGKILL") * ("SIGKILL" in what))


def temporary_calls(batch: SmallBatch, out: Path) -> list[tuple[str, int]]:
    """Return the calls of the parent's first thread in the folder for temporary files, by kind and number of all."""
    log, seen, found = batch.home / "calls", Counter[str](), []
    done = batch.run(out, prefix=("strace", "-y", "-o", log, "-e", f"trace={','.join(CALLS)}"))
    assert done.returncode == 0, done.stderr
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"(\w+)\(", line)
        if call and call[1] in CALLS:
            seen[call[1]] += 1
            if f"{batch.home / 'tmp'}/" in line:
                found.append((call[1], seen[call[1]]))
    return found
