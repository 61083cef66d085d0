"""The official registers in which a person can look a document's number up.

Our own list: an address printed on a document, or hidden in its QR code, proves nothing and is never linked to.
"""

from pipeline.model import Document, Record


class Register(Record):
    """A public register."""

    name: str
    address: str


COMPANIES = Register(
    name="国家企业信用信息公示系统 (National Enterprise Credit Information Publicity System)",
    address="https://www.gsxt.gov.cn/",
)
CHINESE_MARKS = Register(
    name="中国商标网 (China Trademark Office, CNIPA)",
    address="https://wcjs.sbj.cnipa.gov.cn/",
)

_BY_OFFICE = {"CNIPA": CHINESE_MARKS}

ADDRESSES = frozenset({COMPANIES.address, *(register.address for register in _BY_OFFICE.values())})


def register_of(document: Document) -> Register | None:
    """Return where `document` can be looked up: by its type, and for a trademark paper by the office it shows."""
    if document.type == "business_licence":
        return COMPANIES
    office = document.fields.entities().get("office") if document.fields else None
    return _BY_OFFICE.get(str(office.value)) if office and document.type.startswith("trademark_") else None
