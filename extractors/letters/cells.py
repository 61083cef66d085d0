"""Tables in letters: whose a cell's lines are, with labels in the first column or the first row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.letters.labels import begins_with_label, is_label
from pipeline.layout import Piece, rows

_TIGHT = 0.7
"""Between two lines of one cell, in text heights, at most: the cells of a table are padded."""
_HEADED = 14
"""Rows that a table with its labels in the first row may have."""


@dataclass(frozen=True)
class Cell:
    """A label and the lines of its value, in reading order."""

    label: Piece
    value: tuple[Piece, ...]


def headed_cells(pieces: Sequence[Piece]) -> list[Cell]:
    """Return the cells under a row of labels, row by row: two links of a chain come as two pairs of parties."""
    table = rows(pieces)
    found: list[Cell] = []
    for number, head in enumerate(table):
        if len(head) < 2 or not all(is_label(piece) for piece in head):
            continue
        level = head[0].level
        for row in table[number + 1 : number + 1 + _HEADED]:
            apart = row[0].level - level > 6 * row[0].height
            if apart or any(is_label(piece) or begins_with_label(piece.text) for piece in row) or len(row) < 2:
                break
            level = row[0].level
            found += [Cell(label, value) for label in head if (value := _under(label, head, row))]
    return found


def _under(label: Piece, head: Sequence[Piece], row: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return what of a row stands nearest to that label of the first row, across."""

    def middle(piece: Piece) -> float:
        return (piece.left + piece.right) / 2

    return tuple(piece for piece in row if min(head, key=lambda each: abs(middle(each) - middle(piece))) is label)


def cells(pieces: Sequence[Piece]) -> list[Cell]:
    """Return the labels that stand by themselves in a column of a table, each with the lines of its cell."""
    labels = [piece for piece in pieces if is_label(piece) and not piece.text.rstrip().endswith((":", "："))]
    found_cells: list[Cell] = []
    for column in _columns(labels):
        if len(column) < 2:
            continue
        right = max(piece.right for piece in column)
        edge = min((other.left for other in labels if other.left > right), default=99.0)
        heads = {id(label) for label in labels}
        beside = [p for p in pieces if right - p.height < p.left < edge - p.height and id(p) not in heads]
        beside = [piece for piece in beside if not begins_with_label(piece.text)]
        found: dict[int, list[Piece]] = {}
        for block in _blocks(beside):
            for piece in block:
                owner = _owner(piece, block, column)
                if owner is not None:
                    found.setdefault(id(owner), []).append(piece)
        found_cells += [Cell(label, tuple(value)) for label in column if (value := found.get(id(label)))]
    return found_cells


def _columns(labels: Iterable[Piece]) -> list[list[Piece]]:
    """Return the labels by column: those of one overlap across."""
    columns: list[list[Piece]] = []
    for label in sorted(labels, key=lambda piece: piece.left):
        for column in columns:
            if label.left < max(other.right for other in column) - 0.3 * label.height:
                column.append(label)
                break
        else:
            columns.append([label])
    return [sorted(column, key=lambda piece: piece.level) for column in columns]


def _blocks(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return the lines that stand close below each other, as the cells of a column of values."""
    blocks: list[list[Piece]] = []
    for row in rows(pieces):
        if blocks and row[0].top - max(p.bottom for p in blocks[-1]) < _TIGHT * row[0].height:
            blocks[-1] += row
        else:
            blocks.append(list(row))
    return blocks


def _owner(piece: Piece, block: Sequence[Piece], column: Sequence[Piece]) -> Piece | None:
    """Return the label of a cell's line: the one within the block's height, else the nearest one."""
    top, bottom = min(p.level for p in block), max(p.level for p in block)
    reach = 0.7 * piece.height
    inside = [label for label in column if top - reach <= label.level <= bottom + reach]
    nearest = min(inside or column, key=lambda label: abs(label.level - piece.level), default=None)
    if nearest is None or (not inside and abs(nearest.level - piece.level) > 1.2 * piece.height):
        return None
    return nearest
