"""Days and terms as letters write them: `March 5th, 2025`, `自2026年1月1日起三年`, `for two years from signing`.

A term that begins on a day ends on the day before its anniversary (start + n years − 1 day). Where the anniversary
does not exist (29 February), it ends on the last day of that month (PRC Civil Code, article 202).
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rapidfuzz.distance import Levenshtein

from extractors.values import parse_date, parse_number

_MONTHS = tuple(name.lower() for name in calendar.month_name)[1:]
_WORD = r"[A-Za-z]{3,9}"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_CHINESE = re.compile(
    r"(?:\d{4}|[零〇○一二三四五六七八九O0]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十廿卅]{1,4}日?"
    r"|(?<!\d)\d{4}([-./])\d{1,2}\1\d{1,2}(?!\d)"
)
_NAMED = (
    re.compile(rf"\b(?P<month>{_WORD})\.?\s*{_DAY}\s*[,.]?\s*{_YEAR}(?!\d)"),
    re.compile(rf"(?<!\d){_DAY}\s*(?:day\s+of|of)?[\s\-]*(?P<month>{_WORD})[.,\-]?\s*{_YEAR}(?!\d)"),
)
_FIGURES = re.compile(r"(?<![\d./-])(?P<first>\d{1,2})([./-])(?P<second>\d{1,2})\2(?P<year>\d{4})(?!\d)")
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


@dataclass(frozen=True)
class FoundDate:
    """A day in a text."""

    value: date
    start: int
    stop: int
    sure: float = 1.0
    """Below 1 where the month was misread, or day and month could be the other way round."""


@dataclass(frozen=True)
class Length:
    """So many months."""

    months: int


def find_days(text: str, *, day_first: bool | None = None) -> list[FoundDate]:
    """Return the days in a text, in order, none overlapping another.

    Args:
        text: Half-width.
        day_first: Whether 03/05/2023 is a day of May; None where that is not known, and then it is no day.
    """
    found = [
        FoundDate(value, match.start(), match.end())
        for match in _CHINESE.finditer(text)
        if (value := parse_date(match[0])) is not None
    ]
    for form in _NAMED:
        found += [day for match in form.finditer(text) if (day := _named(match)) is not None]
    found += [day for match in _FIGURES.finditer(text) if (day := _in_figures(match, day_first)) is not None]
    return list(_apart(sorted(found, key=lambda day: (day.start, -day.stop))))


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


def _named(match: re.Match[str]) -> FoundDate | None:
    month, sure = _month(match["month"].lower())
    value = _day(int(match["year"]), month, int(match["day"]))
    return FoundDate(value, match.start(), match.end(), sure) if value else None


def _month(word: str) -> tuple[int, float]:
    """Return the month's number and how sure it is; 0 for a word that is none."""
    for number, name in enumerate(_MONTHS, 1):
        if word == name or (word == name[:3] or word == "sept" == name[:4]):
            return number, 1.0
    near = [number for number, name in enumerate(_MONTHS, 1) if len(name) > 4 and Levenshtein.distance(word, name) == 1]
    return (near[0], 0.7) if len(near) == 1 else (0, 0.0)


def _in_figures(match: re.Match[str], day_first: bool | None) -> FoundDate | None:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    # With dots the day leads everywhere; else a number past 12 tells, or the country.
    leads = True if match[2] == "." or first > 12 or first == second else False if second > 12 else day_first
    if leads is None:
        return None
    value = _day(year, second, first) if leads else _day(year, first, second)
    sure = 1.0 if match[2] == "." or max(first, second) > 12 or first == second else 0.85
    return FoundDate(value, match.start(), match.end(), sure) if value else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2150 else None
    except ValueError:
        return None


def _apart(found: list[FoundDate]) -> Iterator[FoundDate]:
    end = -1
    for day in found:
        if day.start >= end:
            yield day
            end = day.stop
