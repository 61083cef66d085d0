"""A needed paper of which the type was not recognised: DOC103 is minor, yet nothing is approved without the paper."""

import pytest

from pipeline.model import Document
from pipeline.verdict import Decision, Status
from tests.validators import build
from tests.validators.clean import Scenario, clean_dossier
from validators import judge

NEEDED = [
    ("licence", Scenario.OWN_BRAND, "business_licence"),
    ("certificate", Scenario.OWN_BRAND, "trademark_certificate"),
    ("notice", Scenario.PENDING, "trademark_acceptance_notice"),
    ("letter", Scenario.ONE_LINK, "authorization_letter"),
    ("second_letter", Scenario.TWO_LINKS, "authorization_letter"),
    ("qualification", Scenario.QUALIFIED, "qualification"),
    ("identity_card", Scenario.IDENTITY_CARD, "identity_card"),
]
IDS = [f"{paper} of {scenario}" for paper, scenario, _ in NEEDED]


def decided(paper: str, scenario: Scenario, unrecognised: Document) -> Decision | None:
    return judge(clean_dossier(scenario, add=(unrecognised,), **{paper: None}), build.rulebook()).decision


@pytest.mark.parametrize(("paper", "scenario", "kind"), NEEDED, ids=IDS)
def test_a_paper_that_may_be_the_needed_one_is_looked_at(paper: str, scenario: Scenario, kind: str) -> None:
    unrecognised = build.document(file="unknown.jpg", candidates=(kind,))
    assert decided(paper, scenario, unrecognised) is Decision.NEEDS_REVIEW


@pytest.mark.parametrize(("paper", "scenario", "kind"), NEEDED, ids=IDS)
def test_a_paper_that_can_hardly_be_read_is_looked_at(paper: str, scenario: Scenario, kind: str) -> None:
    assert decided(paper, scenario, build.document(file="faint.jpg", legibility=0.3)) is Decision.NEEDS_REVIEW


@pytest.mark.parametrize(("paper", "scenario", "kind"), NEEDED, ids=IDS)
def test_a_legible_paper_of_no_known_type_never_stands_in(paper: str, scenario: Scenario, kind: str) -> None:
    assert decided(paper, scenario, build.document(file="flyer.jpg")) is not Decision.APPROVED


def test_what_is_besides_the_needed_papers_changes_no_decision() -> None:
    judged = clean_dossier(add=(build.document(file="flyer.jpg"),))
    verdict = judge(judged, build.rulebook())
    assert verdict.decision is Decision.APPROVED
    assert [each.status for each in verdict.findings if each.rule == "DOC103"].count(Status.FAIL) == 1
