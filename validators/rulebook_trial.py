"""A dry run of a rulebook over finished reports: which decisions would be others, without reading a page again.

The facts come out of the reports. They are judged twice, by the rulebook that judged then and by the new one. A rule
that does not come out now as it is on record, under the same rulebook, rests on something that no report keeps (an
identity number, which is masked; the probability of a character): its recorded outcome stays, and that is told.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.facts import dossier_of
from pipeline.errors import ConfigurationError, UsageError
from pipeline.outputs import report_files
from pipeline.report.json import Report, load_report
from pipeline.verdict import Finding, RulebookIdentity, Severity, Status
from validators import judge
from validators.rulebook import Rulebook, load_rulebook
from validators.rulebook_file import BUILTIN
from validators.runner import WEIGHTY, decide

Key = tuple[str, str]
"""Rule and subject."""

BLIND = frozenset({"IDN302", "IDN303", "IDN304", "IDN305"})
"""Rules on identity numbers and cards: never judged anew where the rulebook of then is not at hand."""


@dataclass(frozen=True)
class Changed:
    """One rule that would come out otherwise for one subject."""

    rule: str
    subject: str
    before: str
    after: str


@dataclass
class Trial:
    """What a dry run found so far."""

    rulebook: RulebookIdentity
    reports: int = 0
    decisions: list[dict[str, Any]] = field(default_factory=list)
    """Dossiers whose decision would change, and the rules by which."""
    rules: Counter[str] = field(default_factory=Counter)
    """Rule → dossiers in which it would come out otherwise, whatever the decision."""
    kept: Counter[str] = field(default_factory=Counter)
    """Rule → dossiers in which its recorded outcome was kept, since the report does not tell what it rests on."""
    unlike: int = 0
    """Reports whose own rulebook is not at hand, so that kept outcomes could not be told for sure."""
    unreadable: list[str] = field(default_factory=list)

    def entry(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "rulebook": self.rulebook.model_dump(),
            "reports": self.reports,
            "decisions_changed": len(self.decisions),
            "changes": self.decisions,
            "rules": dict(sorted(self.rules.items())),
            "kept": dict(sorted(self.kept.items())),
            "judged_by_unknown_rulebook": self.unlike,
            "unreadable": self.unreadable,
        }


def try_rulebook(new: Path, out: Path, *, old: Path | None = None) -> Trial:
    """Judge the reports below a batch's results anew, one at a time.

    Args:
        new: The rulebook to try.
        out: A batch's output folder.
        old: The rulebook that judged then; by default ours of the id that the report names.

    Raises:
        UsageError: There is no report.
        ConfigurationError: A rulebook is not valid.
    """
    known = lru_cache(maxsize=64)(lambda path, day: load_rulebook(path, as_of=day))
    trial = Trial(load_rulebook(new, as_of=date.today()).identity)
    for path in report_files(out):
        try:
            report = load_report(path.read_text(encoding="utf-8", errors="replace"))
            if report.decision is not None:
                _try(report, known(new, report.as_of), _rulebook_of_then(report, old, known), trial)
        except UsageError:
            trial.unreadable.append(path.name)
    if not trial.reports and not trial.unreadable:
        raise UsageError(f"there is no report in {out / 'reports'}; give a batch's output folder")
    return trial


def _rulebook_of_then(report: Report, old: Path | None, known: Callable[[Path, date], Rulebook]) -> Rulebook | None:
    """Return the rulebook that judged, if it is at hand in the same version."""
    judged_by = report.provenance.rulebook
    path = old or BUILTIN.get(judged_by.id)
    try:
        found = known(path, report.as_of) if path else None
    except ConfigurationError:
        if old:
            raise
        return None
    return found if found and (old or found.identity.sha256 == judged_by.sha256) else None


def _try(report: Report, new: Rulebook, then: Rulebook | None, trial: Trial) -> None:
    trial.reports += 1
    trial.unlike += then is None
    dossier = dossier_of(report)
    recorded = _by_key(report.findings)
    again = _by_key(judge(dossier, then).findings) if then else None
    after = _by_key(judge(dossier, new).findings)
    kept = {key for key in recorded if _is_kept(key, recorded, again)}
    trial.kept.update({rule for rule, _ in kept})
    result = {key: _kept(recorded[key], new) if key in kept else finding for key, finding in after.items()}
    result |= {key: _kept(recorded[key], new) for key in kept}
    changes = list(_changes(recorded, result))
    trial.rules.update({change.rule for change in changes})
    decision = decide(result.values())
    if decision is not report.decision:
        weighty = [vars(change) for change in changes if _weighs(change)]
        trial.decisions.append(
            {"dossier_id": report.dossier_id, "before": report.decision, "after": decision, "rules": weighty}
        )


def _weighs(change: Changed) -> bool:
    return any(f"({severity})" in told for severity in WEIGHTY for told in (change.before, change.after))


def _is_kept(key: Key, recorded: Mapping[Key, Finding], again: Mapping[Key, Finding] | None) -> bool:
    if again is None:
        return key[0] in BLIND
    return key not in again or again[key].status is not recorded[key].status


def _kept(finding: Finding, book: Rulebook) -> Finding:
    """Return a finding as it is on record, at the weight that the rulebook gives the rule."""
    from validators.rules import RULES

    known = RULES.get(finding.rule)
    severity = book.policy.severities.get(finding.rule, known.severity if known else finding.severity)
    return finding.model_copy(update={"severity": severity})


def _by_key(findings: Iterable[Finding]) -> dict[Key, Finding]:
    return {(finding.rule, finding.subject): finding for finding in findings}


def _changes(before: Mapping[Key, Finding], after: Mapping[Key, Finding]) -> Iterator[Changed]:
    for key in {**before, **after}:
        told = [_told(findings.get(key)) for findings in (before, after)]
        if told[0] != told[1]:
            yield Changed(*key, *told)


def _told(finding: Finding | None) -> str:
    """Say how a rule came out, with its weight where that counts."""
    if finding is None:
        return "not checked"
    weighs = finding.status in (Status.FAIL, Status.UNDETERMINED) and finding.severity is not Severity.INFO
    return f"{finding.status} ({finding.severity})" if weighs else str(finding.status)
