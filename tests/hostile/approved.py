"""Dossiers that are approved if nobody disturbs them, and engines that read them without reading: well, or badly.

The real engine reads a sample once. What it said is replayed then, so that a fault can be tried hundreds of times.
"""

import json
import os
import signal
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from pipeline.errors import EngineUnavailable
from pipeline.ingest import open_dossier
from pipeline.model import Box, Image, TextLine
from pipeline.ocr.base import Engine, Reading
from pipeline.ocr.replay import Recorder, Replay, recording_of
from pipeline.run import Parts, run
from pipeline.settings import Settings
from pipeline.verdict import Decision
from tests.commands import SAMPLES
from tests.pipeline.parts import AS_OF

ALL = (
    "hardware-other-json", "starriver", "office-tiff", "home-textile-zip", "individual-apparel-tm", "mark-assigned",
)  # fmt: skip
"""One of every kind of file: JPEG, PNG, WebP, HEIC, TIFF, PDF, ZIP, and forms of both kinds."""
SHAPES = "shapes.json"
HEADER = (10**9).to_bytes(8, "big") + b"A"
MEGABYTE = bytes(1 << 20)


class Mood(Enum):
    """What befalls the reader of a licence."""

    NONE = "reads"
    KILLED = "is killed"
    KILLED_ONCE = "is killed once"
    ABORTS = "aborts"
    HANGS = "hangs"
    EATS = "takes memory without end"
    GARBLES = "answers no JSON"
    FLOODS = "answers a gigabyte"
    FILLS = "answers as much as may be said, of nothing"


def place_of(name: str) -> Path:
    """Return where a sample lies: a folder, or a zip."""
    (found,) = (path for path in SAMPLES.iterdir() if path.name.partition(".")[0] == name)
    return found


def record(name: str, engine: Engine, folder: Path) -> None:
    """Have a sample read once, and keep what was read in `folder/name`; it must be approved."""
    shapes: dict[str, str] = {}
    recorder = Recorder(_Noting(engine, shapes, folder / name), folder / name)
    parts = _parts(recorder, Settings(cache=False, second_engine="none"))
    outcome = run(open_dossier(place_of(name), parts.settings), parts)
    assert outcome.verdict.decision is Decision.APPROVED, name
    (folder / name / SHAPES).write_text(json.dumps(shapes), encoding="utf-8")


def _parts(engine: Engine, settings: Settings) -> Parts:
    from validators.assembly import BuildOptions, build

    replayed = settings.model_copy(update={"engine": "replay", "replay_folder": settings.replay_folder or Path("/")})
    return replace(build(BuildOptions(replayed, AS_OF, threads=1)), engine=engine)


class _Passing:
    """An engine that passes everything on to another one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.name = engine.name

    @property
    def models(self) -> Mapping[str, str]:
        """Those of the other."""
        return self._engine.models

    @property
    def fingerprint(self) -> str:
        """That of the other."""
        return self._engine.fingerprint

    def read(self, image: Image, *, page: int) -> Reading:
        """Read, as the other does."""
        return self._engine.read(image, page=page)

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:
        """Look closer, as the other does."""
        return self._engine.read_closer(image, page=page, known=known)

    def read_part(
        self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
    ) -> tuple[TextLine, ...]:
        """Look at a part, as the other does."""
        return self._engine.read_part(image, page=page, part=part, known=known, without_red=without_red)


class _Noting(_Passing):
    """Notes which recording belongs to pages of which size."""

    def __init__(self, engine: Engine, shapes: dict[str, str], folder: Path) -> None:
        super().__init__(engine)
        self._shapes, self._folder = shapes, folder

    def read(self, image: Image, *, page: int) -> Reading:
        self._shapes.setdefault(f"{image.shape}", recording_of(image, self._folder).name)
        return super().read(image, page=page)


class Lenient(_Passing):
    """Replays; a page that was never recorded has no lines."""

    def __init__(self, folder: Path) -> None:
        """Take the recordings of one sample, or of several."""
        super().__init__(Replay(folder))
        self._folder = folder

    def read(self, image: Image, *, page: int) -> Reading:
        """Return what was recorded of exactly these pixels, or nothing."""
        try:
            return super().read(image, page=page)
        except EngineUnavailable:
            return self.unknown(image, page)

    def unknown(self, image: Image, page: int) -> Reading:
        """Return what to say of a page that was never recorded."""
        return Reading(lines=())


class Credulous(Lenient):
    """Reads on any page what was on the sample's page of the same size: whatever is wrong with it must be seen before."""

    def unknown(self, image: Image, page: int) -> Reading:
        """Return the lines of the page that it might have been."""
        shapes = json.loads((self._folder / SHAPES).read_text(encoding="utf-8"))
        recording = shapes.get(f"{image.shape}")
        if recording is None:
            return super().unknown(image, page)
        return Reading.model_validate_json((self._folder / recording).read_bytes())


@dataclass
class Moody(_Passing):
    """Replays, but something befalls it at each page on which a word stands."""

    engine: Engine
    mood: Mood
    word: str
    flags: Path

    def __post_init__(self) -> None:
        super().__init__(self.engine)

    def read(self, image: Image, *, page: int) -> Reading:
        """Return what was recorded, if it gets there."""
        reading = super().read(image, page=page)
        if any(self.word in line.text for line in reading.lines):
            self._suffer()
        return reading

    def _suffer(self) -> None:
        if self.mood is Mood.KILLED:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.mood is Mood.KILLED_ONCE and not (self.flags / "killed").exists():
            (self.flags / "killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if self.mood is Mood.ABORTS:
            os.abort()
        if self.mood is Mood.HANGS:
            time.sleep(600)
        if self.mood is Mood.EATS:
            hoard = []
            while True:
                hoard.append(bytearray(b"x" * (1 << 26)))
                time.sleep(0.05)
        if self.mood is Mood.GARBLES:
            _say((9).to_bytes(8, "big") + b'A{"a": NaN')
        if self.mood is Mood.FLOODS:
            _say(HEADER, *(MEGABYTE for _ in range(1000)))
        if self.mood is Mood.FILLS:
            _say((490 << 20).to_bytes(8, "big") + b"A", *(MEGABYTE for _ in range(490)))


def _say(*chunks: bytes) -> None:
    """Write to the parent past the program, as a file can that took its reader over; then wait for what comes of it."""
    sockets = []
    for handle in range(3, 64):
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(handle).st_mode):
                sockets.append(handle)
    with suppress(OSError):  # it hears no more
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:
                rest = rest[os.write(sockets[0], rest) :]
    time.sleep(600)


def settings_of(recorded: Path, **changes: object) -> Settings:
    """Return the settings of a batch over recorded samples."""
    few = {"engine": "replay", "replay_folder": recorded, "cache": False, "second_engine": "none"}
    return Settings.model_validate({**few, **changes})


def build_lenient(recorded: Path, settings: Settings) -> Parts:
    """Put the real parts together with an engine that knows recorded pages alone."""
    return _parts(Lenient(recorded), settings)


def build_credulous(recorded: Path, settings: Settings) -> Parts:
    """Put the real parts together with an engine that takes any page for a recorded one."""
    return _parts(Credulous(recorded), settings)


def build_moody(recorded: Path, mood: Mood, word: str, flags: Path) -> Parts:
    """Put the real parts together with an engine that something befalls."""
    return _parts(Moody(Replay(recorded), mood, word, flags), settings_of(recorded))


def files_of(name: str) -> Iterator[Path]:
    """Yield the files of a sample that are no form."""
    place = place_of(name)
    yield from (path for path in sorted(place.rglob("*")) if path.is_file() and path.stem != "application")
    if place.is_file():
        yield place
