"""Notices of trademark offices that are not of acceptance: refusals, fees, publication; CNIPA's and refusals of others.

None of them stands for a certificate or an acceptance notice; a refusal says the opposite.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors import cnipa_fields
from extractors import cnipa_records as records
from extractors.base import Office
from extractors.dates import Order
from extractors.flow import Flow
from extractors.inid import number_in
from extractors.offices.base import read_day
from extractors.reading import Reading
from extractors.trademark_fields import NoticeKind, TrademarkNotice
from pipeline.classify import DocumentType, Variant
from pipeline.layout import lay_out
from pipeline.model import Document, Entity

_KINDS: Mapping[str, NoticeKind] = {
    "部分驳回": NoticeKind.PARTIAL_REFUSAL,
    "驳回": NoticeKind.REFUSAL,
    "缴费": NoticeKind.FEE,
    "初步审定": NoticeKind.PUBLICATION,
    "补正": NoticeKind.OTHER,
    "不予受理": NoticeKind.OTHER,
}
"""By what the title says; 部分驳回 before 驳回, which it contains."""
_TITLES = (
    "商标驳回通知书",
    "驳回通知书",
    "驳回商标注册申请通知书",
    "商标注册申请驳回通知书",
    "商标部分驳回通知书",
    "部分驳回通知书",
    "商标注册申请部分驳回通知书",
    "商标注册申请缴费通知书",
    "缴费通知书",
    "商标缴费通知书",
    "商标初步审定公告通知书",
    "初步审定公告通知书",
    "商标注册申请初步审定公告通知书",
    "商标注册申请补正通知书",
    "商标注册申请不予受理通知书",
)
_DISPATCH = r"TM[A-Z]{2}0*([1-9]\d{4,8})[A-Z]{4}\d*"
_DATE = (
    r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|[A-Za-z]{3,9}\.?\s*\d{1,2}\s*,?\s*\d{4}|"
    r"\d{1,2}\s*[A-Za-z]{3,9}\s*\d{4}"
)


@dataclass(frozen=True)
class _Foreign:
    """How another office writes a refusal."""

    office: Office
    title: str
    number: str
    """Pattern: the application's number in the first group."""
    form: str
    partial: str
    """Pattern that stands only on a partial refusal."""
    order: Order = Order.DAY_FIRST


_FOREIGN = (
    _Foreign(
        Office.USPTO,
        r"(?:non-?final|final)\s*office\s*action",
        r"serial\s*n(?:o|umber)\.?\s*[:.]?\s*(\d{2}\s*[/\-]?\s*\d{3},?\s*\d{3})",
        r"\d{2}\s*[/\-]?\s*\d{3},?\s*\d{3}",
        r"partial\s*(?:refusal|abandonment)",
        Order.MONTH_FIRST,
    ),
    _Foreign(
        Office.EUIPO,
        r"(?:notice|notification)\s*of\s*(?:grounds\s*for\s*)?refusal|refusal\s*of\s*(?:the\s*)?application",
        r"application\s*n(?:o|umber)\.?\s*[:.]?\s*(0\d{2}\s?\d{3}\s?\d{3})",
        r"0\d{2}\s?\d{3}\s?\d{3}",
        r"partial\s*refusal|for\s*part\s*of\s*the\s*goods",
    ),
)


def read(document: Document) -> TrademarkNotice:
    """Read the fields of a notice."""
    sheet = lay_out(document.lines, document.pages)
    flow = Flow(sheet.pieces)
    for foreign in _FOREIGN:
        if title := flow.search(f"({foreign.title})"):
            kind = NoticeKind.PARTIAL_REFUSAL if re.search(foreign.partial, flow.text, re.I) else NoticeKind.REFUSAL
            return TrademarkNotice(
                office=title.entity(foreign.office),
                kind=title.entity(kind),
                application_number=number_in(flow.search(foreign.number), foreign.form),
                notice_date=read_day(
                    flow.search(rf"(?:issue|mailing|sent|date)[^\n\d]{{0,30}}?({_DATE})"), foreign.order
                ),
            )
    return _chinese(document)


def _chinese(document: Document) -> TrademarkNotice:
    record = records.open_record(document, ())
    number = records.read_number(record)
    dispatch = record.flow.search(_DISPATCH)
    return TrademarkNotice(
        office=records.read_office(record, "通知书"),
        kind=_kind(record),
        application_number=number or (dispatch.entity(dispatch.text, trust=0.9) if dispatch else None),
        notice_date=records.read_certified(record),
    )


def _kind(record: records.Record) -> Entity[NoticeKind] | None:
    title = cnipa_fields.first_with(
        record.sheet.pieces, *(f"{word}通知书" for word in _KINDS), "公告通知书", "申请通知书"
    )
    if title is None:
        return None
    text = "".join(title.text.split())
    kind = next((kind for word, kind in _KINDS.items() if word in text), None)
    return Reading((title,)).entity(kind) if kind else None


TYPE = DocumentType(
    "trademark_notice",
    titles=_TITLES,
    read=read,
    essential=(("application_number",),),
    cues=("申请号", "商标注册申请", "商标法", "商标局", "知识产权局", "发文编号", "驳回", "缴费", "初步审定", "类别"),
    against=("~专利申请", "~商标注册申请受理通知书", "商标注册证", "行政处罚", "授权书", "~专利法"),
    variants=(
        Variant(
            titles=("Non-final office action", "Final office action", "Office action", "Nonfinal office action"),
            cues=(
                "Serial No",
                "Serial Number",
                "Mark",
                "Applicant",
                "Response deadline",
                "Refusal",
                "Examining attorney",
            ),
            needs=(("United States Patent and Trademark Office", "USPTO"), ("office action",), ("Serial N",)),
        ),
        Variant(
            titles=(
                "Notice of grounds for refusal of application for a European Union trade mark",
                "Notification of refusal",
                "Notice of grounds for refusal",
            ),
            cues=("Application No", "Trade mark", "Applicant", "Article 7", "EUIPO", "grounds for refusal"),
            needs=(("European Union Intellectual Property Office", "EUIPO"), ("refusal",)),
        ),
    ),
)
