"""Days and terms of letters: what is a day, how long a term is, and when it ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.letters.dates import Length, end_of, find_days, find_length

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年1月5日", date(2026, 1, 5)),
        ("二〇二五年五月廿九日", date(2025, 5, 29)),
        ("2026-01-05", date(2026, 1, 5)),
        ("2026.01.05", date(2026, 1, 5)),
        ("March 5, 2025", date(2025, 3, 5)),
        ("March 5th, 2025", date(2025, 3, 5)),
        ("5 March 2025", date(2025, 3, 5)),
        ("this 5th day of March, 2025", date(2025, 3, 5)),
        ("05-Mar-2025", date(2025, 3, 5)),
        ("Sept. 3, 2024", date(2024, 9, 3)),
        ("03.02.2026", date(2026, 2, 3)),
        ("25/02/2026", date(2026, 2, 25)),
        ("02/25/2026", date(2026, 2, 25)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert [found.value for found in find_days(text)] == [day]


@pytest.mark.parametrize(
    "text", ["February 30, 2025", "2026年13月1日", "Foober 5, 2025", "May 2023", "2023-05", "1/2026"]
)
def test_what_is_no_day(text: str) -> None:
    assert find_days(text) == []


@pytest.mark.parametrize(
    ("day_first", "days"), [(None, []), (True, [date(2023, 5, 3)]), (False, [date(2023, 3, 5)])], ids=str
)
def test_a_day_that_could_be_two_is_told_by_the_country_alone(day_first: bool | None, days: list[date]) -> None:
    assert [found.value for found in find_days("Date: 03/05/2023", day_first=day_first)] == days


def test_a_misread_month_is_in_doubt() -> None:
    (found,) = find_days("Maech 9, 2013")
    assert found.value == date(2013, 3, 9)
    assert found.sure < 0.8


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("三年", 36),
        ("有效期2年", 24),
        ("壹年", 12),
        ("两年", 24),
        ("18个月", 18),
        ("2(贰)年", 24),
        ("three (3) years", 36),
        ("a period of 18 months", 18),
        ("2-year", 24),
    ],
)
def test_lengths(text: str, months: int) -> None:
    assert find_length(text) == Length(months)


@pytest.mark.parametrize("text", ["2026年", "第三年", "二〇二六年", "1年或2年", "0年", "some years"])
def test_what_is_no_length(text: str) -> None:
    assert find_length(text) is None


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 1), 36, date(2028, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 14)),
    ],
)
def test_ends(start: date, months: int, end: date) -> None:
    assert end_of(start, Length(months)) == end


@given(DAYS.filter(lambda day: (day.month, day.day) != (2, 29)), st.integers(1, 30))
def test_a_term_ends_the_day_before_its_anniversary(start: date, years: int) -> None:
    assert end_of(start, Length(12 * years)) == start.replace(year=start.year + years) - timedelta(days=1)


@given(DAYS, st.integers(1, 60), st.integers(1, 60))
def test_longer_terms_end_later(start: date, one: int, more: int) -> None:
    short, long = end_of(start, Length(one)), end_of(start, Length(one + more))
    assert short is not None
    assert long is not None
    assert start <= short < long


@given(DAYS)
def test_days_are_read_as_they_are_written(day: date) -> None:
    texts = (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%d.%m.%Y}",
    )
    assert [[found.value for found in find_days(text)] for text in texts] == [[day]] * 4
