"""Misread credit codes are put right only where the page is unclear; wrong ones stay wrong."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractors.codes import (
    CREDIT_CODE_ALPHABET,
    credit_code_check_character,
    organisation_code_check_character,
    registration_number_check_digit,
)
from extractors.credit_code import ReadCode, adds_up, agrees, find_codes, repair
from extractors.licence_codes import read_credit_code, read_registration_number
from extractors.licence_face import lay_out_face
from pipeline.layout import lay_out
from pipeline.model import TextLine
from tests.extractors.paper import CLEAR, barcode, line, paper


def code_of(division: str, serial: str) -> str:
    first17 = "91" + division + serial + organisation_code_check_character(serial)
    return first17 + credit_code_check_character(first17)


CODE = code_of("440397", "MA5TEXT0")
REGISTERED = "44030010012345"
NUMBER = REGISTERED + registration_number_check_digit(REGISTERED)

serials = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=6, max_size=6)
valid_codes = st.builds(code_of, st.from_regex(r"[1-6][0-9]{5}", fullmatch=True), serials.map(lambda text: "MA" + text))


def read(text: str, unclear: dict[int, float] | None = None, others: dict[int, str] | None = None) -> ReadCode:
    probabilities = tuple((unclear or {}).get(place, CLEAR) for place in range(len(text)))
    alternatives = tuple(tuple((sign, 0.3) for sign in (others or {}).get(place, "")) for place in range(len(text)))
    return ReadCode(text=text, pieces=(), probabilities=probabilities, alternatives=alternatives, labelled=True)


def with_sign(code: str, place: int, sign: str) -> str:
    return code[:place] + sign + code[place + 1 :]


@given(valid_codes, st.integers(0, 17), st.sampled_from(CREDIT_CODE_ALPHABET))
def test_a_wrong_character_read_clearly_is_never_repaired(code: str, place: int, sign: str) -> None:
    assume(sign != code[place])
    assert repair(read(with_sign(code, place, sign))) is None


@given(valid_codes, st.integers(0, 17), st.sampled_from(CREDIT_CODE_ALPHABET))
def test_a_wrong_character_stays_even_if_others_are_unclear_in_favour_of_themselves(
    code: str, place: int, sign: str
) -> None:
    assume(sign != code[place])
    wrong = with_sign(code, place, sign)
    repaired = repair(read(wrong, {other: 0.85 for other in range(18) if other != place}))
    assert repaired is None or repaired.text[place] == sign


@given(valid_codes, st.integers(8, 17), st.sampled_from(CREDIT_CODE_ALPHABET))
def test_an_unclear_character_is_put_right_if_the_reader_saw_the_right_one_too(
    code: str, place: int, sign: str
) -> None:
    assume(sign != code[place])
    fixed = repair(read(with_sign(code, place, sign), {place: 0.5}, {place: code[place]}))
    assert fixed is not None
    assert fixed.text == code
    assert fixed.changed == (place,)


@given(valid_codes)
def test_a_code_that_adds_up_needs_no_repair(code: str) -> None:
    assert adds_up(code)
    assert repair(read(code)) is None


def test_letters_that_no_code_has_are_put_right_however_clearly_they_were_read() -> None:
    code = code_of("440397", "MA500010")
    assert "0" in code[10:16]
    place = code.index("0", 10)
    fixed = repair(read(with_sign(code, place, "O")))
    assert fixed is not None
    assert (fixed.text, fixed.changed) == (code, (place,))


def test_nothing_is_chosen_between_equals() -> None:
    everything = dict.fromkeys(range(8, 18), 0.3)
    wrong = with_sign(with_sign(CODE, 9, "B"), 12, "B")
    others = dict.fromkeys(range(8, 18), CREDIT_CODE_ALPHABET)
    assert repair(read(wrong, everything, others)) is None


def test_another_source_tells_only_where_the_page_is_unclear() -> None:
    wrong = with_sign(CODE, 10, "4")
    assert agrees(read(wrong, {10: 0.6}), CODE) == (10,)
    assert agrees(read(wrong), CODE) is None
    assert agrees(read(wrong[:-1]), CODE) is None


@pytest.mark.parametrize(
    "text",
    [
        f"统一社会信用代码{CODE}",
        f"统一社会信用代码 {CODE} (1-1)",
        f"统一社会信用代码：{CODE}（1/1）",
        f"统 一 社 会 信 用 代 码 {CODE[:6]} {CODE[6:]}",
        f"统一社会信用代码 {CODE.lower()}",
        f"{CODE}-1/1",
        f"{CODE} 1-1",
    ],
)
def test_a_code_is_found_in_its_line(text: str) -> None:
    (code,) = find_codes(lay_out([line(text, 0.1, 0.1)]), range(18, 19))
    assert code.text == CODE


def test_the_code_under_its_label_comes_before_another() -> None:
    other = code_of("310197", "MA1TEXT9")
    lines = [line(other, 0.6, 0.1), line("统一社会信用代码", 0.1, 0.3), line(CODE, 0.1, 0.34)]
    assert [code.text for code in find_codes(lay_out(lines), range(18, 19))] == [CODE, other]


@pytest.mark.parametrize("text", ["证照编号：13000000202101200331", "编号321181666202302160049", "X" * 18, "12345678"])
def test_other_numbers_are_no_codes(text: str) -> None:
    assert read_credit_code(lay_out_face(paper([line(text, 0.1, 0.1)]))) is None


def test_a_wrong_code_that_is_printed_clearly_is_reported_as_printed() -> None:
    wrong = with_sign(CODE, 17, "1" if CODE[17] != "1" else "2")
    entity = read_credit_code(lay_out_face(paper([line(f"统一社会信用代码{wrong}", 0.1, 0.1)])))
    assert entity is not None
    assert entity.value == wrong
    assert not entity.corrections
    assert entity.confidence >= 0.85


def code_line(text: str, place: int, probability: float) -> TextLine:
    each = [CLEAR] * len(text)
    each[place] = probability
    return line(text, 0.1, 0.1, probability=each)


def test_a_correction_says_where_and_why() -> None:
    code = code_of("440397", "MA500010")
    place = code.index("0", 10)
    entity = read_credit_code(lay_out_face(paper([code_line(with_sign(code, place, "O"), place, 0.99)])))
    assert entity is not None
    assert entity.value == code
    assert entity.raw == with_sign(code, place, "O")
    (correction,) = entity.corrections
    assert (correction.position, correction.read, correction.meant) == (place, "O", "0")
    assert "check characters" in correction.why


def test_the_qr_code_confirms_the_printed_code() -> None:
    url = f"http://www.gsxt.gov.cn/index.html?uniscid={CODE}"
    alone = read_credit_code(lay_out_face(paper([code_line(CODE, 3, 0.5)])))
    confirmed = read_credit_code(lay_out_face(paper([code_line(CODE, 3, 0.5)], barcodes=[barcode(url)])))
    assert alone is not None
    assert confirmed is not None
    assert confirmed.confidence > alone.confidence
    assert len(confirmed.evidence) == 2


def test_the_qr_code_does_not_overrule_what_is_printed_clearly() -> None:
    other = code_of("310197", "MA1TEXT9")
    face = lay_out_face(paper([line(CODE, 0.1, 0.1)], barcodes=[barcode(f"uniscid={other}")]))
    entity = read_credit_code(face)
    assert entity is not None
    assert entity.value == CODE


def test_a_code_that_is_not_legible_is_taken_from_the_qr_code() -> None:
    entity = read_credit_code(lay_out_face(paper([line("统一社会信用代码", 0.1, 0.1)], barcodes=[barcode(CODE)])))
    assert entity is not None
    assert entity.value == CODE
    assert entity.evidence[0].source == "barcode"
    assert entity.confidence < 0.95


@pytest.mark.parametrize(
    "text", [f"注册号{NUMBER}", f"注册号：{NUMBER} (1-1)", f"注册号{NUMBER}-1/1", f"注 册 号 {NUMBER}"]
)
def test_a_registration_number_is_found(text: str) -> None:
    entity = read_registration_number(lay_out_face(paper([line(text, 0.1, 0.1)])))
    assert entity is not None
    assert entity.value == NUMBER


def test_a_registration_number_with_a_wrong_digit_is_doubted_not_dropped() -> None:
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    entity = read_registration_number(lay_out_face(paper([line(f"注册号{wrong}", 0.1, 0.1)])))
    assert entity is not None
    assert entity.value == wrong


def test_a_number_of_a_paper_without_label_is_no_registration_number() -> None:
    wrong = NUMBER[:-1] + str((int(NUMBER[-1]) + 1) % 10)
    assert read_registration_number(lay_out_face(paper([line(wrong, 0.1, 0.1)]))) is None


def test_a_code_that_does_not_add_up_and_is_not_clear_is_doubted() -> None:
    wrong = with_sign(CODE, 12, "4" if CODE[12] != "4" else "3")
    clear = read_credit_code(lay_out_face(paper([line(wrong, 0.1, 0.1)])))
    unclear = read_credit_code(lay_out_face(paper([code_line(wrong, 3, 0.7)])))
    assert clear is not None
    assert unclear is not None
    assert (clear.value, unclear.value) == (wrong, wrong)
    assert unclear.confidence < 0.7 < 0.9 < clear.confidence
