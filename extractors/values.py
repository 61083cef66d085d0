"""Text → term, money: pure and strict. What breaks its grammar is None, never a guess.

The forms are those of Chinese certificates of all eras (docs/sources.md#licence-dates-and-money): figures, numerals of
everyday writing (二〇一五) and those of the bank (贰零壹伍), with the signs that readers confuse with the round zero.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.base import Money
from extractors.dates import leading_date, parse_date
from extractors.numerals import DIGITS, LARGE_UNITS, SMALL_UNITS, parse_number
from extractors.spelling import plain
from pipeline.model import LONG_TERM, Term

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
_WORDS = rf"[{''.join(sign for sign in DIGITS if sign not in '0123456789O')}十拾百佰千仟万萬亿億]+"
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


def parse_period(text: str) -> Period | None:
    """Return the term that `text` states: `D至D`, `自D至D止`, `至D`, `D至长期`, `长期`, `D至年月日` and their kin.

    A blank or masked end means that there is none (`LONG_TERM`). A lone date states no term: None.
    """
    text = plain(text).removeprefix("自").removeprefix("从").removeprefix("公元")
    if _ENDLESS.fullmatch(text.lstrip("/").rstrip("。.*")) or re.fullmatch(r"[*＊※]{3,}", text):
        return Period(None, LONG_TERM)
    start, rest = leading_date(text)
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
    if not (named or match["yuan"] or match["unit"] or (match["words"] and match["words"][-1] in LARGE_UNITS)):
        return None
    currencies = {_CURRENCIES[name] for name in named} or {"CNY"}
    if match["figures"]:
        amount = Decimal(match["figures"].replace(",", ""))
        for unit in match["unit"] or "":
            amount *= LARGE_UNITS.get(unit) or SMALL_UNITS[unit]
    else:
        value = parse_number(match["words"])
        if value is None:
            return None
        amount = Decimal(value)
    if len(currencies) != 1 or amount <= 0:
        return None
    return Money(amount=amount.normalize() if amount % 1 else amount.quantize(Decimal(1)), currency=currencies.pop())
