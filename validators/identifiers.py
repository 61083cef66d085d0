"""What codes and numbers mean, and which part of a wrong one is wrong (arithmetic: `extractors.codes`).

Each question has its own answer, because each is a rule of its own: length and characters, check character, registrar
and class, the organisation code inside. Sources: GB 32100-2015, GB 11714-1997, GS 15-2006, GB 11643-1999; trademark
numbers as the offices print them (docs/sources.md#cnipa-papers and after).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from extractors import codes
from extractors.base import Office


class CodeFlaw(StrEnum):
    """The first thing that is wrong with a code, from the outside in."""

    LENGTH = "length"
    CHARACTERS = "characters"
    DATE = "date"
    CHECK_CHARACTER = "check_character"


class RegistrationClass(StrEnum):
    """Commercial registrations by the first two characters of the credit code (GB 32100-2015, table 1)."""

    ENTERPRISE = "91"
    INDIVIDUAL = "92"
    COOPERATIVE = "93"


@dataclass(frozen=True)
class Registrar:
    """Who gives out credit codes that begin with one character."""

    en: str
    zh: str


REGISTRARS: Mapping[str, Registrar] = {
    "1": Registrar("public-institution office", "机构编制部门"),
    "2": Registrar("foreign affairs", "外交部门"),
    "3": Registrar("judicial administration", "司法行政部门"),
    "4": Registrar("culture administration", "文化部门"),
    "5": Registrar("civil affairs", "民政部门"),
    "6": Registrar("tourism administration", "旅游部门"),
    "7": Registrar("religious affairs", "宗教事务部门"),
    "8": Registrar("trade unions", "工会"),
    "9": Registrar("market regulation", "市场监督管理部门"),
    "A": Registrar("military", "军队"),
    "N": Registrar("agriculture administration", "农业农村部门"),
    "Y": Registrar("other", "其他"),
}
"""First character of the credit code → registrar (GB 32100-2015, table 1, with its later additions A and N)."""


def credit_code_flaw(code: str) -> CodeFlaw | None:
    """Return what is wrong with a compact credit code by GB 32100, or None; what it means is not looked at."""
    if len(code) != codes.CREDIT_CODE_LENGTH:
        return CodeFlaw.LENGTH
    if not codes.credit_code_is_well_formed(code):
        return CodeFlaw.CHARACTERS
    return None if codes.credit_code_adds_up(code) else CodeFlaw.CHECK_CHARACTER


def registration_class(code: str) -> RegistrationClass | None:
    """Return the class of a commercial registration by the code's first two characters, None if it is none."""
    try:
        return RegistrationClass(code[:2])
    except ValueError:
        return None


def division_of_credit_code(code: str) -> str:
    """Return the division of first registration: six digits, perhaps of a division that was abolished since."""
    return code[2:8]


def organisation_code_of(code: str) -> str:
    """Return the organisation code (GB 11714) inside a credit code, nine characters without hyphen."""
    return code[8:17]


def registration_number_flaw(number: str) -> CodeFlaw | None:
    """Return what is wrong with a registration number (GS 15-2006), or None.

    Numbers from before 2007-07 have 13 digits and no check digit: for them it is the length that is wrong.
    """
    if not re.fullmatch(r"[0-9]+", number):
        return CodeFlaw.CHARACTERS
    if len(number) != 15:
        return CodeFlaw.LENGTH
    return None if codes.registration_number_adds_up(number) else CodeFlaw.CHECK_CHARACTER


def birth_date_of(id_number: str) -> date | None:
    """Return the date of birth in a citizen identification number of 18 characters, None if it is no date."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def resident_id_flaw(number: str) -> CodeFlaw | None:
    """Return what is wrong with a citizen identification number (GB 11643), or None.

    The division is not looked at: python-stdnum's list lacks the codes of residence permits (81, 82, 83 0000) and
    refuses divisions that were not yet founded at birth, which real cards have.
    """
    if len(number) != 18:
        return CodeFlaw.LENGTH
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return CodeFlaw.CHARACTERS
    if birth_date_of(number) is None:
        return CodeFlaw.DATE
    return None if codes.resident_id_adds_up(number) else CodeFlaw.CHECK_CHARACTER


def masked(id_number: str) -> str:
    """Write a personal number for messages: the first six characters and the last, the others as asterisks."""
    hidden = len(id_number) - 7
    return id_number[:6] + "*" * hidden + id_number[-1] if hidden > 0 else "*" * len(id_number)


_REGISTERED: Mapping[Office, re.Pattern[str]] = {
    # One letter after the digits: what was divided off an application. G: a Madrid mark that is protected in China.
    Office.CNIPA: re.compile(r"[0-9]{5,8}[A-Z]?|G[0-9]{6,7}[A-Z]?"),
    Office.USPTO: re.compile(r"[0-9]{7}"),
    # W: the European Union as designated in a Madrid registration, as EUIPO's register writes it.
    Office.EUIPO: re.compile(r"0[0-9]{8}|W0?[0-9]{7}"),
    # 7 digits without UK: certificates from before the numbers were lengthened.
    Office.UKIPO: re.compile(r"UK00[0-9]{9}|[0-9]{7}"),
    Office.WIPO: re.compile(r"[0-9]{6,7}[A-Z]?"),
}
_APPLIED: Mapping[Office, re.Pattern[str]] = {**_REGISTERED, Office.USPTO: re.compile(r"[0-9]{8}")}

# Numbers so old that only a few living marks bear them: as likely a number that lost a digit in reading.
_HISTORIC: Mapping[Office, re.Pattern[str]] = {
    Office.CNIPA: re.compile(r"[0-9]{1,4}"),
    Office.USPTO: re.compile(r"[0-9]{1,6}"),
    Office.WIPO: re.compile(r"[0-9]{1,5}[A-Z]?"),
    Office.UKIPO: re.compile(r"[0-9]{1,6}"),
}

_NUMBER_WORDS = re.compile(
    r"^(?:U\.?S\.?)?(?:REG(?:ISTRATION)?|SER(?:IAL)?|APPLICATION)?\.?(?:NO|NUMBER)?[.:]?(?=[0-9])|^第|[号號]$"
)


@lru_cache(maxsize=4096)
def compact_trademark_number(number: str) -> str:
    """Write a number without words, spaces, commas, slashes and hyphens: `Reg. No. 5,935,271` is `5935271`."""
    return re.sub(r"[,/.]", "", _NUMBER_WORDS.sub("", codes.compact(number)))


class NumberForm(StrEnum):
    """Whether a number has the form of its office's numbers."""

    FITS = "fits"
    HISTORIC = "historic"
    """So short that it is one of the office's first, or a number that lost a digit."""
    UNKNOWN = "unknown"
    """The office's numbers are not known here."""
    BROKEN = "broken"


def trademark_number_form(number: str, office: Office | None, *, registered: bool | None) -> NumberForm:
    """Return whether a compact number has the form of its office's numbers.

    Args:
        number: As `compact_trademark_number` writes it.
        office: Whose number it should be.
        registered: Of a registration, of an application, or (None) of either.
    """
    patterns = [table[office] for table in _tables(registered) if office in table] if office else []
    if office is None or not patterns:
        return NumberForm.UNKNOWN
    if any(pattern.fullmatch(number) for pattern in patterns):
        return NumberForm.FITS
    historic = _HISTORIC.get(office)
    return NumberForm.HISTORIC if historic is not None and historic.fullmatch(number) else NumberForm.BROKEN


def _tables(registered: bool | None) -> tuple[Mapping[Office, re.Pattern[str]], ...]:
    if registered is None:
        return _REGISTERED, _APPLIED
    return (_REGISTERED,) if registered else (_APPLIED,)


def same_trademark_number(one: str, other: str, office: Office | None) -> bool:
    """Whether two numbers are the same at an office, written with or without leading zeros, words and commas."""
    return _comparable(one, office) == _comparable(other, office)


def _comparable(number: str, office: Office | None) -> str:
    text = compact_trademark_number(number)
    if office is Office.UKIPO:
        text = text.removeprefix("UK")
    return text.lstrip("0")
