"""CNIPA's proof that a registration was renewed (商标续展注册证明; Trademark Law of 2013, article 40).

It holds only together with the certificate. The new term begins on the day after the old one's end.
"""

from extractors import cnipa_records as records
from extractors.trademark_fields import TrademarkRenewal
from pipeline.classify import DocumentType
from pipeline.model import Document

_TITLES = (
    "商标续展注册证明",
    "商标续展证明",
    "核准续展注册证明",
    "核准商标续展注册证明",
    "注册商标续展证明",
    "核准续展注册",
)


def read(document: Document) -> TrademarkRenewal:
    """Read the fields of a proof."""
    record = records.open_record(document, ())
    start, end = records.read_term(record)
    return TrademarkRenewal(
        office=records.read_office(record, "续展"),
        registration_number=records.read_number(record),
        nice_classes=records.read_classes(record),
        valid_from=start,
        valid_to=end,
        certified_date=records.read_certified(record),
    )


TYPE = DocumentType(
    "trademark_renewal",
    titles=_TITLES,
    read=read,
    essential=(("registration_number",), ("valid_to",)),
    cues=("商标续展注册", "续展注册有效期", "核准第", "知识产权局", "商标局", "特此证明", "有效期自"),
    against=("续展申请受理通知书", "商标续展申请书", "~不予续展", "~续展注册申请受理", "~授权"),
)
