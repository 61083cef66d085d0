"""English dates: `12 March 2026`, `March 12th, 2026`, `12-Mar-2026`, `27/09/2021`; strict, like `values`.

A date of figures alone is read only where its order is beyond doubt: 03/04/2026 is March in one country and April in
another, so it is none.
"""

import re
import unicodedata
from datetime import date

from extractors.values import find_dates

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20|21)\d{2})"
_GAP = r"[\s.,'\-/]*"
_FORMS = tuple(
    re.compile(rf"(?<![\w]){form}(?!\w)", re.IGNORECASE)
    for form in (
        rf"{_DAY}{_GAP}(?:day\s*)?(?:of\s*)?{_MONTH}{_GAP}{_YEAR}",
        rf"{_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}",
        rf"{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}",
    )
)
_FIGURES = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})(?P<sign>[-./])(?P<two>\d{1,2})(?P=sign)(?P<year>(?:19|20|21)\d{2})(?!\d)"
)


def dates_in(text: str) -> list[date]:
    """Return the dates within `text`, Chinese, ISO and English ones, in the order in which they stand."""
    folded = unicodedata.normalize("NFKC", text)
    found = [(match.start(), _named(match)) for form in _FORMS for match in form.finditer(folded)]
    found += [(match.start(), _of_figures(match)) for match in _FIGURES.finditer(folded)]
    english = [value for _, value in sorted(found, key=lambda each: each[0]) if value is not None]
    # Both kinds on one line are two spellings of one date, or not worth an order.
    return list(dict.fromkeys(english)) or find_dates(text)


def _named(match: re.Match[str]) -> date | None:
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    return _date(int(match["year"]), month, int(match["day"]))


def _of_figures(match: re.Match[str]) -> date | None:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if one == two:
        return _date(year, one, two)
    if one > 12:
        return _date(year, two, one)
    return _date(year, one, two) if two > 12 else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
