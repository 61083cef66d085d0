"""Finds the labels of a form, however they are spaced or split.

Certificates print `名    称`; detection makes of it one text, two, or one that runs into the value. A label may also
miss its first characters under a watermark, or have one misread.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractors.spelling import is_chinese, simplified
from pipeline.layout import Piece, Sheet, right_of

_SKIPPED = " \u3000\t·.:：,，SCJDGL"
"""What may stand between the characters of a label: spaces, dots, and letters of the ground of licences (SCJDGL)."""
_AFTER = " \u3000\t:：.·、，,;；☑|_-—#"
_FUZZY_FROM = 4
"""Length of a label from which one misread character is forgiven."""
_LATIN_FUZZY_FROM = 8
"""The same for a Latin label: short ones turn into other words."""
_BROAD_LETTERS = 5
"""How many letters a Latin label must have besides the narrow ones to be known by those alone."""
_ENUMERATED = re.compile(r"\s*[(（]?\d{1,2}[.)）、]\s*(?=[A-Za-z])")
"""Number of an item before its label: `4. Object of the declaration:`."""
_LATIN_END = re.compile(r"\s*(?:\(s\))?\s*(?:$|[:：.#;|\-–—]|\S*\d)")
"""What follows a Latin label: nothing, a colon or its like, or a number; a sentence goes on with a word."""


@dataclass(frozen=True)
class Label:
    """One thing that a form names, with all the words it goes by, in simplified characters."""

    name: str
    words: tuple[str, ...]
    """Latin ones in small letters without spaces and punctuation: `certificateno`."""
    tails: tuple[str, ...] = ()
    """What is left of a word where its beginning was not read, at the start of a line: `称` of `名称`."""
    heads: tuple[str, ...] = ()
    """What is left of a word where its end was not read, a line of its own: `名`."""
    rows: int = 1
    """How many rows the value may take."""
    looks: str = ""
    """Regular expression that a value of the usual kind matches somewhere; helps to tell whose a line is."""
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
        if key_of(piece) in used:
            continue
        hit = _whole(piece, words) or _split(piece, sheet, words) or _thinned(piece, words)
        if hit is not None:
            found.append(hit[0])
            used |= hit[1]
    left = (piece for piece in sheet.pieces if key_of(piece) not in used)
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


def key_of(piece: Piece) -> tuple[int, int]:
    """Return what tells a piece from the others of its sheet."""
    return id(piece.line), piece.start


def _bare(text: str) -> tuple[str, list[int]]:
    """Return the text in simplified characters without what may stand between, and where each character stood.

    Of a Latin text letters and figures are kept, in small letters, without the number of the item before them.
    """
    if text.isascii() or not is_chinese(text):
        start = match.end() if (match := _ENUMERATED.match(text)) else 0
        places = [index for index in range(start, len(text)) if text[index].isalnum()]
        return "".join(text[index].lower()[:1] for index in places), places
    places = [index for index, sign in enumerate(text) if sign not in _SKIPPED]
    kept = "".join(text[index] for index in places)
    plain = simplified(kept)
    return (plain if len(plain) == len(kept) else kept), places


def _whole(piece: Piece, words: Sequence[tuple[str, Label]]) -> tuple[FoundLabel, set[tuple[int, int]]] | None:
    text, places = _bare(piece.text)
    forms: tuple[Callable[[str, str], bool], ...] = (str.startswith, _nearly_begins)
    for doubt, begins in enumerate(forms):
        for word, label in words:
            if begins(text, word):
                stop = places[len(word) - 1] + 1
                if word.isascii() and not _LATIN_END.match(piece.text, stop):
                    continue
                return _label(label, word, [piece.part(0, stop)], _after(piece, stop), doubt=doubt), {key_of(piece)}
    return None


def _nearly_begins(text: str, word: str) -> bool:
    """Whether `text` begins with `word`, one character misread: as another Chinese one, or in a long Latin word."""
    if len(word) < _FUZZY_FROM or len(text) < len(word):
        return False
    wrong = [read for read, meant in zip(text, word, strict=False) if read != meant]
    return len(wrong) == 1 and (is_chinese(wrong[0]) or (word.isascii() and len(word) >= _LATIN_FUZZY_FROM))


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
                used = {key_of(part) for part in (*parts, neighbour)}
                return _label(label, word, [*parts, neighbour.part(0, stop)], _after(neighbour, stop)), used
        if any(word.startswith(read + more) for word, _ in possible):
            parts.append(neighbour)
            read += more
    return None


def _thinned(piece: Piece, words: Sequence[tuple[str, Label]]) -> tuple[FoundLabel, set[tuple[int, int]]] | None:
    """Find a Latin label whose narrow letters were taken for each other or lost: `Valld untll:`, `Certficate No.:`."""
    stop = next((at for at, sign in enumerate(piece.text) if sign in ":："), len(piece.text))
    text = _broad_letters(_bare(piece.text[:stop])[0])
    if len(text) < _BROAD_LETTERS or not piece.text.isascii():
        return None
    for word, label in words:
        if word.isascii() and _broad_letters(word) == text:
            return _label(label, word, [piece.part(0, stop)], _after(piece, stop), doubt=1), {key_of(piece)}
    return None


def _broad_letters(text: str) -> str:
    return re.sub(r"[il1|]", "", text)


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
        pieces=frozenset(key_of(part) for part in parts),
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
