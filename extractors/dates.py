"""Dates as foreign offices write them → `date`. Pure; what is no day of our calendar is left out, never converted.

Chinese dates of mainland papers are in `values`. The order of day and month in figures (03/04/2025) is the office's
convention, so the caller names it. Islamic years (1446) lie outside of what counts as a year and so are never taken for
Gregorian ones; the calendars do not convert into each other without knowing which of its variants was used.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

_MONTHS = {
    1: "january jan januar janvier janv enero ene januari janeiro gennaio gen",
    2: "february feb februar fevrier février fevr févr febrero februari fevereiro fev febbraio",
    3: "march mar märz marz mrz mars marzo maart mrt março marco",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo mei maio maggio mag",
    6: "june jun juni juin junio junho giugno giu",
    7: "july jul juli juillet juil julio julho luglio lug",
    8: "august aug août aout agosto ago augustus",
    9: "september sept sep septembre septiembre setiembre setembro settembre set",
    10: "october oct oktober okt octobre octubre outubro out ottobre ott",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre",
}
_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAME = "|".join(sorted(_NUMBER, key=len, reverse=True))
_OF = r"[\s.,\-/]*(?:de|del|of|do|di)?[\s.,\-/]*"
_YEAR = r"(?P<y>[12]\d{3})(?!\d)"
_DAY = r"(?<!\d)(?P<d>\d{1,2})"
_WORDED = (
    re.compile(
        rf"{_DAY}(?:st|nd|rd|th|er|º|o|\.)?{_OF}(?<![^\W\d_])(?P<m>{_NAME})(?![^\W\d_]){_OF}{_YEAR}", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![^\W\d_])(?P<m>{_NAME})(?![^\W\d_])\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,]*{_YEAR}", re.IGNORECASE
    ),
)
_SIGN = r"\s?(?P<sign>[./\-])\s?"
_ISO = re.compile(rf"(?<!\d){_YEAR}{_SIGN}(?P<m>\d{{1,2}})\s?(?P=sign)\s?(?P<d>\d{{1,2}})(?!\d)")
_FIGURES = rf"(?<![\d./\-])(?P<one>\d{{1,2}}){_SIGN}(?P<two>\d{{1,2}})\s?(?P=sign)\s?{_YEAR}"
_REPUBLIC = re.compile(
    r"(?:中華民國|中华民国|民國|民国)\s*(?P<roc>\d{1,3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
)
_CHINESE = re.compile(rf"(?<!\d){_YEAR}\s*年\s*(?P<m>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*日")
REPUBLIC_BEGAN = 1911
"""Year 0 of the Republic's calendar, in which TIPO counts: 民國 110 is 2021."""
_FIRST, _LAST = 1850, 2150


class Order(Enum):
    """Which comes first where a date is written in figures alone."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True)
class Day:
    """A date and where it stands in the text."""

    value: date
    start: int
    stop: int


def find_days(text: str, order: Order = Order.DAY_FIRST) -> list[Day]:
    """Return the dates in `text`, in order.

    Known are names of months in English, French, German, Spanish, Portuguese, Italian and Dutch, figures in the given
    `order`, years first (2025-01-31, 2025年1月31日), and years of the Republic where it is named (民國110年).
    """
    forms = (*_WORDED, _REPUBLIC, _CHINESE, _ISO, re.compile(_FIGURES))
    found: list[Day] = []
    for form in forms:
        for match in form.finditer(text):
            value = _day(match, order)
            if value is not None and not any(day.start < match.end() and match.start() < day.stop for day in found):
                found.append(Day(value, match.start(), match.end()))
    return sorted(found, key=lambda day: day.start)


def first_day(text: str, order: Order = Order.DAY_FIRST) -> date | None:
    """Return the first date in `text`."""
    days = find_days(text, order)
    return days[0].value if days else None


def _day(match: re.Match[str], order: Order) -> date | None:
    part = match.groupdict()
    if "one" in part:
        day_first = order is Order.DAY_FIRST
        part["d"], part["m"] = (part["one"], part["two"]) if day_first else (part["two"], part["one"])
    year = int(part["roc"]) + REPUBLIC_BEGAN if "roc" in part else int(part["y"])
    month = _NUMBER.get(part["m"].lower()) or (int(part["m"]) if part["m"].isdecimal() else 0)
    if not _FIRST <= year <= _LAST:
        return None
    try:
        return date(year, month, int(part["d"]))
    except ValueError:
        return None
