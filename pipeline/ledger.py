"""The writing of each result: what came of a dossier, on the disk and on record."""

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.glances import Glances
from pipeline.jobs import Answer, Job
from pipeline.journal import Done, Seen
from pipeline.locks import TooLong
from pipeline.model import FailureCode, Message
from pipeline.on_record import put_right
from pipeline.order import Order, Tally
from pipeline.outputs import WRITTEN, places
from pipeline.records import OnRecord
from pipeline.register import entry_of, keys_of
from pipeline.report.json import Report, load_report
from pipeline.report.masking import mask_text
from pipeline.report.totals import ERROR
from pipeline.results import ErrorRecord, Results
from pipeline.retrying import Lost
from pipeline.roster import Found, Roster
from pipeline.settings import Settings
from pipeline.spill import Spilled
from pipeline.store import Store
from pipeline.store.database import writing
from pipeline.summary import call_outdated, is_up_to_date, write_summary
from pipeline.verdict import Decision

Outcome = tuple[Answer, Report | None] | Lost
"""What a worker made of one job, or why nothing came of it."""


@dataclass(frozen=True)
class Settled:
    """A dossier of which something has come."""

    job: Job
    outcome: Outcome
    free: Callable[[], None] = lambda: None
    """Ends the claim on it: on the disk together with its row, and after its files."""


@dataclass(frozen=True)
class _Kept:
    """A dossier that has a report now."""

    settled: Settled
    answer: Answer
    report: Report
    files: dict[str, bytes]
    """Path below the output folder → what is to be written; empty if what is on file is still right."""

    @property
    def id(self) -> str:
        return self.report.dossier_id

    @cached_property
    def entry(self) -> OnRecord:
        """What its report puts on record."""
        return entry_of(self.report)


class Ledger:
    """Writes what comes of each dossier, and at the end what came of all.

    Of each it holds the decision, in memory up to a bound; for the rest it asks the disk.
    """

    def __init__(
        self, order: Order, settings: Settings, results: Results, store: Store, tally: Tally, found: Roster
    ) -> None:
        self._results = results
        self._store = store
        self.tally = tally
        self._page = settings.lang if order.html else None
        self._lang = settings.lang
        self._resume = order.resume
        self._as_of = order.as_of
        self._outcomes: Spilled[str] = Spilled()
        results.start_journal()
        self._is_changed = put_right(store, results, found, store.claims.unfinished())
        is_on = order.resume and not order.thorough
        self._glances = Glances(results, store, is_on=is_on, listed_at=found.listed_at)

    def close(self) -> None:
        """Let go of everything."""
        self._outcomes.close()
        self._glances.close()

    @property
    def may_know(self) -> bool:
        """Whether something may be told at a glance, so that it helps to know first what workers judge by."""
        return self._glances.is_on and not self._results.journal.is_empty

    def is_done(self, found: Found, judged: str) -> bool:
        """Whether a glance tells that a dossier is done and would come out the same; then it is counted.

        Args:
            found: The dossier.
            judged: Hash of what workers judge by; empty if that is not known.
        """
        done = self._glances.at(found, judged)
        if done is None or not self._is_wanted(done):
            return False
        self.tally.unchanged += 1
        self._count(found.id, done.decision or Decision.NEEDS_REVIEW)
        return True

    def job(self, found: Found, *, is_again: bool = False) -> Job:
        """Return the job that a dossier is, with what is on file if that may still be right.

        Args:
            found: The dossier.
            is_again: Whether this run has judged it, beside something else than what is on record now.
        """
        journal = self._results.journal
        journal.refresh()
        done = journal.get(found.id) if self._resume or is_again or journal.is_news(found.id) else None
        wanted = done if done and self._is_wanted(done) else None
        return Job(found, self._results.folder, wanted, records=self._glances.begin(found), as_of=self._as_of)

    def out_of_step(self) -> Collection[str]:
        """Return the dossiers that were judged beside something else than what is on record now."""
        return self._glances.out_of_step(self._has_report)

    def _has_report(self, dossier_id: str) -> bool:
        return self._outcomes.get(dossier_id, ERROR) != ERROR

    def settle(self, group: Sequence[Settled], judged: str) -> list[Found]:
        """Write what came of some dossiers: their files, their lines of the journal, their rows in one transaction.

        Args:
            group: Different dossiers.
            judged: Hash of what workers judge by; empty if that is not known.

        Returns:
            Those of which nothing is written yet: they would be approved, and were not judged beside all that is on
            record before them, since what they have in common with others was not known. They are to be done again.
        """
        self._is_changed = True
        kept = [each for each in map(self._kept, group) if each]
        hasty = self._hasty(kept)
        group = [each for each in group if each.job.found.id not in hasty]
        kept = [each for each in kept if each.id not in hasty]
        lost = [(each, each.outcome) for each in group if isinstance(each.outcome, Lost)]
        lines = self._write_reports(kept, judged)
        for each, why in lost:
            self._write_error(each.job.found.id, why)
        with writing(self._store.connection):
            for one in kept:
                self._put_on_record(one, lines[one.id])
            for each, _ in lost:
                self._store.remove(each.job.found.id)
            # In the order in which claims are taken, or two batches could wait for each other.
            for each in sorted(group, key=lambda each: each.job.found.id):
                each.free()
        for one in kept:
            self._tell(one)
        for each, _ in lost:
            self._count(each.job.found.id, None)
        return [each.settled.job.found for each in hasty.values()]

    def _hasty(self, group: Sequence[_Kept]) -> dict[str, _Kept]:
        """Return those of a group that would be approved without a look at what is before them, in it or on record."""
        hasty: dict[str, _Kept] = {}
        if all(each.report.decision is not Decision.APPROVED for each in group):
            return hasty
        told: set[str] = set()
        for each in sorted(group, key=lambda each: each.entry.place):
            if each.entry.decision is Decision.APPROVED and self._glances.is_behind(each.entry, told):
                hasty[each.id] = each
            else:
                told.update(key for key, is_told in keys_of(each.entry).items() if is_told)
        return hasty

    def summarise(self, *, seconds: float | None = None) -> bool:
        """Write the table and the page over everything in the output folder, whichever batch has done it.

        Args:
            seconds: So long it may take. If it would take longer, both stay as they were, and the next run writes them.

        Returns:
            Whether both are up to date.
        """
        until = None if seconds is None else time.monotonic() + seconds
        try:
            with self._results.alone(until=until):
                if self._is_changed or not is_up_to_date(self._results, lang=self._lang):
                    write_summary(self._results, lang=self._lang, until=until)
        except TooLong:
            call_outdated(self._results.folder)
            return False
        return True

    def _is_wanted(self, done: Done | Seen) -> bool:
        """Whether its files are those that would be written now."""
        return self._results.report_place(done) is not None and self._page in (None, done.page)

    def _kept(self, settled: Settled) -> _Kept | None:
        if isinstance(settled.outcome, Lost):
            return None
        answer, report = settled.outcome
        dossier_id = settled.job.found.id
        if report is None:
            return _Kept(settled, answer, self._on_file(settled.job), {})
        files = {self._results.place("reports", dossier_id, ".json"): (answer.report or "").encode()}
        if answer.page is not None:
            files[self._results.place("reports", dossier_id, ".html")] = answer.page.encode()
        return _Kept(settled, answer, report, files)

    def _on_file(self, job: Job) -> Report:
        place = self._results.report_place(job.done) if job.done else None
        path = self._results.folder / (place or self._results.place("reports", job.found.id, ".json"))
        return load_report(path.read_text(encoding="utf-8"))

    def _write_reports(self, kept: Sequence[_Kept], judged: str) -> dict[str, Done]:
        """Write files and the journal; return its line for each dossier."""
        self._results.write_all({place: content for each in kept for place, content in each.files.items()})
        lines = {each.id: self._line(each, judged) for each in kept}
        self._results.note(lines[each.id] for each in kept if lines[each.id] != each.settled.job.done or each.files)
        return lines

    def _line(self, kept: _Kept, judged: str) -> Done:
        done = kept.settled.job.done
        if kept.files or done is None:
            self._forget(kept.id, but=kept.files)
            hashes = {place: hashlib.sha256(content).hexdigest() for place, content in kept.files.items()}
            done = Done(id=kept.id, fingerprint=kept.answer.fingerprint, files=hashes, page=self._page)
        return self._glances.told(done, kept.report, judged)

    def _put_on_record(self, kept: _Kept, line: Done) -> None:
        entry = kept.entry
        if kept.files or self._store.get(entry.dossier_id) != entry:
            self._store.put(entry, next(digest for place, digest in line.files.items() if place.endswith(".json")))

    def _tell(self, kept: _Kept) -> None:
        if kept.id not in self._outcomes:
            self.tally.files += kept.answer.files
            self.tally.pages += kept.answer.pages
            self.tally.unchanged += not kept.files
        self._count(kept.id, kept.report.decision or Decision.NEEDS_REVIEW)

    def _count(self, dossier_id: str, decision: Decision | None) -> None:
        """Count a dossier by what came of it last; None for an error."""
        before, outcome = self._outcomes.get(dossier_id), decision or ERROR
        if before is not None:
            self._add(before, -1)
        self._outcomes[dossier_id] = outcome
        self._add(outcome, 1)

    def _add(self, outcome: str, number: int) -> None:
        if outcome == ERROR:
            self.tally.errors += number
        else:
            self.tally.decisions[Decision(outcome)] += number

    def _write_error(self, dossier_id: str, lost: Lost) -> None:
        place = self._results.place("errors", dossier_id, ".json")
        is_given_up = is_deadly(lost)
        record = ErrorRecord(
            dossier_id=dossier_id,
            code=FailureCode.QUARANTINED if is_given_up else lost.trouble.code,
            message=_message(lost),
            attempts=lost.attempts,
            earlier=lost.codes if is_given_up else (),
        )
        self._results.write(place, (record.model_dump_json(indent=2) + "\n").encode())
        self._forget(dossier_id, but=(place,))

    def _forget(self, dossier_id: str, *, but: Iterable[str]) -> None:
        """Take away what an earlier run said of this dossier: it has one result, never two."""
        before = self._results.journal.get(dossier_id)
        # Both kinds, both forms and wherever they may lie, since the journal that named them may be lost.
        known = {
            *(before.files if before else ()),
            *(place for kind, suffix in WRITTEN for place in places(kind, dossier_id, suffix)),
        }
        for place in sorted(known.difference(but)):
            self._results.remove(place)


DEADLY = (FailureCode.CRASH, FailureCode.TIMEOUT, FailureCode.MEMORY, FailureCode.PROTOCOL)
"""What costs a worker process."""


def is_deadly(lost: Lost) -> bool:
    """Whether a dossier is not to be tried again as it is, since each attempt cost a process."""
    return bool(lost.codes) and all(code in DEADLY for code in lost.codes)


def _message(lost: Lost) -> Message:
    # A reason may name a path.
    times, reason = lost.attempts, mask_text(lost.trouble.reason)
    return Message(
        en=f"could not be processed in {times} attempts ({lost.trouble.code}): {reason}",
        zh=f"{times} 次尝试均未能处理（{lost.trouble.code}）：{reason}",
    )
