"""Two looks at the same page become one set of lines."""

from collections.abc import Sequence

from pipeline.model import Box, TextLine

SAME_PLACE = 0.5
"""Shared part of the smaller of two boxes above which they are about the same print."""
PIECES = 0.85
"""A line broken into pieces counts this much: pieces overlap and say the same character twice."""
ALIKE = 0.15
"""Difference in width up to which two lines are the same stretch of print."""
CLEARLY_MORE = 0.1
"""Characters by which a second look must be ahead to take the place of the first."""


def merged(lines: Sequence[TextLine], others: Sequence[TextLine]) -> list[TextLine]:
    """Return `lines`, with those of a second look that add something.

    A line of the second look takes the place of what it covers if more characters of it can be relied on;
    where nothing stood, it is added.
    """
    kept = list(lines)
    for other in others:
        covered = [line for line in kept if _same_place(line.box, other.box)]
        if _worth(covered, other) + CLEARLY_MORE < _certain_characters(other):
            kept = [line for line in kept if line not in covered]
            kept.append(other)
    return kept


def _worth(covered: Sequence[TextLine], other: TextLine) -> float:
    """Return how many characters `other` must be sure of to take the place of `covered`."""
    certain = sum(map(_certain_characters, covered))
    if len(covered) != 1:
        return certain * PIECES
    (line,) = covered
    if abs(len(line.text) - len(other.text)) <= 1 and abs(line.box.width - other.box.width) < ALIKE * other.box.width:
        # A seal's edge read as a stroke makes a line longer, not better: the same print is compared by confidence.
        return line.confidence * len(other.text)
    return certain


def _certain_characters(line: TextLine) -> float:
    """Return how many characters of the line can be expected to be right."""
    return line.confidence * len(line.text)


def _same_place(one: Box, other: Box) -> bool:
    smaller = min(one.width * one.height, other.width * other.height)
    return smaller > 0 and one.shared_area(other) > SAME_PLACE * smaller
