"""The official registers in which a person can look a document's number up.

Our own list: an address printed on a document, or hidden in its QR code, proves nothing and is never linked to.
"""

import re

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

CERTIFICATIONS = Register(
    name="全国认证认可信息公共服务平台 (China, certification and accreditation)",
    address="https://cx.cnca.cn/",
)
MEDICAL_PRODUCTS = Register(
    name="国家药品监督管理局数据查询 (China, medical products, NMPA)",
    address="https://www.nmpa.gov.cn/datasearch/",
)
RADIO_EQUIPMENT = Register(name="FCC ID Search (USA)", address="https://www.fcc.gov/oet/ea/fccid")
INVOICES = Register(
    name="国家税务总局全国增值税发票查验平台 (China, VAT invoices)",
    address="https://inv-veri.chinatax.gov.cn/",
)

_BY_OFFICE = {"CNIPA": CHINESE_MARKS}
_BY_KIND = {
    "ccc": CERTIFICATIONS,
    "cosmetics_production": MEDICAL_PRODUCTS,
    "medical_device_registration": MEDICAL_PRODUCTS,
    "medical_device_operation": MEDICAL_PRODUCTS,
    "medical_device_production": MEDICAL_PRODUCTS,
    "fcc": RADIO_EQUIPMENT,
}
"""Kind of a qualification → where its number can be looked up; food and tobacco licences only with each authority."""
_CHINESE_INVOICE = re.compile(r"\d{8}|\d{20}")

ADDRESSES = frozenset(register.address for register in (COMPANIES, INVOICES, *_BY_OFFICE.values(), *_BY_KIND.values()))


def register_of(document: Document) -> Register | None:
    """Return where `document` can be looked up: by its type, and by the office or kind that it shows."""
    if document.type == "business_licence":
        return COMPANIES
    entities = document.fields.entities() if document.fields else {}
    if document.type == "qualification" and (kind := entities.get("kind")):
        return _BY_KIND.get(str(kind.value))
    if document.type == "purchase_invoice" and (number := entities.get("number")):
        return INVOICES if _CHINESE_INVOICE.fullmatch(str(number.value)) else None
    office = entities.get("office")
    return _BY_OFFICE.get(str(office.value)) if office and document.type.startswith("trademark_") else None
