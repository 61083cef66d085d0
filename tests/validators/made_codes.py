"""Invented codes, made by the algorithms of their standards."""

from extractors import codes


def credit_code(
    first8: str = "MA5G7HJK", *, start: str = "91", division: str = "440300", organisation: bool = True
) -> str:
    """Return a credit code of which the check character is right; the organisation code's only if asked for."""
    right = codes.organisation_code_check_character(first8)
    ninth = right if organisation else next(each for each in "0123" if each != right)
    first17 = start + division + first8 + ninth
    return first17 + codes.credit_code_check_character(first17)


def registration_number(first14: str = "44030600000123", *, right: bool = True) -> str:
    """Return a registration number of 15 digits, its check digit right or wrong."""
    digit = int(codes.registration_number_check_digit(first14))
    return first14 + str(digit if right else (digit + 1) % 10)


def one_off(code: str, at: int = 12) -> str:
    """Return a code in which one character became another of the alphabet."""
    other = next(each for each in "789" if each != code[at])
    return code[:at] + other + code[at + 1 :]
