"""What a page says of its place in a paper: "page 2 of 3", a continuation sheet, a page for signatures, a number."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import ReadPage, TextLine

_COUNTS = (
    re.compile(r"第\s*(?P<page>\d{1,3})\s*[页頁]\s*[,，/、(（]?\s*共\s*(?P<of>\d{1,3})\s*[页頁]"),
    re.compile(r"共\s*(?P<of>\d{1,3})\s*[页頁]\s*[,，/、(（]?\s*第\s*(?P<page>\d{1,3})\s*[页頁]"),
    re.compile(r"第\s*(?P<page>\d{1,3})\s*[页頁]"),
    re.compile(r"\bpage\s*(?P<page>\d{1,3})\s*(?:of|/)\s*(?P<of>\d{1,3})\b", re.IGNORECASE),
    re.compile(r"^\W*page\s*(?P<page>\d{1,3})\W*$", re.IGNORECASE),
    re.compile(r"^\W*(?P<page>\d{1,2})\s*/\s*(?P<of>\d{1,2})\W*$"),
)
_GOES_ON = re.compile(
    r"^\W*(?:续页|續頁|附页|附頁|接上页|接上頁)|\((?:续页?|續頁?|附页)\)"
    r"|continuation (?:sheet|page)|\(cont(?:inued|'d)?\.?\)",
    re.IGNORECASE,
)
_SIGNATURES = re.compile(r"[本此]页无正文|(?:签署|签字|签章|盖章)页|signature page", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d)[ ,](?=\d{3}(?!\d))")
# Not after a hyphen, as in a telephone number with its area code.
_NUMBER = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{0,3}\d{7,18}[A-Z]{0,2}(?![A-Za-z0-9])")
_DATE_OR_MOBILE = re.compile(r"(?:19|20)\d{2}[01]\d[0-3]\d|1[3-9]\d{9}")


@dataclass(frozen=True)
class Place:
    """A page's place in its paper, as far as it says so."""

    page: int | None = None
    """Counts from 1."""
    of: int | None = None
    """How many pages the paper has."""
    told: str = ""
    """What on the page says that it is not the first, for people; empty where nothing does."""


def place_of(page: ReadPage) -> Place:
    """Return what the page says of its place."""
    texts = [_half_width(line.text) for line in page.lines]
    number, of = next((found for text in texts if (found := _count(text))), (None, None))
    if number is not None and number > 1:
        return Place(number, of, f"page {number}" + (f" of {of}" if of else ""))
    for pattern, told in ((_GOES_ON, "a continuation sheet"), (_SIGNATURES, "a page for signatures")):
        if any(pattern.search(text) for text in texts):
            return Place(number, of, told)
    return Place(number, of)


def numbers_on(lines: Iterable[TextLine]) -> frozenset[str]:
    """Return the long numbers in the lines, by which two pages of one paper know each other; no date, no telephone."""
    found = (match for line in lines for match in _NUMBER.findall(_THOUSANDS.sub("", _half_width(line.text))))
    return frozenset(number for number in found if not _DATE_OR_MOBILE.fullmatch(number))


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _count(text: str) -> tuple[int, int | None] | None:
    for pattern in _COUNTS:
        if match := pattern.search(text):
            page, of = int(match["page"]), match.groupdict().get("of")
            # Otherwise a date, or a share of something.
            if page >= 1 and (of is None or page <= int(of)):
                return page, int(of) if of else None
    return None
