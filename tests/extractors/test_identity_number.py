"""Misread identity numbers are put right only where the page is unclear; wrong ones stay wrong."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractors.codes import resident_id_adds_up, resident_id_check_character
from extractors.credit_code import ReadCode
from extractors.identity_number import Known, find_number, read_number, repaired
from pipeline.layout import lay_out
from tests.extractors.paper import CLEAR, line, paper


def number_of(division: str, born: date, serial: int) -> str:
    first17 = f"{division}{born:%Y%m%d}{serial:03d}"
    return first17 + resident_id_check_character(first17)


BORN = date(1990, 3, 7)
NUMBER = number_of("440300", BORN, 123)
MALE = Known(BORN, male=True)

numbers = st.builds(
    number_of, st.sampled_from(("440300", "330100", "510100", "110000")), st.dates(date(1940, 1, 1), date(2008, 1, 1)),
    st.integers(0, 999),
)  # fmt: skip
figures = st.sampled_from("0123456789")


def code(text: str, unclear: dict[int, float] | None = None, others: dict[int, str] | None = None) -> ReadCode:
    probabilities = tuple((unclear or {}).get(place, CLEAR) for place in range(len(text)))
    alternatives = tuple(tuple((sign, 0.3) for sign in (others or {}).get(place, "")) for place in range(len(text)))
    sheet = lay_out([line(text, 0.1, 0.5)], paper([]).pages)
    return ReadCode(text, probabilities, alternatives, sheet.pieces, labelled=True)


def with_sign(text: str, place: int, sign: str) -> str:
    return text[:place] + sign + text[place + 1 :]


@given(numbers, st.integers(0, 17), figures)
def test_a_wrong_figure_read_clearly_is_never_repaired(number: str, place: int, sign: str) -> None:
    assume(sign != number[place])
    wrong = with_sign(number, place, sign)
    clear = code(wrong, others={place: number[place]})
    assert repaired(clear, Known()) is None
    entity = read_number(clear, Known())
    assert entity is not None
    assert entity.value == wrong
    assert not entity.corrections


@given(numbers, st.integers(0, 17), figures)
def test_a_wrong_figure_stays_even_if_others_are_unclear(number: str, place: int, sign: str) -> None:
    assume(sign != number[place])
    wrong = with_sign(number, place, sign)
    others = dict.fromkeys(range(18), "0123456789")
    put_right = repaired(code(wrong, {other: 0.85 for other in range(18) if other != place}, others), Known())
    assert put_right is None or put_right[place] == sign


@given(numbers, st.integers(6, 13), figures)
def test_an_unclear_figure_of_the_birth_date_is_put_right_where_the_card_says_it_twice(
    number: str, place: int, sign: str
) -> None:
    assume(sign != number[place])
    born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    unclear = code(with_sign(number, place, sign), {place: 0.5}, {place: number[place]})
    assert repaired(unclear, Known(born)) == number


@given(numbers)
def test_a_number_that_adds_up_is_left_alone(number: str) -> None:
    assert repaired(code(number, dict.fromkeys(range(18), 0.3)), Known()) is None


def test_a_letter_where_only_a_figure_can_stand_is_put_right() -> None:
    read = code(with_sign(NUMBER, 4, "O"))
    assert repaired(read, MALE) == NUMBER
    entity = read_number(read, MALE)
    assert entity is not None
    assert [(each.position, each.read, each.meant) for each in entity.corrections] == [(4, "O", "0")]
    assert entity.raw == with_sign(NUMBER, 4, "O")


def test_what_contradicts_the_card_is_no_repair() -> None:
    unclear = code(with_sign(NUMBER, 8, "8"), {8: 0.5}, {8: NUMBER[8]})
    assert repaired(unclear, Known(BORN)) == NUMBER
    assert repaired(unclear, Known(date(1971, 1, 1))) is None


def test_two_equal_repairs_are_none() -> None:
    # Both figures are unclear, and each alone would make it add up.
    wrong = with_sign(NUMBER, 0, "5")
    candidates = [
        (place, sign)
        for place in range(14, 17)
        for sign in "0123456789"
        if sign != wrong[place] and resident_id_adds_up(with_sign(wrong, place, sign))
    ]
    (place, sign), (other, second) = candidates[:2]
    unclear = code(wrong, {place: 0.5, other: 0.5}, {place: sign, other: second})
    assert repaired(unclear, Known()) is None


def test_a_number_that_contradicts_the_printed_birth_date_is_in_doubt() -> None:
    agreeing, contradicting = read_number(code(NUMBER), MALE), read_number(code(NUMBER), Known(date(1971, 1, 1)))
    assert agreeing is not None
    assert contradicting is not None
    assert agreeing.confidence >= 0.9 > 0.7 > contradicting.confidence
    assert contradicting.value == NUMBER


@pytest.mark.parametrize("short", [NUMBER[:15], NUMBER[:17], NUMBER + "1"])
def test_a_number_of_another_length_is_kept_as_printed_and_in_doubt(short: str) -> None:
    entity = read_number(code(short), Known())
    assert entity is not None
    assert entity.value == short
    assert entity.confidence < 0.6


def test_a_number_cut_in_two_is_one() -> None:
    lines = [line("公民身份号码", 0.05, 0.5), line(NUMBER[:9], 0.3, 0.5), line(NUMBER[9:], 0.55, 0.5)]
    found = find_number(lay_out(lines, paper([]).pages))
    assert found is not None
    assert found.text == NUMBER


def test_other_long_numbers_are_none() -> None:
    lines = [line("统一社会信用代码", 0.05, 0.4), line("914403201801014518", 0.3, 0.4), line("13800000000", 0.3, 0.5)]
    assert find_number(lay_out(lines, paper([]).pages)) is None
