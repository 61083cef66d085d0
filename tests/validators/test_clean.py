"""Clean sets of facts fail nothing; one wrong fact fails the rules that are about it and no others."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pipeline.model import Entity
from pipeline.verdict import Decision, Status
from tests.validators import build, papers
from tests.validators.breaks import BREAKS, MENDS
from tests.validators.clean import Scenario, clean_dossier
from validators import judge

# What a rule says of every dossier until its facts are read.
ALWAYS = {"LIC213"}


@pytest.mark.parametrize("scenario", Scenario)
def test_a_clean_dossier_is_approved_and_nothing_is_left_open(scenario: Scenario) -> None:
    verdict = judge(clean_dossier(scenario), build.rulebook())
    assert verdict.decision is Decision.APPROVED
    loud = {f.rule for f in verdict.findings if f.status in (Status.FAIL, Status.UNDETERMINED)}
    assert loud <= ALWAYS


@pytest.mark.parametrize(
    ("scenario", "changes", "rules"), [case[1:] for case in BREAKS], ids=[case[0] for case in BREAKS]
)
def test_one_wrong_fact_fails_the_rules_about_it_and_no_others(
    scenario: Scenario, changes: dict[str, Any], rules: set[str]
) -> None:
    findings = judge(clean_dossier(scenario, **changes), build.rulebook()).findings
    assert {finding.rule for finding in findings if finding.status is Status.FAIL} == rules
    assert {finding.rule for finding in findings if finding.status is Status.UNDETERMINED} <= ALWAYS


@pytest.mark.parametrize(("scenario", "changes"), [case[1:] for case in MENDS], ids=[case[0] for case in MENDS])
def test_what_is_proven_otherwise_fails_nothing(scenario: Scenario, changes: dict[str, Any]) -> None:
    findings = judge(clean_dossier(scenario, **changes), build.rulebook()).findings
    loud = {f.rule for f in findings if f.status in (Status.FAIL, Status.UNDETERMINED)}
    assert loud <= ALWAYS


@pytest.mark.parametrize(
    ("scenario", "changes", "rule"),
    [
        pytest.param(Scenario.OWN_BRAND, {"certificate": {"registration_date": date(2027, 6, 7)}}, "TMK404", id="mark"),
        pytest.param(Scenario.OWN_BRAND, {"licence": {"issue_date": date(2027, 6, 1)}}, "LIC207", id="licence"),
        pytest.param(Scenario.ONE_LINK, {"letter": {"signed_date": date(2027, 1, 1)}}, "AUT506", id="signature"),
        pytest.param(
            Scenario.IDENTITY_CARD,
            {"identity_card": {"valid_from": date(2027, 5, 6), "valid_to": date(2047, 5, 6)}},
            "IDN303",
            id="card",
        ),
        pytest.param(
            Scenario.IDENTITY_CARD,
            {"id_number": {"id_number": papers.id_number("11010119800307123")}},
            "IDN306",
            id="a namesake's number in the form",
        ),
    ],
)
def test_what_contradicts_the_day_or_another_paper_goes_to_a_person(
    scenario: Scenario, changes: dict[str, Any], rule: str
) -> None:
    verdict = judge(clean_dossier(scenario, **changes), build.rulebook())
    assert verdict.decision is Decision.NEEDS_REVIEW
    assert {f.rule for f in verdict.findings if f.status is Status.UNDETERMINED} - ALWAYS == {rule}


def _doubtful(fact: Entity[Any]) -> Entity[Any]:
    lines = tuple(line.model_copy(update={"confidence": 0.4}) for line in fact.evidence)
    return fact.model_copy(update={"confidence": 0.4, "evidence": lines})


@pytest.mark.parametrize("scenario", Scenario)
def test_no_fact_that_is_doubtful_or_not_read_fails_anything(scenario: Scenario) -> None:
    dossier = clean_dossier(scenario)
    for at, document in enumerate(dossier.documents):
        assert document.fields is not None
        for name in type(document.fields).model_fields:
            fact = getattr(document.fields, name)
            for other in (None, _doubtful(fact)) if fact else ():
                fields = document.fields.model_copy(update={name: other})
                documents = (*dossier.documents[:at], replace(document, fields=fields), *dossier.documents[at + 1 :])
                findings = judge(replace(dossier, documents=documents), build.rulebook()).findings
                assert {f.rule for f in findings if f.status is Status.FAIL} == set(), (document.type, name)
