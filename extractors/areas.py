"""Labels → values: what stands beside, below or around each label belongs to it.

Values are often printed into a ready form, a little above or below their labels, so a page's labels are first moved
to where most of them have a value beside them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractors.labels import FoundLabel, key_of
from extractors.reading import Reading
from extractors.spelling import is_chinese
from pipeline.layout import Piece, Sheet, rows, same_level

_LONG = 10
"""Rows from which a value is a long text, whose lines watermarks cut into pieces."""
_REACH = 22.0
"""Text heights from a label to its value, at most: forms right-align nothing."""
_OFFSETS = (0.0, 0.2, -0.2, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8)
"""How far values may stand below their labels, in heights of the label; the first of equals is taken."""


def readings(sheet: Sheet, found: Sequence[FoundLabel], *, under: bool = False) -> dict[str, Reading]:
    """Return what was found at each label, as `values` has it; with `under` also as `values_under` has it."""
    pieces = values(sheet, found)
    if under:
        pieces = {**pieces, **values_under(sheet, found, pieces)}
    return {name: Reading(tuple(some)) for name, some in pieces.items() if some}


def values(sheet: Sheet, found: Sequence[FoundLabel]) -> Mapping[str, list[Piece]]:
    """Return the pieces that belong to each label, by its name, in reading order.

    A line belongs to the last label above or beside it in the rightmost column that begins left of it.

    Args:
        sheet: The whole document.
        found: All labels on it, those included that only end the value before them.
    """
    taken = {key for label in found for key in label.pieces}
    free = [piece for piece in sheet.pieces if key_of(piece) not in taken]
    settled = _settled(found, free)
    anchors = [replace(label, rest=_without_head(label.rest, settled)) if label.rest else label for label in settled]
    columns = _columns([anchor for anchor in anchors if not anchor.label.below])
    owned: dict[str, list[Piece]] = {anchor.label.name: [anchor.rest] if anchor.rest else [] for anchor in anchors}
    wide = [anchor for anchor in anchors if anchor.label.below]
    for piece in free:
        if (owner := _owner(piece, columns, wide)) is not None:
            owned[owner.label.name].append(_without_head(piece, anchors))
    return {anchor.label.name: _coherent(anchor, owned[anchor.label.name]) for anchor in anchors}


def values_under(
    sheet: Sheet, found: Sequence[FoundLabel], beside: Mapping[str, Sequence[Piece]]
) -> Mapping[str, list[Piece]]:
    """Return the row under each label that has nothing `beside` it, as on papers that are set in the middle.

    Args:
        sheet: The whole document.
        found: All labels on it.
        beside: What `values` found for them.
    """
    taken = {key for label in found for key in label.pieces}
    taken |= {key_of(piece) for pieces in beside.values() for piece in pieces}
    free = [piece for piece in sheet.pieces if key_of(piece) not in taken]
    empty = [label for label in found if not beside.get(label.label.name)]
    return {label.label.name: row for label in empty if (row := _row_under(label, free))}


def _row_under(label: FoundLabel, free: Sequence[Piece]) -> list[Piece]:
    near = [
        piece
        for piece in free
        if 0.5 * label.height < piece.level - label.level < 2.6 * max(label.height, piece.height)
        and min(piece.right, label.right) > max(piece.left, label.left)
    ]
    return rows(near)[0] if near else []


def _settled(found: Sequence[FoundLabel], free: Sequence[Piece]) -> list[FoundLabel]:
    """Return the labels moved down or up by what lets most of those without a value on their own line meet one."""
    alone = [label for label in found if label.rest is None and not label.label.below]
    if len(alone) < 3:
        return list(found)

    def meeting(offset: float) -> int:
        return sum(max((_meets(label, piece, offset) for piece in free), default=0) for label in alone)

    best = max(_OFFSETS, key=meeting)
    if not best or meeting(best) <= meeting(0.0) + 1:
        return list(found)
    return [replace(label, level=label.level + best * label.height) if label.rest is None else label for label in found]


def _meets(label: FoundLabel, piece: Piece, offset: float) -> int:
    """Return 1 if `piece` stands beside the label moved by `offset`, 3 if it also looks like its value, else 0."""
    if abs(piece.level - label.level - offset * label.height) > 0.2 * label.height:
        return 0
    if not -0.5 < (piece.left - label.right) / label.height < 6 or piece.height > 1.6 * label.height:
        return 0
    return 3 if label.label.looks and re.search(label.label.looks, piece.text) else 1


def _columns(anchors: Sequence[FoundLabel]) -> list[list[FoundLabel]]:
    """Return the labels by column, the rightmost column first, each from top to bottom.

    Labels of one column overlap across: they begin or end at the same edge, and the last character of a word
    whose first was not read stands within the width of the longer ones.
    """
    columns: list[list[FoundLabel]] = []
    for anchor in sorted(anchors, key=lambda anchor: anchor.left):
        if columns and anchor.left < max(other.right for other in columns[-1]) - 0.3 * anchor.height:
            columns[-1].append(anchor)
        else:
            columns.append([anchor])
    return [sorted(column, key=lambda anchor: anchor.level) for column in reversed(columns)]


def _owner(piece: Piece, columns: Sequence[Sequence[FoundLabel]], wide: Sequence[FoundLabel]) -> FoundLabel | None:
    over = max((label for label in wide if label.level < piece.level), key=lambda label: label.level, default=None)
    for column in columns:
        above = [
            anchor
            for anchor in column
            if anchor.level - 0.6 * max(anchor.height, 0.8 * piece.height) <= piece.level
            and piece.left >= anchor.left + 0.5 * anchor.height
        ]
        if above:
            return over if over is not None and over.level > above[-1].level else above[-1]
    return over


def _without_head(piece: Piece, anchors: Sequence[FoundLabel]) -> Piece:
    """Return a line without the first character of the next column's label, if it ran into that.

    Of `住 … 所` only `所` was then found as a label.
    """
    for anchor in anchors:
        ends_there = piece.left < anchor.left and abs(piece.level - anchor.level) < 0.6 * anchor.height
        head = piece.text[-1:] in anchor.label.heads
        if anchor.doubt == 2 and anchor.rest is not None and ends_there and head and len(piece.text) > 2:
            return piece.part(0, len(piece.text) - 1)
    return piece


def _coherent(anchor: FoundLabel, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the rows of a value that hang together: no wide gap across, no row too far down, no stray character."""
    value: list[Piece] = []
    last, edge, end = anchor.level, 0.0, 0.0
    for row in _rows(anchor, pieces)[: anchor.label.rows]:
        height = max(piece.height for piece in row)
        first = not value and not anchor.label.below
        if min(piece.level for piece in row) - last > _pitch(anchor, first=first) * max(height, anchor.height):
            break
        kept = _unbroken(row, anchor, first=first)
        if not kept or (value and not _goes_on(kept, edge, end, anchor)):
            continue
        edge, end = (kept[0].left, kept[-1].right) if not value else (edge, max(end, kept[-1].right))
        last = max(piece.level for piece in kept)
        value += kept
    return value


def _goes_on(row: Sequence[Piece], edge: float, end: float, anchor: FoundLabel) -> bool:
    """Whether a further row continues the value: it begins at the value's edge, or fills a gap in a long text."""
    if row[0].left - edge <= 3.0 * row[0].height:
        return True
    return anchor.label.rows >= _LONG and row[0].left < end and sum(len(piece.text) for piece in row) >= 3


def _rows(anchor: FoundLabel, pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the rows from the one on the label's level on: what stands a little higher is none of the value."""
    rest = anchor.rest
    found = rows(piece for piece in pieces if piece.height <= anchor.label.tallest * anchor.height or piece is rest)
    if anchor.label.below or not found:
        return found
    level = rest.level if rest else anchor.level

    def distance(number: int) -> float:
        row = found[number]
        if rest in row:
            return 0.0
        away = max(row[0].left - anchor.right - 3 * anchor.height, 0.0)
        return abs(sum(piece.level for piece in row) / len(row) - level) + 0.1 * away

    return found[min(range(len(found)), key=distance) :]


def _unbroken(row: Sequence[Piece], anchor: FoundLabel, *, first: bool) -> list[Piece]:
    kept: list[Piece] = []
    for piece in row:
        after = kept[-1].right if kept else (anchor.right if first else piece.left)
        limit = _REACH if not kept else _gap(anchor)
        if piece.left - after > limit * piece.height:
            break
        if _is_stray(piece, kept):
            continue
        if kept and same_level(kept[-1], piece) and piece.left < kept[-1].right - 1.5 * piece.height:
            # Two readings of the same place: the surer one stays.
            if piece.line.confidence > kept[-1].line.confidence and len(piece.text) >= len(kept[-1].text):
                kept[-1] = piece
            continue
        kept.append(piece)
    return kept


def _pitch(anchor: FoundLabel, *, first: bool) -> float:
    """Return how far down the next row of the value may be, in text heights; a long text has paragraphs."""
    return 0.9 if first else 2.4 if anchor.label.rows >= _LONG else 1.7


def _gap(anchor: FoundLabel) -> float:
    """Return how wide a gap within a row of the value may be, in text heights."""
    return 12.0 if anchor.label.rows >= _LONG else 3.0 if anchor.label.rows > 1 else 1.2


def _is_stray(piece: Piece, before: Sequence[Piece]) -> bool:
    """Whether a single character after a value is a fragment of a seal: unclear, off the row, or apart from it."""
    if not before or len(piece.text) > 1 or not is_chinese(piece.text):
        return False
    apart = piece.left - before[-1].right > 0.8 * piece.height
    off = abs(piece.level - before[-1].level) > 0.35 * piece.height
    return piece.line.confidence < 0.8 or apart or off
