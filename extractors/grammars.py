"""The grammars of the fields that have one: codes and numbers with check characters, dates, provinces.

Sources: those of `extractors.codes`; GB/T 2260 for the provinces; docs/sources.md#credit-code for what readers confuse.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors import codes
from extractors.dates import parse_date
from extractors.grammar import Grammar, Spelling, fit
from pipeline.model import Correction

FIGURES = "0123456789"
_NUMERALS = "〇零一二三四五六七八九十"
_LIKE_FIGURES = {
    "O": "0", "D": "0", "Q": "0", "C": "0", "U": "0", "I": "1", "L": "1", "|": "1", "Z": "2", "S": "5", "B": "8",
    "G": "6", "T": "7",
}  # fmt: skip
"""Letters and strokes that readers take figures for."""
_LIKE_IN_CODES = {
    **_LIKE_FIGURES, "S": "58", "V": "YU", "8": "B", "6": "G", "0": "DQ", "1": "LT", "5": "9", "9": "5", "7": "1T",
    "2": "Z", "H": "N", "N": "MH", "M": "NH", "3": "8", "K": "X", "X": "K", "E": "F", "F": "E", "P": "R", "R": "P",
}  # fmt: skip
PROVINCES = (
    "北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省", "吉林省",
    "黑龙江省", "上海市", "江苏省", "浙江省", "安徽省", "福建省", "江西省",
    "山东省", "河南省", "湖北省", "湖南省", "广东省", "广西壮族自治区", "海南省",
    "重庆市", "四川省", "贵州省", "云南省", "西藏自治区", "陕西省", "甘肃省",
    "青海省", "宁夏回族自治区", "新疆维吾尔自治区", "台湾省", "香港特别行政区", "澳门特别行政区",
)  # fmt: skip
"""The 34 of GB/T 2260, as addresses begin."""


def _adds_up_in_both_ways(code: str) -> bool:
    return codes.credit_code_adds_up(code) and codes.credit_code_organisation_adds_up(code)


def _resident_id_holds(number: str) -> bool:
    return codes.resident_id_adds_up(number) and _is_day(number[6:14]) and number[:2] in ID_PREFIXES


def _is_day(text: str) -> bool:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) >= date(1850, 1, 1)
    except ValueError:
        return False


ID_PREFIXES = frozenset(re.findall("..", "1112131415212223313233343536374142434445465051525354616263646571818283"))
"""Provinces as GB/T 2260 numbers them; 83 stands on residence permits of people from Taiwan."""

CREDIT_CODE = Grammar(
    forms=((*[codes.CREDIT_CODE_ALPHABET] * 2, *[FIGURES] * 6, *[codes.CREDIT_CODE_ALPHABET] * 10),),
    holds=_adds_up_in_both_ways,
    why="unclear on the page; no other character satisfies both check characters",
    like=_LIKE_IN_CODES,
    never=frozenset("OISVZ"),
)
"""18 characters with two check characters (GB 32100, GB 11714)."""

REGISTRATION_NUMBER = Grammar(
    forms=((FIGURES,) * 15,),
    holds=codes.registration_number_adds_up,
    why="unclear on the page; no other figure satisfies the check digit",
    most_changes=1,
    rival=0.3,
    like=_LIKE_FIGURES,
    never=frozenset("OIZSDQ"),
)
"""15 figures with one check digit (GS 15): one doubt can be settled, not two."""

RESIDENT_ID = Grammar(
    forms=((*[FIGURES] * 17, FIGURES + "X"),),
    holds=_resident_id_holds,
    why="unclear on the page; no other figure satisfies check character, calendar and province",
    most_changes=1,
    rival=0.3,
    like=_LIKE_FIGURES,
    never=frozenset("OIZSDQ"),
)
"""17 figures and a check character (GB 11643), a birthday and a province in them."""

TRADEMARK_NUMBER = Grammar(
    forms=tuple((FIGURES,) * length for length in range(5, 9)),
    holds=lambda text: text[0] != "0",
    why="only figures can stand here",
    rival=0.2,
    like=_LIKE_FIGURES,
    never=frozenset("OIZSDQL|"),
)
"""Five to eight figures without check digit: only what is no figure is put right."""


def _date_forms() -> Iterator[Sequence[str]]:
    """Yield the forms of a date: year, month and day in figures or in numerals; the last sign may be missing."""
    for signs, longest in ((FIGURES, 2), (_NUMERALS, 3)):
        for month in range(1, 3):
            for day in range(1, longest + 1):
                form = [*[signs] * 4, "年", *[signs] * month, "月", *[signs] * day]
                yield form
                yield [*form, "日"]


DATE = Grammar(
    forms=tuple(_date_forms()),
    holds=lambda text: parse_date(text) is not None,
    why="no other character makes a date",
    most_changes=4,
    rival=0.2,
    like={
        **_LIKE_FIGURES,
        "至": "年",
        "F": "月",
        "日": "月",
        "目": "月日",
        "用": "月",
        "O": "0〇",
        "Q": "0〇",
        "D": "0〇",
        "C": "0〇",
        "○": "〇",
    },
    never=frozenset("OQDC日目用○至F"),
)
"""Year, month and day; no check character, so only what cannot stand in a date is put right, or is a near rival."""

PROVINCE = Grammar(
    forms=tuple(tuple(name) for name in PROVINCES),
    holds=PROVINCES.__contains__,
    why="no province has another name of this shape",
    most_changes=1,
    like={"厂": "广"},
    never=frozenset("厂"),
)
"""The name of one of the 34."""


@dataclass(frozen=True)
class FittedProvince:
    """A province whose name was misread."""

    read: str
    name: str
    corrections: tuple[Correction, ...]


def fit_province(read: Spelling) -> FittedProvince | None:
    """Return the province with which an address begins, if its name was misread."""
    for length in sorted({len(name) for name in PROVINCES}, reverse=True):
        start = Spelling(read.text[:length], read.probabilities[:length], read.alternatives[:length])
        fitted = fit(start, PROVINCE) if len(start.text) == length else None
        if fitted is not None:
            return FittedProvince(start.text, fitted.text, fitted.corrections(start.text, PROVINCE.why))
    return None
