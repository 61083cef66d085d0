"""Facts that a reviewer has put right, judged again at once, without reading a page again.

A report does not keep all that rules rest on: identity numbers are masked, and neither the record of earlier decisions
nor lines that prove nothing are in it. So the machine's facts are judged again first, by the rulebook that judged then.
A rule that does not come out as it is on record, rests on what no report keeps: its outcome on record stays, and that
is told. An exception is what rests on a reviewer's own reading: that is judged by what the reviewer read.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import JsonValue

from extractors.facts import dossier_of
from extractors.typed import fields_of, read_typed
from pipeline.model import EvidenceSource
from pipeline.report.json import Report, judged_anew
from pipeline.review.judging import Rejudged
from pipeline.verdict import Finding, Remedy, Status, Verdict
from validators import judge
from validators.goods import goods_terms
from validators.rulebook import Rulebook, load_rulebook
from validators.rulebook_file import BUILTIN
from validators.rulebook_trial import BLIND
from validators.runner import decide
from validators.waivers import Waivers, load_waivers
from validators.watchlist import Watchlist, load_watchlist

Key = tuple[str, str]
"""Rule and subject."""


class Rejudger:
    """What the desk judges by; see `pipeline.review.judging.Judge`."""

    def __init__(
        self, rulebook: Path | None = None, *, watchlist: Path | None = None, waivers: Path | None = None
    ) -> None:
        """Judge by these files.

        Args:
            rulebook: By default ours of the id that a report names.
            watchlist: As `dossier batch` takes it.
            waivers: As `dossier batch` takes it.

        Raises:
            ConfigurationError: A file is not valid.
        """
        self._rulebook = rulebook
        self._watchlist: Watchlist | None = load_watchlist(watchlist) if watchlist else None
        self._waivers: Waivers | None = load_waivers(waivers) if waivers else None
        self._books = lru_cache(maxsize=64)(lambda path, day: load_rulebook(path, as_of=day))
        if rulebook:
            self._book(rulebook, date.today())

    def warm_up(self, report: Report) -> None:
        """Load what judging reports like this one needs; the goods of a rulebook take more than a second."""
        goods_terms(self._book(self._rulebook or BUILTIN.get(report.provenance.rulebook.id), report.as_of))
        self.rejudge(report, report)

    def fields_of(self, document_type: str) -> Sequence[str]:
        """Return the fields that a document of this type may have."""
        return fields_of(document_type)

    def read(self, document_type: str, entity: str, text: str) -> JsonValue:
        """Return the value that a reviewer has typed."""
        return read_typed(document_type, entity, text)

    def rejudge(self, recorded: Report, corrected: Report) -> Rejudged:
        """Return `corrected` with findings, remedies and decision made of its facts."""
        judged_by = recorded.provenance.rulebook
        book = self._book(self._rulebook or BUILTIN.get(judged_by.id), recorded.as_of)
        again = _by_key(self._judge(recorded, book).findings)
        verdict = self._judge(corrected, book)
        after, before = _by_key(verdict.findings), _by_key(recorded.findings)
        kept = {key for key in before if _is_kept(key, before, again, after)}
        findings = tuple(_merged(before, after, kept))
        decision = None if recorded.decision is None else decide(findings)
        rules = {rule for rule, _ in kept}
        settled = verdict.model_copy(
            update={
                "findings": findings,
                "decision": decision,
                # They are worked out of rules that may rest on what no report keeps.
                "alternatives": recorded.alternatives if _statuses(findings) == _statuses(recorded.findings) else (),
                "remedies": tuple(_remedies(recorded.remedies, verdict, rules, findings)),
            }
        )
        return Rejudged(
            judged_anew(corrected, settled),
            tuple(sorted(rules)),
            other_rulebook=book.identity.sha256 != judged_by.sha256,
        )

    def _judge(self, report: Report, book: Rulebook) -> Verdict:
        return judge(dossier_of(report), book, watchlist=self._watchlist, waivers=self._waivers)

    def _book(self, path: Path | None, day: date) -> Rulebook:
        found: Rulebook = self._books(path, day)
        return found


def _is_kept(
    key: Key, before: Mapping[Key, Finding], again: Mapping[Key, Finding], after: Mapping[Key, Finding]
) -> bool:
    if key[0] in BLIND:
        return True
    if key in again and again[key].status is before[key].status:
        return False
    return key not in after or not _rests_on_reviewer(after[key])


def _rests_on_reviewer(finding: Finding) -> bool:
    return any(proof.source is EvidenceSource.REVIEWER for proof in finding.evidence)


def _merged(before: Mapping[Key, Finding], after: Mapping[Key, Finding], kept: set[Key]) -> Iterable[Finding]:
    """Yield the findings in the order of judging, then those on record that are not among them."""
    for key, finding in after.items():
        recorded = before.get(key)
        if recorded and key in kept:
            yield recorded
        elif recorded and (recorded.status, recorded.message) == (finding.status, finding.message):
            # The waivers of then may not be at hand, and nothing has changed about it.
            yield finding.model_copy(update={"waived": recorded.waived, "waiver_refused": recorded.waiver_refused})
        else:
            yield finding
    yield from (before[key] for key in before if key in kept and key not in after)


def _remedies(
    recorded: Sequence[Remedy], verdict: Verdict, kept: set[str], findings: Sequence[Finding]
) -> Iterable[Remedy]:
    """Yield what the seller has to do: for rules whose outcome was kept, what they were told."""
    waived = {finding.rule for finding in findings if finding.waived}
    yield from (remedy for remedy in verdict.remedies if remedy.rule not in kept | waived)
    yield from (remedy for remedy in recorded if remedy.rule in kept)


def _by_key(findings: Iterable[Finding]) -> dict[Key, Finding]:
    return {(finding.rule, finding.subject): finding for finding in findings}


def _statuses(findings: Iterable[Finding]) -> dict[Key, Status]:
    return {key: finding.status for key, finding in _by_key(findings).items()}
