"""What a business licence says outside its labelled fields: seal and date, copy, imprint, QR code."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from extractors.date_repair import date_put_right
from extractors.dates import parse_date
from extractors.labels import key_of
from extractors.licence_codes import payload_codes
from extractors.licence_face import Face
from extractors.paper_fields import CopyKind, Template
from extractors.places import begins_with_place
from extractors.reading import Reading
from extractors.spelling import chinese, is_chinese, plain, simplified
from pipeline.layout import Piece, rows
from pipeline.model import Correction, Entity

_REMINDER = re.compile(r"应当于每年|公示年度报告|年度报告并公示")
_BY_COLUMNS = 0.8
"""Trust in the era that the columns of the face tell."""
_NO_REMINDER = 0.75
"""Trust that a face of 2019 without reminder is an original: the reminder is small print and may not have been read."""
_AUTHORITY = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:管理局|审批局|服务局|监管局|数据局|监督局|工商局|商务局|商务厅|管理委员会|委员会)"
    r"(?:[\u4e00-\u9fff]{2,8}(?:分局|管理所|工商所))?"
)
_DATE_PART = re.compile(r"[CDFQ0-9零〇○OoＯ一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾年至月日\s:：.,，。]+")
_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})(?:年月日)?")
_DUPLICATE, _ORIGINAL = re.compile(r"副本"), re.compile(r"^[（(]?正本[)）]?")
_IMPRINTS = (
    (re.compile(r"国家市场监督管理总局监?制"), Template.LANDSCAPE_2019),
    (re.compile(r"国家工商行政管理总局监制"), Template.PORTRAIT_2014),
    (re.compile(r"国家工商行政管理(?:总局|局)制"), Template.PRE_2014),
    (re.compile(r"^(?:企业法人|个体工商户|企业|合伙企业|个人独资企业)营业执照$"), Template.PRE_2014),
)
_LABEL = re.compile(r"^.*?(?:登记机关|发照机关)")
_LEGIBLE_RING = 0.8
"""Mean probability, of at most 0.9, under which single characters of a ring are often wrong."""
_SEAL_PROVES = 0.95
_PUT_RIGHT = 0.85
_TELLING = 3
"""Characters of a place's name from which all but the first tell it."""
_BUREAU = re.compile(r"(市场监督管理|工商行政管理)[^局委总站\d]?\W*$")
"""The end of an office's name whose last character, where the ring closes, was lost or misread."""
_OFFICE = re.compile(r"(?:市场监督|工商行政|行政审批|市场监管|数据资源).*$")
_DIVISION = re.compile(r"[^省市区县旗]{1,6}[市区县旗]")
_PLACE = re.compile(r"市(?!场)|[省县区州盟旗]|高新|开发")


def read_issue_date(face: Face) -> Entity[date] | None:
    """Return the date at the registrar's seal; parts of it are put together, a missing part is not made up."""
    for name in ("issue_date", "authority"):
        reading = face.areas.get(name)
        label = face.labels.get(name)
        parts = [piece for piece in (reading.pieces if reading else ()) if _DATE_PART.fullmatch(piece.text)]
        found = _date_of(parts) or (_date_of(_near(face, label.left, label.level)) if label else None)
        if found:
            return found
    return _date_of(_near(face, 0.45 * face.sheet.width, 0.72))


def read_authority(face: Face) -> Entity[str] | None:
    """Return the registrar, where its name is printed or legible in the ring of its seal."""
    printed, sealed = _printed_authority(face), _sealed_authority(face)
    if printed is None or sealed is None:
        return printed or sealed
    if printed.value == sealed.value:
        return printed.model_copy(update={"evidence": (*printed.evidence, *sealed.evidence)})
    return max(printed, sealed, key=lambda entity: entity.confidence)


def _sealed_authority(face: Face) -> Entity[str] | None:
    """Return the registrar that the ring of a seal names, from the name of its place on.

    A company's names none, a blurred one is not believed, and a place that nobody knows was misread.
    """
    for ring in face.rings:
        # Folded sign by sign, so that places in the text are places in the ring.
        read = "".join(sign if len(sign) == 1 else " " for sign in map(chinese, ring.text))
        text = _BUREAU.sub(r"\1局", read)
        match = _AUTHORITY.search(text)
        if match is None:
            continue
        # A stroke of the rim may have been read for a first character.
        starts = (at for at in range(match.start(), match.start() + 2) if begins_with_place(text[at : match.end()]))
        start = next(starts, None)
        value = text[start : match.end()] if start is not None else _by_the_address(face, text[: match.end()])
        if value is None:
            continue
        entity = _in_ring(ring, read, value, stop=match.end())
        if entity is not None:
            return entity
    return None


def _by_the_address(face: Face, text: str) -> str | None:
    """Return the registrar of a place in the address, of whose name the seal lacks no more than the first character.

    A registrar sits where those are whom it registers, and the first character lies where the ring begins, at the rim
    of what detection takes.
    """
    address, office = face.areas.get("address"), _OFFICE.search(text)
    parts = _DIVISION.findall(chinese(address.text)) if address else ()
    for place in sorted({*parts, *map("".join, pairwise(parts))}, key=len, reverse=True):
        if office and len(place) >= _TELLING and text[: office.start()].endswith(place[1:]):
            return f"{place}{text[office.start() :]}"
    return None


def _in_ring(ring: Piece, read: str, value: str, *, stop: int) -> Entity[str] | None:
    """Return the registrar with what was put right: at its beginning by the address, at its end by what offices are.

    Args:
        ring: What it was read from.
        read: The same in normal form, a sign for a sign.
        value: The registrar.
        stop: Where in the ring it ends.
    """
    start = stop - len(value)
    piece = ring.part(max(start, 0), min(stop, len(ring.text)))
    if sum(piece.characters) / len(piece.characters) < _LEGIBLE_RING:
        return None
    put_right = []
    for at, why in ((0, "the address names this place"), (len(value) - 1, "no other word ends such an office's name")):
        sign = read[start + at : start + at + 1] if start + at >= 0 else ""
        if sign != value[at]:
            put_right.append(Correction(position=at, read=sign, meant=value[at], why=why))
    trust = _PUT_RIGHT if put_right else _SEAL_PROVES
    return Reading((piece,)).entity(value, raw=piece.text, trust=trust, corrections=put_right)


def _printed_authority(face: Face) -> Entity[str] | None:
    label = face.labels.get("authority")
    if label is None:
        return None
    near = [
        piece
        for piece in face.sheet.pieces
        if piece.left >= label.left - 2 * label.height
        and -3 * label.height < piece.level - label.level < 6 * label.height
        and is_chinese(piece.text)
        and key_of(piece) not in label.pieces
        and not _DATE_PART.fullmatch(piece.text)
    ]
    found = rows(near)
    for upper, row in zip([[], *found], found, strict=False):
        # A long name takes two rows that begin at the same edge.
        together = upper and abs(upper[0].left - row[0].left) < row[0].height
        for pieces in ([*upper, *row] if together else row, row):
            reading = Reading(tuple(pieces))
            match = _AUTHORITY.search(_LABEL.sub("", chinese(reading.text)))
            if match and "总局" not in match[0] and _PLACE.search(match[0]):
                return reading.entity(match[0], trust=0.95)
    return None


def read_copy(face: Face) -> Entity[CopyKind] | None:
    """Return whether it is the original or the duplicate.

    Where it does not say so, the faces of 2019 tell: their duplicates alone carry the reminder of the annual report.
    """
    texts = [(piece, re.sub(r"[\s()（）]", "", piece.text)) for piece in face.sheet.pieces]
    for piece, text in texts:
        if len(text) <= 12 and _DUPLICATE.search(text):
            return Reading((piece,)).entity(CopyKind.DUPLICATE)
        if len(text) <= 8 and _ORIGINAL.match(text):
            return Reading((piece,)).entity(CopyKind.ORIGINAL)
    reminders = [piece for piece, text in texts if _REMINDER.search(text)]
    if reminders:
        return Reading(tuple(reminders[:1])).entity(CopyKind.DUPLICATE, trust=0.9)
    template = read_template(face)
    if template is not None and template.value is Template.LANDSCAPE_2019:
        line = template.evidence[0]
        return Entity(value=CopyKind.ORIGINAL, raw=line.text, confidence=_NO_REMINDER, evidence=(line,))
    return None


def read_template(face: Face) -> Entity[Template] | None:
    """Return the era by the supervising imprint, by a title that only old faces have, or by the columns."""
    texts = [(piece, re.sub(r"\s", "", simplified(piece.text))) for piece in face.sheet.pieces]
    for form, template in _IMPRINTS:
        for piece, text in texts:
            if form.search(text):
                return Reading((piece,)).entity(template)
    return _template_by_columns(face)


def _template_by_columns(face: Face) -> Entity[Template] | None:
    """Return the era of a face under the unified title whose imprint is not legible: one column, or two since 2019."""
    title = next((piece for piece in face.sheet.pieces if plain(piece.text) == "营业执照"), None)
    name, day = face.labels.get("company_name"), face.labels.get("establishment_date")
    if title is None or name is None or day is None:
        return None
    template = Template.LANDSCAPE_2019 if day.left - name.right > 5 * name.height else Template.PORTRAIT_2014
    return Reading((title,)).entity(template, trust=_BY_COLUMNS)


def read_qr_code(face: Face) -> Entity[str] | None:
    """Return the payload of the code that leads to the register, or of the only one."""
    lines = face.barcodes
    chosen = next((line for line in lines if "gsxt" in line.text or payload_codes([line])), lines[0] if lines else None)
    return Entity(value=chosen.text, raw=chosen.text, confidence=1.0, evidence=(chosen,)) if chosen else None


def _near(face: Face, left: float, top: float) -> list[Piece]:
    return [
        piece
        for piece in face.sheet.pieces
        if piece.left >= left - 3 * piece.height and piece.level > top and _DATE_PART.fullmatch(piece.text)
    ]


def _date_of(pieces: Iterable[Piece]) -> Entity[date] | None:
    """Return the date that parts of one row make; the form's own 年月日 may stand a little lower than the figures."""
    pieces = sorted(pieces, key=lambda piece: piece.level)
    for first in pieces:
        band = [piece for piece in pieces if -0.1 <= piece.level - first.level <= 1.2 * first.height]
        reading = Reading(tuple(sorted(band, key=lambda piece: piece.left)))
        printed = re.sub(r"[:：.,，。]", "", plain(reading.text))
        if value := parse_date(printed):
            # Numerals of one stroke are lost under a seal without a trace: 二十一 becomes 十.
            return reading.entity(value, trust=1.0 if printed[0].isascii() else 0.9)
        if entity := date_put_right(reading):
            return entity
        # Read across a seal, figures are one line; the form's own 年月日 stand lower, or are hidden.
        if (match := _FIGURES.fullmatch(printed)) and (value := parse_date("-".join(match.groups()))):
            return reading.entity(value, trust=0.85)
        figures = [plain(piece.text) for piece in reading.pieces if any(sign.isdigit() for sign in piece.text)]
        if len(figures) == 3 and (value := parse_date("-".join(figures))):
            return reading.entity(value, trust=0.85)
    return None
