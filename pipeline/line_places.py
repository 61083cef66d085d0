"""Where on a page lines stand, as far as comparing them asks."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from pipeline.boxes import shared_sides
from pipeline.model import Box, Image, TextLine

SHARED = 0.3
"""Part of the smaller of two lines' heights that both must cover to stand in one place."""
WELL_SHARED = 0.6
"""The same part for two lines that are in one row, whatever is above and below."""
_HALF = 0.5
_COVERED = 0.6
"""Share of a stretch that must be covered for it to have been looked at."""
_CONTRAST = 40
"""Least difference in a colour, of 255, between print and its ground."""


def has_ink(image: Image, box: Box) -> bool:
    """Whether there is contrast in the middle of a line's place.

    At its edges there may be the frame of what lies over it.
    """
    height, width = image.shape[:2]
    edge = box.height / 5
    top, bottom = int((box.top + edge) * height), int((box.bottom - edge) * height) + 1
    aside = min(edge * height / width, box.width / 5)
    left, right = int((box.left + aside) * width), int((box.right - aside) * width) + 1
    part = image[top:bottom, left:right].reshape(-1, 3)
    return int((part.max(axis=0) - part.min(axis=0)).max()) >= _CONTRAST


def beside(box: Box, lines: Iterable[TextLine], *, shared: float = SHARED) -> list[TextLine]:
    """Return the lines that share the place of `box`, from left to right."""
    near = (line for line in lines if _share(box, line.box, shared))
    return sorted(near, key=lambda line: (line.box.left, line.box.top))


def _share(one: Box, other: Box, shared: float) -> bool:
    if other.top > one.bottom or other.bottom < one.top:
        return False  # as of most: a page of many cells has each held against each line
    wide, high = shared_sides(one.edges, other.edges)
    return high >= shared * min(one.height, other.height) and wide > 0


def goes_over(place: Box, box: Box) -> bool:
    """Whether a line's place and a box share most of the lower one's height, and half of the narrower one's width."""
    wide, high = shared_sides(place.edges, box.edges)
    return high >= WELL_SHARED * min(place.height, box.height) and wide >= _HALF * min(place.width, box.width)


def stretch(box: Box, text: str, start: int, end: int) -> Box:
    """Return about where a part of a line stands, from the widths that characters usually have."""
    edges = _edges(box, text)
    return box.model_copy(update={"left": edges[start], "right": edges[end]})


def _edges(box: Box, text: str) -> list[float]:
    """Return where each character begins, and the last one ends."""
    widths = [2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text]
    scale = box.width / max(sum(widths), 1)
    return [min(box.left + scale * width, box.right) for width in accumulate(widths, initial=0)]


def part_of(line: TextLine, start: int, end: int) -> TextLine:
    """Return some characters of a line as a line of their own."""
    return line.model_copy(
        update={
            "text": line.text[start:end],
            "box": stretch(line.box, line.text, start, end),
            "characters": line.characters[start:end],
            "alternatives": line.alternatives[start:end],
        }
    )


def part_within(line: TextLine, left: float, right: float) -> TextLine | None:
    """Return of a line what stands between two edges, by the widths that characters usually have; None for nothing."""
    text = line.text
    within = [
        at for at, (one, other) in enumerate(pairwise(_edges(line.box, text))) if left <= (one + other) / 2 <= right
    ]
    if len(within) == len(text):
        return line
    if not within:
        return None
    return part_of(line, within[0], within[-1] + 1)


def is_covered(place: Box, lines: Sequence[TextLine]) -> bool:
    """Whether lines go over most of the width of a place."""
    covered, reached = 0.0, place.left
    for line in sorted(lines, key=lambda line: line.box.left):
        left, right = max(line.box.left, reached), min(line.box.right, place.right)
        covered, reached = covered + max(right - left, 0.0), max(reached, right)
    return covered >= _COVERED * place.width
