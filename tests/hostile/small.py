"""A small batch without an engine, quick enough to be broken at each of its steps; what must hold after any fault."""

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pillow
from pydantic import ValidationError

from pipeline.errors import DossierError
from pipeline.journal import Done
from pipeline.model import Box, EvidenceSource, TextLine
from pipeline.ocr.base import Reading
from pipeline.ocr.replay import recording_of
from pipeline.outputs import STATE, is_whole
from pipeline.report.json import load_report
from pipeline.results import ErrorRecord
from tests.commands import AS_OF, DOSSIER, SAMPLES, alive
from tests.pipeline.outputs import without_seconds, written
from tests.pipeline.parts import snapshot, write_dossier

CANARY_NAME, CANARY_NUMBER = "\u91d1\u4e1d\u96c0", "440300198602132575"
IN_LOOPS = ("hardware-other-json", "starriver")
"""Samples that are approved if nobody disturbs them: pictures and a PDF, three pages in all."""
# The floors of what only batches of thousands have, and the only random name in an output folder.
LOWERED = """
import sys, uuid, pipeline.scouts, pipeline.spill, pipeline.store.stamp
pipeline.scouts.FROM_BYTES, pipeline.spill.MOST_HELD, pipeline.spill.CACHE_KILOBYTES = 1, 1, 1
pipeline.store.stamp.FROM_BYTES = 1
from cli import main
"""
NAMED = "uuid.uuid4 = lambda: uuid.UUID(int=1)\n"


@dataclass(frozen=True)
class SmallBatch:
    """A few dossiers and their recorded lines, below a folder of their own."""

    home: Path
    jobs: int = 1
    html: bool = False
    is_lowered: bool = False
    """Scouts go ahead of any resume, and mappings are held by SQLite from their second entry on."""
    is_named: bool = False
    """Every run gives its temporary files the same names; with lowered floors."""

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

    @property
    def quiet(self) -> Path:
        """Where the output of an undisturbed run lies, once there was one."""
        return self.home / "quiet"

    def command(self, out: Path, *, logs: bool = False) -> list[str]:
        """Return the command line of the batch, on request one that logs what becomes of dossiers."""
        lowered = [sys.executable, "-c", f"{LOWERED}{NAMED if self.is_named else ''}sys.exit(main())"]
        program = lowered if self.is_lowered or self.is_named else [str(DOSSIER)]
        options = ["--jobs", str(self.jobs), *(["--html"] if self.html else []), AS_OF]
        log = ["--log-format", "json", "--log-level", "info"] if logs else []
        return [*program, *log, "batch", str(self.home / "in"), "-o", str(out), *options]

    def run(self, out: Path, *options: str, prefix: Sequence[object] = ()) -> "subprocess.CompletedProcess[str]":
        """Run the batch to its end."""
        return subprocess.run(
            [*map(str, prefix), *self.command(out), *options],
            capture_output=True, encoding="utf-8", env=self.environment, timeout=300, check=False,
        )  # fmt: skip

    def start(self, out: Path, *, log: Path | None = None) -> "subprocess.Popen[bytes]":
        """Start the batch, unheard but for a log that may be wanted."""
        with Path(log or os.devnull).open("wb") as said:
            command = self.command(out, logs=log is not None)
            return subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=said)


def prepare(home: Path, names: Sequence[str] = ("ash", "birch"), *, recorded: Path | None = None) -> SmallBatch:
    """Write the dossiers and what an engine would read on their pages: a name and a number that must not leak.

    Args:
        home: A folder of their own.
        names: Of dossiers that are never approved, since they have no licence.
        recorded: What `approved.record` has made of `IN_LOOPS`, which then go along.
    """
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
        folder = write_dossier(home / "in" / name, (255, 255 - (number >> 8), 255 - (number & 255)))
        page = np.asarray(Pillow.open(folder / "01.png").convert("RGB"))
        recording = recording_of(page, home / "recorded")
        recording.write_text(Reading(lines=texts).model_dump_json(), encoding="utf-8")
    for name in IN_LOOPS if recorded else ():
        shutil.copytree(SAMPLES / name, home / "in" / name)
        shutil.copytree(Path(str(recorded)) / name, home / "recorded", dirs_exist_ok=True)
    return SmallBatch(home)


def complaints(
    batch: SmallBatch,
    out: Path,
    before: dict[str, tuple[str, int]],
    done: "subprocess.CompletedProcess[str] | None" = None,
) -> Iterator[str]:
    """Yield what does not hold that must hold after any fault.

    Args:
        batch: Whose output it is.
        out: The output.
        before: The inputs as they were.
        done: The run that has come to an end, if one has.
    """
    if snapshot(batch.home / "in") != before:
        yield "an input has changed"
    yield from _not_whole(out)
    yield from _told(out, done)
    if done and done.returncode in (0, 1):
        yield from _not_each_once(batch, out)
    for path in sorted((out / "reports").glob("*")):
        if path.suffix == ".json" and load_report(path.read_text(encoding="utf-8")).decision == "approved":
            undisturbed = batch.quiet / "reports" / path.name
            # Approved is only what is said word for word of a dossier that could be read undisturbed.
            if not undisturbed.exists() or without_seconds(undisturbed) != without_seconds(path):
                yield f"{path.name} was approved"


def _told(out: Path, done: "subprocess.CompletedProcess[str] | None") -> Iterator[str]:
    """Yield where the number of a person is written, or a person's name or number said."""
    for path in out.rglob("*"):
        if path.is_file() and CANARY_NUMBER.encode() in path.read_bytes():
            yield f"{path.name} tells a number"
    said = done.stdout + done.stderr if done else ""
    if CANARY_NAME in said or CANARY_NUMBER in said:
        yield "what was said tells a name or a number"


def _not_each_once(batch: SmallBatch, out: Path) -> Iterator[str]:
    """Yield dossiers that have not one report or one error record, or have both."""
    said = Counter(path.stem for kind in ("reports", "errors") for path in (out / kind).rglob("*.json"))
    for name in sorted(said.keys() | {path.name for path in (batch.home / "in").iterdir()}):
        if said[name] != 1:
            yield f"{name} has {said[name]} results"


def _not_whole(out: Path) -> Iterator[str]:
    """Yield whatever bears a final name and is not complete, or not what the journal says of it."""
    for path in sorted([*(out / "reports").glob("*"), *(out / "errors").glob("*"), *out.glob("*.html")]):
        try:
            text = path.read_text(encoding="utf-8")
            is_whole_page = path.suffix == ".html" and text.rstrip().endswith("</html>")
            if path.parent.name == "errors":
                ErrorRecord.model_validate_json(text)
            elif path.suffix == ".json":
                load_report(text)
            elif not is_whole_page:
                yield f"{path.name} has no business there, or is torn"
        except (ValidationError, DossierError, UnicodeDecodeError):
            yield f"{path.name} is torn"
    lines = (out / STATE).read_bytes().splitlines() if (out / STATE).exists() else []
    done: dict[str, Done] = {}
    for number, line in enumerate(lines, start=1):
        try:
            read = Done.model_validate_json(line)
        except ValidationError:
            if number < len(lines):  # the last may be torn, as none that follows it
                yield f"line {number} of the journal is torn"
            continue
        done[read.id] = read
    yield from (f"{name} is not what the journal says" for name, each in done.items() if not is_whole(each.files, out))


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
    """Return a prefix that runs the batch twice on a disk of its own: full the first time, with room the second.

    What lies there then is copied to `OUT.full` and to `OUT.kept`.
    """
    script = (
        'mount -t tmpfs -o size=24k tmpfs "$0" && "$@"; first=$?; cp -r "$0" "$0.full"; '
        'mount -o remount,size=16m "$0"; "$@"; echo "$first then $?"; cp -r "$0" "$0.kept"'
    )
    return ["unshare", "--mount", "sh", "-c", script, str(out)]


def on_a_read_only_disk(out: Path) -> list[str]:
    """Return a prefix that runs the batch with an output folder that cannot be written to."""
    return ["unshare", "--mount", "sh", "-c", 'mount -t tmpfs -o ro tmpfs "$0" && exec "$@"', str(out)]
