"""What CNIPA's papers have in common: numbers, classes, goods, the mark in its field."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from extractors.base import Goods
from extractors.dates import find_dates, parse_date
from extractors.grammar import Spelling, fit, spelling
from extractors.grammars import TRADEMARK_NUMBER
from extractors.items import split_items
from extractors.nice import CLASSES, classes_in
from extractors.reading import Reading
from extractors.spelling import balanced, is_chinese, plain, simplified, tidy, trimmed
from pipeline.layout import Piece, Sheet, right_of, rows
from pipeline.model import Entity, TextLine

_NUMBER = re.compile(r"第(G?\d{5,8}[A-Z]{0,2})号?")
_PAYLOAD_NUMBER = re.compile(r"(?:regNum=|TMZC0*)([1-9]\d{4,7}[A-Z]?)(?=ZCZC|[^0-9A-Z]|$)")
_ONE_SIDED = 0.9
"""Trust in a number known from a barcode alone."""
_PUT_RIGHT = 0.85
"""Trust in a number in which letters were taken for the figures that they look like: no check digit proves it."""
_CLASS = re.compile(r"第(\d{1,2})类")
_CLASS_IN_LABEL = re.compile(r"国际分类[:：]?([\d、,，;；\s]+)|第([\d、,，]+)类")
_END_OF_GOODS = re.compile(r"[（(]?截止[)）]?")
_MARK = re.compile(r"[^\W_][\w .&'’!+\-·/]*", re.UNICODE)
_NO_MARK = re.compile(
    r"^[*]|TMZC|商标|注册证|国家|共和国|知识产权局|工商行政|^第|^号$|^[A-Z]?\d{5,}|颜色|立体|说明|放弃|彩色|http|www\.|核定"
)
_LEAD = re.compile(r"^(?:发文日期|发文日|日期|国家知识产权局)[:：]?")
_SURE_OF_MARK = 0.6


def read_number(sheet: Sheet, barcodes: Sequence[TextLine]) -> Entity[str] | None:
    """Return the registration number, `第 N 号`, with the letters of a divided application or a Madrid mark."""
    coded = {match[1]: line for line in barcodes if (match := _PAYLOAD_NUMBER.search(line.text))}
    for row in rows(sheet.pieces):
        for first in (piece for piece in row if plain(piece.text).startswith("第")):
            parts = (first, *right_of(first, row))
            match = _NUMBER.match(plain("".join(piece.text for piece in parts)))
            if match:
                known = coded.get(match[1])
                trust = 1.0 if known or match[0].endswith("号") else 0.85
                return Reading(parts).entity(match[1], trust=trust, besides=(known,) if known else ())
            if entity := _number_put_right(Reading(parts)):
                return entity
    if len(coded) == 1:
        number, line = next(iter(coded.items()))
        return Entity(value=number, raw=line.text, confidence=_ONE_SIDED, evidence=(line,))
    return None


def _number_put_right(reading: Reading) -> Entity[str] | None:
    """Return the number between 第 and 号 in which letters were read for figures."""
    read = spelling(reading.pieces)
    if not (read.text.startswith("第") and read.text.endswith("号")):
        return None
    inner = Spelling(read.text[1:-1], read.probabilities[1:-1], read.alternatives[1:-1])
    fitted = fit(inner, TRADEMARK_NUMBER)
    if fitted is None:
        return None
    return reading.entity(
        fitted.text, trust=_PUT_RIGHT, corrections=fitted.corrections(inner.text, TRADEMARK_NUMBER.why)
    )


def read_classes(reading: Reading | None, goods: Reading | None) -> Entity[tuple[int, ...]] | None:
    """Return the Nice classes in the label of the goods, or before each list of goods."""
    for source in (reading, goods):
        if source is None:
            continue
        text = plain(source.text)
        named = [match[1] or match[2] for match in _CLASS_IN_LABEL.finditer(text)]
        if classes := classes_in(" ".join(named)):
            return source.entity(classes)
    return None


def read_goods(reading: Reading | None, classes: Sequence[int]) -> Entity[tuple[Goods, ...]] | None:
    """Return the goods and services one by one, each under its class."""
    if reading is None:
        return None
    items = split_goods(reading.listed, classes)
    return reading.entity(items) if items else None


def split_goods(text: str, classes: Sequence[int]) -> tuple[Goods, ...]:
    """Return the items of a list of goods: `第25类：服装；鞋（截止）` or `服装；鞋`.

    Args:
        text: As printed, rows joined.
        classes: Those of the certificate; a list without headings is of its only class.
    """
    text = _END_OF_GOODS.split(simplified(tidy(text)))[0]
    current = classes[0] if len(classes) == 1 else None
    items: list[Goods] = []
    start = 0
    for match in (*_CLASS.finditer(text), None):
        items += _items(text[start : match.start() if match else None], current)
        if match:
            number = int(match[1])
            current = number if number in CLASSES else None
            start = match.end()
    return tuple(items)


def read_mark(sheet: Sheet, top: float, bottom: float) -> Entity[str] | None:
    """Return the words of the mark: the largest text between the title and the list of goods; None for a device.

    Args:
        sheet: The whole certificate.
        top: Level below which the mark's field begins.
        bottom: Level at which it ends.
    """
    inside = [
        piece
        for piece in sheet.pieces
        if top < piece.top and piece.bottom < bottom and not _NO_MARK.search(plain(piece.text))
    ]
    sure = [piece for piece in inside if piece.line.confidence >= _SURE_OF_MARK]
    if not sure:
        return None
    largest = max(piece.height for piece in sure)
    chosen = [piece for row in rows(piece for piece in sure if piece.height >= 0.55 * largest) for piece in row]
    text = " ".join(unicodedata.normalize("NFKC", " ".join(piece.text for piece in chosen)).split())
    if not _MARK.search(text):
        return None
    return Reading(tuple(chosen)).entity(trimmed(text) or text, trust=0.9)


def read_party(reading: Reading | None) -> Entity[str] | None:
    """Return an owner's or applicant's name, with the foreign name that may stand beside it left in place."""
    if reading is None:
        return None
    value = trimmed(balanced(_name(reading.text)))
    return reading.entity(value) if len(value) >= 2 else None


def read_address(reading: Reading | None) -> Entity[str] | None:
    """Return an address, all rows as one."""
    if reading is None:
        return None
    value = _name(reading.text).strip(" 。，、|")
    return reading.entity(value) if len(value) >= 4 else None


def read_single_date(reading: Reading | None) -> Entity[date] | None:
    """Return the only date in a text."""
    dates = find_dates(reading.text) if reading else []
    return reading.entity(dates[0]) if reading and len(dates) == 1 else None


def read_lowest_date(sheet: Sheet, *, apart_from: Reading | None = None) -> Entity[date] | None:
    """Return the day at the seal: the lowest date of the page that stands by itself.

    Args:
        sheet: The whole paper.
        apart_from: What a date was read from that is another one.
    """
    other = {id(piece.line) for piece in apart_from.pieces} if apart_from else set()
    for text, row in reversed(joined_rows(sheet)):
        if any(id(piece.line) in other for piece in row.pieces):
            continue
        value = parse_date(_LEAD.sub("", text))
        if value is not None:
            return row.entity(value)
    return None


def _items(text: str, nice_class: int | None) -> list[Goods]:
    items = split_items(text.lstrip("：:（）() "))
    return [Goods(nice_class=nice_class, text=item) for item in items]


def _name(text: str) -> str:
    text = tidy(text)
    return simplified(text) if is_chinese(text) else text


def first_with(pieces: Sequence[Piece], *words: str) -> Piece | None:
    """Return the uppermost piece in which one of `words` stands, spaces aside."""
    texts = ((piece, plain(simplified(piece.text))) for piece in pieces)
    return next((piece for piece, text in texts if any(word in text for word in words)), None)


def joined_rows(sheet: Sheet) -> list[tuple[str, Reading]]:
    """Return each row of the sheet as one text without spaces, simplified, with what it was read from."""
    readings = (Reading(tuple(row)) for row in rows(sheet.pieces))
    return [(plain(simplified(reading.text)), reading) for reading in readings]
