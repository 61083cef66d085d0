"""When a value that was read is what a person read."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractors.base import Goods, Money, Office
from extractors.comparison import YARDSTICK

LICENCE, CERTIFICATE = "business_licence", "trademark_certificate"
HALF_A_MILLION = Money(amount=Decimal(500_000), currency="CNY")
GOODS = (Goods(nice_class=25, text="服装"), Goods(nice_class=25, text="鞋"))


@pytest.mark.parametrize(
    ("name", "wanted", "value", "exact", "errors"),
    [
        pytest.param("company_name", "青禾（集团）有限公司", "青禾(集团)有限公司", True, 0, id="brackets"),
        pytest.param("company_name", "青禾有限公司", "青禾限公司", False, 1, id="one character lost"),
        pytest.param("address", "粤海路1号，2室", "粵海路1号,2室", True, 0, id="comma and variant"),
        pytest.param("establishment_date", "2020-01-02", date(2020, 1, 2), True, 0, id="date"),
        pytest.param("establishment_date", "2020-01-02", date(2020, 1, 3), False, 1, id="another date"),
        pytest.param("valid_to", "long_term", "long_term", True, 0, id="open end"),
        pytest.param("registered_capital", {"amount": 500000, "currency": "CNY"}, HALF_A_MILLION, True, 0, id="money"),
        pytest.param("registered_capital_printed", "伍拾万元整", HALF_A_MILLION, True, 0, id="money as printed"),
        pytest.param("registered_capital_printed", "伍佰万元整", HALF_A_MILLION, False, 1, id="a zero lost"),
        pytest.param("business_scope_prefix", "服装批发", "服装批发；鞋帽零售", True, 0, id="beginning"),
        pytest.param("business_scope_prefix", "服装批发", "衣装批发；鞋帽零售", False, 1, id="beginning misread"),
        pytest.param("nice_classes", [25, 18], (18, 25), True, 0, id="order is no matter"),
        pytest.param("nice_classes", [18], (18, 25), False, 3, id="one class too many"),
        pytest.param("goods", [{"class": 25, "text": "服装"}, {"class": 25, "text": "鞋"}], GOODS, True, 0, id="goods"),
        pytest.param("goods", [{"class": 25, "text": "服装鞋"}], GOODS, False, 4, id="goods not parted"),
        pytest.param("goods_prefix", "服装；鞋", GOODS, True, 0, id="goods as printed"),
        pytest.param("office", "CNIPA", Office.CNIPA, True, 0, id="one of a list"),
        pytest.param("sealed", True, False, False, 4, id="yes and no"),
        pytest.param("mark", "ROTBACH", ("ROTBACH",), True, 0, id="one of one"),
        pytest.param("office", "SOMEWHERE", Office.OTHER, True, 0, id="an office that the contract does not name"),
        pytest.param("office", "SOMEWHERE", Office.CNIPA, False, 5, id="another office"),
        pytest.param("mark", "ROTBACH (Reg. No. 7)", ("ROTBACH",), True, 0, id="remark behind a mark"),
        pytest.param("valid_to", "perpetual", "long_term", True, 0, id="for ever"),
        pytest.param("valid_from", "2021-03", date(2021, 3, 9), True, 0, id="a month alone"),
        pytest.param("valid_from", "2021-03", date(2021, 4, 9), False, 1, id="another month"),
        pytest.param("company_name", "青禾", None, False, 2, id="not read"),
    ],
)  # fmt: skip
def test_values(name: str, wanted: Any, value: Any, exact: bool, errors: int) -> None:
    compared = YARDSTICK.compare(name, wanted, value)
    assert (compared.exact, compared.errors) == (exact, errors)
    assert compared.characters >= 1


def test_names_of_labels_lead_to_fields() -> None:
    assert YARDSTICK.field_of(LICENCE, "business_scope_prefix", "x") == "business_scope"
    assert YARDSTICK.field_of(LICENCE, "registered_capital_printed", "x") == "registered_capital"
    assert YARDSTICK.field_of(LICENCE, "copy", "duplicate") == "copy"
    assert YARDSTICK.field_of(LICENCE, "motto", "x") is None
    assert YARDSTICK.field_of("other", "company_name", "x") is None
    assert YARDSTICK.field_of(CERTIFICATE, "valid_to", "1444-01-02 (Hijri)") is None


@pytest.mark.parametrize(
    ("kind", "name", "wanted", "wrong"),
    [
        pytest.param(LICENCE, "establishment_date", "2020年1月2日", True, id="date as printed"),
        pytest.param(LICENCE, "establishment_date", "2020-01-02", False, id="date"),
        pytest.param(LICENCE, "valid_to", "long_term", False, id="open end"),
        pytest.param(LICENCE, "valid_to", "长期", True, id="open end as printed"),
        pytest.param(LICENCE, "valid_from", "2021-03", False, id="a month alone"),
        pytest.param(LICENCE, "valid_to", "perpetual", False, id="for ever"),
        pytest.param(LICENCE, "registered_capital", {"amount": 5, "currency": "CNY"}, False, id="money"),
        pytest.param(LICENCE, "registered_capital", "5万", True, id="money as printed"),
        pytest.param(LICENCE, "registered_capital_printed", "5万元", False, id="a field that is printed"),
        pytest.param(CERTIFICATE, "nice_classes", [25], False, id="classes"),
        pytest.param(CERTIFICATE, "nice_classes", "25", True, id="classes as text"),
        pytest.param(CERTIFICATE, "goods", [{"class": 25, "text": "鞋"}], False, id="goods"),
        pytest.param(CERTIFICATE, "office", "SOMEWHERE", False, id="an office that the contract does not name"),
        pytest.param(LICENCE, "copy", "third", True, id="none of a closed list"),
        pytest.param(LICENCE, "motto", 7, False, id="no field"),
    ],
)
def test_labels_must_be_in_the_normal_form(kind: str, name: str, wanted: Any, wrong: bool) -> None:
    assert (YARDSTICK.problem_with(kind, name, wanted) is not None) == wrong
