"""For every rule there is a dossier that breaks it, and one that is the same but for that fact."""

import pytest

from pipeline.verdict import Decision, Status, Verdict
from tests.validators import build
from tests.validators.pair import Pair
from tests.validators.pairs import pairs
from validators import RULES, judge

PAIRS = list(pairs())
NEVER_FAILS = {"CAT609": "tells the deposit and has nothing to object to; its pair is one where there is none to tell"}
TIED = {
    "CAT603": "class 35 covers no goods, so it is no category's either: CAT601",
    "TMK404": "a term that has passed is one whose renewal is not proven: TMK413",
    "TMK413": "what proves a renewal is missing where a term has passed: TMK404",
}
"""Rule → why no fact breaks it alone."""

each_pair = pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])


def with_status(verdict: Verdict, status: Status) -> set[str]:
    return {finding.rule for finding in verdict.findings if finding.status is status}


def broken(pair: Pair) -> Verdict:
    return judge(pair.broken, pair.rulebook or build.rulebook(), watchlist=pair.watchlist)


def clean(pair: Pair) -> Verdict:
    return judge(pair.clean, build.rulebook())


def test_every_rule_has_a_pair_that_fails_it() -> None:
    covered = {rule for pair in PAIRS for rule in pair.rules}
    assert set(RULES) - covered == set(NEVER_FAILS), "add to tests/validators/pairs.py, pair.py or breaks.py"
    assert {rule for pair in PAIRS for rule in pair.untold} == set(NEVER_FAILS)


def test_every_rule_has_a_pair_that_fails_it_alone_or_is_tied_to_others_by_the_fact() -> None:
    alone = {rule for pair in PAIRS if len(pair.rules) == 1 for rule in pair.rules}
    assert set(RULES) - alone - set(NEVER_FAILS) == set(TIED)


def test_pairs_are_told_apart_by_name() -> None:
    assert len({pair.name for pair in PAIRS}) == len(PAIRS)


@each_pair
def test_the_broken_one_fails_the_rules_about_the_fact_and_no_others(pair: Pair) -> None:
    assert with_status(broken(pair), Status.FAIL) == pair.rules


@each_pair
def test_the_broken_one_leaves_nothing_more_open_than_the_other(pair: Pair) -> None:
    open_ones = [with_status(verdict, Status.UNDETERMINED) for verdict in (broken(pair), clean(pair))]
    assert open_ones[0] - open_ones[1] == pair.untold


@each_pair
def test_the_broken_one_is_rejected_held_or_approved_as_its_rules_weigh(pair: Pair) -> None:
    weights = {each.severity for each in broken(pair).findings if each.status is Status.FAIL}
    due = Decision.REJECTED if "blocker" in weights else Decision.NEEDS_REVIEW if "major" in weights else None
    assert broken(pair).decision is (due or Decision.APPROVED)


@each_pair
def test_the_other_passes_the_rules_fails_nothing_and_is_approved(pair: Pair) -> None:
    verdict = clean(pair)
    assert not with_status(verdict, Status.FAIL)
    assert verdict.decision is Decision.APPROVED
    assert (pair.rules | pair.untold) & with_status(verdict, Status.UNDETERMINED) == set()
