"""Resident identity numbers (GB 11643-1999) in a text: what looks like one, what is one, and how it is written masked.

The first six characters and the last stay: the former name a county and the latter checks the rest; neither finds the
person.
"""

import re
import unicodedata
from datetime import date

LENGTH = 18
"""Characters of a number."""
# Spaces may part the groups as they are printed; a letter may precede ("ID4403…"), a digit may not.
LOOKS_LIKE_ONE = re.compile(r"(?<!\d)(\d{6})\s?(\d{4})\s?(\d{2})\s?(\d{2})\s?(\d{3}[\dXx])(?!\d)", re.ASCII)
# It begins with six digits in a row, which few texts hold: that is told sooner.
LEAST_OF_ONE = re.compile(r"\d{6}", re.ASCII)
# In names of folders any characters of one may stand apart, by whatever is no letter: what an identifier keeps of that
# leaves the number to be read. One is found wherever it may begin, since what stands before may be figures, too.
_DATED = ["[12]", "[089]", *["[0-9]"] * 2, "[01]", "[0-9]", "[0-3]", "[0-9]"]
_APART = r"[\W_]{0,8}"
_IN_A_NAME = re.compile(
    f"(?<![0-9])(?=({_APART.join(['[1-8]', *['[0-9]'] * 5, *_DATED, *['[0-9]'] * 3, '[0-9Xx]'])})(?![0-9]))"
)
_BETWEEN = re.compile(r"[\W_]")
_CHARACTERS = re.compile("[0-9Xx０-９Ｘｘ]")
_WIDE = re.compile("[０-９Ｘｘ]")
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""By GB/T 2260; 81 to 83 are those of residence permits."""
_GROWN_UP = 2015
"""Who was born later is nobody's legal person yet: a later date tells when something was handed in."""


def mask_number(number: str) -> str:
    """Return `number` with all but its first six characters and its last one starred; a short one is starred whole."""
    return number[:6] + "*" * (len(number) - 7) + number[-1] if len(number) > 7 else "*" * len(number)


def mask_in_name(name: str) -> str:
    """Return a folder's or a file's name with each identity number in it masked.

    More is asked of one than in a text, since names make identifiers: 18 digits may be a serial number, in which a
    date stands by custom. That begins with no province, or its date is of these years, or else it does not add up.
    """
    if len(name) < LENGTH or len(_CHARACTERS.findall(name)) < LENGTH:
        return name
    masked = list(name)
    for match in _IN_A_NAME.finditer(_WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), name)):
        start, end = match.span(1)
        number = LOOKS_LIKE_ONE.fullmatch(_BETWEEN.sub("", match[1]))
        if number and _is_one(number):
            masked[start + 6 : end - 1] = "*" * (end - start - 7)
    return "".join(masked)


def bears_date(match: re.Match[str]) -> bool:
    """Whether somebody may have been born on the date that stands in what looks like a number."""
    try:
        born = date(int(match[2]), int(match[3]), int(match[4]))
    except ValueError:
        return False
    return 1850 <= born.year <= 2100


def _is_one(match: re.Match[str]) -> bool:
    if not (_PROVINCE.match(match[1]) and bears_date(match)):
        return False
    if int(match[2]) <= _GROWN_UP:
        return True
    from stdnum.cn import ric  # few batches have such names, and each process of theirs would load it

    number = "".join(match.groups())
    return bool(ric.calc_check_digit(number) == number[-1].upper())
