"""Lines of figures that run into a seal: read on across it, where no line is found.

The rim of a seal hides from detection that print goes on below it; the recogniser reads it all the same, once it is
shown the whole stretch. Measured: three of five dates of issue that were lost under a seal.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.model import Box, Image, Seal, TextLine
from pipeline.ocr.detection import Quad

FIGURES = frozenset("0123456789〇零一二三四五六七八九")
LONGEST = 14
"""Characters up to which a line is a date or a number, and no text that ends at the seal by chance."""
BEFORE = 0.6
"""Widths of the seal before its left edge, within which a line must end to run into it."""
BEYOND = 0.3
"""Widths of the seal that the stretch goes on beyond it."""
LEGIBLE = 0.9
"""Mean probability that what was read across must have, and"""
LEAST = 0.5
"""that of each character."""


def stretches(lines: Sequence[TextLine], seal: Seal, image: Image) -> list[Quad]:
    """Return the quadrilaterals of lines of figures that run into `seal`, prolonged to beyond it."""
    return [_prolonged(line, seal.box, image) for line in lines if _runs_into(line, seal.box)]


def _runs_into(line: TextLine, seal: Box) -> bool:
    if line.text[:1] not in FIGURES or len(line.text) > LONGEST or not seal.top < line.box.center[1] < seal.bottom:
        return False
    return line.box.left < seal.left and seal.left - BEFORE * seal.width < line.box.right < seal.right


def _prolonged(line: TextLine, seal: Box, image: Image) -> Quad:
    height, width = image.shape[:2]
    right = min(seal.right + BEYOND * seal.width, 1.0)
    half = max(line.box.height - abs(line.slope) * line.box.width, 0.5 * line.box.height) / 2
    x, y = line.box.center
    ends = [(at, y + line.slope * (at - x)) for at in (line.box.left, right)]
    (left, left_y), (right, right_y) = ends
    corners = [(left, left_y - half), (right, right_y - half), (right, right_y + half), (left, left_y + half)]
    placed = np.clip(np.array(corners) * (width, height), 0, (width - 1, height - 1))
    return np.asarray(placed, dtype=np.float32)


def legible(read: Sequence[TextLine], before: Sequence[TextLine]) -> Iterator[TextLine]:
    """Yield the lines read across a seal that can be relied on: each goes on from where a known one ended."""
    for line in read:
        begins = any(line.text.startswith(known.text[:2]) for known in before)
        if begins and line.confidence >= LEGIBLE and min(line.characters, default=0.0) >= LEAST:
            yield line
