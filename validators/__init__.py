"""What is required of a seller: rules, the rulebook they consult, and the verdict on a dossier."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.verdict import Decision, Deposit, Dossier, Verdict
from validators.alternatives import alternatives
from validators.case import Case
from validators.chain import chains, record_of
from validators.remedies import without_doubles
from validators.rulebook import Rulebook
from validators.rules import RULES
from validators.runner import Ruling, apply, decide
from validators.waivers import Waivers, waive
from validators.watchlist import Watchlist

__all__ = ["RULES", "judge"]


def judge(
    dossier: Dossier, rulebook: Rulebook, *, watchlist: Watchlist | None = None, waivers: Waivers | None = None
) -> Verdict:
    """Return what the rules say about a dossier.

    Args:
        dossier: Its documents with their fields; without a form only rules on documents run, and nothing is decided.
        rulebook: As it holds on the dossier's date.
        watchlist: What the operator wants to see before anything is approved.
        waivers: Findings that a person has waived.
    """
    case = Case(dossier, rulebook, watchlist)
    rulings: Sequence[Ruling] = apply(RULES, case)
    if waivers:
        rulings = [replace(each, finding=waive(each.finding, waivers, case)) for each in rulings]
    findings = tuple(ruling.finding for ruling in rulings)
    decision = decide(findings)
    return Verdict(
        decision=None if dossier.form is None else decision,
        deposit=_deposit(case),
        findings=findings,
        remedies=without_doubles(each for ruling in rulings if not ruling.finding.waived for each in ruling.remedies),
        rulebook=rulebook.identity,
        alternatives=() if decision is Decision.APPROVED else alternatives(case, rulings, waivers),
        authorizations=tuple(record_of(chain, case, findings) for chain in chains(case)),
    )


def _deposit(case: Case) -> Deposit | None:
    category = case.rulebook.category(case.chosen_category) if case.chosen_category else None
    if category is None or category.terms.deposit is None:
        return None
    return Deposit(amount=category.terms.deposit, currency=case.rulebook.policy.currency)
