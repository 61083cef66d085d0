"""What a reviewer types becomes what the contract says the field holds."""

import pytest
from pydantic import JsonValue

from extractors.facts import FIELDS
from extractors.typed import fields_of, read_typed
from pipeline.errors import UsageError
from pipeline.review.values import as_typed


@pytest.mark.parametrize(
    ("kind", "entity", "typed", "value"),
    [
        pytest.param("business_licence", "company_name", " 星河公司 ", "星河公司", id="text"),
        pytest.param(
            "business_licence", "unified_social_credit_code", "9135 0297mayg6y7x3p", "91350297MAYG6Y7X3P", id="code"
        ),
        pytest.param("business_licence", "issue_date", "2026年1月3日", "2026-01-03", id="date as printed"),
        pytest.param("business_licence", "valid_to", "长期", "long_term", id="no end"),
        pytest.param("business_licence", "valid_to", "2030-01-31", "2030-01-31", id="term"),
        pytest.param(
            "business_licence",
            "registered_capital",
            "人民币壹佰万元整",
            {"amount": 1000000, "currency": "CNY"},
            id="money as printed",
        ),
        pytest.param(
            "business_licence", "registered_capital", "1,000.5 usd", {"amount": 1000.5, "currency": "USD"}, id="money"
        ),
        pytest.param("business_licence", "copy", "duplicate", "duplicate", id="one of a few, by the contract's name"),
        pytest.param("trademark_certificate", "nice_classes", "18, 25", [18, 25], id="numbers"),
        pytest.param(
            "trademark_certificate",
            "goods",
            "25: shirts, hats\nbags",
            [{"class": 25, "text": "shirts, hats"}, {"text": "bags"}],
            id="goods",
        ),
        pytest.param(
            "authorization_letter",
            "platforms",
            "AliExpress\nTaobao, Tmall",
            ["AliExpress", "Taobao, Tmall"],
            id="one to a line",
        ),
        pytest.param("authorization_letter", "sealed", "是", True, id="yes"),
        pytest.param("authorization_letter", "trademark_numbers", "12 34\n56g", ["1234", "56G"], id="codes"),
    ],
)
def test_value(kind: str, entity: str, typed: str, value: JsonValue) -> None:
    assert read_typed(kind, entity, typed) == value
    assert read_typed(kind, entity, as_typed(value)) == value


@pytest.mark.parametrize(
    ("kind", "entity", "typed", "expected"),
    [
        pytest.param("business_licence", "issue_date", "2026-02-30", "a date", id="no day"),
        pytest.param("business_licence", "valid_to", "soon", "long_term", id="no term"),
        pytest.param("business_licence", "copy", "copy", "original, duplicate", id="none of the few"),
        pytest.param("business_licence", "registered_capital", "much", "100 CNY", id="no money"),
        pytest.param("trademark_certificate", "nice_classes", "twelve", "whole number", id="no number"),
        pytest.param("trademark_certificate", "goods", "99: shirts", "what this field holds", id="no such class"),
        pytest.param("authorization_letter", "sealed", "perhaps", "yes or no", id="neither"),
        pytest.param("business_licence", "issue_date", "  ", "write what stands", id="nothing"),
        pytest.param("business_licence", "mark_text", "X", "no field", id="another paper's"),
        pytest.param("other", "mark_text", "X", "no field", id="no paper"),
    ],
)
def test_what_is_no_value_is_refused(kind: str, entity: str, typed: str, expected: str) -> None:
    with pytest.raises(UsageError, match=expected):
        read_typed(kind, entity, typed)


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_can_be_typed(kind: str) -> None:
    for entity in fields_of(kind):
        with pytest.raises(UsageError, match="write what stands"):
            read_typed(kind, entity, "")
