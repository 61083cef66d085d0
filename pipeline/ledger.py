"""What a batch is asked to do, what has become of it, and the writing of each result."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.ingest import Found
from pipeline.jobs import Answer, Job
from pipeline.model import FailureCode, Message
from pipeline.records import Records
from pipeline.register import Register, entry_of
from pipeline.report.csv import to_csv
from pipeline.report.index import to_html_index
from pipeline.report.json import Report, load_report
from pipeline.report.row import Row, error_row, row_of
from pipeline.results import WRITTEN, Done, ErrorRecord, Results, report_files
from pipeline.settings import Settings
from pipeline.store import Store
from pipeline.store.database import writing
from pipeline.supervisor import Lost
from pipeline.verdict import Decision


@dataclass(frozen=True)
class Order:
    """What a batch is asked to do."""

    folder: Path
    """Of dossiers."""
    out: Path
    jobs: int
    """Worker processes."""
    resume: bool = True
    """Leave alone what is done already and would come out the same."""
    html: bool = False
    """Write a page for people beside each report."""
    debug: bool = False
    """Let workers write to standard error."""
    judged_by: tuple[Path, ...] = ()
    """Files that workers read besides: a rulebook, a watch list."""
    retry_quarantined: bool = False
    """Try again what was given up because it brought its readers down."""
    database: str | None = field(default=None, repr=False)
    """URL of the results database, which may hold a password; None is the output folder's own."""
    url: str | None = field(default=None, repr=False)
    """Where dossiers lie instead of in `folder`, by fsspec."""
    copy_to: str | None = field(default=None, repr=False)
    """Where results are copied to from `out`, by fsspec."""
    cluster: str | None = None
    """Address of a Ray cluster whose machines do the work; `jobs` is then for each of them, 0 one for each core."""


@dataclass
class Tally:
    """What has become of a batch so far."""

    found: int
    """Dossiers in all."""
    strays: tuple[str, ...] = ()
    """Files in the batch folder that belong to no dossier."""
    decisions: Counter[Decision] = field(default_factory=Counter)
    errors: int = 0
    """Dossiers that could not be processed."""
    unchanged: int = 0
    """Dossiers that an earlier run had done."""
    files: int = 0
    pages: int = 0
    """Pages that this run has read."""
    interrupted: bool = False
    troubles: tuple[str, ...] = ()
    """What befell machines of the cluster."""

    @property
    def finished(self) -> int:
        """Dossiers that have a report or an error record."""
        return self.decisions.total() + self.errors

    def counts(self) -> dict[str, int | bool]:
        """Return the numbers, as JSON has them."""
        return {
            "found": self.found,
            **{decision.value: self.decisions[decision] for decision in Decision},
            "errors": self.errors,
            "unchanged": self.unchanged,
            "strays": len(self.strays),
            "interrupted": self.interrupted,
        }


NOTHING = Records()


class Ledger:
    """Writes what comes of each dossier, and at the end what came of all."""

    def __init__(
        self, order: Order, settings: Settings, results: Results, store: Store, tally: Tally, found: Sequence[Found]
    ) -> None:
        self._results = results
        self._store = store
        self.tally = tally
        self._page = settings.lang if order.html else None
        self._lang = settings.lang
        self._resume = order.resume
        self._rows: dict[str, Row] = {}
        results.start_journal()
        self._done = results.read_journal()
        self._register = self._what_is_on_record({dossier.id for dossier in found})
        self._beside: dict[str, Records] = {}

    def job(self, found: Found, *, is_news: bool = False) -> Job:
        """Return the job that a dossier is, with what is on file if that may still be right.

        Args:
            found: The dossier.
            is_news: Whether another batch has done it since this one began.
        """
        if is_news:
            self._done = self._results.read_journal()
        done = self._done.get(found.id) if self._resume or is_news else None
        if done and not (self._place(found.id) in done.files and self._page in (None, done.page)):
            done = None
        beside = self._register.beside(found.id)
        # Most have nothing beside them, of which one is enough.
        self._beside[found.id] = beside if beside.entries else NOTHING
        return Job(found, self._results.folder, done, records=self._beside[found.id])

    def is_out_of_step(self, dossier_id: str) -> bool:
        """Whether a dossier was judged beside something else than what is on record now."""
        is_on_record = dossier_id in self._register.entries
        return is_on_record and self._register.beside(dossier_id) != self._beside[dossier_id]

    def look_at_others(self) -> None:
        """Take up what other batches have put on record meanwhile."""
        self._register = Register(entry for entry, _ in self._store.read() if entry)

    def settle(
        self, job: Job, came_of_it: tuple[Answer, Report | None] | Lost, *, free: Callable[[], None] = lambda: None
    ) -> None:
        """Write what came of one dossier.

        Args:
            job: What was done.
            came_of_it: What came of it.
            free: Ends the claim on it: on the disk together with its row, and after its files.
        """
        before = self._rows.get(job.found.id)
        if before is not None and before.error is not None:
            self.tally.errors -= 1
        elif before is not None:
            self.tally.decisions[before.decision or Decision.NEEDS_REVIEW] -= 1
        if isinstance(came_of_it, Lost):
            self._write_error(job.found.id, came_of_it, free)
            self.tally.errors += 1
            return
        answer, report = came_of_it
        if report is None:
            report = self._on_file(job.found.id)
            self.tally.unchanged += before is None
        else:
            self._write_report(job.found.id, answer)
        self._put_on_record(report, free, is_new=answer.report is not None)
        self._rows[job.found.id] = self._row(report)
        self.tally.decisions[report.decision or Decision.NEEDS_REVIEW] += 1
        if before is None:
            self.tally.files += answer.files
            self.tally.pages += answer.pages

    def summarise(self) -> None:
        """Write the table and the page over everything in the output folder, whichever batch has done it."""
        with self._results.alone():
            rows = [row for row in self._rows.values() if self._is_there(row)]
            write_summary(self._results, [*rows, *rows_on_file(self._results.folder, but=self._rows)], lang=self._lang)

    def _is_there(self, row: Row) -> bool:
        """Whether the report is still there: `dossier purge` may have been at work meanwhile."""
        return row.file is None or (self._results.folder / row.file).exists()

    def _what_is_on_record(self, found: Collection[str]) -> Register:
        """Return what the database holds, put right by the reports: it may have missed the last of them.

        A dossier of this batch whose report is gone stays on record until it is judged again.
        """
        rows = list(self._store.read())
        stored = {entry.dossier_id: (entry, digest) for entry, digest in rows if entry}
        for damaged in (dossier_id for entry, dossier_id in rows if entry is None):
            self._store.remove(damaged)
        there = {path.stem: path for path in report_files(self._results.folder)}
        for dossier_id in sorted(stored.keys() - there.keys() - set(found)):
            del stored[dossier_id]
            self._store.remove(dossier_id)
        register = Register(entry for entry, _ in stored.values())
        for dossier_id, path in there.items():
            done = self._done.get(dossier_id)
            written = done.files.get(self._place(dossier_id)) if done else None
            if dossier_id not in stored or (written and stored[dossier_id][1] != written):
                content = path.read_bytes()
                try:
                    entry = entry_of(load_report(content.decode("utf-8", "replace")))
                except UsageError:  # torn or foreign: its dossier is done again
                    continue
                register.put(entry)
                self._store.put(entry, hashlib.sha256(content).hexdigest())
        return register

    def _put_on_record(self, report: Report, free: Callable[[], None], *, is_new: bool) -> None:
        entry = entry_of(report)
        is_known = self._register.entries.get(entry.dossier_id) == entry
        with writing(self._store.connection):
            if is_new or not is_known:
                place = self._place(entry.dossier_id)
                self._store.put(entry, self._done[entry.dossier_id].files[place])
            free()
        if not is_known:
            self._register.put(entry)

    def _row(self, report: Report) -> Row:
        page = self._results.place("reports", report.dossier_id, ".html")
        has_page = (self._results.folder / page).exists()
        return row_of(report, file=self._place(report.dossier_id), page=page if has_page else None)

    def _place(self, dossier_id: str) -> str:
        return self._results.place("reports", dossier_id, ".json")

    def _on_file(self, dossier_id: str) -> Report:
        return load_report((self._results.folder / self._place(dossier_id)).read_text(encoding="utf-8"))

    def _write_report(self, dossier_id: str, answer: Answer) -> None:
        contents = {self._place(dossier_id): (answer.report or "").encode()}
        if answer.page is not None:
            contents[self._results.place("reports", dossier_id, ".html")] = answer.page.encode()
        for place, content in contents.items():
            self._results.write(place, content)
        self._forget(dossier_id, but=contents)
        hashes = {place: hashlib.sha256(content).hexdigest() for place, content in contents.items()}
        done = Done(id=dossier_id, fingerprint=answer.fingerprint, files=hashes, page=self._page)
        self._results.note(done)
        self._done[dossier_id] = done

    def _write_error(self, dossier_id: str, lost: Lost, free: Callable[[], None]) -> None:
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
        self._register.remove(dossier_id)
        with writing(self._store.connection):
            self._store.remove(dossier_id)
            free()
        self._rows[dossier_id] = error_row(dossier_id, f"{lost.trouble.code}: {lost.trouble.reason}")

    def _forget(self, dossier_id: str, *, but: Collection[str]) -> None:
        """Take away what an earlier run said of this dossier: it has one result, never two."""
        before = self._done.get(dossier_id)
        # Both kinds and both forms, since the journal that named them may be lost.
        places = {
            *(before.files if before else ()),
            *(self._results.place(kind, dossier_id, suffix) for kind, suffix in WRITTEN),
        }
        for place in sorted(places.difference(but)):
            self._results.remove(place)


def rows_on_file(folder: Path, *, but: Collection[str] = ()) -> Iterator[Row]:
    """Yield the lines of everything in an output folder, whichever batch has done it, but those of some dossiers."""
    for path in report_files(folder):
        if path.stem not in but:
            with suppress(UsageError, OSError):  # foreign, or gone again
                place, page = path.relative_to(folder), path.with_suffix(".html")
                page_place = page.relative_to(folder).as_posix() if page.exists() else None
                report = load_report(path.read_text(encoding="utf-8", errors="replace"))
                yield row_of(report, file=place.as_posix(), page=page_place)
    for path in sorted((folder / "errors").rglob("*.json")):
        if path.stem not in but:
            with suppress(ValidationError, OSError):
                record = ErrorRecord.model_validate_json(path.read_bytes())
                yield error_row(record.dossier_id, record.message.en)


def write_summary(results: Results, rows: Sequence[Row], *, lang: str) -> None:
    """Write the table and the page; nobody else may meanwhile."""
    results.write("summary.csv", to_csv(rows).encode())
    results.write("index.html", to_html_index(rows, lang=lang).encode())


DEADLY = (FailureCode.CRASH, FailureCode.TIMEOUT, FailureCode.MEMORY, FailureCode.PROTOCOL)
"""What costs a worker process."""


def is_deadly(lost: Lost) -> bool:
    """Whether a dossier is not to be tried again as it is, since each attempt cost a process."""
    return bool(lost.codes) and all(code in DEADLY for code in lost.codes)


def _message(lost: Lost) -> Message:
    times = lost.attempts
    return Message(
        en=f"could not be processed in {times} attempts ({lost.trouble.code}): {lost.trouble.reason}",
        zh=f"{times} 次尝试均未能处理（{lost.trouble.code}）：{lost.trouble.reason}",
    )
