"""Values are printed as registrars print them."""

from datetime import date

import pytest

from samples.generate import printed
from samples.generate.facts import LONG_TERM, Term, ten_years_from


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(date(2011, 6, 15), "二〇一一年六月十五日", id="tens"),
        pytest.param(date(2010, 10, 20), "二〇一〇年十月二十日", id="round tens"),
        pytest.param(date(2012, 12, 31), "二〇一二年十二月三十一日", id="over thirty"),
        pytest.param(date(2009, 1, 1), "二〇〇九年一月一日", id="ones"),
    ],
)
def test_dates_in_numerals(value: date, text: str) -> None:
    assert printed.day_in_numerals(value) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        pytest.param((date(2019, 6, 1), date(2024, 5, 31)), "2019年06月01日至2024年05月31日", id="both ends"),
        pytest.param((date(2019, 6, 1), LONG_TERM), "2019年06月01日至长期", id="open end"),
        pytest.param((None, LONG_TERM), "长期", id="no start"),
    ],
)
def test_terms(period: tuple[date | None, Term], text: str) -> None:
    assert printed.term(period) == text


def test_a_registration_lasts_ten_years_less_a_day() -> None:
    assert ten_years_from(date(2018, 2, 14)) == date(2028, 2, 13)
