"""Certificates that are a sentence, and TIPO's: UKIPO, the Indian registry, Taiwan."""

from datetime import date

import pytest

from extractors.base import Office
from tests.extractors.offices.lines import Row, rows_of, values

UKIPO: list[Row] = [
    "CERTIFICATE OF REGISTRATION OF TRADE MARK",
    "Trade Marks Act 1994 of Great Britain and Northern Ireland",
    "I certify that the mark shown below has been registered under No. UK00003123456 effective as",
    "ofthe date 5 September 2015 and has been entered in the register on 27 November 2015",
    "",
    ((0.4, "!VELDRA"),),
    "",
    "The mark has been registered in respect of:",
    "Class 18: Bags; umbrellas.",
    "Class 25: Clothing.",
    "In the name of",
    "Testriver Trading Limited",
    "1 Sample Street",
    "Sampletown AB1 2CD",
    "Registrar",
]
EXTRACT: list[Row] = [
    "Intellectual Property Office",
    ((0.06, "Trade mark number"), (0.4, "UK00903123456")),
    ((0.06, "Status"), (0.4, "Registered")),
    ((0.06, "Mark text"), (0.4, "VELDRA")),
    ((0.06, "Filing date"), (0.3, "Date of entry in register"), (0.7, "Renewal date")),
    ((0.06, "05 September 2015"), (0.3, "27 November 2015"), (0.7, "05 September 2025")),
    "Goods and services",
    "Class 25",
    "Clothing; hats.",
    "Names and addresses",
    ((0.06, "Owner name"), (0.4, "Testriver Trading Limited")),
]
INDIA = rows_of("""
    Government of India, Trade Marks Registry, Trade Marks Act, 1999
    Certificate of Registration of Trade Mark, Section 23 (2), Rule 56 (1)
    Trade Mark No. 4123456 Date 11/03/2021 J. No. 1994
    Certified that Trade Mark / a representation is annexed hereto, has been registered in the name(s) of :-
    ASHA SAMPLE TRADING LLP, 73, Sample Nagar, Jaipur, Rajasthan 302000, PARTNERSHIP FIRM
    In Class 25 Under No. 4123456 as ofthe date 11 March 2021 in respect of
    Clothing, footwear, headwear.

    Sealed at my direction, this 18th day of August , 2021
    """)
ANNEXED: list[Row] = [
    "Trade Marks Registry, Government Of India, Certificate of Registration of Trade Mark",
    "has been registered in the name(s) RAJ SAMPLE, #21, KACHA ROAD, SAMPLEPUR, INDIVIDUAL, (Single Firm)",
    (
        (0.06, "In Class"),
        (0.2, "9"),
        (0.3, "Under No."),
        (0.4, "5123456"),
        (0.5, "as of the date 26 June 2021 in respect of"),
    ),
    ((0.35, "Goods and service as annexed"),),
    "Sealed at my direction, this 05th day of June, 2024",
    ((0.1, "Class"), (0.45, "Goods Description")),
    "MICROSCOPE; FLASKS; THERMOMETER",
    "BEAKER",
    "",
    "",
    "",
    "",
    "note about renewals",
]
TAIWAN = [
    "中華民國商標註冊證",
    "註冊號數：02012345",
    "商標權人：試星國際股份有限公司",
    "名　　稱：VELDRA",
    "權利期間：自2021年5月1日起至2031年4月30日止",
    "類　　別：商標法施行細則第19條第025類",
    "商品或服務名稱：衣服；靴鞋；圍巾。",
    "經濟部智慧財產局局長",
    "中 華 民 國 110 年 5 月 1 日",
]


def test_ukipo() -> None:
    found = values(UKIPO)
    assert [(item.nice_class, item.text) for item in found.pop("goods")] == [
        (18, "Bags"),
        (18, "umbrellas"),
        (25, "Clothing"),
    ]
    assert found == {
        "office": Office.UKIPO,
        "registration_number": "UK00003123456",
        "mark_text": "VELDRA",
        "owner": "Testriver Trading Limited",
        "owner_address": "1 Sample Street, Sampletown AB1 2CD",
        "nice_classes": (18, 25),
        "filing_date": date(2015, 9, 5),
        "registration_date": date(2015, 11, 27),
    }


def test_an_extract_of_a_cloned_mark_with_labels_above_values() -> None:
    found = values(EXTRACT)
    assert [(item.nice_class, item.text) for item in found.pop("goods")] == [(25, "Clothing"), (25, "hats")]
    assert found == {
        "office": Office.UKIPO,
        "registration_number": "UK00903123456",
        "mark_text": "VELDRA",
        "owner": "Testriver Trading Limited",
        "nice_classes": (25,),
        "filing_date": date(2015, 9, 5),
        "registration_date": date(2015, 11, 27),
        "valid_to": date(2025, 9, 5),
    }


def test_india() -> None:
    found = values(INDIA)
    assert [(item.nice_class, item.text) for item in found.pop("goods")] == [
        (25, "Clothing"), (25, "footwear"), (25, "headwear"),
    ]  # fmt: skip
    assert found == {
        "office": Office.IPINDIA,
        "registration_number": "4123456",
        "owner": "ASHA SAMPLE TRADING LLP",
        "owner_address": "73, Sample Nagar, Jaipur, Rajasthan 302000",
        "nice_classes": (25,),
        "registration_date": date(2021, 3, 11),
    }


def test_india_with_annexed_goods() -> None:
    found = values(ANNEXED)
    assert [item.text for item in found["goods"]] == ["MICROSCOPE", "FLASKS", "THERMOMETER BEAKER"]
    assert (found["owner"], found["owner_address"]) == ("RAJ SAMPLE", "#21, KACHA ROAD, SAMPLEPUR")
    assert (found["registration_number"], found["nice_classes"]) == ("5123456", (9,))


def test_taiwan() -> None:
    found = values(TAIWAN)
    assert [(item.nice_class, item.text) for item in found.pop("goods")] == [(25, "衣服"), (25, "靴鞋"), (25, "圍巾")]
    assert found == {
        "office": Office.TIPO,
        "registration_number": "02012345",
        "mark_text": "VELDRA",
        "owner": "試星國際股份有限公司",
        "nice_classes": (25,),
        "registration_date": date(2021, 5, 1),
        "valid_from": date(2021, 5, 1),
        "valid_to": date(2031, 4, 30),
    }


def test_simplified_characters_of_the_reader_are_put_right_but_those_of_taiwan_kept() -> None:
    rows = [row.replace("試星國際", "试星國際台里") for row in TAIWAN]
    assert values(rows)["owner"] == "試星國際台里股份有限公司"


@pytest.mark.parametrize(
    ("term", "issued", "registered"),
    [
        pytest.param(
            "2001年5月1日起至2031年4月30日",
            "110 年 5 月 1 日",
            date(2021, 5, 1),
            id="misread start, day of issue agrees",
        ),
        pytest.param("2001年5月1日起至2031年4月30日", "10 年 5 月 1 日", date(2021, 5, 1), id="its year lost a figure"),
        pytest.param("2001年5月1日起至2031年4月30日", "111 年 5 月 1 日", None, id="day of issue disagrees"),
        pytest.param("2001年5月1日起至2031年4月30日", "110 年 6 月 1 日", None, id="another month"),
    ],
)
def test_a_term_that_is_not_ten_years_needs_the_day_of_issue(term: str, issued: str, registered: date | None) -> None:
    rows = [*TAIWAN[:4], f"權利期間：自{term}止", *TAIWAN[5:8], f"中 華 民 國 {issued}"]
    found = values(rows)
    assert found.get("registration_date") == registered
    assert "valid_from" not in found
    assert found["valid_to"] == date(2031, 4, 30)
