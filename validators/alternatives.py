"""Which other store types the applicant could open: the same facts, judged under each type.

Only rules that ask for the store type and may change the decision are run again. The store's name is left out: it was
chosen for the type that is applied for, and would be chosen anew.
"""

from collections.abc import Sequence

from pipeline.verdict import Alternative, Finding
from validators.case import Case
from validators.runner import AGAINST, WEIGHTY, Outcome, Ruling, decide, outcomes
from validators.waivers import Waivers, is_waived

ALWAYS = ("APP004",)
"""Looks at the chosen type itself."""


def alternatives(case: Case, rulings: Sequence[Ruling], waivers: Waivers | None) -> tuple[Alternative, ...]:
    """Return what would become of the dossier as a store of each other type that the rulebook knows.

    Args:
        case: The dossier as it was judged.
        rulings: What came out of each rule.
        waivers: Findings that a person has waived.
    """
    from validators.rules import RULES

    application = case.application
    if application is None or case.rulebook.store_type(application.store.type or "") is None:
        return ()
    asking = {each.finding.rule for each in rulings if each.asked_store_type or each.finding.rule in ALWAYS}
    severities = {each.finding.rule: each.finding.severity for each in rulings}
    rules = [rule for rule in RULES.values() if rule.id in asking and severities[rule.id] in WEIGHTY]
    rest = [each.finding for each in rulings if each.finding.rule not in asking]
    weighty = [each for each in rest if _weighs(each) and each.waived is None]
    found = []
    for other in case.rulebook.policy.store_types:
        if other.id == application.store.type:
            continue
        as_other = case.as_store(other)
        came_out = (each for rule in rules for each in outcomes(rule, as_other))
        against = [each for each in came_out if _weighs(each) and not is_waived(each, waivers, as_other)]
        found.append(_alternative(other.id, [*weighty, *against]))
    return tuple(found)


def _alternative(store_type: str, against: Sequence[Finding | Outcome]) -> Alternative:
    # The number in an id counts through all groups.
    missing = tuple(sorted({each.rule for each in against}, key=lambda rule: rule[3:]))
    return Alternative(type=store_type, decision=decide(against), missing=missing)


def _weighs(outcome: Finding | Outcome) -> bool:
    return outcome.status in AGAINST and outcome.severity in WEIGHTY
