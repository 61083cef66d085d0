"""Numbers that add up: credit codes, registration numbers and resident ID numbers.

They are made so that nobody can own them: the division inside a code is one that no registrar uses (`…97`), the
organisation code comes from a pool that was not opened yet (`MAX`, `MAY`), and an ID number names a whole city
where the police write a county.
"""

from datetime import date
from random import Random

from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: no I, O, S, V, Z."""

# Kept apart from those that a reader confuses, so that a wrong check character is wrong beyond doubt.
_UNMISTAKABLE = "KPWHT4"

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def organisation_check_character(first8: str) -> str:
    """Return the ninth character of an organisation code, 0 to 9 or X (GB 11714)."""
    total = sum(int(character, 36) * weight for character, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def credit_code(kind: str, city: str, chance: Random) -> str:
    """Return an 18-character unified social credit code that satisfies GB 32100 and GB 11714.

    Args:
        kind: First two characters: 91 an enterprise, 92 an individual business.
        city: Four-digit division of the city.
        chance: Where the organisation code is drawn from.
    """
    organisation = "MA" + chance.choice("XY") + "".join(chance.choice(CODE_ALPHABET) for _ in range(5))
    first17 = f"{kind}{city}97{organisation}{organisation_check_character(organisation)}"
    return first17 + str(uscc.calc_check_digit(first17))


def with_wrong_check_character(code: str) -> str:
    """Return `code` with a last character that is wrong and that no reader takes for the right one."""
    return code[:17] + next(character for character in _UNMISTAKABLE if character != code[17])


def registration_number(city: str, chance: Random) -> str:
    """Return a 15-digit registration number of a domestic company (GS 15-2006, ISO 7064 MOD 11,10)."""
    first14 = f"{city}97{chance.randrange(4)}{chance.randrange(10**7):07d}"
    return first14 + str(mod_11_10.calc_check_digit(first14))


def id_number(city: str, born: date, chance: Random) -> str:
    """Return an 18-character resident ID number (GB 11643)."""
    first17 = f"{city}00{born:%Y%m%d}{chance.randrange(1, 1000):03d}"
    return first17 + str(ric.calc_check_digit(first17 + "0"))
