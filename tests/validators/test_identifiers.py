"""Which part of a wrong code is wrong, and which numbers an office gives."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import codes
from extractors.base import Office
from tests.validators.made_codes import credit_code, registration_number
from validators import identifiers
from validators.identifiers import CodeFlaw, NumberForm, RegistrationClass

GOOD = credit_code()


@pytest.mark.parametrize(
    ("code", "flaw"),
    [
        pytest.param(GOOD, None, id="good"),
        pytest.param(GOOD[:17], CodeFlaw.LENGTH, id="one character lost"),
        pytest.param(GOOD + "0", CodeFlaw.LENGTH, id="one too many"),
        pytest.param("", CodeFlaw.LENGTH, id="empty"),
        pytest.param(GOOD[:8] + "O" + GOOD[9:], CodeFlaw.CHARACTERS, id="letter O"),
        pytest.param(GOOD[:2] + "A" + GOOD[3:], CodeFlaw.CHARACTERS, id="letter in the division"),
        pytest.param("92" + GOOD[2:], CodeFlaw.CHECK_CHARACTER, id="enterprise relabelled as individual"),
        pytest.param(credit_code(start="51"), None, id="another registrar's code is no flaw of the code"),
    ],
)
def test_the_flaw_of_a_credit_code_is_named(code: str, flaw: CodeFlaw | None) -> None:
    assert identifiers.credit_code_flaw(code) is flaw


def test_a_wrong_organisation_code_is_not_a_flaw_of_gb_32100() -> None:
    code = credit_code(organisation=False)

    assert identifiers.credit_code_flaw(code) is None
    assert not codes.organisation_code_adds_up(identifiers.organisation_code_of(code))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("91440300", RegistrationClass.ENTERPRISE),
        ("92440300", RegistrationClass.INDIVIDUAL),
        ("93440300", RegistrationClass.COOPERATIVE),
        ("99440300", None),
        ("51440300", None),
        ("", None),
    ],
)
def test_a_commercial_registration_is_told_by_two_characters(code: str, kind: RegistrationClass | None) -> None:
    assert identifiers.registration_class(code) is kind


def test_the_parts_of_a_credit_code() -> None:
    assert identifiers.division_of_credit_code(GOOD) == "440300"
    assert identifiers.organisation_code_of(GOOD)[:8] == "MA5G7HJK"


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        pytest.param(registration_number(), None, id="good"),
        pytest.param("4403061234567", CodeFlaw.LENGTH, id="13 digits, before 2007"),
        pytest.param("44030600000123A", CodeFlaw.CHARACTERS, id="letter"),
        pytest.param("", CodeFlaw.CHARACTERS, id="empty"),
    ],
)
def test_the_flaw_of_a_registration_number_is_named(number: str, flaw: CodeFlaw | None) -> None:
    assert identifiers.registration_number_flaw(number) is flaw


@given(st.text("0123456789", min_size=14, max_size=14), st.integers(1, 9))
def test_a_wrong_check_digit_is_named(first14: str, shift: int) -> None:
    wrong = str((int(codes.registration_number_check_digit(first14)) + shift) % 10)
    assert identifiers.registration_number_flaw(first14 + wrong) is CodeFlaw.CHECK_CHARACTER


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        pytest.param("11010519491231002X", None, id="standard's example, X"),
        pytest.param("440524188001010014", None, id="standard's example, digit"),
        pytest.param("110105194912310021", CodeFlaw.CHECK_CHARACTER, id="wrong check character"),
        pytest.param(
            "11010519490230002" + codes.resident_id_check_character("11010519490230002"),
            CodeFlaw.DATE,
            id="30 February",
        ),
        pytest.param("11010519491231002x", CodeFlaw.CHARACTERS, id="not compact"),
        pytest.param("110105491231002", CodeFlaw.LENGTH, id="15 digits, before 1999"),
        pytest.param(
            "81000019900101001" + codes.resident_id_check_character("81000019900101001"), None, id="residence permit"
        ),
    ],
)
def test_the_flaw_of_an_id_number_is_named(number: str, flaw: CodeFlaw | None) -> None:
    assert identifiers.resident_id_flaw(number) is flaw


def test_a_birth_date_is_read_from_an_id_number() -> None:
    assert identifiers.birth_date_of("11010519491231002X") == date(1949, 12, 31)
    assert identifiers.birth_date_of("") is None


@given(st.text("0123456789X", max_size=20))
def test_a_masked_number_shows_seven_characters_at_most(number: str) -> None:
    hidden = identifiers.masked(number)
    assert len(hidden) == len(number)
    assert len(hidden.replace("*", "")) in (0, 7)
    assert len(number) > 7 or set(hidden) <= {"*"}


@pytest.mark.parametrize(
    ("number", "compact"),
    [
        ("第12345678号", "12345678"),
        ("第 1234567 號", "1234567"),
        ("Reg. No. 5,935,271", "5935271"),
        ("Ser. No. 88/199,969", "88199969"),
        ("88-199,969", "88199969"),
        ("No. UK00003123456", "NO.UK00003123456".replace(".", "")),
        ("uk00003123456", "UK00003123456"),
        ("g1234567", "G1234567"),
        ("12345678 A", "12345678A"),
        ("１２３４５６７８", "12345678"),
    ],
)
def test_trademark_numbers_are_compacted(number: str, compact: str) -> None:
    assert identifiers.compact_trademark_number(number) == compact


@pytest.mark.parametrize(
    ("office", "number", "registered", "form"),
    [
        pytest.param(Office.CNIPA, "12345678", True, NumberForm.FITS, id="CNIPA 8 digits"),
        pytest.param(Office.CNIPA, "1234567", True, NumberForm.FITS, id="CNIPA 7 digits"),
        pytest.param(Office.CNIPA, "12345678A", True, NumberForm.FITS, id="CNIPA divided"),
        pytest.param(Office.CNIPA, "G1234567", True, NumberForm.FITS, id="CNIPA Madrid"),
        pytest.param(Office.CNIPA, "123456789", True, NumberForm.BROKEN, id="CNIPA 9 digits"),
        pytest.param(Office.CNIPA, "1234567AB", True, NumberForm.BROKEN, id="CNIPA two letters"),
        pytest.param(Office.CNIPA, "1234", True, NumberForm.HISTORIC, id="CNIPA very short"),
        pytest.param(Office.USPTO, "5935271", True, NumberForm.FITS, id="USPTO registration"),
        pytest.param(Office.USPTO, "88199969", True, NumberForm.BROKEN, id="USPTO serial is no registration"),
        pytest.param(Office.USPTO, "88199969", False, NumberForm.FITS, id="USPTO serial"),
        pytest.param(Office.USPTO, "5935271", False, NumberForm.BROKEN, id="USPTO registration is no serial"),
        pytest.param(Office.USPTO, "88199969", None, NumberForm.FITS, id="USPTO either, serial"),
        pytest.param(Office.USPTO, "5935271", None, NumberForm.FITS, id="USPTO either, registration"),
        pytest.param(Office.USPTO, "593527", True, NumberForm.HISTORIC, id="USPTO before 1974 or a digit lost"),
        pytest.param(Office.EUIPO, "018123456", True, NumberForm.FITS, id="EUIPO"),
        pytest.param(Office.EUIPO, "18123456", True, NumberForm.BROKEN, id="EUIPO without zero"),
        pytest.param(Office.EUIPO, "W01234567", True, NumberForm.FITS, id="EUIPO Madrid"),
        pytest.param(Office.UKIPO, "UK00003123456", True, NumberForm.FITS, id="UKIPO"),
        pytest.param(Office.UKIPO, "UK00918123456", True, NumberForm.FITS, id="UKIPO cloned from the EU"),
        pytest.param(Office.UKIPO, "UK3123456", True, NumberForm.BROKEN, id="UKIPO short"),
        pytest.param(Office.WIPO, "1234567", True, NumberForm.FITS, id="WIPO 7 digits"),
        pytest.param(Office.WIPO, "12345678", True, NumberForm.BROKEN, id="WIPO 8 digits"),
        pytest.param(Office.TIPO, "anything", True, NumberForm.UNKNOWN, id="unknown form"),
    ],
)
def test_an_offices_numbers_are_known(office: Office, number: str, registered: bool | None, form: NumberForm) -> None:
    assert identifiers.trademark_number_form(number, office, registered=registered) is form


@pytest.mark.parametrize(
    ("one", "other", "office", "same"),
    [
        ("018123456", "18123456", Office.EUIPO, True),
        ("UK00003123456", "3123456", Office.UKIPO, True),
        ("5,935,271", "5935271", Office.USPTO, True),
        ("12345678", "第12345678号", None, True),
        ("12345678", "12345679", Office.CNIPA, False),
        ("12345678", "12345678A", Office.CNIPA, False),
        ("G1234567", "1234567", Office.CNIPA, False),
    ],
)
def test_numbers_are_compared_as_their_office_writes_them(
    one: str, other: str, office: Office | None, same: bool
) -> None:
    assert identifiers.same_trademark_number(one, other, office) is same
