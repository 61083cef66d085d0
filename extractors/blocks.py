"""Blocks under INID codes and Latin labels: what stands beside or below each belongs to it.

INID codes, `(111)`, are those of WIPO Standard ST.60; offices print them in brackets or bare in a column of their own.
`labels` does the same for Chinese forms, whose labels are letter-spaced and whose values never start further left.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.flow import Flow, Found
from pipeline.layout import Piece, Sheet, rows

_CODES = frozenset(str(code) for code in (
    111, 116, 141, 151, 156, 161, 171, 176, 180, 181, 186, 190, 200, 210, 220, 230, 250, 270, 300, 310, 320, 330,
    340, 350, 390, 400, 441, 442, 450, 500, 510, 511, 521, 526, 527, 531, 540, 541, 546, 550, 551, 554, 555, 556,
    557, 558, 561, 566, 571, 580, 591, 641, 700, 730, 731, 732, 733, 734, 740, 750, 770, 771, 780, 790, 791, 811,
    812, 813, 814, 821, 822, 831, 832, 833, 834, 841, 842, 843,
))  # fmt: skip
_BRACKETED = re.compile(r"[(\[]\s*(\d{3})\s*[)\]]")
_BARE = re.compile(r"^\W*(\d{3})(?=\s|$)\s*[:.]?")
_PITCH = 2.6
"""How far down the next row of a value may be, in text heights."""
_FIRST = 3.2
"""The same for its first row, which may stand under its label."""


@dataclass(frozen=True)
class Heading:
    """One thing that papers name, by codes or by words."""

    name: str
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Labels in any language, without punctuation; case, accents and spaces do not count."""


@dataclass
class _Mark:
    name: str
    left: float
    right: float
    level: float
    height: float
    rest: list[Piece] = field(default_factory=list)


def read_blocks(sheet: Sheet, headings: Sequence[Heading], *, bare: bool = False) -> Mapping[str, Found]:
    """Return what belongs to each heading, by its name; of several of one name the first that has anything.

    Args:
        sheet: The whole document.
        headings: What to look for; a code that none of them has only ends the value before it.
        bare: Whether codes without brackets count, where several stand in one column.
    """
    marks, free = _marked(sheet, headings, bare=bare)
    owned = _owned(marks, free)
    blocks: dict[str, Found] = {}
    for mark, pieces in zip(marks, owned, strict=True):
        flow = Flow(_without_labels([*mark.rest, *pieces], mark.name, headings))
        found = flow.found(0, len(flow.text))
        if found is not None:
            blocks.setdefault(mark.name, found)
    return blocks


def _marked(sheet: Sheet, headings: Sequence[Heading], *, bare: bool) -> tuple[list[_Mark], list[Piece]]:
    by_code = {code: heading.name for heading in headings for code in heading.codes}
    columns = _columns_of_bare(sheet) if bare else []
    marks: list[_Mark] = []
    free: list[Piece] = []
    for whole in sheet.pieces:
        for piece in _cut(whole):
            code = _code_of(piece, columns)
            hit = (by_code.get(code[0], code[0]), code[1]) if code else _word_of(piece, headings)
            if hit is None:
                free.append(piece)
                continue
            mark = _Mark(hit[0], piece.left, piece.part(0, hit[1]).right, piece.level, piece.height)
            if piece.text[hit[1] :].strip():
                mark.rest.append(piece.part(hit[1]))
            marks.append(mark)
    return marks, free


def _cut(piece: Piece) -> list[Piece]:
    """Return a line in parts, each beginning with a bracketed code."""
    places = [match.start() for match in _BRACKETED.finditer(piece.text) if match[1] in _CODES]
    edges = sorted({0, *places, len(piece.text)})
    return [piece.part(start, stop) for start, stop in pairwise(edges) if piece.text[start:stop].strip()]


def _code_of(piece: Piece, columns: Sequence[float]) -> tuple[str, int] | None:
    match = _BRACKETED.match(piece.text)
    if match is None and any(abs(piece.left - left) < piece.height for left in columns):
        match = _BARE.match(piece.text)
    return (match[1], match.end()) if match and match[1] in _CODES else None


def _columns_of_bare(sheet: Sheet) -> list[float]:
    """Return the left edges at which at least three lines begin with a code without brackets."""
    lefts = [
        (piece.left, piece.height)
        for piece in sheet.pieces
        if (match := _BARE.match(piece.text)) and match[1] in _CODES
    ]
    return [left for left, height in lefts if sum(abs(left - other) < height for other, _ in lefts) >= 3]


def _word_of(piece: Piece, headings: Sequence[Heading]) -> tuple[str, int] | None:
    """Return which heading's words a line begins with, and where they end; something must part them from the value."""
    best: tuple[str, int] | None = None
    text = fold(piece.text)
    for heading in headings:
        for words in heading.words:
            match = re.match(rf"\W*{_spaced(words)}\s*(?:\(?s\)?)?\s*(?:[:：|/]+\s*|$)", text)
            if match and (best is None or match.end() > best[1]):
                best = (heading.name, match.end())
    return best


def _spaced(words: str) -> str:
    return r"[\W_]*".join(re.escape(word) for word in fold(words).split())


def fold(text: str) -> str:
    """Return `text` in lower case and without accents, a character for a character."""
    return "".join(_plain(sign) for sign in text)


def _plain(sign: str) -> str:
    if sign in "đĐ":
        return "d"
    base = unicodedata.normalize("NFKD", sign)[:1].lower() or sign
    return base if len(base) == 1 else sign


def _without_labels(pieces: list[Piece], name: str, headings: Sequence[Heading]) -> list[Piece]:
    """Return the pieces without the words of the heading itself: `(732) Name and address of the holder: …`."""
    words = sorted(
        (words for heading in headings if heading.name == name for words in heading.words), key=len, reverse=True
    )
    while pieces:
        text = fold(pieces[0].text)
        match = next(
            (found for word in words if (found := re.match(rf"\W*{_spaced(word)}\b[\s:：|/.\-–]*", text))), None
        )
        if match is None:
            return pieces
        rest = pieces[0].text[match.end() :]
        pieces = [pieces[0].part(match.end()), *pieces[1:]] if rest.strip() else pieces[1:]
    return pieces


def _owned(marks: Sequence[_Mark], free: Sequence[Piece]) -> list[list[Piece]]:
    """Return the pieces of each mark: marks further right choose first, each takes rows that hang together."""
    owned: list[list[Piece]] = [[] for _ in marks]
    left = list(free)
    columns = _columns(marks)
    ends = {
        number: marks[column[place + 1]].level if place + 1 < len(column) else float("inf")
        for column in columns
        for place, number in enumerate(column)
    }
    for column in columns:
        for number in column:
            mark = marks[number]
            # A label beside its code, `(732) Owner:`, ends where the code does.
            end = min(ends[other] for other in ends if other == number or _is_code_of(marks[other], mark))
            owned[number] = _hanging(mark, [piece for piece in left if _may_be_of(piece, mark, end)])
            taken = {id(piece) for piece in owned[number]}
            left = [piece for piece in left if id(piece) not in taken]
    return owned


def _is_code_of(code: _Mark, mark: _Mark) -> bool:
    """Whether `mark` is the label that stands on the row of `code`, right behind it."""
    beside = abs(code.level - mark.level) < 0.6 * mark.height
    return beside and not code.rest and 0 <= mark.left - code.right < 4 * mark.height


def _columns(marks: Sequence[_Mark]) -> list[list[int]]:
    """Return the marks by column, the rightmost first, each from top to bottom."""
    columns: list[list[int]] = []
    for number in sorted(range(len(marks)), key=lambda number: marks[number].left):
        mark = marks[number]
        if columns and mark.left - marks[columns[-1][0]].left < 2.5 * mark.height:
            columns[-1].append(number)
        else:
            columns.append([number])
    return [sorted(column, key=lambda number: marks[number].level) for column in reversed(columns)]


def _may_be_of(piece: Piece, mark: _Mark, end: float) -> bool:
    height = max(piece.height, mark.height)
    return piece.left >= mark.left - 0.6 * height and mark.level - 0.6 * height <= piece.level < end - 0.6 * height


def _hanging(mark: _Mark, pieces: Sequence[Piece]) -> list[Piece]:
    taken: list[Piece] = []
    last = mark.level
    for row in rows(pieces):
        height = max(mark.height, max(piece.height for piece in row))
        level = min(piece.level for piece in row)
        limit = _FIRST if not taken and not mark.rest else _PITCH
        turned = int(level // 2) > int(last // 2) and bool(taken or mark.rest)
        if level - last > limit * height and not turned:
            break
        taken += row
        last = max(piece.level for piece in row)
    return taken
