"""English dates are read in all their forms; a date whose order is open is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.english_dates import dates_in

DAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12 March 2026",
        "March 12, 2026",
        "12-Mar-2026",
        "Mar. 12 2026",
        "12th of March, 2026",
        "2026 March 12",
        "12MARCH2026",
        "on the 12th day of March 2026",
        "2026/03/12",
        "2026-03-12",
        "2026.03.12",
        "2026年3月12日",
        "Date: 12 Mar' 2026",
    ],
)
def test_forms(text: str) -> None:
    assert dates_in(text) == [DAY]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        pytest.param("27/09/2021", [date(2021, 9, 27)], id="the day can only come first"),
        pytest.param("09/27/2021", [date(2021, 9, 27)], id="the day can only come second"),
        pytest.param("03/04/2026", [], id="either"),
        pytest.param("04/04/2026", [date(2026, 4, 4)], id="both the same"),
        pytest.param("31 February 2026", [], id="no such day"),
        pytest.param("12 Marching 2026", [], id="another word"),
        pytest.param("from 12 March 2026 to 11 March 2031", [DAY, date(2031, 3, 11)], id="two"),
        pytest.param("EN 55014-1:2021", [], id="a standard"),
    ],
)
def test_what_is_and_is_no_date(text: str, dates: list[date]) -> None:
    assert dates_in(text) == dates


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y-%m-%d"])
)
def test_what_was_written_is_read(day: date, form: str) -> None:
    assert dates_in(day.strftime(form)) == [day]


@given(st.text(alphabet="0123456789 /-.MarchJune年月", max_size=24))
def test_nothing_breaks_it(text: str) -> None:
    assert all(1850 <= day.year <= 2200 for day in dates_in(text))
