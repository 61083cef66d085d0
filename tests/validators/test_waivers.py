"""Findings that a person has waived."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import ConfigurationError
from pipeline.form import Account
from pipeline.report.explain import explain
from pipeline.report.html import to_html
from pipeline.report.json import to_report
from pipeline.report.row import row_of
from pipeline.verdict import Decision, Dossier, Finding, Outcome, Status, Verdict
from tests.validators import build
from validators import judge
from validators.rulebook import Rulebook
from validators.waivers import Waiver, Waivers, load_waivers

FORM = build.form(account=Account(login="email", id="no address"))
"""Fails APP006 (major) and nothing else that weighs."""


def waivers(**changes: Any) -> Waivers:
    stated = {
        "rule": "APP006", "dossier": "built", "subject": "form", "reason": "typed by us", "owner": "reviewer 7",
        "expires": date(2026, 12, 31),
    }  # fmt: skip
    return Waivers(waivers=(Waiver(**{**stated, **changes}),))


def judged(dossier: Dossier, listed: Waivers | None, rulebook: Rulebook | None = None) -> Verdict:
    return judge(dossier, rulebook or build.rulebook(), waivers=listed)


def finding(rule: str, verdict: Verdict) -> Finding:
    return next(each for each in verdict.findings if each.rule == rule and each.status is not Status.PASS)


def test_a_waived_finding_stays_a_fail_and_weighs_nothing() -> None:
    assert judged(build.dossier(form=FORM), None).decision is Decision.NEEDS_REVIEW
    verdict = judged(build.dossier(form=FORM), waivers())
    found = finding("APP006", verdict)
    assert (verdict.decision, found.status) == (Decision.APPROVED, Status.FAIL)
    assert found.waived
    assert (found.waived.owner, found.waived.expires) == ("reviewer 7", date(2026, 12, 31))
    assert "APP006" not in {remedy.rule for remedy in verdict.remedies}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"dossier": "another"}, id="another dossier"),
        pytest.param({"subject": "dossier"}, id="another subject"),
        pytest.param({"rule": "APP007"}, id="another rule"),
        pytest.param({"subject": None, "document": "0" * 64}, id="another document"),
    ],
)
def test_a_waiver_is_about_one_finding(changes: dict[str, Any]) -> None:
    verdict = judged(build.dossier(form=FORM), waivers(**changes))
    assert verdict.decision is Decision.NEEDS_REVIEW
    assert finding("APP006", verdict).waived is None


def test_a_document_may_be_named_by_its_hash() -> None:
    licence = build.licence(unified_social_credit_code=None, registration_number="440301123456786")
    dossier = build.dossier(licence, build.certificate())
    rule = next(each for each in judged(dossier, None).findings if each.subject == "d1" and each.status is Status.FAIL)
    listed = waivers(rule=rule.rule, subject=None, document=licence.sha256)
    assert finding(rule.rule, judged(dossier, listed)).waived


@pytest.mark.parametrize(("expires", "holds"), [("2026-11-24", True), ("2026-11-23", False)])
def test_an_expired_waiver_does_nothing_and_is_told(expires: str, holds: bool) -> None:
    verdict = judged(build.dossier(form=FORM), waivers(expires=date.fromisoformat(expires)))
    found = finding("APP006", verdict)
    assert (found.waived is not None, found.waiver_refused is None) == (holds, holds)
    assert (verdict.decision is Decision.APPROVED) is holds
    assert found.waiver_refused is None or "expired on 2026-11-23" in found.waiver_refused.en


def test_a_blocker_is_waived_only_where_the_rulebook_allows_it() -> None:
    dossier = build.dossier(build.licence(valid_to=date(2024, 5, 31)), build.certificate())
    listed = waivers(rule="LIC206", subject="d1")
    refused = judged(dossier, listed)
    assert refused.decision is Decision.REJECTED
    assert finding("LIC206", refused).waiver_refused
    book = build.rulebook()
    lenient = book.model_copy(update={"policy": book.policy.model_copy(update={"waivable": ("LIC206",)})})
    assert judged(dossier, listed, lenient).decision is Decision.APPROVED


def test_what_passed_needs_no_waiver() -> None:
    verdict = judged(build.dossier(), waivers())
    assert not [each for each in verdict.findings if each.waived or each.waiver_refused]


def test_waived_findings_are_seen_in_every_report() -> None:
    dossier = build.dossier(form=FORM)
    report = to_report(Outcome(dossier=dossier, verdict=judged(dossier, waivers()), engine="none"))
    assert (report.summary.waived, report.summary.fail.major) == (1, 1)
    assert row_of(report, file="x.json").waived_rules == ("APP006",)
    assert "Waived by reviewer 7 until 2026-12-31: typed by us" in explain(report, None, "en")
    for lang, text in (("en", "Waived by reviewer 7"), ("zh", "reviewer 7 已豁免")):
        assert text in to_html(report, {}, lang=lang)


YAML = """waivers:
  - rule: APP006
    dossier: built
    subject: form
    reason: typed by us
    owner: reviewer 7
    expires: 2026-12-31
"""
CSV = "rule,dossier,subject,document,reason,owner,expires\nAPP006,built,form,,typed by us,reviewer 7,2026-12-31\n"


def saved(folder: Path, text: str) -> Path:
    path = folder / ("waivers.csv" if text.startswith("rule,") else "waivers.yaml")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", [YAML, CSV], ids=["yaml", "csv"])
def test_both_formats_say_the_same(tmp_path: Path, text: str) -> None:
    assert load_waivers(saved(tmp_path, text)) == waivers()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(YAML.replace("APP006", "APP999"), r"waivers.yaml:2: waivers\[0\].rule: no such rule", id="rule"),
        pytest.param(
            YAML.replace("    owner: reviewer 7\n", ""), r":2: waivers\[0\].owner: this key is missing", id="owner"
        ),
        pytest.param(YAML.replace("2026-12-31", "soon"), r":7: waivers\[0\].expires: ", id="date"),
        pytest.param(YAML + "    document: " + "a" * 64 + "\n", r"name either a subject or a document", id="both"),
        pytest.param(YAML + YAML.removeprefix("waivers:\n"), r"waived twice: APP006 of built", id="twice"),
        pytest.param(
            YAML.replace("owner:", "owned_by:"),
            r":6: waivers\[0\].owned_by: unknown key; did you mean owner",
            id="unknown key",
        ),
        pytest.param(CSV.replace("APP006", "APP999"), r"waivers.csv:2: rule: no such rule", id="rule in a table"),
        pytest.param(CSV.replace("2026-12-31", ""), r"waivers.csv:2: expires: is missing", id="no date in a table"),
        pytest.param(
            CSV.replace("owner", "owned_by"),
            r"waivers.csv:1: owned_by: unknown column; did you mean owner",
            id="column",
        ),
        pytest.param(CSV + CSV.splitlines()[1], r"waived twice", id="twice in a table"),
    ],
)
def test_a_problem_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        load_waivers(saved(tmp_path, text))
