"""The files that a batch writes about a dossier, and its line of the journal."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.given_up import error_record
from pipeline.glances import Glances
from pipeline.jobs import Answer, Job
from pipeline.journal import Done
from pipeline.outputs import WRITTEN, places
from pipeline.records import OnRecord
from pipeline.register import entry_of
from pipeline.report.json import Report, load_report
from pipeline.results import Results
from pipeline.retrying import Lost

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
class Kept:
    """A dossier that has a report now."""

    settled: Settled
    answer: Answer
    report: Report
    files: dict[str, bytes]
    """Path below the output folder → what is to be written; empty if what is on file is still right."""

    @property
    def id(self) -> str:
        """The dossier's."""
        return self.report.dossier_id

    @cached_property
    def entry(self) -> OnRecord:
        """What its report puts on record."""
        return entry_of(self.report)


class Writer:
    """Writes to an output folder: of each dossier one result, never two."""

    def __init__(self, results: Results, glances: Glances, *, page: str | None) -> None:
        """Begin.

        Args:
            results: The output folder.
            glances: Say what a line of the journal remembers of how a dossier lay.
            page: Language of the pages for people; None where there are none.
        """
        self._results = results
        self._glances = glances
        self._page = page

    def kept(self, settled: Settled) -> Kept | None:
        """Return what is to be written of a dossier, and what is on file; None if there is no report of it."""
        if isinstance(settled.outcome, Lost):
            return None
        answer, report = settled.outcome
        dossier_id = settled.job.found.id
        if report is None:
            return Kept(settled, answer, self._on_file(settled.job), {})
        files = {self._results.place("reports", dossier_id, ".json"): (answer.report or "").encode()}
        if answer.page is not None:
            files[self._results.place("reports", dossier_id, ".html")] = answer.page.encode()
        return Kept(settled, answer, report, files)

    def write_reports(self, kept: Sequence[Kept], judged: str) -> dict[str, Done]:
        """Write files and the journal; return its line for each dossier."""
        self._results.is_behind = True
        self._results.write_all({place: content for each in kept for place, content in each.files.items()})
        lines = {each.id: self._line(each, judged) for each in kept}
        self._results.note(lines[each.id] for each in kept if lines[each.id] != each.settled.job.done or each.files)
        self._results.is_behind = False
        return lines

    def write_error(self, dossier_id: str, lost: Lost) -> None:
        """Write why there is no report."""
        place = self._results.place("errors", dossier_id, ".json")
        record = error_record(dossier_id, lost)
        self._results.write(place, (record.model_dump_json(indent=2) + "\n").encode())
        self._forget(dossier_id, but=(place,))

    def _on_file(self, job: Job) -> Report:
        place = self._results.report_place(job.done) if job.done else None
        path = self._results.folder / (place or self._results.place("reports", job.found.id, ".json"))
        return load_report(path.read_text(encoding="utf-8"))

    def _line(self, kept: Kept, judged: str) -> Done:
        done = kept.settled.job.done
        if kept.files or done is None:
            self._forget(kept.id, but=kept.files)
            hashes = {place: hashlib.sha256(content).hexdigest() for place, content in kept.files.items()}
            done = Done(id=kept.id, fingerprint=kept.answer.fingerprint, files=hashes, page=self._page)
        return self._glances.told(done, kept.report, judged)

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
