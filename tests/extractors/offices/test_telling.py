"""Certificates of each office are told by words of their own, and papers that share their titles are not."""

from collections.abc import Sequence

import pytest

from extractors import DOCUMENT_TYPES
from extractors.base import Office
from extractors.offices import OFFICES, office_of
from pipeline.classify import classify
from pipeline.model import PageRecord, ReadPage, ReadSource, Source
from tests.extractors.offices.lines import Row, certificate, page, rows_of

USPTO = rows_of("""
    !United States Patent and Trademark Office

    Reg. No. 5,123,456
    Registered Dec. 17, 2019
    Int. Cl.: 25
    Trademark
    Principal Register
    SER. NO. 88-123,456, FILED 11-19-2018
    """)
EUIPO = rows_of("""
    European Union Intellectual Property Office
    !CERTIFICATE OF REGISTRATION

    This Certificate of Registration is hereby issued for the
    European Union trade mark identified below.
    No 018123456
    """)
UKIPO = rows_of("""
    !CERTIFICATE OF REGISTRATION OF TRADE MARK

    Trade Marks Act 1994
    I certify that the mark shown below
    has been registered under No. UK00003123456
    """)
WIPO = rows_of("""
    !CERTIFICATE OF REGISTRATION

    The International Bureau of the World Intellectual Property Organization (WIPO)
    the recording made in the International Register of Marks
    maintained under the Madrid Agreement and Protocol
    """)
TIPO = rows_of("""
    !中華民國商標註冊證

    註冊號數：02012345
    商標權人：試星有限公司
    經濟部智慧財產局局長
    """)
BOIP = rows_of("""
    BOIP
    Benelux Office for Intellectual Property
    Registration number 1512345
    Registration date 31-01-2025
    Number, date and time of filing 1512345, 21-11-2024
    Expiration date 21-11-2034
    """)
OEPM = rows_of("""
    OFICINA ESPAÑOLA DE PATENTES Y MARCAS
    !TÍTULO DE REGISTRO DE MARCA

    Ley 17/2001, de 7 de diciembre
    Titular: Muestra S.L.
    Fecha de concesión: 01/02/2020
    """)
IPINDIA = rows_of("""
    Government of India
    Trade Marks Registry
    !Trade Marks Act, 1999

    Certificate of Registration of Trade Mark
    Sealed at my direction, this 05th day of June, 2024
    """)
OTHER = rows_of("""
    !TRADEMARK REGISTRATION CERTIFICATE

    (111) 123456
    (151) 01.02.2020
    (732) Owner: SAMPLE LLC
    (511) Class 25
    """)
SAUDI = rows_of("""
    Saudi Authority for Intellectual Property
    TM-01-00-12345-25
    """)
HONG_KONG = rows_of("""
    !CERTIFICATE OF REGISTRATION

    Trade Marks Ordinance (Cap. 559)
    registered under No. 304567890 in Class 25
    Registrar of Trade Marks
    """)
VIETNAM = rows_of("""
    !GIẤY CHUNG NHẬN ĐĂNG KY NHAN HIEU

    Số: 301234
    Tên, địa chỉ Chủ Giấy chứng nhận: TESTRIVER JSC
    Nhóm 25: Quần áo
    """)

LOOK_ALIKES = {
    "a Benelux application": rows_of("""
        BENELUX OFFICE FOR INTELLECTUAL PROPERTY
        !TRADEMARK APPLICATION

        Application number
        1412345
        Filing date (date and time)
        20-06-2022
        Goods & Services
        Fees (financial statement)
        """),
    "a trade name": rows_of("""
        !STATE OF COLORADO

        TRADE NAME REGISTRATION
        REGISTRATION NUMBER: L 12-34567
        DATE REGISTERED: 02/01/02
        OWNER 1: SAMPLE FOUNDATION
        INDUSTRY CLASS: STORES
        """),
    "a licence agreement": rows_of("""
        !TRADEMARK LICENSE AGREEMENT

        The Licensor is the owner of the registered trademark
        Reg. No. 5,123,456
        Principal Register, Int. Cl.: 25, United States Patent and Trademark Office
        """),
    "a patent": rows_of("""
        !United States Patent

        Patent No. US 9,123,456
        United States Patent and Trademark Office
        Reg. No. 1,234
        Int. Cl. G06F
        Principal Register
        """),
    "a copyright": rows_of("""
        !CERTIFICATE OF REGISTRATION

        This Certificate issued under the seal of the Copyright Office
        TX 1-234
        """),
    "an ISO certificate": rows_of("""
        !CERTIFICATE OF REGISTRATION

        Quality Management System ISO 9001:2015
        Certificate No. 1234
        """),
    "a community design": rows_of("""
        !CERTIFICATE OF REGISTRATION

        European Union Intellectual Property Office
        Registered Community design
        """),
    "an office action": rows_of("""
        !United States Patent and Trademark Office

        NON-FINAL OFFICE ACTION
        Serial No. 88123456
        Mark: SAMPLE
        Principal Register, Reg. No. 1,234,567, Int. Cl. 25 cited
        """),
    "a provisional refusal": rows_of("""
        !International Bureau of the World Intellectual Property Organization

        Notification of provisional refusal
        Madrid Protocol
        International Register
        """),
    "an Indian application": rows_of("""
        !Trade Marks Registry

        Government of India
        Form TM-A
        Trade Marks Act, 1999
        """),
}


def told(rows: Sequence[Row]) -> str:
    record = PageRecord(file="a.jpg", page=1, width=1000, height=1400, turned=0)
    source = Source(file="a.jpg", sha256="0" * 64, content=b"", media_type="image/jpeg")
    read = ReadSource(source=source, pages=(ReadPage(record=record, lines=tuple(page(rows))),), pages_total=1)
    return classify([read], DOCUMENT_TYPES)[0].type


@pytest.mark.parametrize(
    ("rows", "office"),
    [
        (USPTO, Office.USPTO), (EUIPO, Office.EUIPO), (UKIPO, Office.UKIPO), (WIPO, Office.WIPO), (TIPO, Office.TIPO),
        (BOIP, Office.BOIP), (OEPM, Office.OEPM), (IPINDIA, Office.IPINDIA), (OTHER, Office.OTHER),
        (SAUDI, Office.OTHER), (HONG_KONG, Office.OTHER), (VIETNAM, Office.OTHER),
    ],
)  # fmt: skip
def test_a_certificate_is_told_and_its_office_known(rows: Sequence[Row], office: Office) -> None:
    assert told(rows) == "trademark_certificate"
    assert office_of(certificate(page(rows))).office is office


@pytest.mark.parametrize("rows", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_a_look_alike_is_no_certificate(rows: Sequence[Row]) -> None:
    assert told(rows) != "trademark_certificate"


def test_every_office_of_the_contract_has_a_reader() -> None:
    assert {reader.office for reader in OFFICES} == set(Office)


def test_blackletter_may_be_misread() -> None:
    assert told(["!Anited States Patent and Trademark Office", *USPTO[1:]]) == "trademark_certificate"


@pytest.mark.parametrize("reader", OFFICES, ids=lambda reader: reader.office.value)
def test_an_empty_page_has_no_fields(reader: object) -> None:
    assert OFFICES
    assert reader.read(certificate([])).entities() == {}  # type: ignore[attr-defined]
