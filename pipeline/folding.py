"""Texts as they are compared: bare of what is written one way or the other."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import TextLine

if TYPE_CHECKING:
    import opencc

_DASH = "-"
_CIRCLES = {ord("○"): "〇", ord("◯"): "〇"}
"""What years have in place of a zero, and OCR reads for it."""
MARKS = {
    **dict.fromkeys(".·•∙⋅", "."),
    **{sign: sign for sign in ":'_"},
    **dict.fromkeys(",、;", ","),
    **dict.fromkeys("-‐‒–—―−~〜", _DASH),
    **dict.fromkeys("/\\", "/"),
}
"""Signs that change a number or part two of them, each as the sign that OCR may take it for."""


def bare(text: str) -> str:
    """Return letters and figures only, half-width, in simplified characters and one case.

    A sign that changes a number is kept between figures: without it 1,000.00 is 100,000, and 2026-1-11 is 2026-11-1.
    """
    return "".join(map(_folded, _kept(text)))


def without_marks(text: str) -> str:
    """Return bare text without the signs within its numbers."""
    return "".join(sign for sign in text if sign not in MARKS)


def places(text: str) -> list[int]:
    """Return for each character of the bare text where in `text` it stands."""
    return [at for at, sign in enumerate(_kept(text)) for _ in _folded(sign)]


def joined(lines: Sequence[TextLine]) -> tuple[str, list[float], list[int]]:
    """Return the bare text of several lines with the probability of each character and the number of its line."""
    text, sureness, owners = "", list[float](), list[int]()
    # As one text: a date that is broken after its dash has it all the same.
    kept, start = _kept(" ".join(line.text for line in lines)), 0
    for number, line in enumerate(lines):
        given = line.characters if len(line.characters) == len(line.text) else (line.confidence,) * len(line.text)
        for sign, probability in zip(kept[start : start + len(line.text)], given, strict=True):
            plain = _folded(sign)
            text += plain
            sureness += [probability] * len(plain)
            owners += [number] * len(plain)
        start += len(line.text) + 1
    return text, sureness, owners


def _kept(text: str) -> list[str]:
    """Return what `bare` keeps of each character, before scripts and cases are made one."""
    kept: list[str] = []
    mark: int | None = None  # where one stands that the next figure makes part of a number
    after_figure = False
    for at, sign in enumerate(text):
        plain = unicodedata.normalize("NFKC", sign).translate(_CIRCLES)
        kept.append("" if plain in MARKS else "".join(each for each in plain if each.isalnum()))
        if sign.isspace():
            continue
        if plain in MARKS:
            # Of several the first one counts: a Chinese dash is two of them.
            mark = at if mark is None and after_figure else mark
        elif mark is not None and sign.isdecimal():
            kept[mark] = _sign(text[mark])
            mark = None
        else:
            mark = None
        after_figure = sign.isdecimal()
    return kept


def _sign(mark: str) -> str:
    return MARKS[unicodedata.normalize("NFKC", mark)]


@cache
def _folded(sign: str) -> str:
    plain: str = _simplifier().convert(sign)
    return (plain if len(plain) == len(sign) else sign).casefold()


@cache
def _simplifier() -> "opencc.OpenCC":
    import opencc

    return opencc.OpenCC("t2s")
