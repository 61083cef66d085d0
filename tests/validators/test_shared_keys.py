"""What the rules take for the same, dossiers on record find each other by: or a blocker would be missed."""

from datetime import date

import pytest

from extractors.base import Office
from pipeline.records import MarkOnRecord, OnRecord
from pipeline.register import keys_of
from pipeline.verdict import Decision
from validators.equality import same_company, same_mark
from validators.identifiers import same_trademark_number


def entry(**said: object) -> OnRecord:
    return OnRecord.model_validate(
        {"dossier_id": "ash", "as_of": date(2026, 11, 24), "decision": Decision.APPROVED, **said}
    )


def share_a_key(one: OnRecord, other: OnRecord) -> bool:
    return bool(keys_of(one).keys() & keys_of(other).keys())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LEVI'S", "Levi’s®"),
        ("星河", "星 河"),
        ("萬福", "万福"),
        ("ＳＵＮ", "sun™"),
        ("[X]", "〔X〕"),
        ("A–B", "A-B"),
    ],
)
def test_marks(one: str, other: str) -> None:
    assert same_mark(one, other)
    assert share_a_key(entry(marks=[MarkOnRecord(text=one)]), entry(marks=[MarkOnRecord(text=other)]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Star River Company Limited", "STAR RIVER CO., LTD."),
        ("深圳市星河(国际)貿易有限公司", "深圳市星河（国际）贸易有限公司"),
    ],
)
def test_companies(one: str, other: str) -> None:
    assert same_company(one, other)
    assert share_a_key(entry(company_name=one), entry(company_name=other))


@pytest.mark.parametrize(
    ("one", "other", "office"),
    [
        ("12345678", "12,345,678", Office.CNIPA),
        ("0001234", "1234", None),
        ("UK00003456789", "3456789", Office.UKIPO),
        ("No. 12345678", "１２３４５６７８", Office.CNIPA),
    ],
)
def test_numbers_of_marks(one: str, other: str, office: Office | None) -> None:
    assert same_trademark_number(one, other, office)
    assert share_a_key(entry(marks=[MarkOnRecord(number=one)]), entry(marks=[MarkOnRecord(number=other)]))


def test_what_is_another_shares_none() -> None:
    mine = entry(company_name="甲公司", company_code="A", marks=[MarkOnRecord(text="SUN", number="12345678")])
    other = entry(company_name="乙公司", company_code="B", marks=[MarkOnRecord(text="MOON", number="87654321")])
    assert not share_a_key(mine, other)
