"""CNIPA's proof that a mark was assigned (商标转让证明, 核准商标转让证明; Trademark Law of 2013, article 42)."""

from extractors import cnipa_fields
from extractors import cnipa_records as records
from extractors.labels import Label
from extractors.trademark_fields import TrademarkAssignment
from pipeline.classify import DocumentType
from pipeline.model import Document

_TITLES = (
    "商标转让证明",
    "核准商标转让证明",
    "商标转让核准证明",
    "核准转让注册商标证明",
    "注册商标转让证明",
    "核准转让证明",
    "商标移转证明",
)
_LABELS = (
    Label(
        "assignee",
        ("受让人名称", "受让人名义", "受让人", "转让后注册人名义", "转让后注册人名称", "转让后注册人"),
        rows=3,
    ),
    Label("assignor", ("转让人名称", "转让人名义", "转让人", "原注册人名义", "原注册人"), rows=3),
)


def read(document: Document) -> TrademarkAssignment:
    """Read the fields of a proof."""
    record = records.open_record(document, _LABELS)
    return TrademarkAssignment(
        office=records.read_office(record, "转让"),
        registration_number=records.read_number(record),
        nice_classes=records.read_classes(record),
        assignee=cnipa_fields.read_party(record.areas.get("assignee")),
        certified_date=records.read_certified(record),
    )


TYPE = DocumentType(
    "trademark_assignment",
    titles=_TITLES,
    read=read,
    essential=(("registration_number",), ("assignee",)),
    cues=("商标转让注册", "受让人", "转让人", "核准第", "受让人地址", "知识产权局", "商标局"),
    against=("转让申请受理通知书", "转让协议", "转让合同", "~商标转让声明", "~转让申请书", "~不予核准", "~授权书"),
)
