"""The generator's numbers add up by the standards, and belong to nobody."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_10

from samples.generate.identifiers import (
    credit_code,
    id_number,
    organisation_check_character,
    registration_number,
    with_wrong_check_character,
)

CITIES = st.sampled_from(["4403", "3301", "5101", "3702"])
SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize(
    ("first8", "check"),
    [
        pytest.param("D2143569", "X", id="the standard's own example, a ten"),
        pytest.param("10000000", "8", id="digits only"),
        pytest.param("00000000", "0", id="an eleven"),
    ],
)
def test_organisation_code_ends_in_its_check_character(first8: str, check: str) -> None:
    assert organisation_check_character(first8) == check


@given(st.sampled_from(["91", "92"]), CITIES, SEEDS)
def test_every_credit_code_satisfies_both_check_digits(kind: str, city: str, seed: int) -> None:
    code = credit_code(kind, city, Random(seed))
    assert uscc.is_valid(code)
    assert organisation_check_character(code[8:16]) == code[16]


@given(CITIES, SEEDS)
def test_no_credit_code_can_be_a_real_company_s(city: str, seed: int) -> None:
    code = credit_code("91", city, Random(seed))
    assert code[6:8] == "97"
    assert code[8:11] in {"MAX", "MAY"}


@given(CITIES, SEEDS)
def test_a_wrong_check_character_never_passes(city: str, seed: int) -> None:
    code = credit_code("91", city, Random(seed))
    wrong = with_wrong_check_character(code)
    assert wrong[:17] == code[:17]
    assert not uscc.is_valid(wrong)
    assert organisation_check_character(wrong[8:16]) == wrong[16]


@given(CITIES, SEEDS)
def test_every_registration_number_satisfies_its_check_digit(city: str, seed: int) -> None:
    number = registration_number(city, Random(seed))
    assert len(number) == 15
    assert mod_11_10.is_valid(number)


@given(CITIES, st.dates(date(1950, 1, 1), date(2007, 12, 31)), SEEDS)
def test_every_id_number_is_valid_and_says_its_date_of_birth(city: str, born: date, seed: int) -> None:
    number = id_number(city, born, Random(seed))
    assert ric.is_valid(number)
    assert ric.get_birth_date(number) == born
    assert number[4:6] == "00"
