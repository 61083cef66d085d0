"""What follows from findings: what the seller is told, the decision and the deposit."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from extractors.paper_fields import BusinessLicence
from pipeline.verdict import Decision, Finding, Remedy, Severity, Status
from tests.validators import build
from tests.validators.declare import make, ruling, said
from validators import judge
from validators.case import Case
from validators.engine import (
    Objection,
    Undetermined,
)
from validators.remedies import clear_scan, correct_form, without_doubles
from validators.runner import decide, run


@pytest.mark.parametrize(
    ("objection", "severity", "told"),
    [
        pytest.param(Objection(said("x")), Severity.MINOR, ["Mend 01.jpg."], id="a fail"),
        pytest.param(Objection(said("x"), certain=False), Severity.MAJOR, ["Mend 01.jpg."], id="an undetermined major"),
        pytest.param(Objection(said("x"), certain=False), Severity.MINOR, [], id="an undetermined minor"),
        pytest.param(
            Objection(said("x"), remedy=clear_scan("business_licence")),
            Severity.BLOCKER,
            ["Send a clear colour scan of your original business licence, all four corners visible."],
            id="the objection's own",
        ),
    ],
)
def test_the_seller_is_told_what_to_do(objection: Objection, severity: Severity, told: list[str]) -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield objection

    assert [each.message.en for each in ruling(check, severity=severity).remedies] == told


@pytest.mark.parametrize(
    ("remedy", "told"),
    [
        pytest.param(True, ["Mend 01.jpg."], id="the rule's own"),
        pytest.param(None, [], id="nothing to mend"),
        pytest.param(correct_form("Other.", "其他。"), ["Other."], id="another"),
    ],
)
def test_a_stop_chooses_its_remedy(remedy: Any, told: list[str]) -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield from ()
        raise Undetermined(en="no", zh="否", remedy=remedy)

    assert [each.message.en for each in ruling(check).remedies] == told


def test_each_thing_to_do_is_said_once_in_order() -> None:
    def remedy(rule: str, text: str) -> Remedy:
        return correct_form(text, text).remedy(rule, "")

    several = [remedy("APP001", "b"), remedy("APP002", "a"), remedy("APP003", "b")]
    assert [(each.rule, each.message.en) for each in without_doubles(several)] == [("APP001", "b"), ("APP002", "a")]


@pytest.mark.parametrize(
    ("findings", "decision"),
    [
        pytest.param([], Decision.APPROVED, id="nothing"),
        pytest.param([("blocker", "pass"), ("major", "pass")], Decision.APPROVED, id="all pass"),
        pytest.param([("blocker", "not_applicable")], Decision.APPROVED, id="not applicable"),
        pytest.param([("blocker", "fail")], Decision.REJECTED, id="a blocker failed"),
        pytest.param([("major", "fail")], Decision.NEEDS_REVIEW, id="a major failed"),
        pytest.param([("blocker", "undetermined")], Decision.NEEDS_REVIEW, id="a blocker is undetermined"),
        pytest.param([("major", "undetermined")], Decision.NEEDS_REVIEW, id="a major is undetermined"),
        pytest.param([("minor", "fail"), ("info", "fail")], Decision.APPROVED, id="minor and info fail"),
        pytest.param([("minor", "undetermined")], Decision.APPROVED, id="a minor is undetermined"),
        pytest.param([("major", "fail"), ("blocker", "fail")], Decision.REJECTED, id="the worst counts"),
        pytest.param([("blocker", "undetermined"), ("blocker", "fail")], Decision.REJECTED, id="a fail beats doubt"),
    ],
)
def test_decision(findings: list[tuple[str, str]], decision: Decision) -> None:
    made = [
        Finding(rule="TST001", status=Status(status), severity=Severity(severity), subject="d1", message=said("x"))
        for severity, status in findings
    ]
    assert decide(made) is decision


def test_the_rulebook_may_override_a_severity() -> None:
    def check(licence: BusinessLicence, case: Case) -> Iterator[Objection]:
        yield Objection(said("wrong"))

    rulebook = build.rulebook()
    policy = rulebook.policy.model_copy(update={"severities": {"TST001": Severity.INFO}})
    case = Case(build.dossier(), rulebook.model_copy(update={"policy": policy}))
    (only,) = run(make(check), case)
    assert only.finding.severity is Severity.INFO


def test_a_good_dossier_is_approved_with_its_deposit() -> None:
    verdict = judge(build.dossier(), build.rulebook())
    assert verdict.decision is Decision.APPROVED
    assert verdict.deposit is not None
    assert verdict.deposit.amount == 10_000
    assert verdict.rulebook == build.rulebook().identity


def test_judging_twice_gives_the_same_bytes() -> None:
    first, second = (judge(build.dossier(), build.rulebook()).model_dump_json() for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    "category",
    [
        pytest.param("unheard_of", id="unknown"),
        pytest.param(("apparel", "shoes"), id="several"),
        pytest.param(None, id="none"),
    ],
)
def test_without_a_category_there_is_no_deposit(category: Any) -> None:
    dossier = build.dossier(form=build.form(store=build.store(category=category)))
    assert judge(dossier, build.rulebook()).deposit is None


def test_a_dossier_without_a_form_is_rejected_and_everything_else_still_reported() -> None:
    verdict = judge(build.dossier(form=build.form(file=None)), build.rulebook())
    assert verdict.decision is Decision.REJECTED
    failed = [each.rule for each in verdict.findings if each.status is Status.FAIL]
    assert failed == ["APP001"]
    assert verdict.findings[0].subject == "form"


def test_as_of_is_the_dossier_s() -> None:
    assert build.case(build.dossier(as_of=date(2020, 1, 2))).as_of == date(2020, 1, 2)
