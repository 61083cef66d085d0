"""What is different between two reports about a dossier, or about two attempts of one seller."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue

from pipeline.report.record import DocumentRecord, Report
from pipeline.review.events import RuleChange
from pipeline.verdict import Finding, Severity, Status

WEIGHTY = (Severity.BLOCKER, Severity.MAJOR)
"""Severities that change a decision."""
OPEN = (Status.FAIL, Status.UNDETERMINED)
"""How a finding comes out that somebody has to look at."""


@dataclass(frozen=True)
class ValueChange:
    """A field that says something else, or is new or gone (None)."""

    type: str
    entity: str
    before: JsonValue
    after: JsonValue


def rule_changes(before: Report, after: Report) -> tuple[RuleChange, ...]:
    """Return the rules that came out otherwise, in the order of the reports."""
    one, other = _by_key(before), _by_key(after)
    return tuple(_changes(one, other))


def rule_changes_between(earlier: Report, later: Report) -> tuple[RuleChange, ...]:
    """Return the same for two dossiers, whose documents have ids of their own: the worst of each rule counts."""
    one, other = _worst(earlier), _worst(later)
    return tuple(_changes(one, other))


def value_changes_between(earlier: Report, later: Report) -> tuple[ValueChange, ...]:
    """Return the fields of two dossiers that say different things; documents are paired by type, in their order."""
    return tuple(
        ValueChange(kind, entity, _value(one, entity), _value(other, entity))
        for kind, one, other in _paired(earlier, later)
        for entity in dict.fromkeys([*(one.entities if one else ()), *(other.entities if other else ())])
        if _value(one, entity) != _value(other, entity)
    )


def weighty_open(report: Report) -> tuple[Finding, ...]:
    """Return the findings that stand against an approval."""
    return tuple(
        each for each in report.findings if each.status in OPEN and each.severity in WEIGHTY and each.waived is None
    )


def judging(gist: str, before: Report, after: Report) -> dict[str, Any]:
    """Return what came of judging again, as events have it; `gist` is that of the machine's report."""
    return {
        "gist": gist,
        "decision_before": before.decision,
        "decision_after": after.decision,
        "wrong_after": len(weighty_open(after)),
        "changed": rule_changes(before, after),
    }


def _paired(earlier: Report, later: Report) -> Iterator[tuple[str, DocumentRecord | None, DocumentRecord | None]]:
    for kind in dict.fromkeys(document.type for document in (*earlier.documents, *later.documents)):
        ones = [document for document in earlier.documents if document.type == kind]
        others = [document for document in later.documents if document.type == kind]
        for number in range(max(len(ones), len(others))):
            yield (
                kind,
                ones[number] if number < len(ones) else None,
                others[number] if number < len(others) else None,
            )


def _value(document: DocumentRecord | None, entity: str) -> JsonValue:
    found = document.entities.get(entity) if document else None
    return found.value if found else None


def _by_key(report: Report) -> dict[tuple[str, str], Finding]:
    return {(finding.rule, finding.subject): finding for finding in report.findings}


def _worst(report: Report) -> dict[tuple[str, str], Finding]:
    order = [Status.FAIL, Status.UNDETERMINED, Status.PASS, Status.NOT_APPLICABLE]
    worst: dict[tuple[str, str], Finding] = {}
    for finding in report.findings:
        key = (finding.rule, "")
        if key not in worst or order.index(finding.status) < order.index(worst[key].status):
            worst[key] = finding
    return worst


def _changes(
    before: Mapping[tuple[str, str], Finding], after: Mapping[tuple[str, str], Finding]
) -> Iterator[RuleChange]:
    for rule, subject in {**before, **after}:
        one, other = (_told(findings.get((rule, subject))) for findings in (before, after))
        if one != other:
            yield RuleChange(rule=rule, subject=subject, before=one, after=other)


def _told(finding: Finding | None) -> str:
    if finding is None:
        return ""
    weighs = finding.status in OPEN and finding.severity is not Severity.INFO
    return f"{finding.status} {finding.severity}" if weighs else str(finding.status)
