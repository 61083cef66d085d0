"""Certificates of the USPTO: labels in a margin or text in two columns, principal or supplemental register."""

from datetime import date

import pytest

from extractors.base import Office
from extractors.trademark_fields import Register
from tests.extractors.offices.lines import Row, rows_of, values

HEAD: list[Row] = [
    "!United States of America",
    "",
    "",
    "United States Patent and Trademark Office",
    "",
    ((0.4, "!VELDRA"),),
    "",
]
MARGIN: list[Row] = [
    *HEAD,
    ((0.06, "Reg. No. 5,123,456"), (0.4, "Testriver Trading, Inc. (DELAWARE CORPORATION)")),
    ((0.4, "1 Sample Street"),),
    ((0.06, "Registered Dec. 17, 2019"), (0.4, "Sampletown, DELAWARE 12345")),
    ((0.4, "CLASS 18: Bags; umbrellas"),),
    ((0.06, "Int. Cl.: 18, 25"), (0.4, "FIRST USE 1-8-2018; IN COMMERCE 8-1-2018")),
    ((0.4, "CLASS 25: Clothing, namely, shirts, hats"),),
    ((0.06, "Trademark"), (0.4, "FIRST USE 1-8-2018; IN COMMERCE 8-1-2018")),
    ((0.06, "Principal Register"), (0.4, "THE MARK CONSISTS OF STANDARD CHARACTERS")),
    ((0.4, "SER. NO. 88-123,456, FILED 11-19-2018"),),
]
COLUMNS: list[Row] = [
    "Int. Cl.: 25",
    ((0.06, "United States Patent and Trademark Office"), (0.7, "Reg. No. 3,123,456")),
    ((0.7, "Registered Aug. 1, 2006"),),
    ((0.4, "TRADEMARK"),),
    ((0.4, "SUPPLEMENTAL REGISTER"),),
    "",
    ((0.4, "!VELDRA"),),
    "",
    ((0.06, "TESTRIVER TRADING LLC (OHIO"), (0.55, "FIRST USE 1-1-2004; IN COMMERCE 1-1-2004.")),
    ((0.06, "LIMITED LIABILITY COMPANY)"), (0.55, "SER. NO. 76-123,456, FILED 1-2-2005.")),
    ((0.06, "1 SAMPLE STREET"), (0.55, "JANE SAMPLE, EXAMINING ATTORNEY")),
    "SAMPLETOWN, OH 12345",
    "FOR: SHIRTS AND HATS, IN CLASS 25",
    "(U.S. CLS. 22 AND 39).",
]


def test_labels_in_a_margin() -> None:
    found = values(MARGIN)
    assert [(item.nice_class, item.text) for item in found.pop("goods")] == [
        (18, "Bags"),
        (18, "umbrellas"),
        (25, "Clothing, namely, shirts, hats"),
    ]
    assert found == {
        "office": Office.USPTO,
        "registration_number": "5123456",
        "application_number": "88123456",
        "mark_text": "VELDRA",
        "owner": "Testriver Trading, Inc.",
        "owner_address": "1 Sample Street, Sampletown, DELAWARE 12345",
        "nice_classes": (18, 25),
        "filing_date": date(2018, 11, 19),
        "registration_date": date(2019, 12, 17),
        "register": Register.PRINCIPAL,
    }


def test_text_in_two_columns() -> None:
    found = values(COLUMNS)
    assert [(item.nice_class, item.text) for item in found.pop("goods")] == [(25, "SHIRTS AND HATS")]
    assert found == {
        "office": Office.USPTO,
        "registration_number": "3123456",
        "application_number": "76123456",
        "mark_text": "VELDRA",
        "owner": "TESTRIVER TRADING LLC",
        "owner_address": "1 SAMPLE STREET, SAMPLETOWN, OH 12345",
        "nice_classes": (25,),
        "filing_date": date(2005, 1, 2),
        "registration_date": date(2006, 8, 1),
        "register": Register.SUPPLEMENTAL,
    }


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("Shenzhen Testriver Co., Ltd. (CHINA LIMITED COMPANY (LTD.))", "Shenzhen Testriver Co., Ltd."),
        ("Doe, Jane Sample (UNITED STATES INDIVIDUAL)", "Doe, Jane Sample"),
        ("Testriver GmbH (GERMANY GESELLSCHAFT)", "Testriver GmbH"),
        ("Testriver Trading, Inc.", None),
    ],
)
def test_the_owner_stands_before_what_it_is(owner: str, name: str | None) -> None:
    rows = [tuple((left, owner if "(DEL" in text else text) for left, text in row) if isinstance(row, tuple) else row
            for row in MARGIN]  # fmt: skip
    assert values(rows).get("owner") == name


def test_figures_beside_a_label_are_none_of_its_value() -> None:
    rows: list[Row] = [
        *MARGIN[: len(HEAD)],
        ((0.06, "Reg. No. 5,123,456"), (0.4, "Testriver Trading, Inc. (DELAWARE CORPORATION)")),
        ((0.06, "Registered Dec. 17, 2019"), (0.4, "3 Sample Street")),
        ((0.06, "Int. Cl.: 25"), (0.4, "12 SAMPLETOWN")),
        ((0.06, "Trademark"), (0.4, "CLASS 25: Clothing (for any COMPANY)")),
        ((0.06, "Principal Register"), (0.4, "FIRST USE 1-8-2018; IN COMMERCE 8-1-2018")),
    ]
    found = values(rows)
    assert (found["nice_classes"], found["registration_number"]) == ((25,), "5123456")
    assert found["owner"] == "Testriver Trading, Inc."
    unnamed = [row for row in rows if "DELAWARE" not in str(row)] + [((0.06, "Reg. No. 5,123,456"), (0.4, "Testriver"))]
    assert "owner" not in values(unnamed)


def test_no_term_is_computed() -> None:
    assert not {"valid_from", "valid_to"} & values(MARGIN).keys()


def test_a_number_that_breaks_its_form_is_absent() -> None:
    broken = [tuple((left, text.replace("5,123,456", "5,123")) for left, text in row) if isinstance(row, tuple) else row
              for row in MARGIN]  # fmt: skip
    assert "registration_number" not in values(broken)


def test_nothing_of_it_is_read_from_an_unrelated_page() -> None:
    assert "owner" not in values(rows_of("United States Patent and Trademark Office\nReg. No. none"))
