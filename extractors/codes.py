"""The arithmetic of the codes that Chinese papers bear: alphabets and check characters, no meaning.

Here because both sides need it: readers, to tell a misread character, and validators, to judge the code
(`validators.identifiers` adds what the parts mean). The arithmetic is python-stdnum's where it has it.

Sources: GB 32100-2015 (unified social credit code, section 5 and annex A), GB 11714-1997 (organisation code),
GS 15-2006 (registration number of 15 digits, ISO 7064 MOD 11,10), GB 11643-1999 (citizen identification number,
ISO 7064 MOD 11-2).
"""

import re
import unicodedata

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100, in the order of their values: no I, O, S, V, Z."""

CREDIT_CODE_LENGTH = 18

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_REGISTRATION_NUMBER = re.compile(r"[0-9]{15}")
_RESIDENT_ID = re.compile(r"[0-9]{17}[0-9X]")

_ORGANISATION_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SEPARATORS = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212\u200b-\u200d\ufeff]+")


def compact(text: str) -> str:
    """Write a code as the standards do: half-width, upper case, no spaces or hyphens; nothing else is changed."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def credit_code_check_character(first17: str) -> str:
    """Return the eighteenth character for the first seventeen, which must all be in `CREDIT_CODE_ALPHABET`.

    Raises:
        ValueError: A character is not in the alphabet, or there are not seventeen.
    """
    if len(first17) != CREDIT_CODE_LENGTH - 1 or set(first17) - set(CREDIT_CODE_ALPHABET):
        raise ValueError("expected seventeen characters of the GB 32100 alphabet")
    return str(uscc.calc_check_digit(first17))


def credit_code_is_well_formed(code: str) -> bool:
    """Whether length and characters fit GB 32100: 18, the third to eighth of them digits; no arithmetic is done."""
    return _CREDIT_CODE.fullmatch(code) is not None


def credit_code_adds_up(code: str) -> bool:
    """Whether the code is well formed and its last character agrees with the other seventeen."""
    return credit_code_is_well_formed(code) and credit_code_check_character(code[:-1]) == code[-1]


def organisation_code_check_character(first8: str) -> str:
    """Return the ninth character, 0 to 9 or X, for the first eight (digits and any of the 26 letters).

    Raises:
        ValueError: A character is neither, or there are not eight.
    """
    if _ORGANISATION_CODE.fullmatch(first8 + "0") is None:
        raise ValueError("expected eight characters, digits or capital letters")
    remainder = sum(int(c, 36) * w for c, w in zip(first8, _ORGANISATION_CODE_WEIGHTS, strict=True)) % 11
    return {1: "X", 0: "0"}.get(remainder, str(11 - remainder))


def organisation_code_adds_up(code: str) -> bool:
    """Whether nine characters (no hyphen) are an organisation code with the right check character."""
    return _ORGANISATION_CODE.fullmatch(code) is not None and organisation_code_check_character(code[:-1]) == code[-1]


def credit_code_organisation_adds_up(code: str) -> bool:
    """Whether the organisation code inside a credit code (characters 9 to 17) has the right check character."""
    return organisation_code_adds_up(code[8:17])


def registration_number_check_digit(first14: str) -> str:
    """Return the fifteenth digit of a registration number for the first fourteen.

    Raises:
        ValueError: They are not fourteen digits.
    """
    if _REGISTRATION_NUMBER.fullmatch(first14 + "0") is None:
        raise ValueError("expected fourteen digits")
    return str(mod_11_10.calc_check_digit(first14))


def registration_number_adds_up(number: str) -> bool:
    """Whether the number has fifteen digits and the last agrees with the others."""
    return _REGISTRATION_NUMBER.fullmatch(number) is not None and bool(mod_11_10.is_valid(number))


def resident_id_check_character(first17: str) -> str:
    """Return the eighteenth character, 0 to 9 or X, of a citizen identification number.

    Raises:
        ValueError: They are not seventeen digits.
    """
    if _RESIDENT_ID.fullmatch(first17 + "0") is None:
        raise ValueError("expected seventeen digits")
    # stdnum wants the place of the check character filled; it does not look at it.
    return str(ric.calc_check_digit(first17 + "0"))


def resident_id_is_well_formed(number: str) -> bool:
    """Whether length and characters fit GB 11643; no arithmetic is done."""
    return _RESIDENT_ID.fullmatch(number) is not None


def resident_id_adds_up(number: str) -> bool:
    """Whether 17 digits and a check character agree; the date inside is not looked at."""
    return _RESIDENT_ID.fullmatch(number) is not None and resident_id_check_character(number[:-1]) == number[-1]
