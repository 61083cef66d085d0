"""What is seen of a dossier without opening it: whether it is done, and whether what it was judged beside has changed.

A glance at a file takes a hundredth of opening and hashing it, and a batch of which nothing is left to do is over in
seconds. Where it does not settle the matter, content does (docs/adr/0003-resume-by-content.md).
"""

import math
from collections.abc import Callable, Collection

from pipeline.journal import Done, Glance, Seen
from pipeline.marks import mark_of, now, uptime
from pipeline.model import FailureCode
from pipeline.records import OnRecord, Records
from pipeline.register import keys_of
from pipeline.report.json import Report
from pipeline.report.row import row_of
from pipeline.results import Results, mark_of_outputs
from pipeline.roster import Found
from pipeline.spill import Spilled
from pipeline.store import Store

FRESH_SECONDS = 300.0
"""So long after looking began a dossier is told by how it lay when it was seen; later it is looked at once more."""


class Glances:
    """Remembers how dossiers lay and what they were judged beside, where that is not nothing."""

    def __init__(self, results: Results, store: Store, *, is_on: bool, listed_at: float = -math.inf) -> None:
        """Begin a batch.

        Args:
            results: The output folder.
            store: What is on record.
            is_on: Whether a glance may be enough.
            listed_at: When the first dossier was looked at, by the clock of `marks.uptime`.
        """
        self.is_on = is_on
        self._results = results
        self._store = store
        self._with_others = store.with_neighbours()
        self._beside: Spilled[str] = Spilled()
        self._marks: dict[str, str | None] = {}
        self._hasty: dict[str, OnRecord] = {}
        """What would come on record of dossiers that are done again at once."""
        self._listed_at = listed_at

    def close(self) -> None:
        """Let go of everything."""
        self._beside.close()

    def at(self, found: Found, judged: str) -> Seen | None:
        """Return what the journal's line says of a dossier that would come out the same, as far as a glance can tell.

        Args:
            found: The dossier.
            judged: Hash of what workers judge by; empty if that is not known.
        """
        done = self._results.journal.seen(found.id) if self.is_on and judged else None
        if done is None or done.judged != judged:
            return None
        kept = mark_of_outputs(done.files, self._results.folder)
        if done.kept != kept or done.dossier != (found.mark or self._glimpse(found)):
            return None
        beside = self._store.digest_beside(found.id) if found.id in self._with_others else ""
        if done.beside != beside:
            return None
        self._remember(found.id, beside)
        return done

    def begin(self, found: Found) -> Records:
        """Return what a dossier is judged beside, and remember it, and how the dossier lies before it is opened."""
        self._marks[found.id] = found.mark or mark_of(found.where, settled_by=now())
        beside, digest = self._store.beside(found.id, self._hasty.pop(found.id, None))
        self._remember(found.id, digest)
        return beside

    def is_behind(self, entry: OnRecord, told: Collection[str]) -> bool:
        """Whether a dossier has just been judged beside something else than what is on record before it.

        It is then begun anew beside that.

        Args:
            entry: What it would put on record.
            told: Keys (`register.keys_of`) of what comes on record before it at the same moment.
        """
        held = self._store.get(entry.dossier_id)
        # It was begun in the place that it has on record, where others stand that are of this day only later.
        asked = entry.model_copy(update={"as_of": held.as_of}) if held else entry
        is_behind = not keys_of(entry).keys().isdisjoint(told)
        is_behind = is_behind or self._store.digest_before(asked) != self._beside.get(entry.dossier_id, "")
        if is_behind:
            self._hasty[entry.dossier_id] = asked
        return is_behind

    def told(self, done: Done, report: Report, judged: str) -> Done:
        """Return a line of the journal with what the summary says, and with what a glance will be compared with.

        Args:
            done: The line of a report that has just been written, or found to be right.
            report: The report.
            judged: Hash of what judged it; empty if that is not known.
        """
        names = [name for name in done.files if name.endswith(".json")]
        pages = [name for name in done.files if name.endswith(".html")]
        row = row_of(report, file=names[0], page=pages[0] if pages else None)
        mark, kept = self._marks.pop(done.id, None), mark_of_outputs(done.files, self._results.folder)
        glance = None
        if mark and kept and judged and not _may_be_read_another_time(report):
            glance = Glance(judged=judged, dossier=mark, beside=self._beside.get(done.id, ""), kept=kept)
        return done.model_copy(update={"row": row, "glance": glance})

    def out_of_step(self, is_asked: Callable[[str], bool]) -> set[str]:
        """Return the dossiers that were judged beside something else than what is on record now.

        Args:
            is_asked: Whether a dossier is of this run and has a report.
        """
        asked = self._store.with_neighbours().union(self._beside)
        # One whose report is gone since, by `dossier purge`, is in nobody's way.
        return {
            each
            for each in asked
            if is_asked(each)
            and self._store.get(each) is not None
            and self._store.digest_beside(each) != self._beside.get(each, "")
        }

    def _glimpse(self, found: Found) -> str | None:
        is_fresh = uptime() - self._listed_at < FRESH_SECONDS
        return found.glimpse if found.glimpse and is_fresh else mark_of(found.where)

    def _remember(self, dossier_id: str, beside: str) -> None:
        if beside:
            self._beside[dossier_id] = beside
        elif self._beside:
            self._beside.pop(dossier_id, None)


def _may_be_read_another_time(report: Report) -> bool:
    """Whether something could not be read for a reason that may pass without a trace on the file, as a permission."""
    failures = (failure for document in report.documents for failure in document.failures or ())
    return not report.application or any(failure.code is FailureCode.UNREADABLE for failure in failures)
