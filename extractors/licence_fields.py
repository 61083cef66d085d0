"""The single fields of a business licence: from what stands beside a label to a value in its normal form."""

import re
from collections.abc import Iterable
from datetime import date

from extractors.base import Money
from extractors.licence_codes import payload_codes
from extractors.licence_face import ROLES, CopyKind, Face, LegalPersonRole, Template
from extractors.reading import Reading
from extractors.spelling import balanced, is_chinese, person, simplified, tidy, trimmed
from extractors.values import Period, find_dates, parse_date, parse_money, parse_period, plain
from pipeline.layout import Piece, rows
from pipeline.model import LONG_TERM, Entity, Term

_TYPES = re.compile(
    r"(?:其他|一人)?(?:股份)?有限(?:责任)?公司|个体工商户|个体|合伙企业|个人独资企业|独资|集体|合作社|国有|全民所有制|联营|合资|合作|"
    r"分公司|分支机构|股份合作制|非公司|企业法人|私营|外商"
)
_ORGANISATION = re.compile(
    r"公司|厂|店|部|行|社|中心|院|所|馆|坊|室|场|企业|集团|合伙|工作室|商行|超市|局|站|园|堂|屋|楼|吧|铺|档|摊|户|会"
)
_AUTHORITY = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:管理局|审批局|服务局|监管局|数据局|监督局|工商局|管理委员会|委员会)"
    r"(?:[\u4e00-\u9fff]{2,8}(?:分局|管理所|工商所))?"
)
_DATE_PART = re.compile(r"[0-9零〇○OoＯ一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾年月日\s]+")
_MISREAD_MONTH = re.compile(r"(?<=年)(\d{1,2})[日目用](\d{1,2})[日目]?$")
_DUPLICATE, _ORIGINAL = re.compile(r"副本"), re.compile(r"^[（(]?正本[)）]?")
_IMPRINTS = (
    (re.compile(r"国家市场监督管理总局监?制"), Template.LANDSCAPE_2019),
    (re.compile(r"国家工商行政管理总局监制"), Template.PORTRAIT_2014),
    (re.compile(r"国家工商行政管理(?:总局|局)制"), Template.PRE_2014),
    (re.compile(r"^(?:企业法人|个体工商户|企业|合伙企业|个人独资企业)营业执照$"), Template.PRE_2014),
)


def read_company_name(face: Face) -> Entity[str] | None:
    """Return the name of the company, partnership, shop or branch."""
    reading = face.areas.get("company_name")
    if reading is None:
        return None
    value = trimmed(balanced(_chinese(reading.text)))
    if len(value) < 4 or not is_chinese(value) or parse_date(value):
        return None
    return reading.entity(value, trust=1.0 if _ORGANISATION.search(value[-6:]) else 0.7)


def read_company_type(face: Face) -> Entity[str] | None:
    """Return the type as printed, its brackets full-width."""
    reading = face.areas.get("company_type")
    if reading is None:
        return None
    value = trimmed(balanced(_chinese(reading.text)))
    return reading.entity(value, trust=0.98) if _TYPES.search(value) else None


def read_legal_person(face: Face) -> tuple[Entity[str] | None, Entity[LegalPersonRole] | None]:
    """Return the natural person behind the licence, and as what the label names that person."""
    reading, label = face.areas.get("legal_person"), face.labels.get("legal_person")
    if reading is None or label is None:
        return None, None
    reading = Reading(reading.pieces[: _first_row(reading.pieces)])
    name = person(_without_tail(simplified(reading.text)))
    if name is None:
        return None, None
    role = next((role for word, role in ROLES.items() if label.word.startswith(word)), None)
    if role is None:
        role = LegalPersonRole.LEGAL_REPRESENTATIVE if "代表" in label.word else LegalPersonRole.OPERATOR
    trust = 1.0 if len(name) in (2, 3) or not is_chinese(name) else 0.9
    return reading.entity(name, trust=trust), reading.entity(role, raw=label.word)


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
        return None
    return reading.entity(dates[0], trust=1.0 if parse_date(reading.text) else 0.85)


def read_period(face: Face) -> tuple[Entity[date] | None, Entity[Term] | None]:
    """Return the two ends of the operating period."""
    reading = face.areas.get("period")
    if reading is None:
        return None, None
    period = parse_period(reading.text) or _second_row_only(reading)
    if period is None:
        return None, None
    start = reading.entity(period.start) if period.start else None
    # An end that was not read looks like one that was left blank.
    bare = period.end == LONG_TERM and not re.search(r"长期|永久|期限|[*＊]|年月日", reading.text)
    end: Entity[Term] | None = reading.entity(period.end, trust=0.7 if bare else 1.0) if period.end else None
    return start, end


def read_long(face: Face, name: str) -> Entity[str] | None:
    """Return an address or a scope: all its rows as one text."""
    reading = face.areas.get(name)
    if reading is None:
        return None
    value = balanced(_chinese(reading.text)).strip(" 。，、*#＊_-|")
    return reading.entity(value) if len(value) >= 3 and is_chinese(value) else None


def read_short(face: Face, name: str) -> Entity[str] | None:
    """Return a short text beside a label."""
    reading = face.areas.get(name)
    value = trimmed(_chinese(reading.text)) if reading else ""
    return reading.entity(value) if reading and 2 <= len(value) <= 12 and is_chinese(value) else None


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
    """Return the registrar, where its name is printed or legible in the seal."""
    label = face.labels.get("authority")
    if label is None:
        return None
    near = [
        piece
        for piece in face.sheet.pieces
        if piece.left >= label.left - 2 * label.height
        and -3 * label.height < piece.level - label.level < 6 * label.height
    ]
    for row in (*rows(near), near):
        reading = Reading(
            tuple(piece for piece in row if is_chinese(piece.text) and not _DATE_PART.fullmatch(piece.text))
        )
        match = _AUTHORITY.search(_chinese(reading.text).removeprefix("登记机关").removeprefix("发照机关"))
        if match and "总局" not in match[0] and re.search(r"[省市县区州盟旗]|高新|开发", match[0]):
            return reading.entity(match[0], trust=0.95)
    return None


def read_copy(face: Face) -> Entity[CopyKind] | None:
    """Return whether it says that it is the original or the duplicate."""
    for piece in face.sheet.pieces:
        text = re.sub(r"[\s()（）]", "", piece.text)
        if len(text) <= 12 and _DUPLICATE.search(text):
            return Reading((piece,)).entity(CopyKind.DUPLICATE)
        if len(text) <= 8 and _ORIGINAL.match(text):
            return Reading((piece,)).entity(CopyKind.ORIGINAL)
    return None


def read_template(face: Face) -> Entity[Template] | None:
    """Return the era by the supervising imprint, or by a title that only old faces have."""
    texts = [(piece, re.sub(r"\s", "", simplified(piece.text))) for piece in face.sheet.pieces]
    for form, template in _IMPRINTS:
        for piece, text in texts:
            if form.search(text):
                return Reading((piece,)).entity(template)
    return None


def read_qr_code(face: Face) -> Entity[str] | None:
    """Return the payload of the code that leads to the register, or of the only one."""
    lines = face.barcodes
    chosen = next((line for line in lines if "gsxt" in line.text or payload_codes([line])), lines[0] if lines else None)
    return Entity(value=chosen.text, raw=chosen.text, confidence=1.0, evidence=(chosen,)) if chosen else None


def _chinese(text: str) -> str:
    return simplified(tidy(text))


def _without_tail(text: str) -> str:
    return re.split(r"[\s（(]*(?:委派代表|注册资本|注册资金|成立日期|组成形式)", text)[0]


def _first_row(pieces: tuple[Piece, ...]) -> int:
    return len(rows(pieces)[0])


def _second_row_only(reading: Reading) -> Period | None:
    """Try without noise after the term, then the end that stands alone on the second row."""
    first = Reading(reading.pieces[: _first_row(reading.pieces)])
    return parse_period(first.text)


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
        text = plain(reading.text)
        if value := parse_date(text):
            return reading.entity(value)
        if value := parse_date(_MISREAD_MONTH.sub(r"\1月\2日", text)):
            return reading.entity(value, trust=0.9)
        figures = [plain(piece.text) for piece in reading.pieces if any(sign.isdigit() for sign in piece.text)]
        if len(figures) == 3 and (value := parse_date("-".join(figures))):
            return reading.entity(value, trust=0.85)
    return None
