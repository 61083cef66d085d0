"""Text → dates: the one place that knows how they are written, in China, in English and in other languages of Europe.

Pure and strict: what is no day of our calendar is left out, never converted. Islamic years (1446) lie outside of what
counts as a year and so are never taken for Gregorian ones; the calendars do not convert into each other without knowing
which of its variants was used. 03/04/2026 is March in one country and April in another, so the caller names the order,
or reads no such date. How misread signs of a date are put right is in `date_repair`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from rapidfuzz.distance import Levenshtein

from extractors.numerals import DIGITS, small_number
from extractors.spelling import plain

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
_ENGLISH = {names.split()[0]: number for number, names in _MONTHS.items()}
_NAME = "|".join(sorted(_NUMBER, key=len, reverse=True))
_GAP = r"[\s.,'’\-/]{0,4}"
_OF = rf"{_GAP}(?:(?:day\s*)?of|de|del|do|di)?{_GAP}"
_YEAR = r"(?P<y>[12]\d{3})(?!\d)"
_DAY = r"(?<!\d)(?P<d>\d{1,2})"
_TH = r"(?:\s?(?:st|nd|rd|th))?"


def _worded(month: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds dates with the name of a month: 5 March 2025, March 5th, 2025, 2025 March 5."""
    name = rf"(?<![^\W\d_])(?P<m>{month})(?![^\W\d_])"
    forms = (
        rf"{_DAY}(?:{_TH}|er|º|o|\.){_OF}{name}{_OF}{_YEAR}",
        rf"{name}{_GAP}(?P<d>\d{{1,2}}){_TH}{_GAP}{_YEAR}",
        rf"(?<!\d){_YEAR}{_GAP}{name}{_GAP}(?P<d>\d{{1,2}})(?!\d)",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


_SIGN = r"\s?(?P<sign>[./\-])\s?"
_ISO = re.compile(rf"(?<!\d){_YEAR}{_SIGN}(?P<m>\d{{1,2}})\s?(?P=sign)\s?(?P<d>\d{{1,2}})(?!\d)")
_FIGURES = re.compile(
    rf"(?<!\d)(?<!\d[./\-])(?P<one>\d{{1,2}}){_SIGN}(?P<two>\d{{1,2}})\s?(?P=sign)\s?{_YEAR}", re.IGNORECASE
)
_REPUBLIC = re.compile(
    r"(?:中華民國|中华民国|民國|民国)\s*(?P<y>\d{1,3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
)
_NUMERAL = "".join(DIGITS) + "十拾廿卄卅"
_CHINESE = re.compile(
    rf"(?P<y>[{''.join(DIGITS)}]{{4}})\s*年\s*(?P<m>[{_NUMERAL}]{{1,3}})\s*月\s*(?P<d>[{_NUMERAL}]{{1,4}})(?:\s*日)?"
)
REPUBLIC_BEGAN = 1911
"""Year 0 of the Republic's calendar, in which TIPO counts: 民國 110 is 2021."""
_FIRST, _LAST = 1850, 2150
_MISREAD = 0.7
"""Sureness of a month with one letter misread."""


class Order(Enum):
    """Which comes first where a date is written in figures alone."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    OPEN = "open"
    """Not known: such a date is read only where its figures can be a day and a month in one way."""


@dataclass(frozen=True)
class Day:
    """A date and where it stands in the text."""

    value: date
    start: int
    stop: int
    sure: float = 1.0
    """Below 1 where it was not read to the letter, or somebody guessed its order."""


def find_days(
    text: str, order: Order = Order.DAY_FIRST, *, dotted: Order | None = None, misread: bool = False
) -> list[Day]:
    """Return the dates in `text`, in order, none overlapping another.

    Known are names of months in English, French, German, Spanish, Portuguese, Italian and Dutch, figures in the given
    `order`, years first (2025-01-31, 2025年1月31日, 二〇二五年一月卅一日), and years of the Republic where it is named
    (民國110年).

    Args:
        text: Half-width.
        order: Of day and month in figures.
        dotted: The same where dots part them, if that differs.
        misread: Whether an English month may have one letter misread.
    """
    readings = [(form, _of_name) for form in _NAMED]
    readings += [(_REPUBLIC, _of_republic), (_CHINESE, _of_china), (_ISO, _of_numbers)]
    found = list(_apart(_all(text, readings)))
    found += _apart(_all(text, [(_FIGURES, lambda match: _of_figures(match, order, dotted or order))]), found)
    if misread:
        found += _apart(_all(text, [(form, _of_misread) for form in _ANY_WORD], sure=_MISREAD), found)
    return sorted(found, key=lambda day: day.start)


def first_day(text: str, order: Order = Order.DAY_FIRST) -> date | None:
    """Return the first date in `text`."""
    days = find_days(text, order)
    return days[0].value if days else None


def dates_in(text: str) -> list[date]:
    """Return the dates within a text of any width, in order; figures alone only where their order is beyond doubt.

    A Chinese date may have spaces between all its characters, but then none of another form stands beside it.
    """
    days = find_days(unicodedata.normalize("NFKC", text), Order.OPEN)
    return list(dict.fromkeys(day.value for day in days)) or find_dates(text)


def find_dates(text: str) -> list[date]:
    """Return the Chinese and ISO dates within `text`, in order, whatever spaces stand in them."""
    return [day.value for day in sorted(_all(plain(text), _OF_MAINLAND), key=lambda day: day.start)]


def parse_date(text: str) -> date | None:
    """Return the Chinese or ISO date that `text` is, the whole of it."""
    value, rest = leading_date(text)
    return None if rest else value


def leading_date(text: str) -> tuple[date | None, str]:
    """Return the Chinese or ISO date with which `text` begins, if it is one, and what follows it, without spaces."""
    text = plain(text)
    for form, read in _OF_MAINLAND:
        if match := form.match(text):
            return read(match), text[match.end() :]
    return None, text


def _all(text: str, readings: Iterable["_Reading"], *, sure: float = 1.0) -> Iterator[Day]:
    """Yield what each form finds, form by form; stretches that look like a date and are none are left out."""
    for form, read in readings:
        for match in form.finditer(text):
            if (value := read(match)) is not None:
                yield Day(value, match.start(), match.end(), sure)


def _apart(days: Iterable[Day], taken: Sequence[Day] = ()) -> Iterator[Day]:
    """Yield those that overlap neither what is taken nor an earlier one."""
    kept = list(taken)
    for day in days:
        if not any(other.start < day.stop and day.start < other.stop for other in kept):
            kept.append(day)
            yield day


def _of_name(match: re.Match[str]) -> date | None:
    return _day(int(match["y"]), _NUMBER[match["m"].lower()], int(match["d"]))


def _of_misread(match: re.Match[str]) -> date | None:
    word = match["m"].lower()
    near = [number for name, number in _ENGLISH.items() if len(name) > 4 and Levenshtein.distance(word, name) == 1]
    return _day(int(match["y"]), near[0], int(match["d"])) if len(near) == 1 else None


def _of_republic(match: re.Match[str]) -> date | None:
    return _day(int(match["y"]) + REPUBLIC_BEGAN, int(match["m"]), int(match["d"]))


def _of_china(match: re.Match[str]) -> date | None:
    # In words O is how many write 〇; among figures it is a misread 0, and who takes it for one must say so.
    if any("O" in part and re.search(r"\d", part) for part in match.group("y", "m", "d")):
        return None
    year = int("".join(str(DIGITS[sign]) for sign in match["y"]))
    month, day = small_number(match["m"]), small_number(match["d"])
    return _day(year, month, day) if month is not None and day is not None else None


def _of_numbers(match: re.Match[str]) -> date | None:
    return _day(int(match["y"]), int(match["m"]), int(match["d"]))


def _of_figures(match: re.Match[str], order: Order, dotted: Order) -> date | None:
    one, two, year = int(match["one"]), int(match["two"]), int(match["y"])
    order = dotted if match["sign"] == "." else order
    if order is not Order.OPEN:
        return _day(year, two, one) if order is Order.DAY_FIRST else _day(year, one, two)
    possible = {_day(year, two, one), _day(year, one, two)} - {None}
    return possible.pop() if len(possible) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST <= year <= _LAST else None
    except ValueError:
        return None


_Reading = tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]]
"""A form, and what turns what it finds into a date."""
_NAMED, _ANY_WORD = _worded(_NAME), _worded(r"[A-Za-z]{4,10}")
_OF_MAINLAND: tuple[_Reading, ...] = ((_CHINESE, _of_china), (_ISO, _of_numbers))
