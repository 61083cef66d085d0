"""Days and terms as letters write them: `March 5th, 2025`, `自2026年1月1日起三年`, `for two years from signing`.

A term that begins on a day ends on the day before its anniversary (start + n years − 1 day). Where the anniversary
does not exist (29 February), it ends on the last day of that month (PRC Civil Code, article 202).
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors import dates
from extractors.dates import Day, Order
from extractors.numerals import parse_number

_NUMBER_WORDS = {
    word: value
    for value, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)
}
_CHINESE_NUMBER = "[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}"
_LENGTH = re.compile(
    rf"(?<![\d零〇○一二三四五六七八九十第])(?P<number>\d{{1,3}}|{_CHINESE_NUMBER}|"
    rf"(?:{'|'.join(_NUMBER_WORDS)})\b)\s*(?:\((?:[^()]{{1,10}})\)\s*)?-?"
    r"(?P<unit>周年|年|个月|years?\b|months?\b)",
    re.IGNORECASE,
)
_MOST_YEARS = 99
_GUESSED = 0.85
"""Sureness of a day whose order the parties' country tells."""


@dataclass(frozen=True)
class Length:
    """So many months."""

    months: int


def find_days(text: str, *, day_first: bool | None = None) -> list[Day]:
    """Return the days in a text, in order, none overlapping another; months may be misread, which is told.

    With dots the day leads everywhere; else a number past 12 tells, or the country.

    Args:
        text: Half-width.
        day_first: Whether 03/05/2023 is a day of May; None where that is not known, and then it is no day.
    """
    certain = dates.find_days(text, Order.OPEN, dotted=Order.DAY_FIRST, misread=True)
    if day_first is None:
        return certain
    order = Order.DAY_FIRST if day_first else Order.MONTH_FIRST
    guessed = [
        replace(day, sure=_GUESSED)
        for day in dates.find_days(text, order)
        if not any(other.start < day.stop and day.start < other.stop for other in certain)
    ]
    return sorted([*certain, *guessed], key=lambda day: day.start)


def find_length(text: str) -> Length | None:
    """Return the length of the one term in `text`: 三年, 2年, 壹年, 12个月, three (3) years, a period of 18 months."""
    lengths = {_length(match) for match in _LENGTH.finditer(text)} - {None}
    return lengths.pop() if len(lengths) == 1 else None


def end_of(start: date, length: Length) -> date | None:
    """Return the last day of a term that begins on `start`; None past the year 9999."""
    years, month = divmod(start.month - 1 + length.months, 12)
    year = start.year + years
    if year > date.max.year:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    if start.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, start.day) - timedelta(days=1)


def _length(match: re.Match[str]) -> Length | None:
    text = match["number"].lower().replace("两", "二")
    number = int(text) if text.isdecimal() else _NUMBER_WORDS.get(text) or parse_number(text)
    months = (number or 0) * (1 if "月" in match["unit"] or match["unit"].lower().startswith("month") else 12)
    return Length(months) if 0 < months <= 12 * _MOST_YEARS else None
