"""The lines of a letter → its running text, every character of which knows where it stands on the page.

Prose that was wrapped is joined; rows of a form and cells of a table become `label:value`, one to a line. So one set
of rules reads prose, forms and tables.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.letters.cells import cells, headed_cells
from extractors.letters.labels import begins_with_label, is_label
from extractors.reading import Reading
from extractors.spelling import is_chinese, narrow, simplified
from pipeline.layout import Piece, Sheet, rows

_NUMBERED = re.compile(
    r"^\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）、.．]|第[一二三四五六七八九十]{1,2}条|[A-Z]\.\s|"
    r"[•·●■◆-]\s)"
)
_LINE = 2.3
"""From one line of a paragraph to the next, in text heights, at most."""
_CHARACTER, _WORD = 3.2, 8.0
"""How far before the margin a full line may end, in text heights: room for no further character, or word."""
_INDENT = 4.5
"""How far the first line of a paragraph is moved in, in text heights, at most; titles stand further in."""
_ENDS = ("。", ":", "：")
_APART = 2.6
"""Between two pieces of a row, in text heights, from which they are two columns."""


@dataclass(frozen=True)
class LetterText:
    """The text of a letter, half-width and in simplified characters."""

    text: str
    origin: tuple[tuple[Piece, int] | None, ...]
    """For each character the piece and the place in it; None for what joins two lines."""

    def reading(self, start: int, stop: int) -> Reading:
        """Return what stands between two places as a reading; every label and value has one piece at least."""
        parts: list[tuple[Piece, int, int]] = []
        for place in self.origin[start:stop]:
            if place is None:
                continue
            piece, index = place
            if parts and parts[-1][0] is piece:
                parts[-1] = (piece, parts[-1][1], index + 1)
            else:
                parts.append((piece, index, index + 1))
        return Reading(tuple(piece.part(first, last) for piece, first, last in parts))


@dataclass
class _Segment:
    """One line of the text while it grows."""

    pieces: list[Piece]
    left: float
    """Where a further line of it must begin."""
    cell: bool = False
    """Whether it is a label and its value, which goes on below itself alone."""
    label: Piece | None = None

    @property
    def last(self) -> Piece:
        return self.pieces[-1]


@dataclass
class _Page:
    """What the joining of lines needs to know of a page."""

    margin: float
    """Where its full lines end."""
    segments: list[_Segment] = field(default_factory=list)


def compose(sheet: Sheet) -> LetterText:
    """Return the letter's text in reading order, a line for each paragraph, row of a form and cell with its label."""
    segments: list[_Segment] = []
    for number in sorted({int(piece.level // 2) for piece in sheet.pieces}):
        pieces = [piece for piece in sheet.pieces if int(piece.level // 2) == number]
        wide = [piece.right for piece in pieces if piece.right - piece.left > 0.4 * sheet.width]
        # A page of short lines has no line that is full.
        page = _Page(margin=max(wide, default=sheet.width))
        headed = headed_cells(pieces)
        taken = {id(piece) for cell in headed for piece in (cell.label, *cell.value)}
        found = [*headed, *cells([piece for piece in pieces if id(piece) not in taken])]
        page.segments += [_Segment([cell.label, *cell.value], cell.value[0].left, True, cell.label) for cell in found]
        taken |= {id(piece) for cell in found for piece in (cell.label, *cell.value)}
        for row in rows(piece for piece in pieces if id(piece) not in taken):
            for run in _runs(row):
                _place(run, page)
        segments += sorted(page.segments, key=_order)
    return _joined(segments)


def _order(segment: _Segment) -> tuple[float, float]:
    """Return where a line stands among the others; a cell stands where its value does."""
    first = segment.pieces[1] if segment.cell and len(segment.pieces) > 1 else segment.pieces[0]
    return round(first.level, 2), first.left


def _runs(row: Sequence[Piece]) -> list[list[Piece]]:
    """Return a row parted where a column or a label begins; a label keeps its value, however far away."""
    runs: list[list[Piece]] = []
    for piece in row:
        before = runs[-1] if runs else None
        if before is None or begins_with_label(piece.text):
            runs.append([piece])
            continue
        bare = len(before) == 1 and is_label(before[0])
        if bare or (piece.left - before[-1].right < _APART * piece.height and not is_label(piece)):
            before.append(piece)
        else:
            runs.append([piece])
    return runs


def _place(run: list[Piece], page: _Page) -> None:
    """Put a run to the line that it continues, or begin a new one."""
    first = run[0]
    starts = begins_with_label(first.text) or is_label(first) or _NUMBERED.match(first.text) is not None
    if not starts:
        for segment in reversed(page.segments[-8:]):
            if _continues(segment, first, page):
                segment.pieces += run
                return
    waiting = len(run) > 1 and is_label(first)
    form = begins_with_label(first.text)
    numbered = len(run) > 1 and len(first.text) <= 3
    left = run[1].left if waiting or numbered else _value(first).left if form else first.left
    page.segments.append(_Segment(run, left=left, cell=waiting or form, label=first if waiting or form else None))


def _value(piece: Piece) -> Piece:
    """Return what follows the label in a line of a form; the whole line where nothing does."""
    colon = min(place for sign in ":：" if (place := piece.text.find(sign)) >= 0)
    rest = piece.text[colon + 1 :]
    return piece.part(len(piece.text) - len(rest.lstrip())) if rest.strip() else piece


def _continues(segment: _Segment, piece: Piece, page: _Page) -> bool:
    last = segment.last
    height = max(piece.height, last.height)
    if not 0.4 * height < piece.level - last.level <= min(_LINE * height, _pitch(segment)):
        return False
    if height > 1.5 * min(piece.height, last.height) or (last.text.rstrip().endswith(_ENDS) and not segment.cell):
        return False
    if segment.label is last and is_label(last):
        # A label whose value stands below it.
        return abs(piece.left - last.left) < 2 * height
    full = last.right >= page.margin - (_CHARACTER if is_chinese(last.text) else _WORD) * height
    if segment.cell:
        return (full and piece.left <= segment.left + 12 * height) or abs(piece.left - segment.left) < 1.5 * height
    return full and -_INDENT * height < piece.left - last.left and piece.left <= segment.left + 0.8 * height


def _pitch(segment: _Segment) -> float:
    """Return how far down the next line may be, by how far apart the last two are."""
    levels = sorted({piece.level for piece in segment.pieces})
    steps = [low - high for high, low in pairwise(levels)]
    height = segment.last.height
    lines = [step for step in steps if step > 0.6 * height]
    return 1.3 * lines[-1] + 0.15 * height if lines else _LINE * height


def _joined(segments: Iterable[_Segment]) -> LetterText:
    signs: list[str] = []
    origin: list[tuple[Piece, int] | None] = []
    for segment in segments:
        if signs:
            signs.append("\n")
            origin.append(None)
        start = len(signs)
        for number, piece in enumerate(segment.pieces):
            joint = _joint(segment, number, piece, signs[start:])
            signs += joint
            origin += [None] * len(joint)
            for index, sign in _plain(piece.text):
                # No space within Chinese: `授 权 人`.
                if sign == " " and (len(signs) == start or not _latin(signs[-1]) or not _latin_next(piece.text, index)):
                    continue
                signs.append(sign)
                origin.append((piece, index))
    return LetterText("".join(signs), tuple(origin))


def _joint(segment: _Segment, number: int, piece: Piece, before: Sequence[str]) -> str:
    if not before:
        return ""
    if number == 1 and segment.pieces[0] is segment.label and is_label(segment.pieces[0]):
        return "" if before[-1] == ":" else ":"
    latin = _latin(before[-1]) and _latin(piece.text.strip()[:1] or " ") and before[-1] != "-"
    return " " if latin else ""


def _latin(sign: str) -> bool:
    return not is_chinese(sign) and sign not in "，。；：、“”‘’《》【】"


def _latin_next(text: str, index: int) -> bool:
    rest = text[index:].lstrip()
    return bool(rest) and _latin(rest[0])


def half_width(text: str) -> str:
    """Return a text in the signs that the rules want, character by character: half-width and simplified."""
    return "".join(sign for _, sign in _plain(text.replace("\n", "\0"))).replace("\0", "\n")


def _plain(text: str) -> list[tuple[int, str]]:
    """Return each character in half-width, simplified form with its place; accents keep their letter."""
    plain: list[tuple[int, str]] = []
    for index, sign in enumerate(text):
        normal = narrow(sign)
        simple = simplified(normal) if is_chinese(normal) else normal
        plain.append((index, simple if len(simple) == 1 else normal))
    return [(index, " " if sign.isspace() else sign) for index, sign in plain]
