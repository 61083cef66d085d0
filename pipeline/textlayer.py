"""A PDF page's text layer: the lines that it claims to show, with their boxes."""

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from pipeline.frame import Edges, Frame
from pipeline.model import Box, EvidenceSource, TextLine
from pipeline.text import clean

_MAX_CHARACTERS = 50_000
# Past these nothing is a page's print, but each line that OCR reads would be compared with all of it.
_MAX_IN_ROW, _MAX_ROWS = 1_000, 3_000
# Characters that a line drawn across the page may meet, on average; a row counts for some more than it has.
_MAX_ACROSS, _PER_ROW = 500, 10
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
# Past this many heights of its letters, a gap parts two columns, or a label and a value.
_GAP = 2.5
_OVERLAP = 0.5
# Of a row's characters, so many must be known for the rest to be let pass; bullets and the like make rows of a few.
_MOSTLY, _FEW = 0.75, 2


@dataclass(frozen=True)
class Character:
    """One character of the layer where the page shows it."""

    text: str
    box: Edges
    """With the font's ascent and descent, so that all characters of a line are of one height."""
    ink: Edges
    """The glyph alone."""
    is_known: bool = True
    """Whether the file says which character it is; if not, `text` is what its code happens to mean elsewhere."""

    @property
    def is_placed(self) -> bool:
        """Whether it stands anywhere at all."""
        return all(map(math.isfinite, (*self.box, *self.ink)))


@dataclass(frozen=True)
class TextLayer:
    """The text that a page claims to show."""

    rows: tuple[tuple[Character, ...], ...]
    """Lines in the order of the file, spaces between words included."""
    is_plain: bool
    """Whether every character is upright, known by its code and written from left to right, and none was left out."""
    is_whole: bool
    """Whether no line was left out: none past the most that is read of a page, in no place, or in an unknown code."""

    def lines(self, page: int) -> tuple[TextLine, ...]:
        """Return the lines with their boxes, cut at the page's edge; what lies wholly outside is left out."""
        return tuple(line for row in self.rows if (line := _to_line(row, page)) is not None)

    def outside(self) -> tuple[str, ...]:
        """Return the lines of which nothing lies on the page."""
        return tuple(text for row in self.rows if _to_line(row, 1) is None and (text := _text(row)))


def read_text_layer(page: Any, frame: Frame) -> TextLayer:
    """Return the text layer of a pypdfium2 page as shown in `frame`."""
    import pypdfium2.raw as raw

    with closing(page.get_textpage()) as text_page:
        count = text_page.count_chars()
        characters = list(_characters(text_page, min(count, _MAX_CHARACTERS), frame))
        is_upright = all(
            _is_upright(raw.FPDFText_GetCharAngle(text_page, index), frame.turned)
            for index, character in characters
            if character is not None and not character.text.isspace()
        )
    placed = [character for _, character in characters if character is None or character.is_placed]
    is_whole = count <= _MAX_CHARACTERS and len(placed) == len(characters)
    found = [character for character in placed if character is not None]
    is_known = all(character.is_known for character in found)
    runs_on = not any(unicodedata.bidirectional(character.text) in _RIGHT_TO_LEFT for character in found)
    every = list(_rows(placed, frame))
    rows = list(_comparable(every))
    is_whole = is_whole and len(rows) == len(every)
    return TextLayer(
        rows=tuple(known for row in rows if (known := _known(row))),
        is_plain=is_whole and is_upright and is_known and runs_on,
        is_whole=is_whole and all(_known(row) for row in rows if len(_seen(row)) > _FEW),
    )


def _comparable(rows: Sequence[Sequence[Character]]) -> Iterator[Sequence[Character]]:
    """Yield the rows that OCR's lines can be compared with in good time: not too long, too many or too high."""
    across = 0.0
    for row in rows[:_MAX_ROWS]:
        if len(row) > _MAX_IN_ROW:
            continue
        boxes = [character.box for character in _seen(row)]
        height = _within(max(box[3] for box in boxes)) - _within(min(box[1] for box in boxes))
        cost = height * (len(row) + _PER_ROW)
        if across + cost <= _MAX_ACROSS:
            across += cost
            yield row


def _known(row: Sequence[Character]) -> tuple[Character, ...]:
    """Return what a row says; nothing where it is mostly in a code of its own, which the file does not explain."""
    known = tuple(character for character in row if character.is_known)
    return known if len(_seen(known)) >= _MOSTLY * len(_seen(row)) else ()


def _seen(row: Sequence[Character]) -> list[Character]:
    return [character for character in row if not character.text.isspace()]


def _characters(text_page: Any, count: int, frame: Frame) -> Iterator[tuple[int, Character | None]]:
    """Yield each character with its index in the layer; None where pdfium saw a line end."""
    import pypdfium2.raw as raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = raw.FS_RECTF()
    high = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in (0x0A, 0x0D):
            yield index, None
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        raw.FPDFText_GetLooseCharBox(text_page, index, loose)
        ink = frame.edges(left.value, bottom.value, right.value, top.value)
        box = frame.edges(loose.left, loose.bottom, loose.right, loose.top)
        is_known = raw.FPDFText_HasUnicodeMapError(text_page, index) != 1
        yield index, Character(chr(code) if code <= 0x10FFFF else "\ufffd", box, ink, is_known)


def _is_upright(angle: float, turned: int) -> bool:
    """Whether a character stands upright on the page as shown; its angle is clockwise, in radians, in the PDF."""
    return abs(math.remainder(angle + math.radians(turned), 2 * math.pi)) < 0.05


def _rows(characters: Sequence[Character | None], frame: Frame) -> Iterator[tuple[Character, ...]]:
    """Yield the characters of each line: broken where pdfium breaks, at wide gaps, and where the next is not beside."""
    row: list[Character] = []
    last: Character | None = None
    for character in characters:
        is_blank = character is not None and character.text.isspace()
        if character is None or (not is_blank and last is not None and not _continues(last, character, frame)):
            if last is not None:
                yield tuple(row)
            row, last = [], None
        if character is None or (is_blank and last is None):
            continue
        row.append(character)
        last = last if is_blank else character
    if last is not None:
        yield tuple(row)


def _continues(last: Character, character: Character, frame: Frame) -> bool:
    height = max(last.box[3] - last.box[1], character.box[3] - character.box[1])
    shared = min(last.box[3], character.box[3]) - max(last.box[1], character.box[1])
    lower = min(last.box[3] - last.box[1], character.box[3] - character.box[1])
    em = height * frame.height
    gap = (character.box[0] - last.box[2]) * frame.width
    return shared > _OVERLAP * lower and -em < gap < _GAP * em


def _to_line(row: Sequence[Character], page: int) -> TextLine | None:
    text = _text(row)
    seen = [character.box for character in _seen(row)]
    left, top = (_within(min(box[at] for box in seen)) for at in (0, 1))
    right, bottom = (_within(max(box[at] for box in seen)) for at in (2, 3))
    if not text or right <= left or bottom <= top:
        return None
    box = Box(left=left, top=top, right=right, bottom=bottom)
    return TextLine(text=text, box=box, confidence=1, source=EvidenceSource.TEXT_LAYER, page=page)


def _text(row: Sequence[Character]) -> str:
    return clean("".join(character.text for character in row))


def _within(edge: float) -> float:
    return min(max(edge, 0.0), 1.0)
