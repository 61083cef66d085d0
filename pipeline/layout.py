"""Lines → reading order, rows, columns, and what stands right of or below something.

It knows no certificate. Everything is measured in one unit, the height of a page, so that distances across and
down compare; pages follow each other downwards. Lines of a skewed or tilted page are levelled first: a line's
`level` is where its middle would stand if the page were straight.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from pipeline.model import PageRecord, TextLine

PAGE_STEP = 2.0
"""From the top of one page to the top of the next, in page heights: no value runs on across that gap."""

_STACK = 1.5
"""A text of several characters in a box this much higher than wide runs downwards."""
_LONG_ENOUGH = 0.1
"""Page widths from which a line's slope is worth something: it is measured in whole pixels."""
_STEEPEST = 0.2
"""Slope past which a line is no text of the page but a watermark or stamp across it."""
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]")


@dataclass(frozen=True)
class Piece:
    """A stretch of one line with its place on the levelled sheet, in page heights."""

    line: TextLine
    start: int
    stop: int
    left: float
    right: float
    level: float
    """Where the middle stands, downwards; the second page begins at `PAGE_STEP`."""
    height: float
    """Of the text itself, without what the slope adds to the box."""

    @property
    def text(self) -> str:
        """What was read here."""
        return self.line.text[self.start : self.stop]

    @property
    def characters(self) -> tuple[float, ...]:
        """Probability of each character."""
        given = self.line.characters[self.start : self.stop]
        return given if len(given) == self.stop - self.start else (self.line.confidence,) * (self.stop - self.start)

    @property
    def alternatives(self) -> tuple[tuple[tuple[str, float], ...], ...]:
        """What else each character could be; empty tuples where the engine gives none."""
        given = self.line.alternatives[self.start : self.stop]
        return given if len(given) == self.stop - self.start else ((),) * (self.stop - self.start)

    @property
    def top(self) -> float:
        """Upper edge on the levelled sheet."""
        return self.level - self.height / 2

    @property
    def bottom(self) -> float:
        """Lower edge on the levelled sheet."""
        return self.level + self.height / 2

    def part(self, start: int, stop: int | None = None) -> "Piece":
        """Return the stretch from `start` to `stop`, counted within this piece, its edges by the characters' widths."""
        stop = len(self.text) if stop is None else stop
        widths = [1.0 if _WIDE.match(character) else 0.5 for character in self.text]
        unit = (self.right - self.left) / max(sum(widths), 0.5)
        return replace(
            self,
            start=self.start + start,
            stop=self.start + stop,
            left=self.left + unit * sum(widths[:start]),
            right=self.left + unit * sum(widths[:stop]),
        )


@dataclass(frozen=True)
class Sheet:
    """All text of a document, levelled."""

    pieces: tuple[Piece, ...]
    """In reading order."""
    width: float
    """Of the widest page, in page heights."""

    @cached_property
    def text_height(self) -> float:
        """Median height of the pieces, in page heights; 0 for an empty sheet."""
        return float(median(piece.height for piece in self.pieces)) if self.pieces else 0.0


def lay_out(lines: Iterable[TextLine], pages: Sequence[PageRecord] = ()) -> Sheet:
    """Level the lines of each page and put the pages one below the other.

    Args:
        lines: Of one document; barcodes have no place in it.
        pages: Give the pages' proportions and order; a page that is not among them is taken to be square.
    """
    sizes = proportions(pages)
    by_page: dict[tuple[str, int], list[TextLine]] = {key: [] for key in sizes}
    for line in lines:
        by_page.setdefault((line.file, line.page), []).append(line)
    pieces: list[Piece] = []
    for index, (key, here) in enumerate(by_page.items()):
        pieces += in_order(_page(here, sizes.get(key, 1.0), index * PAGE_STEP))
    return Sheet(pieces=tuple(pieces), width=max(sizes.values(), default=1.0))


def proportions(pages: Sequence[PageRecord]) -> Mapping[tuple[str, int], float]:
    """Return width over height of each page, by file and number."""
    return {(page.file, page.page): page.width / max(page.height, 1) for page in pages}


def same_level(one: Piece, other: Piece, *, within: float = 0.5) -> bool:
    """Whether two pieces stand beside each other: their middles differ by less than `within` of the higher one."""
    return abs(one.level - other.level) <= within * max(one.height, other.height)


def rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the pieces as rows from top to bottom, each from left to right."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.level):
        # The row's own mean level decides, so that a slanting chain of neighbours does not merge two rows.
        for row in reversed(found[-3:]):
            middle = sum(other.level for other in row) / len(row)
            if abs(middle - piece.level) <= 0.5 * min(piece.height, max(other.height for other in row)):
                row.append(piece)
                break
        else:
            found.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in found]


def in_order(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces row by row."""
    return [piece for row in rows(pieces) for piece in row]


def right_of(piece: Piece, pieces: Iterable[Piece], *, within: float = 0.6) -> list[Piece]:
    """Return what stands on the level of `piece` and begins after it, nearest first."""
    beside = (
        other
        for other in pieces
        if not (other.line is piece.line and other.start == piece.start)
        and other.left >= piece.right - 0.6 * min(piece.height, other.height)
        and same_level(piece, other, within=within)
    )
    return sorted(beside, key=lambda other: other.left)


def below(piece: Piece, pieces: Iterable[Piece], *, lines: float = 2.5) -> list[Piece]:
    """Return what stands under `piece`, sharing some of its width, at most `lines` text heights down, nearest first."""
    under = (
        other
        for other in pieces
        if 0.4 * piece.height < other.level - piece.level <= lines * piece.height
        and min(piece.right, other.right) - max(piece.left, other.left) > 0
    )
    return sorted(under, key=lambda other: (other.level, other.left))


def _page(lines: Sequence[TextLine], aspect: float, offset: float) -> list[Piece]:
    straight = [line for line in lines if abs(line.slope) <= _STEEPEST and line.text.strip()]
    base, twist = _tilt(straight)
    pieces: list[Piece] = []
    for line in straight:
        x, y = line.box.center
        level = y - (base + twist * (y - 0.5)) * (x - 0.5)
        height = max(line.box.height - abs(line.slope) * line.box.width, 0.5 * line.box.height, 1e-4)
        piece = Piece(
            line=line,
            start=0,
            stop=len(line.text),
            left=line.box.left * aspect,
            right=line.box.right * aspect,
            level=level + offset,
            height=height,
        )
        pieces += _unstack(piece)
    return pieces


def _tilt(lines: Sequence[TextLine]) -> tuple[float, float]:
    """Return the page's slope at its middle and how much it changes from top to bottom.

    Photographs show the lines of a page fanned out, so one slope for all would not do.
    """
    wide = [line for line in lines if line.box.width >= _LONG_ENOUGH]
    if len(wide) < 4:
        return 0.0, 0.0
    # Imported on use: rules on pages import this module, too, and `dossier rules` has no need of it.
    import numpy as np

    slopes = np.array([line.slope for line in wide])
    weights = np.array([line.box.width for line in wide])
    order = np.argsort(slopes)
    base = float(slopes[order][np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)])
    levels = np.array([line.box.center[1] - 0.5 for line in wide])
    near = np.abs(slopes - base) < 0.06
    if near.sum() < 6 or np.ptp(levels[near]) < 0.25:
        return base, 0.0
    twist, base = np.polyfit(levels[near], slopes[near], 1, w=weights[near])
    return float(base), float(twist)


def _unstack(piece: Piece) -> list[Piece]:
    """Return a column of characters, which detection took for one text, as one piece each."""
    count = len(piece.text)
    if count < 2 or not _WIDE.match(piece.text) or piece.height < _STACK * (piece.right - piece.left):
        return [piece]
    height = piece.height / count
    return [
        replace(
            piece,
            start=index,
            stop=index + 1,
            level=piece.top + (index + 0.5) * height,
            height=min(height, piece.right - piece.left),
        )
        for index in range(count)
    ]
