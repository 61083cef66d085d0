"""A page as running text: rows joined in reading order, each stretch of it with the pieces it stands on.

For papers that say things in sentences ("registered under No. … as of the date …", 兹核准第…号) or as
`label value` in a row, where a pattern over the text finds more than geometry does.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extractors.reading import Reading
from extractors.spelling import narrow, simplified
from pipeline.layout import PAGE_STEP, Piece, Sheet, rows
from pipeline.model import Entity, TextLine

T = TypeVar("T")

_GUTTER = 1.2
"""Least width of the gap between two columns, in text heights."""
_MAY_CROSS = 0.1
"""Share of the pieces that may cross the gap."""
_FLAGS = re.IGNORECASE | re.DOTALL | re.MULTILINE


@dataclass(frozen=True)
class Found:
    """A stretch of a flow."""

    text: str
    """Half-width, spaces and line breaks as one space each."""
    rows: tuple[str, ...]
    """The same, row by row."""
    reading: Reading

    def entity(self, value: T, *, trust: float = 1.0, besides: Iterable[TextLine] = ()) -> Entity[T]:
        """Return `value`, read here."""
        return self.reading.entity(value, trust=trust, raw=self.text, besides=besides)


class Flow:
    """The text of some pieces, row by row."""

    def __init__(self, pieces: Iterable[Piece], *, dense: bool = False) -> None:
        """Put the pieces in order; pieces of one row are parted by a space, rows by a line break.

        Args:
            pieces: In any order.
            dense: Leave out all spaces and breaks, and write simplified characters: a Chinese sentence.
        """
        self._places: list[tuple[Piece, int] | None] = []
        signs: list[str] = []
        for row in rows(pieces):
            for piece in row:
                plain = _dense(piece.text) if dense else [narrow(sign) for sign in piece.text]
                # A character for a character: the places in the text stay those on the piece.
                for offset, sign in enumerate(plain):
                    if not (dense and sign.isspace()):
                        signs.append(sign)
                        self._places.append((piece, offset))
                if not dense:
                    signs.append(" ")
                    self._places.append(None)
            if not dense:
                signs[-1] = "\n"
        self.text = "".join(signs)

    def search(self, pattern: str, group: int | str = 1) -> Found | None:
        """Return what `group` of the first match of `pattern` holds; case is ignored, `.` crosses line breaks."""
        match = re.compile(pattern, _FLAGS).search(self.text)
        return self.found(*match.span(group)) if match and match[group] else None

    def last(self, pattern: str) -> Found | None:
        """Return the first group of the last match."""
        matches = self.every(pattern)
        return self.found(*matches[-1].span(1)) if matches else None

    def every(self, pattern: str) -> list[re.Match[str]]:
        """Return all matches, to be turned into `found` by their spans."""
        return list(re.finditer(pattern, self.text, _FLAGS))

    def whole(self) -> Found | None:
        """Return all of it."""
        return self.found(0, len(self.text))

    def found(self, start: int, stop: int) -> Found | None:
        """Return a stretch; None if nothing stands there."""
        spans: dict[int, tuple[Piece, int, int]] = {}
        for place in self._places[start:stop]:
            if place is not None:
                piece, offset = place
                _, first, _ = spans.get(id(piece), (piece, offset, offset))
                spans[id(piece)] = (piece, first, offset + 1)
        parts = [piece.part(first, last) for piece, first, last in spans.values()]
        parts = [part for part in parts if part.text.strip()]
        if not parts:
            return None
        lines = tuple(line for row in self.text[start:stop].split("\n") if (line := " ".join(row.split())))
        return Found(" ".join(lines), lines, Reading(tuple(parts)))


def in_columns(pieces: Sequence[Piece], *, after: float = 0.0, before: float = 1e9) -> list[list[Piece]]:
    """Return the pieces by column, left to right: one list, or two where a gutter runs down between them.

    A gutter is wider than a text is high, has several pieces on both sides, and is crossed by one or two at the most
    (a heading, a line at the foot), which count to the column that they begin in.

    Args:
        pieces: Of one page, or of a part of it.
        after: Where the second column begins at the earliest, in page heights.
        before: And at the latest.
    """
    best: tuple[int, float] | None = None
    height = sorted(piece.height for piece in pieces)[len(pieces) // 2] if pieces else 0.0
    for edge in sorted({piece.left for piece in pieces if after <= piece.left <= before}):
        first = [piece for piece in pieces if piece.left < edge]
        ends = [piece.right for piece in first if piece.right <= edge - _GUTTER * height]
        if len(first) - len(ends) > _MAY_CROSS * len(pieces):
            continue
        score = min(len(ends), len(pieces) - len(first))
        if score >= 3 and (best is None or score > best[0]):
            best = (score, edge)
    if best is None:
        return [list(pieces)]
    return [[piece for piece in pieces if (piece.left >= best[1]) == side] for side in (False, True)]


def one_below_another(columns: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Return the pieces of all columns as if each column stood below the one before it."""
    return [
        _moved(piece, across=0.0, down=PAGE_STEP * number) for number, column in enumerate(columns) for piece in column
    ]


def as_one_column(sheet: Sheet) -> Sheet:
    """Return a sheet whose pages are set in two columns of text with all columns below each other, at one left edge."""
    joined: list[Piece] = []
    place = 0
    for page in range(int(max((piece.level for piece in sheet.pieces), default=0.0) // PAGE_STEP) + 1):
        here = [piece for piece in sheet.pieces if int(piece.level // PAGE_STEP) == page]
        columns = in_columns(here, after=0.38 * sheet.width, before=0.62 * sheet.width) if here else []
        for column in columns:
            shift = min(piece.left for piece in column) - min(piece.left for piece in columns[0])
            joined += [_moved(piece, across=-shift, down=PAGE_STEP * (place - page)) for piece in column]
            place += 1
    return Sheet(tuple(joined), sheet.width)


def _moved(piece: Piece, *, across: float, down: float) -> Piece:
    return replace(piece, left=piece.left + across, right=piece.right + across, level=piece.level + down)


def _dense(text: str) -> Sequence[str]:
    half = "".join(narrow(sign) for sign in text)
    plain = simplified(half)
    return plain if len(plain) == len(half) else half
