"""Identity numbers never leave in the clear."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from pipeline.form import LegalPerson
from pipeline.identity_numbers import mask_number
from pipeline.model import Correction, Entity, Fields
from pipeline.register import entry_of
from pipeline.report.json import load_report, to_json, to_report, without_numbers
from pipeline.report.masking import mask_text
from pipeline.verdict import Severity, Status
from tests.pipeline.report import build, papers

MASKED = "440300***********X"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("44030019900101001X", MASKED, id="bare"),
        pytest.param("公民身份号码44030019900101001x。", "公民身份号码440300***********x。", id="in a sentence"),
        pytest.param("ID44030019900101001X", f"ID{MASKED}", id="after letters"),
        pytest.param("440300 1990 0101 001X", "440300**************X", id="in groups"),
        pytest.param("资料/李明华44030019900101001X.jpg", f"资料/李明华{MASKED}.jpg", id="in a path"),
        pytest.param("911100006000373410", "911100006000373410", id="credit code of digits alone"),
        pytest.param("91440300MA5EXAMPLE", "91440300MA5EXAMPLE", id="credit code"),
        pytest.param("914403201801014518", "914403201801014518", id="credit code that seems to hold a date"),
        pytest.param("440300199013010011", "440300199013010011", id="no such month"),
        pytest.param("1440300199001010011", "1440300199001010011", id="within a longer number"),
        pytest.param("440301103456789", "440301103456789", id="registration number of 15 digits"),
    ],
)
def test_only_identity_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    ("number", "masked"), [("44030019900101001X", MASKED), ("1234567", "*******"), ("", ""), ("12345678", "123456*8")]
)
def test_six_characters_and_the_last_remain(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@st.composite
def resident_numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(min_value=date(1900, 1, 1), max_value=build.AS_OF))
    first = f"{draw(st.integers(110000, 829999))}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first + str(ric.calc_check_digit(first + "0"))


@given(resident_numbers(), st.text(alphabet="年号 :，abc", max_size=5))
def test_no_resident_number_survives(number: str, around: str) -> None:
    masked = mask_text(around + number + around)
    assert number not in masked
    assert number[6:14] not in masked


def test_a_report_never_shows_the_forms_number() -> None:
    quoting = build.finding(
        "IDN302", Status.FAIL, Severity.BLOCKER, "form", f"{papers.ID_NUMBER} is wrong.", "错误", found=papers.ID_NUMBER
    )
    outcome = build.outcome()
    outcome = replace(outcome, verdict=outcome.verdict.model_copy(update={"findings": (quoting,)}))
    text = to_json(to_report(outcome))
    assert papers.ID_NUMBER not in text
    assert text.count(MASKED) == 3


def test_a_malformed_number_of_the_form_is_masked_wherever_it_is_quoted() -> None:
    wrong = "44030019901301001X"
    quoting = build.finding("IDN302", Status.FAIL, Severity.BLOCKER, "form", f"{wrong.lower()}?", "错误")
    outcome = build.outcome()
    form = build.form().application
    assert form
    assert form.applicant
    applicant = form.applicant.model_copy(update={"legal_person": LegalPerson(name="李明华", id_number=wrong)})
    application = form.model_copy(update={"applicant": applicant})
    outcome = replace(
        outcome,
        dossier=replace(outcome.dossier, form=replace(build.form(), application=application)),
        verdict=outcome.verdict.model_copy(update={"findings": (quoting,)}),
    )
    assert "19901301" not in to_json(to_report(outcome))


class Card(Fields):
    """An identity card's number."""

    id_number: Entity[str] | None = None


@pytest.mark.parametrize("number", ["44030019900101001X", "440300199X0101001X", "4403001990010100"])
def test_an_identity_card_is_masked_even_if_its_number_was_misread(number: str) -> None:
    line = papers.line(f"公民身份号码 {number}", (0.1, 0.8, 0.9, 0.9), file="id.jpg")
    card = Card(id_number=Entity[str](value=number, raw=number, confidence=0.9, evidence=(line,)))
    outcome = build.inspected()
    document = build.document("d1", "identity_card", "id.jpg", card, (100, 60))
    text = to_json(to_report(replace(outcome, dossier=replace(outcome.dossier, documents=(document,)))))
    assert number not in text
    assert number[6:-1] not in text
    assert document.sha256 in text


NUMBER = "44030019900101001X"
MISREAD = "4403001990O101001X"


def card_report(number: Entity[str], **others: Entity[str]) -> str:
    class Full(Card):
        """With another entity on the same line."""

        address: Entity[str] | None = None

    outcome = build.inspected()
    document = build.document("d1", "identity_card", "id.jpg", Full(id_number=number, **others), (100, 60))
    return to_json(to_report(replace(outcome, dossier=replace(outcome.dossier, documents=(document,)))))


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param((f"公民身份号码{NUMBER}",), id="with its label"),
        pytest.param((f"公民身份号码{MISREAD}",), id="with a letter misread"),
        pytest.param(("公民身份号码 440300199", "00101001X"), id="cut in two"),
        pytest.param(("4403 0019 9001 0100 1X",), id="in groups"),
        pytest.param(("440300", "199001", "01001X"), id="cut in three"),
    ],
)
def test_no_line_that_proves_the_number_shows_more_than_the_mask_does(texts: tuple[str, ...]) -> None:
    lines = tuple(papers.line(text, (0.1, 0.8, 0.9, 0.9), file="id.jpg") for text in texts)
    corrections = (Correction(position=10, read="O", meant="0", why="unclear"),)
    number = Entity[str](value=NUMBER, raw=MISREAD, confidence=0.9, evidence=lines, corrections=corrections)
    text = card_report(number)
    shown = [each["text"] for each in json.loads(text)["documents"][0]["entities"]["id_number"]["evidence"]]
    assert not any(re.search(r"\d{7}|01001|9900|001X|199|1990", each) for each in shown), shown
    assert '"from": "O"' not in text
    assert '"to": "0"' not in text


def test_a_misread_number_is_masked_in_the_evidence_of_other_entities_too() -> None:
    line = papers.line(f"星屿路1号 {MISREAD}", (0.1, 0.8, 0.9, 0.9), file="id.jpg")
    number = Entity[str](value=NUMBER, raw=MISREAD, confidence=0.9, evidence=(line,))
    address = Entity[str](value="星屿路1号", raw=line.text, confidence=0.9, evidence=(line,))
    text = card_report(number, address=address)
    assert MISREAD not in text
    assert "1990O101" not in text


def test_a_report_that_reveals_numbers_says_so_and_can_be_masked_later() -> None:
    outcome = build.outcome()
    revealing = to_report(outcome, reveal=True)
    assert papers.ID_NUMBER in to_json(revealing)
    assert load_report(to_json(revealing)).provenance.revealed is True
    assert to_json(without_numbers(revealing)) == to_json(to_report(outcome))
    assert "revealed" not in to_json(to_report(outcome))


def test_a_number_that_a_report_reveals_is_not_put_on_record() -> None:
    outcome = build.inspected()
    named = replace(outcome.dossier.documents[0], file=f"{papers.ID_NUMBER}.jpg")
    report = to_report(replace(outcome, dossier=replace(outcome.dossier, documents=(named,))), reveal=True)
    assert papers.ID_NUMBER in to_json(report)
    entry = entry_of(report).model_dump_json()
    assert MASKED in entry
    assert papers.ID_NUMBER not in entry
