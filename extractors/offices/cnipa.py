"""Trademark registration certificates of CNIPA (商标注册证).

Paper until 2018, paper with a QR code from 2018 to 2021, electronic since 2022-01-01 (CNIPA announcement 453).
"""

import re
from collections.abc import Mapping
from datetime import date

from extractors import cnipa_fields as fields
from extractors.areas import readings
from extractors.base import Office
from extractors.dates import find_dates
from extractors.labels import Label, find_labels
from extractors.offices.base import OfficeReader
from extractors.overprints import lay_out_print
from extractors.reading import Reading
from extractors.trademark_fields import TrademarkCertificate
from extractors.values import parse_period
from pipeline.classify import Variant
from pipeline.layout import Sheet
from pipeline.model import Document, Entity, Term

_TITLES = ("商标注册证",)
_GOODS_WORDS = ("核定使用", "核定服务", "核定商品")
_LABELS = (
    Label(
        "goods",
        (
            "核定使用商品/服务项目",
            "核定使用商品服务项目",
            "核定使用服务项目",
            "核定使用商品",
            "核定服务项目",
            "核定使用",
        ),
        rows=80,
        below=True,
    ),
    Label("owner", ("注册人名称", "注册人"), rows=4),
    Label("owner_address", ("注册人地址", "注册地址", "地址"), tails=("册人地址", "册地址"), rows=5),
    Label("registration_date", ("注册日期",), rows=1),
    Label("term", ("注册有效期限", "有效期限", "注册有效期", "有效期", "续展注册有效期"), rows=1),
    Label("signed", ("发证机关", "局长签发", "局长", "签发"), rows=1),
)
_REGISTERED = re.compile(r"注册日期[:：]?(.{6,14}?日)")
_UNTIL = re.compile(r"有效期至[:：]?(.{6,14}?日)")
_FROM_TO = re.compile(r"([0-9零〇○一二三四五六七八九]{4}年.{2,8}?日[至到].{6,16}?日)")


def read(document: Document) -> TrademarkCertificate:
    """Read the fields of a certificate of any of the three faces."""
    sheet = lay_out_print(document)
    found = find_labels(sheet, _LABELS)
    areas = readings(sheet, found)
    label = fields.first_with(sheet.pieces, *_GOODS_WORDS)
    classes = fields.read_classes(Reading((label,)) if label else None, areas.get("goods"))
    title = fields.first_with(sheet.pieces, *_TITLES)
    registered, start, end = _dates(sheet)
    return TrademarkCertificate(
        office=Reading((title or label or sheet.pieces[0],)).entity(Office.CNIPA) if title or label else None,
        registration_number=fields.read_number(sheet, document.barcodes),
        mark_text=fields.read_mark(sheet, title.bottom if title else 0.1, label.top) if label else None,
        owner=fields.read_party(areas.get("owner")),
        owner_address=fields.read_address(areas.get("owner_address")),
        nice_classes=classes,
        goods=fields.read_goods(_goods(areas), classes.value if classes else ()),
        registration_date=registered,
        valid_from=start,
        valid_to=end,
    )


def _goods(areas: Mapping[str, Reading]) -> Reading | None:
    """Return the list of goods without what is left of its label's own line, such as `（国际分类：25）`."""
    reading = areas.get("goods")
    if reading is None:
        return None
    own = re.compile(r"^\W*(?:国际分类|第[\d、, ]+类|服务项目|商品)?[\W\d]*(?:类)?\W*$")
    pieces = reading.pieces
    while pieces and own.match(pieces[0].text):
        pieces = pieces[1:]
    return Reading(pieces) if pieces else None


def _dates(sheet: Sheet) -> tuple[Entity[date] | None, Entity[date] | None, Entity[Term] | None]:
    """Return the day of registration and the two ends of the term, wherever on the page their rows stand."""
    registered, start = None, None
    end: Entity[Term] | None = None
    for text, reading in fields.joined_rows(sheet):
        if registered is None and (match := _REGISTERED.search(text)):
            registered = _entity(reading, find_dates(match[1]))
        if end is None and (match := _UNTIL.search(text)):
            until = find_dates(match[1])
            end = reading.entity(until[0], raw=match[1]) if until else None
        if start is None and (match := _FROM_TO.search(text)):
            period = parse_period(match[1])
            if period is not None and period.start is not None and period.end is not None:
                start = reading.entity(period.start, raw=match[1])
                end = end or reading.entity(period.end, raw=match[1])
    return registered, start, end


def _entity(reading: Reading, dates: list[date]) -> Entity[date] | None:
    return reading.entity(dates[0]) if dates else None


_FORM = Variant(
    titles=_TITLES,
    cues=(
        "核定使用商品",
        "核定服务项目",
        "国际分类",
        "注册人",
        "注册人地址",
        "有效期至",
        "注册有效期限",
        "自公元",
        "知识产权局",
        "国家工商行政管理总局商标局",
        "局长签发",
        "发证机关",
    ),
    against=(
        "~经济部",
        "~經濟部",
        "~智慧財產局",
        "~智慧财产局",
        "~中華民國",
        "~中华民国",
        "受理通知书",
        "商标续展注册证明",
        "商标转让证明",
        "核准商标转让证明",
        "注册商标变更证明",
        "变更证明",
        "著作权登记证书",
        "作品登记证书",
        "专利证书",
        "商标注册申请书",
        "授权书",
        "驳回通知书",
        "许可备案通知书",
        "许可合同备案通知书",
    ),
)
READER = OfficeReader(Office.CNIPA, _FORM, read)
