"""CNIPA's notice that a trademark application was accepted (商标注册申请受理通知书), the paper behind "TM"."""

import re

from extractors import cnipa_fields as fields
from extractors.areas import readings
from extractors.base import Office
from extractors.labels import Label, find_labels
from extractors.nice import classes_in
from extractors.overprints import lay_out_print
from extractors.reading import Reading
from extractors.spelling import tidy, trimmed
from extractors.trademark_fields import TrademarkAcceptanceNotice
from pipeline.classify import DocumentType
from pipeline.layout import Sheet
from pipeline.model import Document, Entity

_LABELS = (
    Label("application_number", ("申请号", "商标申请号", "申请号码")),
    Label("filing_date", ("申请日期", "商标申请日期", "申请日")),
    Label("nice_classes", ("类别", "国际分类", "商品类别", "申请类别", "商品/服务类别", "类号"), rows=2),
    Label("applicant", ("申请人名称", "申请人", "商标申请人"), rows=3),
    Label("address", ("申请人地址", "地址", "通信地址"), rows=4),
    Label("agent", ("代理机构名称", "代理机构", "代理人", "商标代理机构", "代理组织"), rows=2),
    Label("mark_text", ("商标名称", "商标", "申请商标", "商标图样"), rows=2, tallest=4.0),
    Label("dispatch", ("发文编号", "发文日期", "发文号", "发文"), rows=1),
)
_NUMBER = re.compile(r"(?<!\d)\d{7,9}[A-Z]?(?!\d)")
_DISPATCH = re.compile(r"TMZC(\d{7,14})ZCS[LQ]\d*")
_DEVICES = frozenset({"图形", "图案", "图形商标", "无"})


def read(document: Document) -> TrademarkAcceptanceNotice:
    """Read the fields of a notice, of the older and the newer form."""
    sheet = lay_out_print(document)
    body = Sheet(pieces=tuple(piece for piece in sheet.pieces if "通知书" not in piece.text), width=sheet.width)
    found = find_labels(body, _LABELS)
    areas = readings(body, found)
    title = fields.first_with(sheet.pieces, "受理通知书")
    return TrademarkAcceptanceNotice(
        office=Reading((title,)).entity(Office.CNIPA) if title else None,
        application_number=_number(areas.get("application_number"), sheet),
        mark_text=_mark(areas.get("mark_text")),
        applicant=fields.read_party(areas.get("applicant")),
        nice_classes=_classes(areas.get("nice_classes"), sheet),
        filing_date=fields.read_single_date(areas.get("filing_date")),
        notice_date=fields.read_lowest_date(sheet, apart_from=areas.get("filing_date")),
    )


def _number(reading: Reading | None, sheet: Sheet) -> Entity[str] | None:
    if reading and (match := _NUMBER.search(reading.text.replace(" ", ""))):
        return reading.entity(match[0])
    for text, row in fields.joined_rows(sheet):
        if match := _DISPATCH.search(text):
            return row.entity(match[1].lstrip("0"), trust=0.9)
    return None


def _mark(reading: Reading | None) -> Entity[str] | None:
    value = trimmed(tidy(reading.text)) if reading else ""
    return reading.entity(value, trust=0.95) if reading and value and value not in _DEVICES else None


def _classes(reading: Reading | None, sheet: Sheet) -> Entity[tuple[int, ...]] | None:
    if reading is not None and (classes := classes_in(tidy(reading.text))):
        return reading.entity(classes)
    for text, row in fields.joined_rows(sheet):
        if match := re.search(r"第(\d{1,2})类", text):
            classes = classes_in(match[1])
            return row.entity(classes, trust=0.9) if classes else None
    return None


TYPE = DocumentType(
    "trademark_acceptance_notice",
    titles=("商标注册申请受理通知书", "注册申请受理通知书", "商标注册申请受理通知"),
    read=read,
    essential=(("application_number",), ("applicant",), ("nice_classes",)),
    cues=("申请号", "申请日期", "申请人", "代理机构", "发文编号", "商标法", "已受理", "予以受理", "类别"),
    against=(
        "缴费通知书",
        "驳回通知书",
        "部分驳回通知书",
        "不予受理通知书",
        "补正通知书",
        "初步审定公告通知书",
        "商标注册证",
        "续展申请受理通知书",
        "转让申请受理通知书",
        "变更申请受理通知书",
        "专利申请受理通知书",
        "~专利申请受理",
    ),
)
