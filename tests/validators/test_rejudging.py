"""Corrected facts are judged again; what no report keeps stays as it is on record, and nothing gets better by that."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import JsonValue

from pipeline.report.json import Report, load_report
from pipeline.report.record import EntityRecord
from pipeline.review.changes import rule_changes
from pipeline.verdict import Decision
from validators.rejudging import Rejudger

EXPECTED = Path(__file__).parents[2] / "samples" / "expected"
JUDGE = Rejudger()


def load(name: str) -> Report:
    return load_report((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))


def corrected(report: Report, document: str, values: Mapping[str, JsonValue], *, source: str = "reviewer") -> Report:
    """Return the report with other values, as a reviewer reads them."""
    content = json.loads(report.model_dump_json(by_alias=True, exclude_none=True))
    (paper,) = (each for each in content["documents"] if each["id"] == document)
    for name, value in values.items():
        proof = {"file": paper["file"], "page": 1, "box": [0, 0, 1, 1], "text": "as typed", "source": source}
        paper["entities"][name] = {"value": value, "raw": "as typed", "confidence": 1, "evidence": [proof]}
    documents = tuple(
        document.model_copy(
            update={"entities": {k: EntityRecord.model_validate(v) for k, v in written["entities"].items()}}
        )
        for document, written in zip(report.documents, content["documents"], strict=True)
    )
    return report.model_copy(update={"documents": documents})


@pytest.mark.parametrize("name", sorted(path.stem for path in EXPECTED.glob("*.json")))
def test_report_without_corrections_comes_out_as_it_is(name: str) -> None:
    report = load(name)
    again = JUDGE.rejudge(report, report).report
    assert rule_changes(report, again) == ()
    assert (again.decision, again.remedies, again.summary) == (report.decision, report.remedies, report.summary)


def test_defect_that_was_a_misreading_goes() -> None:
    report = load("legal-person-differs")
    again = JUDGE.rejudge(report, corrected(report, "d1", {"legal_person": "欧阳泽楷"}))
    assert (report.decision, again.report.decision) == (Decision.REJECTED, Decision.APPROVED)
    assert again.report.remedies == ()
    assert again.report.alternatives == ()


def test_defect_that_was_overlooked_comes_up() -> None:
    report = load("starriver")
    again = JUDGE.rejudge(report, corrected(report, "d1", {"valid_to": "2020-01-31"})).report
    assert again.decision is Decision.REJECTED
    assert "LIC206" in {remedy.rule for remedy in again.remedies}


def test_doubt_goes_by_a_reviewers_reading_alone() -> None:
    report = load("licence-before-2014")
    doubted = {finding.rule for finding in report.findings if finding.status == "undetermined"}
    assert "LIC207" in doubted
    again = JUDGE.rejudge(report, corrected(report, "d1", {"issue_date": "2013-06-03"})).report
    assert next(each for each in again.findings if each.rule == "LIC207").status == "pass"


def test_rules_on_masked_numbers_are_never_judged_anew() -> None:
    report = load("id-card-expired")
    card = next(each.id for each in report.documents if each.type == "identity_card")
    again = JUDGE.rejudge(report, corrected(report, card, {"id_number": "11010519491231002X"}))
    before = [finding for finding in report.findings if finding.rule.startswith("IDN30")]
    kept = {"IDN302", "IDN303", "IDN304", "IDN305"}
    assert kept <= set(again.kept)
    after = {(f.rule, f.subject): f for f in again.report.findings}
    assert all(after[f.rule, f.subject] == f for f in before if f.rule in kept)


def test_other_rulebook_is_told() -> None:
    report = load("starriver")
    rulebook = report.provenance.rulebook.model_copy(update={"sha256": "0" * 64})
    other = report.model_copy(update={"provenance": report.provenance.model_copy(update={"rulebook": rulebook})})
    again = JUDGE.rejudge(other, other)
    assert again.other_rulebook
    assert again.report.provenance.rulebook.sha256 != rulebook.sha256
    assert not JUDGE.rejudge(again.report, again.report).other_rulebook
