"""IDN301 to IDN306: who the legal person is."""

from datetime import date
from typing import Any

import pytest

from pipeline.form import FormProblem
from pipeline.model import LONG_TERM, Message
from pipeline.verdict import Status
from tests.validators import build, papers
from tests.validators.clean import Scenario, clean_dossier

PASS, FAIL, UNDETERMINED, NOT_APPLICABLE = Status.PASS, Status.FAIL, Status.UNDETERMINED, Status.NOT_APPLICABLE


def with_card(rule: str, **changes: Any) -> Status:
    return build.status(rule, clean_dossier(Scenario.IDENTITY_CARD, identity_card=changes))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({}, PASS, id="name and number in the form"),
        pytest.param({"id_number": {"id_number": None}}, FAIL, id="no number"),
        pytest.param({"id_number": {"name": None}}, FAIL, id="no name"),
        pytest.param({"id_number": {"id_number": None}, "identity_card": {}}, PASS, id="the card"),
        pytest.param(
            {"id_number": {"id_number": None}, "identity_card": {"name": None}}, PASS, id="a card, name not read"
        ),
        pytest.param(
            {"id_number": {"id_number": None}, "add": (build.document("identity_card"),)}, PASS, id="nothing of it read"
        ),
        pytest.param(
            {"id_number": {"id_number": None}, "add": (build.document(legibility=0.2),)},
            UNDETERMINED,
            id="a paper that may be it",
        ),
    ],
)
def test_idn301_identity(changes: dict[str, Any], status: Status) -> None:
    assert build.status("IDN301", clean_dossier(**changes)) is status


def test_idn301_a_licensors_card_is_not_the_legal_persons() -> None:
    dossier = clean_dossier(Scenario.NATURAL_OWNER, id_number={"id_number": None})
    assert build.status("IDN301", dossier) is FAIL


def test_idn301_a_number_that_the_form_gets_wrong_is_app001s() -> None:
    problem = FormProblem(field="applicant.legal_person", message=Message(en="x", zh="错"))
    form = build.form(problem, applicant=None)
    assert build.status("IDN301", build.dossier(form=form)) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("number", "words"),
    [
        pytest.param(build.ID_NUMBER, "", id="adds up"),
        pytest.param(build.ID_NUMBER.lower(), "", id="small x"),
        pytest.param("44030519850312123", "18 characters", id="one short"),
        pytest.param("44030519851312123X", "no date of birth", id="month 13"),
        pytest.param(
            build.ID_NUMBER[:-1] + ("0" if build.ID_NUMBER[-1] != "0" else "1"), "add up", id="check character"
        ),
        pytest.param("4403051985031212A1", "other characters", id="a letter"),
    ],
)
def test_idn302_number_in_the_form(number: str, words: str) -> None:
    finding = build.finding("IDN302", clean_dossier(id_number={"id_number": number}))
    assert finding.status is (FAIL if words else PASS)
    assert words in finding.message.en
    assert number not in finding.message.en + finding.message.zh + str(finding.found)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param(build.ID_NUMBER, PASS, id="adds up"),
        pytest.param("440305198503121230", FAIL, id="does not"),
        pytest.param(build.in_doubt_at("440305198503121230", "0"), UNDETERMINED, id="does not, with doubtful digits"),
        pytest.param(None, UNDETERMINED, id="not read"),
    ],
)
def test_idn302_number_on_the_card(number: Any, status: Status) -> None:
    assert with_card("IDN302", id_number=number) is status


def test_idn302_without_any_number_does_not_apply() -> None:
    assert build.status("IDN302", clean_dossier(id_number={"id_number": None})) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("end", "status"),
    [
        pytest.param(date(2041, 5, 6), PASS, id="runs"),
        pytest.param(LONG_TERM, PASS, id="without end"),
        pytest.param(date(2026, 11, 24), PASS, id="last day"),
        pytest.param(date(2026, 11, 23), FAIL, id="a day late"),
        pytest.param(None, UNDETERMINED, id="not read"),
        pytest.param(build.entity(date(2020, 1, 1), 0.5), UNDETERMINED, id="read with doubt"),
    ],
)
def test_idn303_term(end: Any, status: Status) -> None:
    assert with_card("IDN303", valid_to=end) is status


def test_idn303_counts_the_days() -> None:
    finding = build.finding(
        "IDN303", clean_dossier(Scenario.IDENTITY_CARD, identity_card={"valid_to": date(2026, 5, 31)})
    )
    assert "2026-05-31, 177 days before 2026-11-24" in finding.message.en


def test_cards_of_licensors_are_judged_by_aut515_alone() -> None:
    dossier = clean_dossier(Scenario.NATURAL_OWNER, licensor_card={"valid_to": date(2020, 1, 1)})
    for rule in ("IDN303", "IDN305", "IDN306"):
        assert build.status(rule, dossier) is NOT_APPLICABLE


@pytest.mark.parametrize(
    ("born", "status"),
    [
        pytest.param(date(2008, 11, 24), PASS, id="18 today"),
        pytest.param(date(2008, 11, 25), FAIL, id="18 tomorrow"),
        pytest.param(build.entity(date(2010, 1, 1), 0.4), PASS, id="printed with doubt, told by the number"),
    ],
)
def test_idn304_age_on_the_card(born: Any, status: Status) -> None:
    assert with_card("IDN304", birth_date=born) is status


def test_idn304_neither_birth_nor_number_read() -> None:
    assert with_card("IDN304", birth_date=None, id_number=None) is UNDETERMINED


@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param(papers.id_number("44030520081124123"), PASS, id="18 today"),
        pytest.param(papers.id_number("44030520081125123"), FAIL, id="18 tomorrow"),
        pytest.param("44030520081125123", NOT_APPLICABLE, id="a wrong number is IDN302's"),
    ],
)
def test_idn304_age_by_the_number_in_the_form(number: str, status: Status) -> None:
    assert build.status("IDN304", clean_dossier(id_number={"id_number": number})) is status


@pytest.mark.parametrize(
    ("born", "begins", "ends", "status"),
    [
        pytest.param(date(1985, 3, 12), date(2021, 5, 6), date(2041, 5, 6), PASS, id="20 years at 36"),
        pytest.param(date(1985, 3, 12), date(2021, 5, 6), date(2041, 5, 5), PASS, id="a day less"),
        pytest.param(date(1985, 3, 12), date(2021, 5, 6), date(2031, 5, 6), FAIL, id="10 years at 36"),
        pytest.param(date(1985, 3, 12), date(2021, 5, 6), LONG_TERM, FAIL, id="without end at 36"),
        pytest.param(date(1975, 3, 12), date(2021, 5, 6), LONG_TERM, PASS, id="without end at 46"),
        pytest.param(date(1975, 3, 12), date(2021, 4, 20), date(2041, 4, 20), PASS, id="applied for at 45"),
        pytest.param(date(1975, 3, 12), date(2021, 9, 20), date(2041, 9, 20), FAIL, id="20 years at 46"),
        pytest.param(date(2000, 3, 12), date(2021, 5, 6), date(2031, 5, 6), PASS, id="10 years at 21"),
        pytest.param(date(2010, 3, 12), date(2021, 5, 6), date(2026, 5, 6), PASS, id="5 years at 11"),
        pytest.param(date(1985, 3, 12), date(2021, 5, 6), date(2040, 8, 6), FAIL, id="no whole years"),
        pytest.param(date(1985, 3, 12), None, date(2041, 5, 6), UNDETERMINED, id="beginning not read"),
        pytest.param(date(1985, 3, 12), date(2021, 5, 6), None, UNDETERMINED, id="end not read"),
    ],
)
def test_idn305_term_and_age(born: date, begins: Any, ends: Any, status: Status) -> None:
    assert with_card("IDN305", birth_date=born, valid_from=begins, valid_to=ends) is status


@pytest.mark.parametrize(
    ("name", "person", "status"),
    [
        pytest.param(build.PERSON, build.PERSON, PASS, id="the same"),
        pytest.param("林試之", build.PERSON, PASS, id="in traditional characters"),
        pytest.param("王别之", build.PERSON, FAIL, id="another"),
        pytest.param("林试芝", build.PERSON, FAIL, id="one character off"),
        pytest.param(build.in_doubt_at("林试芝", "芝"), build.PERSON, UNDETERMINED, id="one character off, in doubt"),
        pytest.param(None, build.PERSON, UNDETERMINED, id="name not read"),
        pytest.param(build.PERSON, None, UNDETERMINED, id="licence's person not read"),
    ],
)
def test_idn306_name(name: Any, person: Any, status: Status) -> None:
    dossier = clean_dossier(Scenario.IDENTITY_CARD, identity_card={"name": name}, licence={"legal_person": person})
    assert build.status("IDN306", dossier) is status


def test_idn306_shows_the_differing_character() -> None:
    finding = build.finding("IDN306", clean_dossier(Scenario.IDENTITY_CARD, identity_card={"name": "林试芝"}))
    assert "character 3 is 芝 instead of 之" in finding.message.en


def test_idn306_without_a_licence_is_lic201s() -> None:
    assert build.status("IDN306", clean_dossier(Scenario.IDENTITY_CARD, licence=None)) is NOT_APPLICABLE


def test_a_card_alone_is_judged_without_an_application() -> None:
    inspected = build.dossier(papers.identity_card(valid_to=date(2020, 1, 1)), inspecting=True)
    assert build.status("IDN303", inspected) is FAIL


OLD = {"valid_from": date(2006, 5, 6), "valid_to": date(2026, 5, 6)}


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        pytest.param({}, {}, Status.NOT_APPLICABLE, id="a valid one beside it"),
        pytest.param({}, {"valid_to": date(2026, 11, 23)}, Status.FAIL, id="the other has expired, too"),
        pytest.param({}, {"valid_from": date(2027, 1, 1)}, Status.FAIL, id="the other has yet to begin"),
        pytest.param({}, {"valid_to": build.entity(date(2041, 5, 6), 0.4)}, Status.FAIL, id="the other's end in doubt"),
        pytest.param({"id_number": None}, {}, Status.UNDETERMINED, id="the number was not read"),
        pytest.param({}, {"id_number": papers.id_number("44030519850312125")}, Status.FAIL, id="another person's"),
    ],
)
def test_idn303_an_old_card_beside_a_valid_one(old: dict[str, Any], new: dict[str, Any], status: Status) -> None:
    cards = (papers.identity_card(file="old.jpg", **{**OLD, **old}), papers.identity_card(file="new.jpg", **new))
    found = build.findings("IDN303", build.dossier(build.licence(), build.certificate(), *cards))
    assert found[0].status is status


def test_idn305_leaves_an_old_card_alone() -> None:
    cards = (papers.identity_card(file="old.jpg", **OLD), papers.identity_card(file="new.jpg"))
    found = build.findings("IDN305", build.dossier(build.licence(), build.certificate(), *cards))
    assert [each.status for each in found] == [Status.NOT_APPLICABLE, Status.PASS]
