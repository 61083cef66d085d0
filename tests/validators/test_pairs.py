"""For every rule there is a dossier that breaks it, and one that is the same but for that fact."""

import pytest

from pipeline.verdict import Decision, Status, Verdict
from tests.validators import build
from tests.validators.pairs import Pair, pairs
from validators import RULES, judge

PAIRS = list(pairs())
NO_FAIL = {
    "LIC213": "a black seal is seen only where its ring can be read, and no fact tells a copy from a colour scan: "
    "where none is seen, a person must look",
    "CAT609": "tells the deposit, and has nothing to object to",
}
"""Rule → why no dossier breaks it."""

each_pair = pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])


def with_status(verdict: Verdict, status: Status) -> set[str]:
    return {finding.rule for finding in verdict.findings if finding.status is status}


def broken(pair: Pair) -> Verdict:
    return judge(pair.broken, build.rulebook(), watchlist=pair.watchlist)


def test_every_rule_has_a_pair() -> None:
    covered = {rule for pair in PAIRS for rule in pair.rules}
    assert set(RULES) - covered == set(NO_FAIL), "add to tests/validators/pairs.py or breaks.py"


@each_pair
def test_the_broken_one_fails_the_rules_about_the_fact_and_no_others(pair: Pair) -> None:
    assert with_status(broken(pair), Status.FAIL) == pair.rules


@each_pair
def test_the_other_fails_nothing_and_is_approved(pair: Pair) -> None:
    verdict = judge(pair.clean, build.rulebook())
    assert not with_status(verdict, Status.FAIL)
    assert verdict.decision is Decision.APPROVED


def test_a_rule_that_never_fails_would_be_found_out() -> None:
    """The reasons in NO_FAIL hold: as soon as a fact is there, its rule needs a pair."""
    verdict = judge(build.dossier(), build.rulebook())
    outcomes = {finding.rule: finding.status for finding in verdict.findings}
    assert (outcomes["LIC213"], outcomes["CAT609"]) == (Status.UNDETERMINED, Status.PASS)
