"""The writing of each result: what came of a dossier, on the disk and on record."""

import time
from collections.abc import Collection, Sequence

from pipeline.glances import Glances
from pipeline.jobs import Job
from pipeline.journal import Done, Seen
from pipeline.locks import TooLong
from pipeline.on_record import put_right
from pipeline.order import Order, Tally
from pipeline.outcomes import Outcomes
from pipeline.register import keys_of
from pipeline.results import Results
from pipeline.retrying import Lost
from pipeline.roster import Found, Roster
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.database import writing
from pipeline.summary import call_outdated, is_up_to_date, write_summary
from pipeline.verdict import Decision
from pipeline.writing import Kept, Settled, Writer


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
        self._outcomes = Outcomes(tally)
        results.start_journal()
        self._is_changed = put_right(store, results, found, store.claims.abandoned())
        is_on = order.resume and not order.thorough
        self._glances = Glances(results, store, is_on=is_on, listed_at=found.listed_at)
        self._writer = Writer(results, self._glances, page=self._page)

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
        self._outcomes.count(found.id, done.decision or Decision.NEEDS_REVIEW)
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
        return self._glances.out_of_step(self._outcomes.has_report)

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
        kept = [each for each in map(self._writer.kept, group) if each]
        hasty = self._hasty(kept)
        group = [each for each in group if each.job.found.id not in hasty]
        kept = [each for each in kept if each.id not in hasty]
        lost = [(each, each.outcome) for each in group if isinstance(each.outcome, Lost)]
        lines = self._writer.write_reports(kept, judged)
        for each, why in lost:
            self._writer.write_error(each.job.found.id, why)
        by_id = {one.id: one for one in kept}
        with writing(self._store.connection):
            # In the order in which others write and claim, or two batches could wait for each other.
            for dossier_id in sorted(each.job.found.id for each in group):
                if dossier_id in by_id:
                    self._put_on_record(by_id[dossier_id], lines[dossier_id])
                else:
                    self._store.remove(dossier_id)
            for each in sorted(group, key=lambda each: each.job.found.id):
                each.free()
        for one in kept:
            self._tell(one)
        for each, _ in lost:
            self._outcomes.count(each.job.found.id, None)
        return [each.settled.job.found for each in hasty.values()]

    def _hasty(self, group: Sequence[Kept]) -> dict[str, Kept]:
        """Return those of a group that would be approved without a look at what is before them, in it or on record."""
        hasty: dict[str, Kept] = {}
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

    def _put_on_record(self, kept: Kept, line: Done) -> None:
        entry = kept.entry
        if kept.files or self._store.get(entry.dossier_id) != entry:
            self._store.put(entry, next(digest for place, digest in line.files.items() if place.endswith(".json")))

    def _tell(self, kept: Kept) -> None:
        if kept.id not in self._outcomes:
            self.tally.files += kept.answer.files
            self.tally.pages += kept.answer.pages
            self.tally.unchanged += not kept.files
        self._outcomes.count(kept.id, kept.report.decision or Decision.NEEDS_REVIEW)
