"""Labels → values: finds the labels of a form, however they are spaced or split, and what belongs to each.

Certificates print `名    称`; detection makes of it one text, two, or one that runs into the value. A label may also
miss its first characters under a watermark, or have one misread.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.spelling import is_chinese, simplified
from pipeline.layout import Piece, Sheet, right_of, rows, same_level

_SPACES = " \u3000\t·.:：,，"
_AFTER = " \u3000\t:：.·、，,;；☑|_-—"
_FUZZY_FROM = 4
"""Length of a label from which one misread character is forgiven."""
_LONG = 10
"""Rows from which a value is a long text, whose lines watermarks cut into pieces."""
_REACH = 22.0
"""Text heights from a label to its value, at most: forms right-align nothing."""


@dataclass(frozen=True)
class Label:
    """One thing that a form names, with all the words it goes by, in simplified characters."""

    name: str
    words: tuple[str, ...]
    tails: tuple[str, ...] = ()
    """What is left of a word where its beginning was not read, at the start of a line: `称` of `名称`."""
    heads: tuple[str, ...] = ()
    """What is left of a word where its end was not read, a line of its own: `名`."""
    rows: int = 1
    """How many rows the value may take."""
    below: bool = False
    """Whether the value stands under the label, beginning where the label does."""


@dataclass(frozen=True)
class FoundLabel:
    """A label on the sheet."""

    label: Label
    word: str
    left: float
    right: float
    level: float
    height: float
    rest: Piece | None
    """What follows on the same line."""
    pieces: frozenset[tuple[int, int]]
    """Keys of the pieces that the label was read from, so that no value takes them for its own."""
    doubt: int = 0
    """0: read as it is written; 1: with a character misread; 2: only its head or tail was read."""


def find_labels(sheet: Sheet, labels: Sequence[Label]) -> list[FoundLabel]:
    """Return the labels on the sheet, each at most once, whole words before fragments, and upper before lower."""
    words = [(word, label) for label in labels for word in label.words]
    words.sort(key=lambda pair: -len(pair[0]))
    found: list[FoundLabel] = []
    used: set[tuple[int, int]] = set()
    for piece in sheet.pieces:
        if _key(piece) in used:
            continue
        hit = _whole(piece, words) or _split(piece, sheet, words)
        if hit is not None:
            found.append(hit[0])
            used |= hit[1]
    left = (piece for piece in sheet.pieces if _key(piece) not in used)
    found += [weak for piece in left if (weak := _fragment(piece, labels)) is not None]
    return _one_each(found, sheet)


def find_inside(piece: Piece, words: Iterable[str]) -> Piece | None:
    """Return what follows the first of `words` that stands anywhere in `piece`, spaces inside the word aside."""
    text, places = _bare(piece.text)
    for word in words:
        at = text.find(word)
        if at >= 0:
            return _after(piece, places[at + len(word) - 1] + 1)
    return None


def values(sheet: Sheet, found: Sequence[FoundLabel], *, stops: Sequence[FoundLabel] = ()) -> Mapping[str, list[Piece]]:
    """Return the pieces that belong to each label, by its name, in reading order.

    A line belongs to the last label above or beside it in the rightmost column that begins left of it.

    Args:
        sheet: The whole document.
        found: Labels whose values are wanted.
        stops: Labels that only end the value before them.
    """
    anchors = [*found, *stops]
    taken = {key for anchor in anchors for key in anchor.pieces}
    columns = _columns(anchors)
    owned: dict[int, list[Piece]] = {id(anchor): [anchor.rest] if anchor.rest else [] for anchor in anchors}
    for piece in sheet.pieces:
        if _key(piece) not in taken and (owner := _owner(piece, columns)) is not None:
            owned[id(owner)].append(piece)
    return {anchor.label.name: _coherent(anchor, owned[id(anchor)]) for anchor in found}


def _key(piece: Piece) -> tuple[int, int]:
    return id(piece.line), piece.start


def _bare(text: str) -> tuple[str, list[int]]:
    """Return the text in simplified characters without spaces and colons, and where each character stood."""
    places = [index for index, sign in enumerate(text) if sign not in _SPACES]
    kept = "".join(text[index] for index in places)
    plain = simplified(kept)
    return (plain if len(plain) == len(kept) else kept), places


def _whole(piece: Piece, words: Sequence[tuple[str, Label]]) -> tuple[FoundLabel, set[tuple[int, int]]] | None:
    text, places = _bare(piece.text)
    for word, label in words:
        if not _begins(text, word):
            continue
        stop = places[len(word) - 1] + 1
        doubt = 0 if text.startswith(word) else 1
        return _label(label, word, [piece.part(0, stop)], _after(piece, stop), doubt=doubt), {_key(piece)}
    return None


def _begins(text: str, word: str) -> bool:
    if text.startswith(word):
        return True
    if len(word) < _FUZZY_FROM or len(text) < len(word):
        return False
    return sum(a != b for a, b in zip(text, word, strict=False)) == 1


def _split(
    piece: Piece, sheet: Sheet, words: Sequence[tuple[str, Label]]
) -> tuple[FoundLabel, set[tuple[int, int]]] | None:
    """Find a word whose characters stand in several pieces side by side."""
    text, _ = _bare(piece.text)
    possible = (
        [(word, label) for word, label in words if len(text) < len(word) and word.startswith(text)] if text else []
    )
    if not possible:
        return None
    parts, read = [piece], text
    for neighbour in right_of(piece, sheet.pieces, within=0.8)[:4]:
        if neighbour.left - parts[-1].right > 8 * piece.height:
            break
        more, places = _bare(neighbour.text)
        for word, label in possible:
            missing = word[len(read) :]
            if word.startswith(read) and missing and more.startswith(missing):
                stop = places[len(missing) - 1] + 1
                used = {_key(part) for part in (*parts, neighbour)}
                return _label(label, word, [*parts, neighbour.part(0, stop)], _after(neighbour, stop)), used
        if any(word.startswith(read + more) for word, _ in possible):
            parts.append(neighbour)
            read += more
    return None


def _fragment(piece: Piece, labels: Sequence[Label]) -> FoundLabel | None:
    text, places = _bare(piece.text)
    for label in labels:
        for tail in label.tails:
            if text.startswith(tail):
                stop = places[len(tail) - 1] + 1
                return _label(label, tail, [piece.part(0, stop)], _after(piece, stop), doubt=2)
        if text in label.heads:
            return _label(label, text, [piece], None, doubt=2)
    return None


def _label(label: Label, word: str, parts: Sequence[Piece], rest: Piece | None, *, doubt: int = 0) -> FoundLabel:
    return FoundLabel(
        label=label,
        word=word,
        left=parts[0].left,
        right=parts[-1].right,
        # The last part stands closest to the value, so its level says most about the value's row.
        level=parts[-1].level,
        height=min(part.height for part in parts),
        rest=rest,
        pieces=frozenset(_key(part) for part in parts),
        doubt=doubt,
    )


def _after(piece: Piece, start: int) -> Piece | None:
    text = piece.text
    while start < len(text) and text[start] in _AFTER:
        start += 1
    return piece.part(start) if start < len(text) else None


def _one_each(found: Sequence[FoundLabel], sheet: Sheet) -> list[FoundLabel]:
    chosen: dict[str, FoundLabel] = {}
    for label in sorted(found, key=lambda label: (label.doubt, label.level)):
        other = chosen.setdefault(label.label.name, label)
        if (
            label.doubt == other.doubt == 2
            and other is not label
            and other.rest is None
            and _beside(other, label, sheet)
        ):
            # `名` was found by itself and `称` by itself: the second stands next to the value.
            chosen[label.label.name] = label
    return sorted(chosen.values(), key=lambda label: (label.level, label.left))


def _beside(one: FoundLabel, other: FoundLabel, sheet: Sheet) -> bool:
    return other.left > one.left and abs(one.level - other.level) < 2 * max(sheet.text_height, one.height)


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


def _owner(piece: Piece, columns: Sequence[Sequence[FoundLabel]]) -> FoundLabel | None:
    for column in columns:
        above = [
            anchor
            for anchor in column
            if anchor.level - 0.6 * max(anchor.height, 0.8 * piece.height) <= piece.level
            and piece.left >= anchor.left + (-2.0 if anchor.label.below else 0.5) * anchor.height
        ]
        if above:
            return above[-1]
    return None


def _coherent(anchor: FoundLabel, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the rows of a value that hang together: no wide gap across, no row too far down, no stray character."""
    value: list[Piece] = []
    last, edge, end = anchor.level, 0.0, 0.0
    for number, row in enumerate(_rows(anchor, pieces)):
        if number >= anchor.label.rows:
            break
        height = max(piece.height for piece in row)
        first = not value and not anchor.label.below
        if min(piece.level for piece in row) - last > (0.9 if first else 2.4) * max(height, anchor.height):
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


def _rows(anchor: FoundLabel, pieces: Sequence[Piece]) -> list[list[Piece]]:
    fitting = [piece for piece in pieces if piece.height <= 1.8 * anchor.height or piece is anchor.rest]
    return rows(fitting)


def _unbroken(row: Sequence[Piece], anchor: FoundLabel, *, first: bool) -> list[Piece]:
    kept: list[Piece] = []
    for piece in row:
        after = kept[-1].right if kept else (anchor.right if first else piece.left)
        limit = _REACH if not kept else (12.0 if anchor.label.rows >= _LONG else 3.0)
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


def _is_stray(piece: Piece, before: Sequence[Piece]) -> bool:
    """Whether a single character after a value is a fragment of a seal: unclear, off the row, or apart from it."""
    if not before or len(piece.text) > 1 or not is_chinese(piece.text):
        return False
    apart = piece.left - before[-1].right > 0.8 * piece.height
    off = abs(piece.level - before[-1].level) > 0.35 * piece.height
    return piece.line.confidence < 0.8 or apart or off
