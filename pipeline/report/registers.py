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

MADRID = Register(name="WIPO Madrid Monitor", address="https://www3.wipo.int/madrid/monitor/en/")
_BY_OFFICE = {
    "CNIPA": CHINESE_MARKS,
    "USPTO": Register(name="USPTO Trademark Status & Document Retrieval (TSDR)", address="https://tsdr.uspto.gov/"),
    "EUIPO": Register(name="EUIPO eSearch plus", address="https://euipo.europa.eu/eSearch/"),
    "UKIPO": Register(name="UKIPO trade mark search", address="https://trademarks.ipo.gov.uk/ipo-tmcase"),
    "WIPO": MADRID,
    "TIPO": Register(name="智慧財產局商標檢索系統 (TIPO trademark search)", address="https://cloud.tipo.gov.tw/S282/"),
    "BOIP": Register(name="BOIP Trademarks Register", address="https://www.boip.int/en/trademarks-register"),
    "OEPM": Register(name="OEPM Localizador de Marcas", address="https://consultas2.oepm.es/LocalizadorWeb/"),
    "IPINDIA": Register(name="IP India public search", address="https://tmrsearch.ipindia.gov.in/"),
}
DEVICES_AND_COSMETICS = Register(
    name="国家药品监督管理局数据查询 (NMPA data search)", address="https://www.nmpa.gov.cn/datasearch/home-index.html"
)
_BY_KIND = {
    "ccc": Register(name="全国认证认可信息公共服务平台 (CNCA)", address="https://cx.cnca.cn/"),
    "fcc": Register(name="FCC ID search", address="https://www.fcc.gov/oet/ea/fccid"),
    "food_production": Register(
        name="食品生产许可获证企业信息查询 (SAMR food production licences)", address="https://spscxkcx.gsxt.gov.cn/"
    ),
    **dict.fromkeys(
        (
            "cosmetics_production",
            "cosmetics_registration",
            "medical_device_registration",
            "medical_device_operation",
            "medical_device_production",
        ),
        DEVICES_AND_COSMETICS,
    ),
}
"""Kind of a qualification → where it is on record; the others have no public register that we know of."""
INVOICES = Register(
    name="国家税务总局全国增值税发票查验平台 (China, VAT invoices)", address="https://inv-veri.chinatax.gov.cn/"
)
_CHINESE_INVOICE = re.compile(r"\d{8}|\d{20}")

ADDRESSES = frozenset(
    register.address for register in (COMPANIES, CHINESE_MARKS, INVOICES, *_BY_OFFICE.values(), *_BY_KIND.values())
)


def register_of(document: Document) -> Register | None:
    """Return where `document` can be looked up.

    By its type, for a trademark paper by the office that it shows, and for a qualification by its kind.
    """
    if document.type == "business_licence":
        return COMPANIES
    entities = document.fields.entities() if document.fields else {}
    if document.type.startswith("trademark_"):
        office = entities.get("office")
        return _BY_OFFICE.get(str(office.value)) if office else None
    if document.type == "purchase_invoice" and (number := entities.get("number")):
        return INVOICES if _CHINESE_INVOICE.fullmatch(str(number.value)) else None
    kind = entities.get("kind") if document.type == "qualification" else None
    return _BY_KIND.get(str(kind.value)) if kind else None
