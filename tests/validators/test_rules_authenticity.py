"""DOC104 and DOC105 on facts built by hand."""

from dataclasses import replace

import pytest

from pipeline.model import WHOLE_PAGE, Document, Editing, TextDisagreement
from pipeline.report.json import load_report, to_json
from pipeline.verdict import Dossier, Status
from tests.validators import build
from tests.validators.reports import report_of
from validators import judge


def disagreement(confidence: float = 0.95) -> TextDisagreement:
    return TextDisagreement(
        file="01.jpg", page=1, box=WHOLE_PAGE, claimed="2099-12-31", seen="2019-12-31", confidence=confidence
    )


def with_licence(**changes: object) -> Dossier:
    return build.dossier(replace(build.licence(), **changes), build.certificate())  # type: ignore[arg-type]


def outcome(rule: str, dossier: Dossier) -> Status:
    return next(each.status for each in build.findings(rule, dossier) if each.subject == "d1")


@pytest.mark.parametrize(
    ("found", "status"),
    [
        pytest.param(None, Status.NOT_APPLICABLE, id="not examined"),
        pytest.param((), Status.PASS, id="agrees"),
        pytest.param((disagreement(),), Status.FAIL, id="differs"),
        pytest.param((disagreement(0.5),), Status.UNDETERMINED, id="differs perhaps"),
    ],
)
def test_text_layer(found: tuple[TextDisagreement, ...] | None, status: Status) -> None:
    assert outcome("DOC104", with_licence(text_layer_disagreements=found)) is status


@pytest.mark.parametrize(
    ("found", "status"),
    [
        pytest.param((), Status.NOT_APPLICABLE, id="nothing else is told"),
        pytest.param((disagreement(),), Status.FAIL, id="another page differs"),
    ],
)
def test_a_layer_that_could_not_be_compared_accuses_nobody(found: tuple[TextDisagreement, ...], status: Status) -> None:
    dossier = with_licence(text_layer_disagreements=found, text_layers_not_compared=(2, 3))
    assert outcome("DOC104", dossier) is status
    if status is Status.NOT_APPLICABLE:
        (told,) = (each for each in build.findings("DOC104", dossier) if each.subject == "d1")
        assert "2, 3" in told.message.en
        assert "2, 3" in told.message.zh


@pytest.mark.parametrize(
    ("editing", "status"),
    [
        pytest.param(None, Status.NOT_APPLICABLE, id="not examined"),
        pytest.param(Editing(producer="Some Scanner 3", is_scan=True), Status.PASS, id="scanner"),
        pytest.param(Editing(producer="Adobe Photoshop 25.0 (Windows)"), Status.FAIL, id="picture editor"),
        pytest.param(Editing(changed_after_signing=True), Status.FAIL, id="changed after signing"),
        pytest.param(Editing(changed_after_signing=False), Status.PASS, id="signed and left alone"),
        pytest.param(Editing(is_scan=True, revisions=2), Status.PASS, id="scan saved twice"),
        pytest.param(Editing(is_scan=True, revisions=3), Status.FAIL, id="scan saved three times"),
        pytest.param(Editing(is_scan=False, revisions=9), Status.PASS, id="form filled in many times"),
    ],
)
def test_editing(editing: Editing | None, status: Status) -> None:
    assert outcome("DOC105", with_licence(editing=editing)) is status


def test_the_finding_names_both_texts_and_the_place() -> None:
    found = build.findings("DOC104", with_licence(text_layer_disagreements=(disagreement(),)))[0]
    assert "2099-12-31" in found.message.en
    assert "2019-12-31" in found.message.zh
    (proof,) = found.evidence
    assert (proof.document, proof.page, proof.source) == ("d1", 1, "text_layer")


def test_one_wrong_fact_raises_its_finding_and_no_other() -> None:
    changed = with_licence(text_layer_disagreements=(disagreement(),), editing=Editing())
    before = {(each.rule, each.subject): each.status for each in judge(with_licence(), build.rulebook()).findings}
    after = {(each.rule, each.subject): each.status for each in judge(changed, build.rulebook()).findings}
    assert {key for key in after if after[key] is not before[key]} == {("DOC104", "d1"), ("DOC105", "d1")}
    assert after["DOC105", "d1"] is Status.PASS


def test_both_facts_are_in_the_report_and_come_back_out_of_it() -> None:
    from extractors.facts import dossier_of

    changes = {"text_layer_disagreements": (disagreement(),), "text_layers_not_compared": (2,)}
    report = report_of(with_licence(**changes, editing=Editing(revisions=4)))
    again: Document = dossier_of(load_report(to_json(report))).documents[0]
    assert (again.text_layer_disagreements, again.editing) == ((disagreement(),), Editing(revisions=4))
    assert again.text_layers_not_compared == (2,)
