"""The identity card of mainland residents (居民身份证), both sides (GB 11643-1999; Identity Card Law of 2011).

The front prints its labels in a pale blue that copies and photos lose, so each value is also known by its place and
form. Both sides may stand on one page, or one side may be all there is.
"""

import re
from collections.abc import Mapping
from datetime import date

from extractors.areas import readings
from extractors.dates import find_dates
from extractors.identity_number import Known, find_number, read_number
from extractors.labels import Label, find_labels
from extractors.overprints import lay_out_print
from extractors.paper_fields import IdentityCard as IdentityCard
from extractors.paper_fields import Sex as Sex
from extractors.reading import Reading
from extractors.spelling import chinese, is_chinese, is_placeholder, person, plain, simplified
from extractors.values import Period, parse_period
from pipeline.kinds import DocumentType
from pipeline.layout import Piece, Sheet, rows
from pipeline.model import Document, Entity, Term

_LABELS = (
    Label("name", ("姓名",), tails=("名",), heads=("姓",), looks=r"^[\u4e00-\u9fff·]{2,4}$"),
    Label("sex", ("性别",), tails=("别",)),
    Label("ethnicity", ("民族",), tails=("族",)),
    Label("birth_date", ("出生",), tails=("生",), looks=r"\d{4}"),
    Label("address", ("住址",), tails=("址",), heads=("住",), rows=4),
    Label("id_number", ("公民身份号码", "公民身份证号码", "身份号码", "身份证号"), tails=("民身份号码",)),
    Label("issuing_authority", ("签发机关", "发证机关"), tails=("发机关", "机关"), rows=2, looks="公安"),
    Label("term", ("有效期限", "有效期"), tails=("效期限", "期限"), looks=r"\d{4}"),
    Label("title", ("居民身份证", "中华人民共和国")),
)
_OVERPRINT = re.compile(
    r"SAMPLE|样本|仅[供限用作]|复印|再次|无效|使用$|授权|办理|用途|专用|水印|正面|反面|背面|国徽|人像|身份证|共和国"
)
"""Watermarks, captions and the card's own title."""
_SEX = re.compile(r"^(?:性别)?(?P<sex>男|女)(?:民族.*|族.*|[\u4e00-\u9fff]{0,4}族?)?$")
_PLACE = re.compile(r"[省市县区州盟旗镇乡村路街巷号栋室组队寨屯弄]")
_AUTHORITY = re.compile(r"[\u4e00-\u9fff]{2,24}?公安(?:厅|局|分局)(?:[\u4e00-\u9fff]{1,10}(?:分局|公安局))?")
_TERM = re.compile(
    r"(?P<y1>\d{4})[.,·]?(?P<m1>\d{2})[.,·]?(?P<d1>\d{2})\D{0,3}(?P<end>\d{4}[.,·]?\d{2}[.,·]?\d{2}|长期)"
)
_END = re.compile(r"(\d{4})\D?(\d{2})\D?(\d{2})")
_UNLABELLED = 0.9
"""Trust in a value that its form and place tell, its label not being legible."""
_LOOSE = 0.85
"""Trust in a term whose dots or dash were not read."""
_CLEAR = 0.8
"""Probability under which a character of a person's name makes the name doubtful."""


def read(document: Document) -> IdentityCard:
    """Read the fields of whatever sides the document shows; what is not on it stays None."""
    whole = lay_out_print(document)
    sheet = Sheet(tuple(piece for piece in whole.pieces if not _OVERPRINT.search(_bare(piece.text))), whole.width)
    number = find_number(sheet)
    taken = {id(piece.line) for piece in number.pieces} if number else set()
    labelled = find_labels(sheet, _LABELS)
    rest = Sheet(tuple(piece for piece in sheet.pieces if id(piece.line) not in taken), sheet.width)
    areas = readings(rest, labelled)
    sex, born = _sex(areas, rest), _birth_date(areas, rest)
    known = Known(born.value if born else None, sex.value is Sex.MALE if sex else None)
    start, end = _term(areas, rest)
    return IdentityCard(
        name=_name(areas, rest, sex, born),
        sex=sex,
        birth_date=born,
        address=_address(areas, rest, born, number.pieces[0] if number else None),
        id_number=read_number(number, known),
        issuing_authority=_authority(areas, rest),
        valid_from=start,
        valid_to=end,
    )


def _bare(text: str) -> str:
    return plain(simplified(text))


def _name(
    areas: Mapping[str, Reading], sheet: Sheet, sex: Entity[Sex] | None, born: Entity[date] | None
) -> Entity[str] | None:
    reading, trust = areas.get("name"), 1.0
    if reading is None or person(simplified(reading.text)) is None:
        reading, trust = _uppermost_name(sheet, sex, born), _UNLABELLED
    value = person(simplified(reading.text)) if reading else None
    if reading is None or value is None or is_placeholder(value) or not is_chinese(value):
        return None
    # Rare characters are the hard part of names: one doubtful character makes the name doubtful.
    least = min(probability for piece in reading.pieces for probability in piece.characters)
    usual = len(value) in (2, 3, 4) or "·" in value
    return reading.entity(value, trust=trust * min(least / _CLEAR, 1.0) * (1.0 if usual else 0.8))


def _uppermost_name(sheet: Sheet, sex: Entity[Sex] | None, born: Entity[date] | None) -> Reading | None:
    """Return the line straight above the row of the sex, which the name's is, where 姓名 was not read."""
    anchor = _piece_of(sheet, (sex or born).evidence[0]) if (sex or born) else None  # type: ignore[union-attr]
    if anchor is None:
        return None
    above = [
        piece
        for piece in sheet.pieces
        if 0 < anchor.level - piece.level < 4.5 * anchor.height and person(_bare(piece.text).removeprefix("姓名"))
    ]
    if not above:
        return None
    piece = max(above, key=lambda piece: piece.level)
    start = len(piece.text) - len(piece.text.lstrip("姓名 　"))
    return Reading((piece.part(start),))


def _sex(areas: Mapping[str, Reading], sheet: Sheet) -> Entity[Sex] | None:
    beside = areas.get("sex")
    candidates = [(beside, 1.0)] if beside else []
    candidates += [(Reading((piece,)), _UNLABELLED) for piece in sheet.pieces]
    for reading, trust in candidates:
        if match := _SEX.match(_bare(reading.text)):
            value = Sex.MALE if match["sex"] == "男" else Sex.FEMALE
            return reading.entity(value, raw=match["sex"], trust=trust)
    return None


def _birth_date(areas: Mapping[str, Reading], sheet: Sheet) -> Entity[date] | None:
    beside = areas.get("birth_date")
    readings = [(beside, 1.0)] if beside else []
    readings += [(Reading(tuple(row)), _UNLABELLED) for row in rows(sheet.pieces)]
    for reading, trust in readings:
        text = _bare(reading.text)
        dates = find_dates(text) if "年" in text and "月" in text else []
        if len(dates) == 1:
            return reading.entity(dates[0], trust=trust)
    return None


def _address(
    areas: Mapping[str, Reading], sheet: Sheet, born: Entity[date] | None, number: Piece | None
) -> Entity[str] | None:
    reading, trust = areas.get("address"), 1.0
    if reading is None:
        reading, trust = _between(sheet, born, number), _UNLABELLED
    value = chinese(reading.text).strip(" 。，、|.") if reading else ""
    if reading is None or len(value) < 5 or not _PLACE.search(value) or is_placeholder(value[:20]):
        return None
    return reading.entity(value, trust=trust)


def _between(sheet: Sheet, born: Entity[date] | None, number: Piece | None) -> Reading | None:
    """Return the rows between the date of birth and the number, left of the portrait, where 住址 was not read."""
    anchor = _piece_of(sheet, born.evidence[0]) if born else None
    if anchor is None or number is None:
        return None
    inside = [
        piece
        for piece in sheet.pieces
        if anchor.level + 0.6 * anchor.height < piece.level < number.level - 0.6 * number.height
        and anchor.left - 4 * anchor.height < piece.left < number.right
        and is_chinese(piece.text)
    ]
    return Reading(tuple(inside)) if inside else None


def _piece_of(sheet: Sheet, line: object) -> Piece | None:
    return next((piece for piece in sheet.pieces if piece.line is line), None)


def _authority(areas: Mapping[str, Reading], sheet: Sheet) -> Entity[str] | None:
    beside = areas.get("issuing_authority")
    candidates = [(beside, 1.0)] if beside else []
    candidates += [(Reading(tuple(row)), _UNLABELLED) for row in rows(sheet.pieces)]
    for reading, trust in candidates:
        text = _bare(reading.text)
        if match := _AUTHORITY.fullmatch(text) or _AUTHORITY.search(re.sub(r"^.*?机关", "", text)):
            return reading.entity(match[0], trust=trust)
    return None


def _term(areas: Mapping[str, Reading], sheet: Sheet) -> tuple[Entity[date] | None, Entity[Term] | None]:
    beside = areas.get("term")
    candidates = [(beside, 1.0)] if beside else []
    candidates += [(Reading(tuple(row)), _UNLABELLED) for row in rows(sheet.pieces)]
    for reading, trust in candidates:
        # A character of a stamp may stand between label and figures.
        text = re.sub(r"^(?:.*?期限)?(?:[\u4e00-\u9fff]{1,2}(?=\d))?", "", _bare(reading.text))
        strict = parse_period(re.sub(r"(?<=\d)[一~]+(?=\d|长)", "-", text))
        period = strict if strict and strict.start else _loose_period(text)
        if period is not None and period.start is not None and period.end is not None:
            sure = trust if period is strict else trust * _LOOSE
            return reading.entity(period.start, trust=sure), reading.entity(period.end, trust=sure)
    return None, None


def _loose_period(text: str) -> Period | None:
    """Return the term of which dots or dash were lost: `2015060120350601`."""
    match = _TERM.fullmatch(text)
    if match is None:
        return None
    end = match["end"] if match["end"] == "长期" else "-".join(_END.findall(match["end"])[0])
    return parse_period(f"{match['y1']}-{match['m1']}-{match['d1']}至{end}")


TYPE = DocumentType(
    "identity_card",
    titles=("居民身份证", "中华人民共和国居民身份证"),
    read=read,
    one_page=True,
    sides=(("公民身份号码", "住址"), ("签发机关", "居民身份证")),
    essential=(("name", "issuing_authority"), ("id_number", "valid_to")),
    cues=("姓名", "性别", "民族", "出生", "住址", "公民身份号码", "签发机关", "有效期限", "公安局"),
    signs=(
        re.compile(r"公民身份号码[1-8]\d{16}[\dX]"),
        re.compile(r"性别[男女]民族"),
        re.compile(r"[男女](?:民族)?.{1,4}?(?:出生)?(?:19|20)\d\d年\d{1,2}月\d{1,2}日"),
        re.compile(r"(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?!\d)"),
    ),
    against=(
        "营业执照",
        "户口簿",
        "常住人口登记卡",
        "结婚证",
        "驾驶证",
        "简历",
        "授权书",
        "委托书",
        "承诺书",
        "许可证",
        "往来内地通行证",
        "来往大陆通行证",
        "~外国人永久居留",
    ),
)
