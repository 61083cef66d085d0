"""Text → date, term, money: pure and strict. What breaks its grammar is None, never a guess.

The forms are those of Chinese certificates of all eras (docs/sources.md#licence-dates-and-money): figures, numerals of
everyday writing (二〇一五) and those of the bank (贰零壹伍), with the signs that readers confuse with the round zero.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.base import Money
from pipeline.model import LONG_TERM, Term

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("零〇○◯O0", "一壹弌1", "二贰貳弍2", "三叁參参叄弎3", "四肆4", "五伍5", "六陆陸6", "七柒7", "八捌8", "九玖9")
    )
    for sign in signs
}
_SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE_UNITS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_TENS = {"廿": "二十", "卄": "二十", "卅": "三十"}

_NUMERAL = "".join(_DIGITS) + "十拾廿卄卅"
_YEAR = rf"[{''.join(_DIGITS)}]{{4}}"
_DATE = rf"(?P<y>{_YEAR})年(?P<m>[{_NUMERAL}]{{1,3}})月(?P<d>[{_NUMERAL}]{{1,4}})日?"
_DATES = (re.compile(_DATE), re.compile(r"(?<!\d)(?P<y>\d{4})([-./])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)"))
_FIRST_YEAR, _LAST_YEAR = 1850, 2150

_ENDLESS = re.compile(r"(?:长期(?:有效)?|永久|永续(?:经营)?|无固定期限|不约定期限|无限期|长久|终身)")
_MASK = r"(?:[*＊※xX/／—\-_#]+|年月日|空白|无)"
_TERM_TO = re.compile(r"(?:起)?(?:至|到|里|室|[-—~～－])(?P<end>.*)")

_CURRENCIES = {
    "人民币": "CNY", "美元": "USD", "美金": "USD", "港元": "HKD", "港币": "HKD", "港幣": "HKD", "欧元": "EUR",
    "日元": "JPY", "日圆": "JPY", "英镑": "GBP", "新台币": "TWD", "台币": "TWD", "新加坡元": "SGD", "新加坡币": "SGD",
    "加拿大元": "CAD", "加元": "CAD", "澳大利亚元": "AUD", "澳元": "AUD", "瑞士法郎": "CHF", "韩元": "KRW",
    "韩币": "KRW", "澳门元": "MOP", "澳门币": "MOP", "泰铢": "THB", "马来西亚林吉特": "MYR", "新西兰元": "NZD",
    "瑞典克朗": "SEK", "丹麦克朗": "DKK", "挪威克朗": "NOK", "法国法郎": "FRF", "德国马克": "DEM",
    "RMB": "CNY", "CNY": "CNY", "USD": "USD", "HKD": "HKD", "EUR": "EUR", "JPY": "JPY", "GBP": "GBP",
}  # fmt: skip
_CURRENCY = "|".join(sorted(_CURRENCIES, key=len, reverse=True))
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = rf"[{''.join(sign for sign in _DIGITS if sign not in '0123456789O')}十拾百佰千仟万萬亿億]+"
_MONEY = re.compile(
    rf"[¥$]?(?P<before>{_CURRENCY})?[¥$:]?"
    rf"(?:(?P<figures>{_FIGURES})(?P<unit>[百千佰仟十拾]?[万萬亿億])?|(?P<words>{_WORDS}))"
    rf"(?P<after>(?:{_CURRENCY})?)(?P<yuan>[元圆圓]?)(?P<last>(?:{_CURRENCY})?)[整正]?"
)


@dataclass(frozen=True)
class Period:
    """From when to when; None where an end was not read, which is not the same as open."""

    start: date | None
    end: Term | None


def plain(text: str) -> str:
    """Return `text` half-width and without spaces, as the grammars here want it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def parse_date(text: str) -> date | None:
    """Return the date that `text` is, the whole of it."""
    text = plain(text)
    for form in _DATES:
        if match := form.fullmatch(text):
            return _date(match)
    return None


def find_dates(text: str) -> list[date]:
    """Return the dates within `text`, in order; stretches that look like a date and are none are left out."""
    text = plain(text)
    found = sorted((match for form in _DATES for match in form.finditer(text)), key=lambda match: match.start())
    return [value for match in found if (value := _date(match)) is not None]


def parse_period(text: str) -> Period | None:
    """Return the term that `text` states: `D至D`, `自D至D止`, `至D`, `D至长期`, `长期`, `D至年月日` and their kin.

    A blank or masked end means that there is none (`LONG_TERM`). A lone date states no term: None.
    """
    text = plain(text).removeprefix("自").removeprefix("从").removeprefix("公元")
    if _ENDLESS.fullmatch(text.lstrip("/").rstrip("。.*")) or re.fullmatch(r"[*＊※]{3,}", text):
        return Period(None, LONG_TERM)
    start, rest = _leading_date(text)
    match = _TERM_TO.fullmatch(rest)
    if match is None:
        return None
    end = match["end"].removeprefix("公元").removesuffix("止").rstrip("。.")
    if start is not None and (not end or re.fullmatch(_MASK, end)):
        return Period(start, LONG_TERM)
    if _ENDLESS.fullmatch(end.rstrip("*")):
        return Period(start, LONG_TERM)
    until = parse_date(end)
    if until is None or (start is not None and until < start):
        return None
    return Period(start, until)


def parse_money(text: str) -> Money | None:
    """Return the amount that `text` is: `人民币壹佰万元整`, `100.000000万人民币`, `伍佰万美元`.

    Figures without any unit (元, 万 or a currency) are no amount.
    """
    text = re.sub(r"[()]", "", plain(text)).rstrip("。.;")
    match = _MONEY.fullmatch(text)
    if match is None:
        return None
    named = [name for name in (match["before"], match["after"], match["last"]) if name]
    if not (named or match["yuan"] or match["unit"] or (match["words"] and match["words"][-1] in _LARGE_UNITS)):
        return None
    currencies = {_CURRENCIES[name] for name in named} or {"CNY"}
    if match["figures"]:
        amount = Decimal(match["figures"].replace(",", ""))
        for unit in match["unit"] or "":
            amount *= _LARGE_UNITS.get(unit) or _SMALL_UNITS[unit]
    else:
        value = parse_number(match["words"])
        if value is None:
            return None
        amount = Decimal(value)
    if len(currencies) != 1 or amount <= 0:
        return None
    return Money(amount=amount.normalize() if amount % 1 else amount.quantize(Decimal(1)), currency=currencies.pop())


def parse_number(text: str) -> int | None:
    """Return the whole number that Chinese numerals spell, units in their right order; None for anything else."""
    total, section, digit, last_unit, last_large = 0, 0, None, 10**4, 10**12
    for sign in text:
        if sign in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[sign]
        elif sign in _SMALL_UNITS:
            unit = _SMALL_UNITS[sign]
            # A bare ten leads a number or follows a zero: 十五, 一百零十 is said by nobody but harmless.
            if unit >= last_unit or (digit is None and unit != 10):
                return None
            section, digit, last_unit = section + (digit or 1) * unit, None, unit
        elif sign in _LARGE_UNITS:
            unit = _LARGE_UNITS[sign]
            section += digit or 0
            if section == 0 or unit >= last_large:
                return None
            total, section, digit, last_unit, last_large = total + section * unit, 0, None, 10**4, unit
        else:
            return None
    return total + section + (digit or 0) if text else None


def _leading_date(text: str) -> tuple[date | None, str]:
    for form in _DATES:
        if match := form.match(text):
            return _date(match), text[match.end() :]
    return None, text


def _date(match: re.Match[str]) -> date | None:
    # In words O is how many write 〇; among figures it is a misread 0, and who takes it for one must say so.
    if any("O" in part and re.search(r"\d", part) for part in match.group("y", "m", "d")):
        return None
    year = int("".join(str(_DIGITS[sign]) for sign in match["y"]))
    month, day = _small_number(match["m"]), _small_number(match["d"])
    if month is None or day is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _small_number(text: str) -> int | None:
    """Return a day or month: 6, 06, 六, 零六, 十六, 廿九, 三十一, 二一 (for 21) is not one."""
    for short, long in _TENS.items():
        text = text.replace(short, long)
    if text.isdecimal():
        return int(text) if len(text) <= 2 else None
    text = text.lstrip("零〇○◯O0") if len(text) > 1 else text
    return parse_number(text) if text and not (len(text) > 1 and all(sign in _DIGITS for sign in text)) else None
