"""Check characters catch what readers and forgers get wrong."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from extractors import codes

ALPHABET = codes.CREDIT_CODE_ALPHABET
LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@st.composite
def credit_codes(draw: st.DrawFn) -> str:
    """Credit codes of which both check characters are right, made by the algorithm."""
    registrar = draw(st.sampled_from(["91", "92", "93", "51", "12"]))
    division = draw(st.text("0123456789", min_size=6, max_size=6))
    first8 = draw(st.text(ALPHABET, min_size=8, max_size=8))
    first17 = registrar + division + first8 + codes.organisation_code_check_character(first8)
    return first17 + codes.credit_code_check_character(first17)


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


@given(credit_codes())
def test_a_made_credit_code_adds_up(code: str) -> None:
    assert codes.credit_code_adds_up(code)
    assert codes.credit_code_organisation_adds_up(code)
    assert uscc.is_valid(code)


@given(credit_codes())
def test_every_wrong_character_of_a_credit_code_is_caught(code: str) -> None:
    for at in range(len(code)):
        for wrong in ALPHABET.replace(code[at], ""):
            assert not codes.credit_code_adds_up(code[:at] + wrong + code[at + 1 :])


@given(credit_codes())
def test_every_swap_of_neighbours_in_a_credit_code_is_caught(code: str) -> None:
    for at in range(len(code) - 1):
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert swapped == code or not codes.credit_code_adds_up(swapped)


@given(st.text(LETTERS_AND_DIGITS + "中- ", max_size=20))
def test_a_credit_code_never_adds_up_without_being_well_formed(text: str) -> None:
    if codes.credit_code_adds_up(text):
        assert re.fullmatch(r"[0-9A-Z]{18}", text)
        assert not set(text) & set("IOSVZ")


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("", id="empty"),
        pytest.param("9144030000000000", id="16 characters"),
        pytest.param("91440300MA5EXAMPLE1", id="19 characters"),
        pytest.param("9144030OMA5000000X", id="letter in the division"),
        pytest.param("91440300MA5EIAMPL0", id="letter I"),
        pytest.param("９1440300MA5EXAMPLE", id="full-width digit"),
        pytest.param("٩1440300MA5EXAMPLE", id="Arabic digit"),
    ],
)
def test_malformed_credit_codes_do_not_raise(code: str) -> None:
    assert not codes.credit_code_is_well_formed(code)
    assert not codes.credit_code_adds_up(code)
    assert not codes.credit_code_organisation_adds_up(code)


def test_the_sample_of_gb_11714_adds_up() -> None:
    assert codes.organisation_code_check_character("D2143569") == "X"


@pytest.mark.parametrize(
    ("first8", "check"),
    [
        pytest.param("00000000", "0", id="remainder 0 is 0, not 11"),
        pytest.param("40000000", "X", id="remainder 1 is X, not 10"),
        pytest.param("10000000", "8", id="remainder 3"),
    ],
)
def test_the_organisation_codes_check_character_wraps(first8: str, check: str) -> None:
    assert codes.organisation_code_check_character(first8) == check


@given(st.text(LETTERS_AND_DIGITS, min_size=8, max_size=8), st.integers(0, 7), st.sampled_from("0123456789"))
def test_a_wrong_digit_in_an_organisation_code_is_caught(first8: str, at: int, wrong: str) -> None:
    first8 = first8[:at] + "5" + first8[at + 1 :]
    code = first8 + codes.organisation_code_check_character(first8)
    assert codes.organisation_code_adds_up(code)
    assert codes.organisation_code_adds_up(code[:at] + wrong + code[at + 1 :]) is (wrong == "5")


@given(digits(14))
def test_every_wrong_digit_and_swap_in_a_registration_number_is_caught(first14: str) -> None:
    number = first14 + codes.registration_number_check_digit(first14)
    assert codes.registration_number_adds_up(number)
    for at, right in enumerate(number):
        for wrong in "0123456789".replace(right, ""):
            assert not codes.registration_number_adds_up(number[:at] + wrong + number[at + 1 :])


def test_the_registration_number_follows_iso_7064_mod_11_10() -> None:
    def by_the_book(first14: str) -> int:
        product = 10
        for digit in first14:
            product = ((product + int(digit)) % 10 or 10) * 2 % 11
        return (11 - product) % 10

    for first14 in ("11000000000000", "44030600000123", "99999999999999", "31010400765432"):
        assert codes.registration_number_check_digit(first14) == str(by_the_book(first14))


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"], ids=["female", "male"])
def test_the_samples_of_gb_11643_add_up(number: str) -> None:
    assert codes.resident_id_adds_up(number)


@given(digits(17))
def test_every_wrong_character_and_swap_in_an_id_number_is_caught(first17: str) -> None:
    number = first17 + codes.resident_id_check_character(first17)
    assert codes.resident_id_adds_up(number)
    for at, right in enumerate(number):
        for wrong in "0123456789".replace(right, ""):
            assert not codes.resident_id_adds_up(number[:at] + wrong + number[at + 1 :])
        swapped = number[:at] + number[at + 1 : at + 2] + right + number[at + 2 :]
        assert swapped == number or not codes.resident_id_adds_up(swapped)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("9144 0300-MA5E xample", "91440300MA5EXAMPLE", id="spaces, hyphen, lower case"),
        pytest.param("９１４４０３００ＭＡ", "91440300MA", id="full width"),
        pytest.param("91440\u200b300\u00a0MA", "91440300MA", id="invisible characters"),
        pytest.param("9l440300O", "9L440300O", id="look-alikes are not put right"),
    ],
)
def test_codes_are_compacted(text: str, code: str) -> None:
    assert codes.compact(text) == code


@pytest.mark.parametrize(
    "check",
    [
        codes.credit_code_check_character,
        codes.organisation_code_check_character,
        codes.registration_number_check_digit,
        codes.resident_id_check_character,
    ],
)
@pytest.mark.parametrize("text", ["", "1", "一二三", "1" * 30])
def test_a_check_character_of_nothing_is_refused(check: object, text: str) -> None:
    assert callable(check)
    with pytest.raises(ValueError, match="expected"):
        check(text)
