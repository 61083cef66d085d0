"""The single fields of a business licence: from what stands beside a label to a value in its normal form."""

import re
from datetime import date
from statistics import median

from extractors.base import Money
from extractors.date_repair import date_put_right
from extractors.dates import find_dates, parse_date
from extractors.grammar import spelling
from extractors.grammars import fit_province
from extractors.licence_face import ROLES, Face
from extractors.paper_fields import LegalPersonRole
from extractors.reading import Reading
from extractors.spelling import balanced, chinese, is_chinese, is_placeholder, person, plain, simplified, trimmed
from extractors.values import parse_money, parse_period
from pipeline.layout import Piece, rows
from pipeline.model import LONG_TERM, Entity, Term

_TYPES = re.compile(
    r"(?:其他|一人)?(?:股份)?有限(?:责任)?公司|个体工商户|个体|合伙企业|个人独资企业|独资|集体|合作社|国有|全民所有制|联营|合资|合作|"
    r"分公司|分支机构|股份合作制|非公司|企业法人|私营|外商"
)
_OWNERS = re.compile(
    r"^([^（]*(?:公司|企业|合伙))"
    r"((?:非自然人|自然人|法人|国有|外商|外国|台港澳|港澳台|中外|非上市|上市|有限合伙|普通合伙|特殊普通合伙)[^（）]*）)$"
)
"""A type of which only the closing bracket was read; no type has its owners without brackets."""
_ORGANISATION = re.compile(
    r"公司|厂|店|部|行|社|中心|院|所|馆|坊|室|场|企业|集团|合伙|工作室|商行|超市|局|站|园|堂|屋|楼|吧|铺|档|摊|户|会"
)
_COMPOSITION = re.compile(r"(?:个人|家庭|个体)(?:经营)?")
_LEFT_COLUMN = ("company_name", "company_type", "legal_person", "business_scope")
_NAME_ALONE = re.compile(r"[\u4e00-\u9fff（）A-Za-z0-9]{2,40}(?:公司|厂|店|经营部|商行|合作社|工作室|中心)")
_TYPE_ALONE = re.compile(
    r"(?:其他|一人)?(?:股份)?有限(?:责任)?公司(?:（.*）?)?|个体工商户|个人独资企业|(?:普通|有限)合伙企业|农民专业合作社|股份合作制"
)
_PERSON_ALONE = re.compile(r"[\u4e00-\u9fff]{2,3}")
_NAMELESS = re.compile(r"[）)]|(?:股份)?有限(?:责任)?公司")
"""Beginning of a name whose own part is hidden."""
_BEHEADED = 0.4
"""Trust in a value that begins further right than its neighbours: part of it is hidden."""
_CUT_OFF = 0.8
"""Trust in a text that ends within a bracket: its last row may not have been read."""
_CLEAR = 0.8
"""Probability under which a character of a person's name makes the name doubtful."""
_UNLABELLED = 0.85
"""Trust in a value whose label was not read."""


def read_company_name(face: Face) -> Entity[str] | None:
    """Return the name of the company, partnership, shop or branch."""
    reading = face.areas.get("company_name")
    if reading is None:
        return _orphan(face, "company_name", _NAME_ALONE)
    first, rest = _first_row(reading)
    if rest and _ORGANISATION.search(chinese(first.text)[-3:]):
        reading = first  # a name that is complete does not run on
    value = trimmed(balanced(chinese(reading.text)))
    if len(value) < 4 or not is_chinese(value) or parse_date(value) or _NAMELESS.match(value) or is_placeholder(value):
        return None
    trust = 1.0 if _ORGANISATION.search(value[-6:]) else 0.7
    return reading.entity(value, trust=trust * _whole(face, "company_name"))


def read_company_type(face: Face) -> Entity[str] | None:
    """Return the type as printed, its brackets full-width."""
    reading = face.areas.get("company_type")
    value = trimmed(balanced(_with_bracket(chinese(reading.text)))) if reading else ""
    if reading is None or not _TYPES.search(value):
        return _orphan(face, "company_type", _TYPE_ALONE)
    return reading.entity(value, trust=0.98)


def read_legal_person(face: Face) -> tuple[Entity[str] | None, Entity[LegalPersonRole] | None]:
    """Return the natural person behind the licence, and as what the label names that person."""
    reading, label = face.areas.get("legal_person"), face.labels.get("legal_person")
    if label is None:
        return _orphan(face, "legal_person", _PERSON_ALONE), None
    if reading is None:
        return None, None
    reading, name = _person(_first_row(reading)[0])
    if name is None or is_placeholder(name):
        return None, None
    role = next((role for word, role in ROLES.items() if label.word.startswith(word)), None)
    if role is None:
        role = LegalPersonRole.LEGAL_REPRESENTATIVE if "代表" in label.word else LegalPersonRole.OPERATOR
    trust = 1.0 if len(name) in (2, 3) or not is_chinese(name) else 0.8
    # Rare characters are the hard part of names: one doubtful character makes the name doubtful.
    trust *= min(min(probability for piece in reading.pieces for probability in piece.characters) / _CLEAR, 1.0)
    return reading.entity(name, trust=trust * _whole(face, "legal_person")), reading.entity(role, raw=label.word)


def read_money(face: Face, name: str) -> Entity[Money] | None:
    """Return the amount beside a label."""
    reading = face.areas.get(name)
    value = parse_money(simplified(reading.text)) if reading else None
    return reading.entity(value) if reading and value else None


def read_date(face: Face, name: str) -> Entity[date] | None:
    """Return the date beside a label."""
    reading = face.areas.get(name)
    if reading is None:
        return None
    dates = find_dates(reading.text)
    if len(dates) != 1:
        return None if dates else date_put_right(_first_row(reading)[0])
    return reading.entity(dates[0], trust=1.0 if parse_date(reading.text) else 0.85)


def read_period(face: Face) -> tuple[Entity[date] | None, Entity[Term] | None]:
    """Return the two ends of the operating period."""
    reading = face.areas.get("period")
    if reading is None:
        return None, None
    period = parse_period(reading.text) or parse_period(_first_row(reading)[0].text)
    if period is None:
        return None, None
    start = reading.entity(period.start) if period.start else None
    # An end that was not read looks like one that was left blank.
    bare = period.end == LONG_TERM and not re.search(r"长期|永久|期限|[*＊]|年月日", plain(reading.text))
    end: Entity[Term] | None = reading.entity(period.end, trust=0.7 if bare else 1.0) if period.end else None
    return start, end


def read_long(face: Face, name: str) -> Entity[str] | None:
    """Return an address or a scope: all its rows as one text."""
    reading = face.areas.get(name)
    if reading is None:
        return None
    text = chinese(reading.listed if name == "business_scope" else reading.text)
    value = balanced(text).strip(" 。，、*#＊_-|")
    if len(value) < 3 or not is_chinese(value) or is_placeholder(value[:20]):
        return None
    fitted = fit_province(spelling(reading.pieces)) if name == "address" else None
    if fitted is not None and value.startswith(fitted.read):
        value = fitted.name + value[len(fitted.name) :]
    trust = _whole(face, name) * (_CUT_OFF if text.count("（") > text.count("）") else 1.0)
    return reading.entity(value, trust=trust, corrections=fitted.corrections if fitted else ())


def read_composition(face: Face) -> Entity[str] | None:
    """Return how an individual business is run: by a person or by a family."""
    reading = face.areas.get("composition")
    value = trimmed(chinese(reading.text)) if reading else ""
    return reading.entity(value) if reading and _COMPOSITION.fullmatch(value) else None


def _with_bracket(text: str) -> str:
    """Return a type with the bracket before its kind of owners that was not read: `公司自然人独资）`."""
    if text.count("（") == text.count("）") - 1 and text.endswith("）"):
        return _OWNERS.sub(r"\1（\2", text)
    return text


def _without_tail(text: str) -> str:
    return re.split(r"[\s（(]*(?:委派代表|注册资本|注册资金|成立日期|组成形式)", text)[0]


def _first_row(reading: Reading) -> tuple[Reading, tuple[Piece, ...]]:
    """Return the first row of a value, and the pieces of the others."""
    count = len(rows(reading.pieces)[0])
    return Reading(reading.pieces[:count]), reading.pieces[count:]


def _person(reading: Reading) -> tuple[Reading, str | None]:
    """Return the person's name in a row, or in its first piece if what follows is none of it."""
    for part in (reading, Reading(reading.pieces[:1])):
        name = person(_without_tail(simplified(part.text)))
        if name is not None and (len(name) <= 4 or not is_chinese(name) or "·" in name or "、" in name):
            return part, name
    return reading, None


def _whole(face: Face, name: str) -> float:
    """Return how far to trust that the beginning of a value was read: it begins where the others of its column do."""
    label, value = face.labels[name], face.areas[name].pieces[0]
    if value.left - label.right < 1.5 * value.height:
        return 1.0
    edges = [
        face.areas[other].pieces[0].left
        for other, beside in face.labels.items()
        if other != name and other in face.areas and abs(beside.left - label.left) < 3 * label.height
    ]
    return _BEHEADED if len(edges) >= 2 and value.left - median(edges) > 2.0 * value.height else 1.0


def _orphan(face: Face, name: str, form: re.Pattern[str]) -> Entity[str] | None:
    """Return the value of a label that was not read: the only line in the column of values that looks like it.

    It stands above the scope, begins where other values begin, and belongs to no label.
    """
    owned = {id(piece.line) for reading in face.areas.values() for piece in reading.pieces}
    edges = [face.areas[other].pieces[0].left for other in _LEFT_COLUMN if other in face.areas and other != name]
    bottom = face.labels["business_scope"].level if "business_scope" in face.labels else 0.0
    found = [
        piece
        for piece in face.sheet.pieces
        if id(piece.line) not in owned
        and piece.level < bottom
        and any(abs(piece.left - edge) < piece.height for edge in edges)
        and form.fullmatch(trimmed(chinese(piece.text)))
    ]
    if len(found) != 1:
        return None
    return Reading((found[0],)).entity(trimmed(balanced(chinese(found[0].text))), trust=_UNLABELLED)
