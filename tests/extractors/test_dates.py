"""Dates of foreign papers are read in their offices' forms, and nothing else is taken for one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates import REPUBLIC_BEGAN, Order, find_days, first_day

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
ENGLISH = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Dec. 17, 2019", date(2019, 12, 17)),
        ("Sept. 03, 2019", date(2019, 9, 3)),
        ("May 31,2022", date(2022, 5, 31)),
        ("17 December 2019", date(2019, 12, 17)),
        ("11March2021", date(2021, 3, 11)),
        ("this 05th day of June, 2024", None),
        ("5th June, 2024", date(2024, 6, 5)),
        ("31/01/2025", date(2025, 1, 31)),
        ("31 . 01 . 2025", date(2025, 1, 31)),
        ("2025-01-31", date(2025, 1, 31)),
        ("12 de marzo de 2014", date(2014, 3, 12)),
        ("1er août 2019", date(2019, 8, 1)),
        ("3. März 2020", date(2020, 3, 3)),
        ("中華民國110年5月1日", date(2021, 5, 1)),
        ("中 華", None),
        ("2021年5月1日", date(2021, 5, 1)),
        ("30 February 2020", None),
        ("31/02/2025", None),
        ("1446-12-26", None),
        ("26/12/1446", None),
        ("12 Marchmont 2020", None),
        ("123/01/2025", None),
    ],
)
def test_the_first_day_in_a_text(text: str, value: date | None) -> None:
    assert first_day(text) == value


def test_figures_alone_follow_the_office() -> None:
    assert first_day("3/4/2025") == date(2025, 4, 3)
    assert first_day("3/4/2025", Order.MONTH_FIRST) == date(2025, 3, 4)


def test_days_come_in_order_with_their_places() -> None:
    text = "from 1 May 2020 to 30/04/2030"
    assert [text[day.start : day.stop] for day in find_days(text)] == ["1 May 2020", "30/04/2030"]


@given(DAYS, st.sampled_from(list(Order)), st.sampled_from("/.-"))
def test_figures_come_back(day: date, order: Order, sign: str) -> None:
    parts = (day.day, day.month) if order is Order.DAY_FIRST else (day.month, day.day)
    assert first_day(f"{parts[0]:02d}{sign}{parts[1]:02d}{sign}{day.year}", order) == day


@given(DAYS, st.booleans())
def test_words_come_back(day: date, short: bool) -> None:
    name = ENGLISH[day.month - 1]
    assert first_day(f"{day.day} {name[:3] + '.' if short else name} {day.year}") == day
    assert first_day(f"{name} {day.day}, {day.year}") == day


@given(st.dates(date(1912, 1, 1), date(2099, 12, 31)))
def test_years_of_the_republic_come_back(day: date) -> None:
    assert first_day(f"中華民國 {day.year - REPUBLIC_BEGAN} 年 {day.month} 月 {day.day} 日") == day


@given(st.integers(1300, 1500), st.integers(1, 12), st.integers(1, 29))
def test_islamic_years_are_never_gregorian(year: int, month: int, day: int) -> None:
    assert find_days(f"{day:02d}/{month:02d}/{year} {year}-{month:02d}-{day:02d}") == []


@given(st.text(alphabet="0123456789/.- ADJFMabceglnoprtuvy年月日民國", max_size=40))
def test_any_text_is_survived(text: str) -> None:
    assert all(text[day.start : day.stop] for day in find_days(text))
