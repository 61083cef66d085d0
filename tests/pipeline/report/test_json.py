"""The report as programs read it."""

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from pipeline.errors import UsageError
from pipeline.model import Box, Entity, Fields, TextLine
from pipeline.report.json import load_report, report_schema, to_json, to_report
from pipeline.verdict import Outcome, Seconds
from tests.pipeline.report import build, papers


def written(outcome: Outcome | None = None) -> dict[str, Any]:
    content = json.loads(to_json(to_report(outcome or build.outcome())))
    assert isinstance(content, dict)
    return content


def test_keys_stand_as_the_contract_writes_them() -> None:
    report = written()
    assert list(report) == [
        "schema_version", "dossier_id", "as_of", "decision", "deposit", "application", "documents", "findings",
        "remedies", "authorizations", "alternatives", "summary", "provenance",
    ]  # fmt: skip
    assert list(report["documents"][0]) == [
        "id", "type", "type_confidence", "type_reason", "file", "sha256", "pages", "pages_total", "pages_read",
        "confirm_at", "entities",
    ]  # fmt: skip
    assert list(report["documents"][0]["pages"][0]) == ["file", "page", "width", "height", "turned"]
    assert list(report["documents"][0]["entities"]["company_name"]) == ["value", "raw", "confidence", "evidence"]
    assert list(report["findings"][0]["evidence"][0]) == ["document", "file", "page", "box", "text", "source"]
    assert list(report["provenance"]) == ["version", "engine", "models", "rulebook", "seconds"]


def test_a_document_of_several_files_lists_them_with_their_hashes() -> None:
    outcome = build.outcome()
    first, *others = outcome.dossier.documents
    parts = ((first.file, first.sha256), ("back.jpg", "b" * 64))
    joined = replace(outcome.dossier, documents=(replace(first, files=parts), *others))
    document = written(replace(outcome, dossier=joined))["documents"][0]
    assert document["files"] == [
        {"file": first.file, "sha256": first.sha256},
        {"file": "back.jpg", "sha256": "b" * 64},
    ]
    assert "files" not in written()["documents"][0]


def test_counts_are_those_of_the_contract() -> None:
    assert written()["summary"] == {
        "fail": {"blocker": 1, "major": 2, "minor": 1, "info": 0},
        "undetermined": 1,
        "pass": 9,
        "not_applicable": 1,
    }


def test_decision_and_deposit_are_null_without_an_application() -> None:
    report = written(build.inspected())
    assert report["decision"] is None
    assert report["deposit"] is None
    assert report["application"] == {}


def nulls(value: object, path: str = "") -> list[str]:
    if value is None:
        return [path]
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in nulls(item, f"{path}/{key}")]
    if isinstance(value, list):
        return [found for item in value for found in nulls(item, path)]
    return []


def test_nothing_else_is_null() -> None:
    assert nulls(written()) == []
    assert nulls(written(build.inspected())) == ["/decision", "/deposit"]


def test_values_are_written_by_their_own_type() -> None:
    licence, certificate = (document["entities"] for document in written()["documents"][:2])
    assert licence["registered_capital"]["value"] == {"amount": 1_000_000, "currency": "CNY"}
    assert licence["establishment_date"]["value"] == "2016-03-15"
    assert licence["copy"]["value"] == "duplicate"
    assert certificate["nice_classes"]["value"] == [25]
    assert certificate["goods"]["value"] == [
        {"class": 25, "text": "连衣裙"}, {"class": 25, "text": "帽子"}, {"text": "鞋"},
    ]  # fmt: skip


def test_corrections_name_what_was_read_and_meant() -> None:
    code = written()["documents"][0]["entities"]["unified_social_credit_code"]
    assert code["corrections"] == [
        {"position": 16, "from": "I", "to": "L", "why": "the check character allows no other"}
    ]


def test_further_looks_at_a_field_tell_what_was_tried_and_what_won() -> None:
    entities = written()["documents"][0]["entities"]
    assert entities["legal_person"]["looks"] == [
        {"way": "without_red", "confidence": 0, "won": False},
        {"way": "whole_page", "raw": "李明华", "confidence": 0.97, "won": True},
    ]
    assert "looks" not in entities["company_name"]


def test_a_field_that_was_not_read_is_absent() -> None:
    assert "composition" not in written()["documents"][0]["entities"]


def test_a_file_that_could_not_be_read_keeps_its_reason() -> None:
    broken = written()["documents"][2]
    assert (broken["pages_total"], broken["pages_read"], broken["entities"]) == (0, 0, {})
    assert broken["failures"][0]["code"] == "corrupt"


def test_registers_are_our_own() -> None:
    licence, certificate, other = written()["documents"]
    assert licence["confirm_at"]["address"] == "https://www.gsxt.gov.cn/"
    assert certificate["confirm_at"]["address"] == "https://wcjs.sbj.cnipa.gov.cn/"
    assert "confirm_at" not in other


def test_the_same_outcome_gives_the_same_bytes() -> None:
    first, second = build.outcome(), replace(build.outcome(), models=dict(reversed(build.outcome().models.items())))
    assert to_json(to_report(first)) == to_json(to_report(second))


def test_only_seconds_tell_two_runs_apart() -> None:
    first, second = written(), written(replace(build.outcome(), seconds=Seconds(read=99.0)))
    assert first["provenance"].pop("seconds") != second["provenance"].pop("seconds")
    assert first == second


def test_text_is_readable_and_ends_with_a_newline() -> None:
    text = to_json(to_report(build.outcome()))
    assert papers.COMPANY in text
    assert text.startswith('{\n  "schema_version": "1.0",\n')
    assert text.endswith("}\n")


@pytest.mark.parametrize("outcome", [build.outcome(), build.inspected()], ids=["rejected", "inspected"])
def test_reading_back_gives_the_same_report(outcome: Outcome) -> None:
    report = to_report(outcome)
    assert load_report(to_json(report)) == report


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "the file", id="empty"),
        pytest.param("[]", "the file", id="a list"),
        pytest.param('{"schema_version": "2.0"}', "schema_version", id="another version"),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        load_report(text)


@pytest.mark.parametrize("outcome", [build.outcome(), build.inspected()], ids=["rejected", "inspected"])
def test_reports_satisfy_the_schema(outcome: Outcome) -> None:
    Draft202012Validator.check_schema(report_schema())
    Draft202012Validator(report_schema()).validate(written(outcome))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda report: report.pop("decision"), id="no decision"),
        pytest.param(lambda report: report.update(verdict="approved"), id="unknown key"),
        pytest.param(lambda report: report.update(decision="maybe"), id="unknown decision"),
        pytest.param(lambda report: report.update(as_of=None), id="null date"),
        pytest.param(lambda report: report["findings"][0].update(found=None), id="null instead of absent"),
        pytest.param(lambda report: report["findings"][0]["evidence"][0].update(box=[0, 0, 1]), id="box of three"),
        pytest.param(lambda report: report["findings"][0]["evidence"][0].update(box=[0, 0, 1, 2]), id="box off page"),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_know(spoil: Any) -> None:
    report = written()
    spoil(report)
    with pytest.raises(ValidationError):
        Draft202012Validator(report_schema()).validate(report)


class Numbers(Fields):
    """One entity, for numbers of any precision."""

    number: Entity[str] | None = None


fractions = st.floats(min_value=0, max_value=1)


@given(confidence=fractions, edges=st.tuples(fractions, fractions, fractions, fractions))
def test_confidence_is_never_rounded_up_and_boxes_have_four_digits(
    confidence: float, edges: tuple[float, float, float, float]
) -> None:
    left, top, right, bottom = edges
    line = TextLine(text="1", box=Box(left=left, top=top, right=right, bottom=bottom), confidence=1, file="a.png")
    fields = Numbers(number=Entity[str](value="1", raw="1", confidence=confidence, evidence=(line,)))
    outcome = build.inspected()
    document = build.document("d1", "other", "a.png", fields, (10, 10))
    outcome = replace(outcome, dossier=replace(outcome.dossier, documents=(document,)))
    number = written(outcome)["documents"][0]["entities"]["number"]
    assert number["confidence"] <= confidence + 1e-9
    assert confidence - number["confidence"] < 1.1e-4
    assert number["confidence"] < 1 or confidence > 1 - 1e-9
    assert number["evidence"][0]["box"] == [round(edge, 4) for edge in edges]
    assert load_report(to_json(to_report(outcome))) == to_report(outcome)


def test_writing_json_needs_no_template_engine() -> None:
    code = "import sys, pipeline.report.json; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
