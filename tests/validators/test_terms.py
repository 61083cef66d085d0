"""Months are counted as laws do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.terms import months_after


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 5, 24), 6, date(2026, 11, 24)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_end_on_the_same_day(day: date, months: int, end: date) -> None:
    assert months_after(day, months) == end


@given(st.dates(), st.integers(0, 1200))
def test_a_longer_term_never_ends_earlier(day: date, months: int) -> None:
    assert day <= months_after(day, months) <= months_after(day, months + 1)
    assert months_after(day, months) - day <= timedelta(days=31 * months)
