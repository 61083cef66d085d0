"""Fields by INID codes, bare and in brackets, and by labels: EUIPO, WIPO, OEPM, BOIP and offices without a reader."""

from datetime import date

import pytest

from extractors.base import Office
from extractors.offices import read
from tests.extractors.offices.lines import Row, certificate, page, rows_of, values
from tests.extractors.paper import line

EUIPO: list[Row] = [
    "European Union Intellectual Property Office",
    "This Certificate of Registration is hereby issued for the European Union trade mark",
    ((0.06, "Registered / Eingetragen 01/04/2020"), (0.6, "No 018 123 456")),
    ((0.06, "210"), (0.2, "018123456")),
    ((0.06, "220"), (0.2, "11/09/2019")),
    ((0.06, "541"), (0.2, "VELDRA")),
    ((0.06, "732"), (0.2, "Testriver Trading")),
    ((0.2, "GmbH"),),
    ((0.2, "Musterstraße 1"),),
    ((0.2, "12345 Musterstadt"),),
    ((0.2, "DE"),),
    ((0.06, "740"), (0.2, "SAMPLE LAW S.L.")),
    ((0.06, "511"), (0.2, "DE - 25")),
    ((0.2, "Bekleidung; Hüte."),),
    ((0.2, "EN - 25"),),
    ((0.2, "Clothing; hats."),),
    ((0.2, "ES - 25"),),
    ((0.2, "Ropa; sombreros."),),
    ((0.06, "151"), (0.2, "01/04/2020")),
    ((0.06, "186"), (0.2, "11/09/2029")),
]
WIPO: list[Row] = [
    "CERTIFICATE OF REGISTRATION",
    "The International Bureau of the World Intellectual Property Organization (WIPO)",
    "International Register of Marks, Madrid Agreement and Protocol",
    ((0.06, "111"), (0.2, "1 512 345")),
    ((0.06, "151"), (0.2, "March 12, 2020")),
    ((0.06, "180"), (0.2, "March 12, 2030")),
    ((0.06, "732"), (0.2, "Testriver AG")),
    ((0.2, "Musterweg 1"),),
    ((0.2, "CH-1234 Muster"),),
    ((0.06, "540"), (0.2, "VELDRA")),
    ((0.06, "511"), (0.2, "NCL(11-2020)")),
    ((0.2, "18 Bags; umbrellas."),),
    ((0.2, "25 Clothing."),),
    ((0.06, "822"), (0.2, "CH, 12.01.2020, 712345")),
    ((0.06, "832"), (0.2, "AU - CN - US")),
    ((0.06, "527"), (0.2, "US")),
]
BOIP: list[Row] = [
    "BOIP",
    "Benelux Office for Intellectual Property",
    ((0.06, "Registration number"), (0.5, "1512345")),
    ((0.06, "Number, date and time of filing"), (0.5, "1512345, 21-11-2024, 10:28")),
    ((0.06, "Expiration date"), (0.5, "21-11-2034")),
    ((0.06, "Registration date"), (0.5, "31-01-2025")),
    ((0.06, "Publication date of the registration"), (0.5, "01-02-2025")),
    ((0.06, "Trademark"),),
    "",
    ((0.5, "!VELDRA"),),
    "",
    ((0.06, "Mark type"), (0.5, "Word mark")),
    "Class numbers and list of goods and services",
    "Cl 09 Software; chargers.",
    ((0.06, "Class numbers"), (0.5, "09")),
    ((0.06, "Name and address of the holder"), (0.5, "Testriver B.V.")),
    ((0.5, "Voorbeeldstraat 1"),),
    ((0.5, "1234 AB Voorbeeld"),),
    ((0.06, "Place and date"), (0.5, "the Hague 31-01-2025")),
]
OEPM = rows_of("""
    OFICINA ESPAÑOLA DE PATENTES Y MARCAS
    TÍTULO DE REGISTRO DE MARCA
    Ley 17/2001, de 7 de diciembre
    Número de registro: M 3.612.345
    Fecha de solicitud: 12/03/2016
    Fecha de concesión: 2 de agosto de 2016
    Titular: Muestra Comercial S.L.
    Denominación: VELDRA
    Productos y servicios
    Clase 25: Prendas de vestir; calzado.
    """)
OTHER: list[Row] = [
    "TRADEMARK REGISTRATION CERTIFICATE",
    ((0.06, "(111) 123456"), (0.55, "(732) Owner: Testriver LLC")),
    ((0.06, "(151) 01.02.2020"), (0.6, "1 Sample Street")),
    ((0.06, "(180) 01.02.2030"), (0.6, "1234 Sampletown")),
    ((0.06, "(210) 2019/4567 (220) 03.04.2019"), (0.55, "(740) SAMPLE LAW FIRM")),
    "(540) VELDRA",
    "(511) Class 25: Clothing; hats.",
]


def goods_of(found: dict[str, object]) -> list[tuple[int | None, str]]:
    return [(item.nice_class, item.text) for item in found.pop("goods")]  # type: ignore[attr-defined]


def test_euipo() -> None:
    found = values(EUIPO)
    assert goods_of(found) == [(25, "Clothing"), (25, "hats")]
    assert found == {
        "office": Office.EUIPO,
        "registration_number": "018123456",
        "application_number": "018123456",
        "mark_text": "VELDRA",
        "owner": "Testriver Trading GmbH",
        "owner_address": "Musterstraße 1, 12345 Musterstadt, DE",
        "nice_classes": (25,),
        "filing_date": date(2019, 9, 11),
        "registration_date": date(2020, 4, 1),
        "valid_to": date(2029, 9, 11),
    }


def test_an_expiry_that_is_not_printed_is_not_computed() -> None:
    assert "valid_to" not in values(EUIPO[:-1])


def test_wipo_with_several_classes_and_designations() -> None:
    found = values(WIPO)
    assert goods_of(found) == [(18, "Bags"), (18, "umbrellas"), (25, "Clothing")]
    assert found == {
        "office": Office.WIPO,
        "registration_number": "1512345",
        "mark_text": "VELDRA",
        "owner": "Testriver AG",
        "owner_address": "Musterweg 1, CH-1234 Muster",
        "nice_classes": (18, 25),
        "registration_date": date(2020, 3, 12),
        "valid_to": date(2030, 3, 12),
        "designations": ("AU", "CN", "US"),
    }


def test_boip() -> None:
    found = values(BOIP)
    assert goods_of(found) == [(9, "Software"), (9, "chargers")]
    assert found == {
        "office": Office.BOIP,
        "registration_number": "1512345",
        "application_number": "1512345",
        "mark_text": "VELDRA",
        "owner": "Testriver B.V.",
        "owner_address": "Voorbeeldstraat 1, 1234 AB Voorbeeld",
        "nice_classes": (9,),
        "filing_date": date(2024, 11, 21),
        "registration_date": date(2025, 1, 31),
        "valid_to": date(2034, 11, 21),
    }


def test_oepm() -> None:
    found = values(OEPM)
    assert goods_of(found) == [(25, "Prendas de vestir"), (25, "calzado")]
    assert found == {
        "office": Office.OEPM,
        "registration_number": "M3612345",
        "mark_text": "VELDRA",
        "owner": "Muestra Comercial S.L.",
        "nice_classes": (25,),
        "filing_date": date(2016, 3, 12),
        "registration_date": date(2016, 8, 2),
    }


def test_codes_in_brackets_side_by_side() -> None:
    found = values(OTHER)
    assert goods_of(found) == [(25, "Clothing"), (25, "hats")]
    assert found == {
        "office": Office.OTHER,
        "registration_number": "123456",
        "application_number": "20194567",
        "mark_text": "VELDRA",
        "owner": "Testriver LLC",
        "owner_address": "1 Sample Street, 1234 Sampletown",
        "nice_classes": (25,),
        "filing_date": date(2019, 4, 3),
        "registration_date": date(2020, 2, 1),
        "valid_to": date(2030, 2, 1),
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            """
            Urkunde über die Eintragung der Marke
            Registernummer: 302020123456
            Anmeldetag: 03.04.2020
            Tag der Eintragung: 05.06.2020
            Inhaber: Testfluss GmbH
            Klasse 25: Bekleidungsstücke
            """,
            {
                "registration_number": "302020123456",
                "filing_date": date(2020, 4, 3),
                "registration_date": date(2020, 6, 5),
                "owner": "Testfluss GmbH",
                "nice_classes": (25,),
            },
            id="German",
        ),
        pytest.param(
            """
            Certificat d'enregistrement de marque
            Numéro d'enregistrement : 204567891
            Date de dépôt : 3 avril 2020
            Titulaire : Rivière d'Essai SARL
            Classe 25 : Vêtements ; chapeaux
            """,
            {
                "registration_number": "204567891",
                "filing_date": date(2020, 4, 3),
                "owner": "Rivière d'Essai SARL",
                "nice_classes": (25,),
            },
            id="French",
        ),
        pytest.param(
            """
            GIẤY CHUNG NHẬN ĐĂNG KY NHAN HIEU
            Số: 301234
            Tên, địa chỉ Chủ Giấy chứng nhận: TESTRIVER JSC
            Số đơn: 4-2015-12345
            Ngày nộp đơn: 12/05/2015
            Cấp theo Quyết định số: 12345/QD-SHTT, ngày: 12/12/2016
            Nhóm 25: Quần áo; giày dép
            """,
            {
                "registration_number": "301234",
                "application_number": "4201512345",
                "filing_date": date(2015, 5, 12),
                "registration_date": date(2016, 12, 12),
                "owner": "TESTRIVER JSC",
                "nice_classes": (25,),
            },
            id="Vietnamese, accents half lost",
        ),
        pytest.param(
            """
            CERTIFICATE OF REGISTRATION
            Trade Marks Ordinance (Cap. 559)
            the mark has been registered under No. 304567890 in the name of
            Testriver Limited
            1 Sample Road, Hong Kong
            in respect of
            Class 25: Clothing; hats
            Date of registration: 3 April 2020
            Registrar of Trade Marks
            """,
            {
                "registration_number": "304567890",
                "registration_date": date(2020, 4, 3),
                "owner": "Testriver Limited",
                "owner_address": "1 Sample Road, Hong Kong",
                "nice_classes": (25,),
            },
            id="Hong Kong",
        ),
    ],
)
def test_labels_of_other_languages(rows: str, expected: dict[str, object]) -> None:
    found = values(rows_of(rows))
    assert {name: found.get(name) for name in expected} == expected


def test_saudi_days_of_the_islamic_calendar_stay_absent() -> None:
    rows: list[Row] = [
        "Saudi Authority for Intellectual Property",
        ((0.2, "1456-09-13"), (0.5, "1446-12-26"), (0.7, "TM-01-00-12345-25")),
        ((0.2, "25"), (0.7, "2023-1)")),
    ]
    assert values(rows) == {
        "office": Office.OTHER,
        "registration_number": "TM-01-00-12345-25",
        "nice_classes": (25,),
    }


def test_a_letter_higher_than_the_word_beside_it_is_a_device() -> None:
    rows: list[Row] = [row for row in BOIP if row != ((0.5, "!VELDRA"),)]
    lines = [
        *page(rows),
        line("VELDRA", 0.55, 0.29, height=0.045),
        line("V", 0.47, 0.28, height=0.065),
    ]
    mark = read(certificate(lines)).mark_text
    assert mark is not None
    assert mark.value == "VELDRA"
