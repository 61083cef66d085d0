"""Values as people read them."""

import pytest
from pydantic import JsonValue

from pipeline.report.values import in_words, percent


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        pytest.param("深圳", "深圳", "深圳", id="text"),
        pytest.param("long_term", "long-term", "长期", id="id of the contract"),
        pytest.param([25, 35], "25, 35", "25，35", id="list"),
        pytest.param(True, "yes", "是", id="truth"),
        pytest.param({"amount": 1000000, "currency": "CNY"}, "CNY 1,000,000", "CNY 1,000,000", id="money"),
        pytest.param(
            [{"class": 25, "text": "帽"}, {"class": 25, "text": "鞋"}, {"text": "伞"}],
            "[25] 帽；鞋；伞", "[25] 帽；鞋；伞", id="goods",
        ),
        pytest.param([], "", "", id="nothing"),
        pytest.param({"unit_price": 3}, "unit price 3", "unit price 3", id="anything else"),
    ],
)  # fmt: skip
def test_values_in_words(value: JsonValue, english: str, chinese: str) -> None:
    assert in_words(value, "en") == english
    assert in_words(value, "zh") == chinese


@pytest.mark.parametrize(
    ("confidence", "words"), [(1, "100%"), (0.9999, "99.9%"), (0.99, "99%"), (0.985, "98%"), (0.0, "0%")]
)
def test_only_certainty_is_a_hundred_percent(confidence: float, words: str) -> None:
    assert percent(confidence) == words
