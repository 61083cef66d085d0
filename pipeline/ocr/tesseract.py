"""Tesseract, an independent second engine: slower, weaker on Chinese, wrong in other places.

The program and its languages come from the operating system (Debian: tesseract-ocr, tesseract-ocr-chi-sim).
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import Any

import cv2
import numpy as np

from pipeline.errors import EngineUnavailable
from pipeline.launch import die_with
from pipeline.model import Box, Image, TextLine
from pipeline.ocr import seals
from pipeline.ocr.base import Reading, cut, turn
from pipeline.ocr.outlines import find_seals
from pipeline.ocr.pyramid import Pyramid
from pipeline.settings import Settings
from pipeline.text import clean

LANGUAGES = ("chi_sim", "eng")
ENLARGED = 1200
"""Pixels of the longer side to which a small part of a page is enlarged."""
SURE_TURN = 2.0
"""Tesseract's own confidence in a turn, above which it is believed; its scale is open-ended."""
REMEDY = "install it (Debian: apt install tesseract-ocr tesseract-ocr-chi-sim) or use --engine ppocr"


class Tesseract:
    """Tesseract by pytesseract."""

    name = "tesseract"

    def __init__(self) -> None:
        """Find the program.

        Raises:
            EngineUnavailable: The program or one of `LANGUAGES` is not installed.
        """
        import pytesseract

        # Its threads wait for each other: with one, it was measured to be several times as fast.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        try:
            self._version = str(pytesseract.get_tesseract_version())
            languages = pytesseract.get_languages()
        except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError) as error:
            raise EngineUnavailable(f"Tesseract does not start; {REMEDY}") from error
        missing = [language for language in LANGUAGES if language not in languages]
        if missing:
            raise EngineUnavailable(f"Tesseract lacks the languages {', '.join(missing)}; {REMEDY}")
        self._knows_turning = "osd" in languages
        starter = pytesseract.pytesseract
        if not isinstance(starter.subprocess_args, _Bound):
            starter.subprocess_args = _Bound(starter.subprocess_args)

    @cached_property
    def models(self) -> Mapping[str, str]:
        """The program's version stands in for its language files, whose place only the program knows."""
        return {f"tesseract-{self._version}": hashlib.sha256(self._version.encode()).hexdigest()}

    @property
    def fingerprint(self) -> str:
        """Version and languages."""
        return f"{self.name}/{self._version}/{'+'.join(LANGUAGES)}"

    def read(self, image: Image, *, page: int) -> Reading:
        """Return the lines on `image` and how it had to be turned; see `Engine.read`."""
        turned = self._turn_needed(image)
        upright = turn(image, turned)
        found = find_seals(Pyramid(upright), page=page)
        return Reading(lines=_lines(upright, page, "--psm 11"), turned=turned, seals=found)

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:  # noqa: ARG002
        """Return the lines on the page taken as one block of text, not as scattered lines."""
        return _lines(image, page, "--psm 6")

    def read_part(
        self,
        image: Image,
        *,
        page: int,
        part: Box,
        known: Sequence[TextLine],  # noqa: ARG002
        without_red: bool,
    ) -> tuple[TextLine, ...]:
        """Return the lines of one part, taken as one block of text; see `Engine.read_part`."""
        shown, part = cut(image, part)
        if without_red:
            shown = seals.without_red(shown)
        # It was trained on print at 300 dots per inch: small type is enlarged.
        ratio = max(ENLARGED / max(shown.shape[:2]), 1.0)
        size = (round(shown.shape[1] * ratio), round(shown.shape[0] * ratio))
        shown = np.asarray(cv2.resize(shown, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
        return tuple(_on_page(line, part) for line in _lines(shown, page, "--psm 6"))

    def _turn_needed(self, image: Image) -> int:
        import pytesseract

        if not self._knows_turning:
            return 0
        try:
            answer = pytesseract.image_to_osd(image, output_type=pytesseract.Output.DICT)
        except pytesseract.TesseractError:
            # It refuses pages with few characters, and says so by failing.
            return 0
        return int(answer["rotate"]) if float(answer["orientation_conf"]) >= SURE_TURN else 0


@dataclass(frozen=True)
class _Bound:
    """With what pytesseract starts Tesseract, so that this dies with us, as with a worker that is killed."""

    given: Callable[..., dict[str, Any]]
    """Pytesseract's own, which has nobody end it."""

    def __call__(self, *arguments: Any, **named: Any) -> dict[str, Any]:
        return {**self.given(*arguments, **named), "preexec_fn": partial(die_with, os.getpid())}


def _on_page(line: TextLine, part: Box) -> TextLine:
    box = Box(
        left=part.left + line.box.left * part.width,
        top=part.top + line.box.top * part.height,
        right=min(part.left + line.box.right * part.width, 1.0),
        bottom=min(part.top + line.box.bottom * part.height, 1.0),
    )
    return line.model_copy(update={"box": box})


def _lines(image: Image, page: int, layout: str) -> tuple[TextLine, ...]:
    import pytesseract

    table = pytesseract.image_to_data(
        image, lang="+".join(LANGUAGES), config=layout, output_type=pytesseract.Output.DICT
    )
    words = [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]
    words = [word for word in words if float(word["conf"]) >= 0 and clean(str(word["text"]))]
    height, width = image.shape[:2]
    lines = groupby(words, key=lambda word: (word["block_num"], word["par_num"], word["line_num"]))
    return tuple(_text_line(group, (width, height), page) for _, group in lines)


def _text_line(group: Iterable[dict[str, Any]], size: tuple[int, int], page: int) -> TextLine:
    words = list(group)
    text, characters = "", []
    for word in words:
        piece = str(word["text"]).strip()
        # Tesseract parts Chinese into words of its own; only Latin words and numbers are written with spaces.
        if text and text[-1].isascii() and piece[0].isascii():
            text += " "
            characters.append(1.0)
        text += piece
        characters += [float(word["conf"]) / 100] * len(piece)
    width, height = size
    box = Box(
        left=min(word["left"] for word in words) / width,
        top=min(word["top"] for word in words) / height,
        right=min(max(word["left"] + word["width"] for word in words) / width, 1.0),
        bottom=min(max(word["top"] + word["height"] for word in words) / height, 1.0),
    )
    confidence = sum(characters) / len(characters)
    return TextLine(text=text, box=box, confidence=confidence, page=page, characters=tuple(characters))


def make(_settings: Settings, *, threads: int) -> Tesseract:  # noqa: ARG001 - more than one slow it down
    """Return the engine; see `pipeline.ocr.make_engine`."""
    return Tesseract()
