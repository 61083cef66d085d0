"""CNIPA's proof that a registrant's name or address changed (注册商标变更证明, 商标变更核准证明)."""

from extractors import cnipa_fields
from extractors import cnipa_records as records
from extractors.labels import Label
from extractors.trademark_fields import TrademarkChange
from pipeline.classify import DocumentType
from pipeline.model import Document

_TITLES = (
    "注册商标变更证明",
    "商标变更核准证明",
    "核准变更商标注册人名义证明",
    "核准商标变更证明",
    "商标变更证明",
    "注册人名义变更证明",
    "核准变更商标注册人名义地址证明",
)
_LABELS = (
    Label(
        "name",
        (
            "变更后注册人名义",
            "变更后注册人名称",
            "变更后名义",
            "变更后名称",
            "变更后的注册人名义",
            "变更后注册人",
            "变更后申请人名义",
        ),
        rows=3,
    ),
    Label(
        "former",
        ("变更前注册人名义", "变更前注册人名称", "变更前名义", "变更前名称", "原注册人名义", "变更前注册人"),
        rows=3,
    ),
)


def read(document: Document) -> TrademarkChange:
    """Read the fields of a proof; one of a new address alone has no new name."""
    record = records.open_record(document, _LABELS)
    return TrademarkChange(
        office=records.read_office(record, "变更"),
        registration_number=records.read_number(record),
        nice_classes=records.read_classes(record),
        new_owner_name=cnipa_fields.read_party(record.areas.get("name")),
        certified_date=records.read_certified(record),
    )


TYPE = DocumentType(
    "trademark_change",
    titles=_TITLES,
    read=read,
    essential=(("registration_number",),),
    cues=("注册人名义变更", "变更后注册人", "变更前注册人", "核准第", "知识产权局", "商标局", "变更后"),
    against=("变更申请受理通知书", "变更申请书", "变更登记通知书", "~变更(备案)登记", "~准予变更", "~企业变更"),
)
