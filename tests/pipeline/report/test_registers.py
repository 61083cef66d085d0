"""Where a person can look a document's number up."""

from urllib.parse import urlsplit

import pytest

from extractors.base import Office
from extractors.purchase_invoice import PurchaseInvoice
from extractors.qualification import Qualification
from extractors.trademark_fields import TrademarkCertificate
from pipeline.model import Document
from pipeline.report.registers import ADDRESSES, register_of
from tests.validators import build


@pytest.mark.parametrize("office", [office for office in Office if office is not Office.OTHER])
def test_every_office_has_its_register(office: Office) -> None:
    found = register_of(build.document("trademark_certificate", TrademarkCertificate(office=build.entity(office))))
    assert found
    assert found.address in ADDRESSES


@pytest.mark.parametrize(
    ("office", "host"),
    [("CNIPA", "wcjs.sbj.cnipa.gov.cn"), ("USPTO", "tsdr.uspto.gov"), ("EUIPO", "euipo.europa.eu"),
     ("UKIPO", "trademarks.ipo.gov.uk"), ("WIPO", "www3.wipo.int")],
)  # fmt: skip
def test_the_register_is_the_offices_own(office: str, host: str) -> None:
    found = register_of(
        build.document("trademark_certificate", TrademarkCertificate(office=build.entity(Office(office))))
    )
    assert found
    assert urlsplit(found.address).hostname == host


def test_licences_and_qualifications_have_theirs() -> None:
    licence = register_of(build.licence())
    assert licence
    assert urlsplit(licence.address).hostname == "www.gsxt.gov.cn"
    ccc = register_of(build.document("qualification", Qualification(kind=build.entity("ccc"))))
    assert ccc
    assert urlsplit(ccc.address).hostname == "cx.cnca.cn"


@pytest.mark.parametrize(
    "document",
    [
        build.document("trademark_certificate", TrademarkCertificate()),
        build.document("trademark_certificate", TrademarkCertificate(office=build.entity(Office.OTHER))),
        build.document("qualification", Qualification(kind=build.entity("test_report"))),
        build.document("other"),
    ],
    ids=["office not read", "another office", "no register", "unknown"],
)
def test_where_nothing_is_known_nothing_is_named(document: Document) -> None:
    assert register_of(document) is None


def test_addresses_are_encrypted() -> None:
    assert {urlsplit(address).scheme for address in ADDRESSES} == {"https"}


@pytest.mark.parametrize(
    ("number", "known"), [("12345678", True), ("24972000000123456789", True), ("INV-2026-001", False)]
)
def test_only_chinese_invoices_can_be_looked_up(number: str, known: bool) -> None:
    found = register_of(build.document("purchase_invoice", PurchaseInvoice(number=build.entity(number))))
    assert (found is not None) is known
