"""Which other store types the applicant could open: the same facts, judged under each type.

Only rules that ask for the store type are run again. The store's name is left out: it was chosen for the type that is
applied for, and would be chosen anew.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.verdict import Alternative, Finding, Severity, Status
from validators.case import Case
from validators.policy import StoreType
from validators.runner import WEIGHTY, Ruling, decide, run

Waive = Callable[[Finding], Finding]

ALWAYS = ("APP004",)
"""Looks at the chosen type itself."""
GROUPS = ("STO", "AUT")
"""Groups of rules that are about the type as a whole: what one of them finds out may serve another."""


def alternatives(case: Case, rulings: Sequence[Ruling], waive: Waive) -> tuple[Alternative, ...]:
    """Return what would become of the dossier as a store of each other type that the rulebook knows.

    Args:
        case: The dossier as it was judged.
        rulings: What came out of each rule.
        waive: Puts waivers on a finding.
    """
    from validators.rules import RULES

    application = case.application
    if application is None or case.rulebook.store_type(application.store.type or "") is None:
        return ()
    asking = {each.finding.rule for each in rulings if each.asked_store_type or _is_about_types(each.finding.rule)}
    rest = [each.finding for each in rulings if each.finding.rule not in asking]
    rules = [rule for rule in RULES.values() if rule.id in asking]
    return tuple(
        _alternative(other.id, [*rest, *(waive(each.finding) for rule in rules for each in run(rule, as_other))])
        for other, as_other in _others(case, application.store.type)
    )


def _is_about_types(rule: str) -> bool:
    return rule.startswith(GROUPS) or rule in ALWAYS


def _others(case: Case, applied: str | None) -> Iterator[tuple[StoreType, Case]]:
    form = case.dossier.form
    assert form
    assert form.application
    for other in case.rulebook.policy.store_types:
        if other.id != applied:
            store = form.application.store.model_copy(update={"type": other.id, "name": None})
            application = form.application.model_copy(update={"store": store})
            dossier = replace(case.dossier, form=replace(form, application=application))
            yield other, replace(case, dossier=dossier)


def _alternative(store_type: str, findings: Iterable[Finding]) -> Alternative:
    listed = list(findings)
    against = [each.rule for each in listed if _weighs(each)]
    return Alternative(type=store_type, decision=decide(listed), missing=tuple(sorted(set(against), key=_number)))


def _number(rule: str) -> str:
    return rule[3:]


def _weighs(finding: Finding) -> bool:
    severity: Severity = finding.severity
    return severity in WEIGHTY and finding.status in (Status.FAIL, Status.UNDETERMINED) and finding.waived is None
