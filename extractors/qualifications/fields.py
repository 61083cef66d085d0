"""The single fields of a qualification, from what stands beside a label or has the form of the value."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from extractors.areas import readings
from extractors.company_names import company_name, is_company, name_rows, without_latin_label
from extractors.dates import dates_in
from extractors.items import split_items
from extractors.labels import find_labels
from extractors.qualifications.base import Holder, Kind
from extractors.qualifications.kinds import Told
from extractors.reading import Reading
from extractors.spelling import is_chinese, is_placeholder, plain, simplified, tidy, trimmed
from extractors.values import parse_period
from pipeline.layout import Piece, Sheet, rows
from pipeline.model import LONG_TERM, Correction, Entity, Term

_UNLABELLED = 0.85
"""Trust in a value that its form alone tells."""
_WE = re.compile(
    r"\bWe[,:]?\s*(?:the\s+manufacturer[,:]?\s*)?(?P<name>[A-Z][^;:]{3,80}?(?:Co\.?,?\s*Ltd|Limited|Inc|LLC|GmbH)\b\.?)"
)
_NUMBER = re.compile(r"[A-Z0-9\u4e00-\u9fff(（][A-Z0-9\u4e00-\u9fff()（）\-/._]{3,39}", re.IGNORECASE)
_ENDLESS = re.compile(r"长期|永久|long[- ]?term|indefinite|unlimited", re.IGNORECASE)
_OVERPRINT = re.compile(r"SAMPLE|样本|仅[供限].{0,14}使用|再次复印|^http|www\.|扫描|总局制$|总局监制$|管理局制$")
_DAY = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月")
"""A day at the foot of the page, which is no good."""
_UNEVEN = re.compile(r"年0\d月\d(?=日|$)|年\d月0\d(?=日|$)")
"""A date with a zero before the month and none before the day, or the other way: a seal has taken a figure."""
_LOST_DIGIT = 0.6
"""Trust in such a date."""
_REST_OF_PLACE = re.compile(r"[省市区县镇]")
"""Beginning of a name whose first characters are hidden: the place in it has lost its own name."""
_PARTLY_HIDDEN = 0.4
"""Trust in a name of which a part is hidden."""
_OFFICE = re.compile(r"[\u4e00-\u9fff]{3,}(?:局|厅|委员会|所|院|中心|署)$")
_LIKE_ZERO = str.maketrans("OoQ", "000")


@dataclass(frozen=True)
class Face:
    """A qualification laid out: what stands beside which label."""

    kind: Kind
    sheet: Sheet
    areas: Mapping[str, Reading]


def lay_out_face(whole: Sheet, told: Told) -> Face:
    """Find the labels of a kind on the sheet, and what belongs to each."""
    title = {id(piece.line) for piece in told.title.pieces} if told.trust > _UNLABELLED else set()
    kept = (piece for piece in whole.pieces if id(piece.line) not in title and not _OVERPRINT.search(piece.text))
    parted = _inner_labels(told.kind)
    sheet = Sheet(tuple(part for piece in kept for part in _parts(piece, parted)), whole.width)
    found = find_labels(sheet, told.kind.labels)
    return Face(told.kind, sheet, readings(sheet, found, under=True))


def _inner_labels(kind: Kind) -> re.Pattern[str]:
    """Return what finds a label with its colon within a line: two columns that ran into one text."""
    words = sorted({word for label in kind.labels for word in label.words if len(word) >= 3 and is_chinese(word)})
    spaced = (r"\s*".join(re.escape(sign) for sign in word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<=[^\s（(、/])\s*(?P<label>{'|'.join(spaced) or '(?!)'})\s*[:：]")


def _parts(piece: Piece, inner: re.Pattern[str]) -> Iterator[Piece]:
    start = 0
    for match in inner.finditer(piece.text):
        # A label's own first characters may make a shorter label: 企业名称 holds 名称.
        head = piece.text[start : match.start("label")]
        if len(head.strip()) >= 3:
            yield piece.part(start, match.start("label"))
            start = match.start("label")
    yield piece.part(start) if start else piece


def read_certificate_number(face: Face) -> Entity[str] | None:
    """Return the number of the paper: by its label, in the form of the kind, or by that form wherever it stands."""
    beside = face.areas.get("certificate_number")
    for reading, trust in ((beside, 1.0), *((Reading(tuple(row)), _UNLABELLED) for row in rows(face.sheet.pieces))):
        if reading is None or face.kind.number is None:
            continue
        if (match := face.kind.number.search(_code(reading.text))) is not None:
            return reading.entity(match[0], raw=match[0], trust=trust)
        if reading is beside and (match := face.kind.number.search(_code(reading.text).translate(_LIKE_ZERO))):
            return _put_right(reading, match)
    text = _code(without_latin_label(beside.text)) if beside else ""
    match = _NUMBER.match(text)
    if beside is None or match is None or not re.search(r"\d{2}", match[0]):
        return None
    # Where the kind's numbers have a form, one that has another is doubtful.
    return beside.entity(match[0].strip("-/._"), raw=beside.text, trust=0.6 if face.kind.number else 0.95)


def _put_right(reading: Reading, match: re.Match[str]) -> Entity[str]:
    """Return a number in which an O was read where only a figure can stand, with what was put right."""
    printed = _code(reading.text)[match.start() : match.end()]
    places = [at for at, (a, b) in enumerate(zip(printed, match[0], strict=True)) if a != b]
    why = "only figures can stand here"
    corrections = [Correction(position=at, read=printed[at], meant=match[0][at], why=why) for at in places]
    return reading.entity(match[0], raw=printed, trust=0.9, corrections=corrections)


def _code(text: str) -> str:
    """Return a number half-width, upper case, without spaces, its characters simplified."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", simplified(text))).upper()


def read_holder(face: Face) -> Entity[str] | None:
    """Return whose paper it is."""
    reading = face.areas.get("holder")
    if reading is None:
        return _named_in_prose(face)
    reading = name_rows(reading, with_address=face.kind.holder is Holder.NAME_AND_ADDRESS)
    value = company_name(reading.text)
    if len(value) < 2 or is_placeholder(value):
        return None
    trust = 1.0 if is_company(value) or len(value) <= 4 else 0.85
    hidden = is_chinese(value) and (_REST_OF_PLACE.match(value) or _has_gap(reading))
    return reading.entity(value, trust=trust * (_PARTLY_HIDDEN if hidden else 1.0))


def _has_gap(reading: Reading) -> bool:
    """Whether a row of a Chinese name has a gap as wide as a character: ink or a blur lies over what stood there."""
    pairs = (pair for row in rows(reading.pieces) for pair in pairwise(row))
    return any(right.left - left.right > 0.7 * min(left.height, right.height) for left, right in pairs)


def _named_in_prose(face: Face) -> Entity[str] | None:
    """Return the maker that declares: `We, ABC Co., Ltd., declare under our sole responsibility …`."""
    whole = [Reading(tuple(row)) for row in rows(face.sheet.pieces)]
    for reading, below in zip(whole, [*whole[1:], None], strict=True):
        for text, pieces in (
            (reading.text, reading.pieces),
            (f"{reading.text} {below.text}", (*reading.pieces, *below.pieces)) if below else ("", ()),
        ):
            if match := _WE.search(text):
                return Reading(pieces).entity(tidy(match["name"]), raw=match["name"], trust=_UNLABELLED)
    return None


def read_products(face: Face) -> Entity[tuple[str, ...]] | None:
    """Return the goods or activities, one by one."""
    reading = face.areas.get("products")
    if reading is None:
        return None
    text = _DAY.split(without_latin_label(reading.listed))[0]
    items = split_items(simplified(text) if is_chinese(text) else text)
    items = tuple(item.strip(" *#＊") for item in items)
    # Of goods one character may be all: 鞋, 袜, 茶.
    items = tuple(item for item in items if (len(item) >= 2 or is_chinese(item)) and not is_placeholder(item))
    return reading.entity(items, raw=reading.text) if items else None


def read_term(face: Face) -> tuple[Entity[date] | None, Entity[Term] | None]:
    """Return from when to when the paper holds; where it says from nowhere else, from the day of its issue."""
    start, end = _period(face.areas.get("term"))
    own = _day(face.areas.get("valid_from"))
    issued = _day(face.areas.get("issued"))
    start = start or own or (issued if issued else None)
    if start is not None and end is not None and end.value != LONG_TERM and end.value <= start.value:
        return None, end
    return start, end


def _period(reading: Reading | None) -> tuple[Entity[date] | None, Entity[Term] | None]:
    if reading is None:
        return None, None
    text = re.sub(r"(?<=[日\d])起(?=[至到-])", "", plain(simplified(reading.text)))
    period = parse_period(text)
    trust = _LOST_DIGIT if _UNEVEN.search(text) else 1.0
    if period is not None:
        return (
            reading.entity(period.start, trust=trust) if period.start else None,
            reading.entity(period.end, trust=trust) if period.end else None,
        )
    dates = dates_in(reading.text)
    if len(dates) == 2 and dates[0] < dates[1]:
        return reading.entity(dates[0], trust=0.95 * trust), reading.entity(dates[1], trust=0.95 * trust)
    if len(dates) == 1:
        return None, reading.entity(dates[0], trust=trust)
    if not dates and _ENDLESS.search(reading.text):
        return None, reading.entity(LONG_TERM)
    return None, None


def _day(reading: Reading | None) -> Entity[date] | None:
    dates = dates_in(reading.text) if reading else []
    if reading is None or not dates:
        return None
    trust = _LOST_DIGIT if _UNEVEN.search(plain(reading.text)) else 1.0
    return reading.entity(dates[0], trust=trust if len(dates) == 1 else 0.7)


def read_issuer(face: Face) -> Entity[str] | None:
    """Return who issued the paper: beside its label, or the lowest name of such a body on the page."""
    form, beside = face.kind.issuer, face.areas.get("issuer")
    if beside is not None:
        value = company_name(beside.text)
        match = form.search(value) if form else None
        if match or is_company(value) or _OFFICE.search(value):
            return beside.entity(match[0] if match else value)
    if form is None:
        return None
    holder = face.areas.get("holder")
    taken = {id(piece.line) for piece in holder.pieces} if holder else set()
    for row in reversed(rows(face.sheet.pieces)):
        reading = Reading(tuple(piece for piece in row if id(piece.line) not in taken))
        match = form.search(_issuer_text(reading.pieces)) if reading.pieces else None
        if match:
            return reading.entity(
                trimmed(match[0].strip()) if is_chinese(match[0]) else match[0].strip(), trust=_UNLABELLED
            )
    return None


def _issuer_text(pieces: tuple[Piece, ...]) -> str:
    text = Reading(pieces).text
    return plain(simplified(text)) if is_chinese(text) else tidy(text)
