"""`dossier rulebook try`: a dry run over finished reports."""

from pathlib import Path

import pytest

from extractors.facts import FIELDS, dossier_of
from extractors.paper_fields import IdentityCard
from pipeline.errors import UsageError
from pipeline.model import Fields
from pipeline.report.json import load_report
from pipeline.report.record import DocumentRecord, EntityRecord
from tests.validators import build
from tests.validators.reports import report_of, results
from validators import judge
from validators.rulebook import load_rulebook
from validators.rulebook_trial import try_rulebook
from validators.subjects import type_name

HEAD = (
    'id: mine\nversion: "1"\nextends: aliexpress\npolicy:\n  - source: a contract\n    effective_from: 2020-01-01\n    '
)
EXPECTED = Path(__file__).parents[2] / "samples" / "expected"


def saved(folder: Path, stated: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(HEAD + stated, encoding="utf-8")
    return path


def test_every_type_of_document_has_its_fields() -> None:
    declared = {each for each in Fields.__subclasses__() if each.__module__.startswith("extractors")}
    assert {type_name(each): each for each in declared} == dict(FIELDS)


@pytest.mark.parametrize("path", sorted(EXPECTED.glob("*.json")), ids=lambda path: path.stem)
def test_facts_out_of_a_report_are_judged_as_those_that_were_read(path: Path) -> None:
    """Form problems aside (APP001), which no report keeps."""
    report = load_report(path.read_text(encoding="utf-8"))
    rulebook = load_rulebook(None, as_of=report.as_of)
    once = report_of(dossier_of(report), rulebook, dossier_id=report.dossier_id)
    again = judge(dossier_of(once), rulebook)
    assert {(each.rule, each.subject, each.status) for each in again.findings} == {
        (each.rule, each.subject, each.status) for each in once.findings
    }
    assert [_unmasked(document) for document in once.documents] == [
        _unmasked(document) for document in report.documents
    ]


def _unmasked(document: DocumentRecord) -> dict[str, EntityRecord]:
    """Return the entities but for the identity number, of which a report keeps less each time."""
    return {name: entity for name, entity in document.entities.items() if name != "id_number"}


def test_a_rulebook_that_changes_nothing_changes_no_decision(tmp_path: Path) -> None:
    out = results(tmp_path / "out", report_of(build.dossier()))
    found = try_rulebook(saved(tmp_path, "min_age: 18\n"), out).entry()
    assert (found["reports"], found["decisions_changed"], found["rules"]) == (1, 0, {})
    assert found["kept"] == {"IDN302": 1, "IDN304": 1}, "the form's identity number is masked in reports"


def test_a_decision_that_would_change_is_told_with_the_rules_that_change_it(tmp_path: Path) -> None:
    reports = [report_of(build.dossier(), dossier_id="a"), report_of(build.dossier(build.licence()), dossier_id="b")]
    out = results(tmp_path / "out", *reports)
    before = {report.dossier_id: report.decision for report in reports}
    stricter = "accounts:\n      - {id: taobao, en: T, zh: 淘, patterns: ['x']}\n"
    found = try_rulebook(saved(tmp_path, stricter), out).entry()
    assert [each["dossier_id"] for each in found["changes"]] == ["a"]
    (change,) = found["changes"]
    assert (change["before"], change["after"]) == (before["a"], "needs_review")
    assert change["rules"] == [{"rule": "APP006", "subject": "form", "before": "pass", "after": "fail (major)"}]
    assert found["rules"] == {"APP006": 2}


def test_a_severity_that_is_overridden_changes_the_decision(tmp_path: Path) -> None:
    out = results(
        tmp_path / "out", report_of(build.dossier(build.licence(), build.certificate(nice_classes=(9,), goods=None)))
    )
    found = try_rulebook(saved(tmp_path, "severities: {CAT601: minor}\n"), out).entry()
    (change,) = found["changes"]
    assert change["before"] == "rejected"
    assert {
        "rule": "CAT601",
        "subject": f"brand:{build.BRAND}",
        "before": "fail (blocker)",
        "after": "fail (minor)",
    } in change["rules"]


def test_what_a_report_does_not_keep_stays_as_recorded_and_is_told(tmp_path: Path) -> None:
    """The form's problems are in no report: APP001 failed then, and would pass on what is left."""
    from pipeline.form import FormProblem
    from pipeline.model import Message

    problem = FormProblem(field="store.colour", message=Message(en="unknown key", zh="未知字段"))
    report = report_of(build.dossier(form=build.form(problem)))
    assert report.decision == "rejected"
    found = try_rulebook(saved(tmp_path, "min_age: 19\n"), results(tmp_path / "out", report)).entry()
    assert (found["decisions_changed"], found["kept"]) == (0, {"APP001": 1, "IDN302": 1, "IDN304": 1})


def test_masked_numbers_do_not_break_the_rules_on_them(tmp_path: Path) -> None:
    card = build.document("identity_card", IdentityCard(id_number=build.entity("11010519491231002X")), file="03.jpg")
    out = results(tmp_path / "out", report_of(build.dossier(build.licence(), build.certificate(), card)))
    found = try_rulebook(saved(tmp_path, "min_age: 18\n"), out).entry()
    assert (found["decisions_changed"], found["rules"]) == (0, {})


def test_reports_of_a_rulebook_that_is_not_at_hand_are_counted(tmp_path: Path) -> None:
    other = load_rulebook(saved(tmp_path, "min_age: 18\n"), as_of=build.AS_OF)
    out = results(tmp_path / "out", report_of(build.dossier(), other))
    mine = tmp_path / "mine.yaml"
    assert try_rulebook(mine, out).unlike == 1
    assert try_rulebook(mine, out, old=mine).unlike == 0


def test_a_file_that_is_no_report_is_named(tmp_path: Path) -> None:
    out = results(tmp_path / "out", report_of(build.dossier()))
    (out / "reports" / "torn.json").write_text('{"schema_version": "1.0"', encoding="utf-8")
    assert try_rulebook(saved(tmp_path, "min_age: 18\n"), out).unreadable == ["torn.json"]


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="output folder of `dossier batch`"):
        try_rulebook(saved(tmp_path, "min_age: 18\n"), tmp_path)
    with pytest.raises(UsageError, match="there is no report"):
        try_rulebook(saved(tmp_path, "min_age: 18\n"), results(tmp_path / "out"))
