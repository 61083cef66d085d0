"""Recorded lines instead of an engine: the same page image gives the same lines, in no time.

For tests, and to look again into a batch without reading its pages anew. A recording is found by the page's pixels.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.errors import EngineUnavailable
from pipeline.folders import make_folder
from pipeline.model import Box, Image, TextLine
from pipeline.ocr.base import Engine, Reading
from pipeline.settings import Settings


def recording_of(image: Image, folder: Path, *, look: str = "") -> Path:
    """Return where the recording of a look at a page image lies, by the SHA-256 of its size and pixels."""
    digest = hashlib.sha256(f"{image.shape}".encode() + image.tobytes()).hexdigest()
    return folder / f"{digest}{look and '-' + look}.json"


def _look(part: Box, *, without_red: bool) -> str:
    """Return what tells a look at a part of a page from others."""
    told = hashlib.sha256(part.rounded().model_dump_json().encode()).hexdigest()[:16]
    return f"part-{told}{'-without-red' if without_red else ''}"


class Replay:
    """Answers from a folder of recordings."""

    name = "replay"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def models(self) -> Mapping[str, str]:
        """No model is used."""
        return {}

    @property
    def fingerprint(self) -> str:
        """The folder, since another one may hold other lines."""
        return f"{self.name}/{self._folder.resolve()}"

    def read(self, image: Image, *, page: int) -> Reading:
        """Return the recorded lines of `image`; see `Engine.read`.

        Raises:
            EngineUnavailable: This page was never recorded, or its recording is damaged.
        """
        path = recording_of(image, self._folder)
        if not path.exists():
            raise EngineUnavailable(
                f"no recording {path.name} in {self._folder}; make one by a run with another engine and "
                f"DOSSIER_RECORD_FOLDER={self._folder}"
            )
        return _recorded(path, page)

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:  # noqa: ARG002
        """Return what was recorded of a closer look; nothing, if none was taken."""
        path = recording_of(image, self._folder, look="closer")
        return _recorded(path, page).lines if path.exists() else ()

    def read_part(
        self,
        image: Image,
        *,
        page: int,
        part: Box,
        known: Sequence[TextLine],  # noqa: ARG002
        without_red: bool,
    ) -> tuple[TextLine, ...]:
        """Return what was recorded of a look at this part; nothing, if none was taken."""
        path = recording_of(image, self._folder, look=_look(part, without_red=without_red))
        return _recorded(path, page).lines if path.exists() else ()


def _recorded(path: Path, page: int) -> Reading:
    try:
        reading = Reading.model_validate_json(_without_surrogates(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise EngineUnavailable(f"the recording {path} is damaged; record it again") from error
    lines = tuple(line.model_copy(update={"page": page}) for line in reading.lines)
    seals = tuple(seal.model_copy(update={"page": page}) for seal in reading.seals)
    return Reading(lines=lines, turned=reading.turned, seals=seals)


def _without_surrogates(content: bytes) -> bytes:
    """Return JSON in which what has no width stands for each lone surrogate, which no text may hold."""
    if b"\\ud" not in content.lower():
        return content
    text = json.dumps(json.loads(content), ensure_ascii=False)
    return re.sub("[\ud800-\udfff]", "\u200b", text).encode()


class Recorder:
    """An engine that writes down what another one reads."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self.name = engine.name
        make_folder(folder)

    @property
    def models(self) -> Mapping[str, str]:
        """The models of the recorded engine."""
        return self._engine.models

    @property
    def fingerprint(self) -> str:
        """That of the recorded engine."""
        return self._engine.fingerprint

    def read(self, image: Image, *, page: int) -> Reading:
        """Return the lines on `image` and record them; see `Engine.read`."""
        reading = self._engine.read(image, page=page)
        _record(recording_of(image, self._folder), reading)
        return reading

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:
        """Look closer and record what is seen; see `Engine.read_closer`."""
        lines = self._engine.read_closer(image, page=page, known=known)
        _record(recording_of(image, self._folder, look="closer"), Reading(lines=lines))
        return lines

    def read_part(
        self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
    ) -> tuple[TextLine, ...]:
        """Look at a part again and record what is seen; see `Engine.read_part`."""
        lines = self._engine.read_part(image, page=page, part=part, known=known, without_red=without_red)
        look = _look(part, without_red=without_red)
        _record(recording_of(image, self._folder, look=look), Reading(lines=lines))
        return lines


def _record(path: Path, reading: Reading) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(reading.model_dump_json())


def make(settings: Settings, *, threads: int) -> Replay:  # noqa: ARG001 - every engine is made alike
    """Return the engine; see `pipeline.ocr.make_engine`."""
    if settings.replay_folder is None:
        raise EngineUnavailable("the replay engine needs DOSSIER_REPLAY_FOLDER, a folder of recordings")
    return Replay(settings.replay_folder)
