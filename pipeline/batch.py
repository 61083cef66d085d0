"""Many dossiers on this machine: worker processes, resume, one failure never stops the rest.

Every dossier that is found gets exactly one report or one error record. Workers open and judge; this process alone
writes, so that a worker that dies leaves nothing torn. What a report was made from is kept in the output folder's
journal: a later run does again only what has changed (docs/adr/0003-resume-by-content.md).
"""

import hashlib
import os
import signal
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.ingest import Found, find_dossiers, find_strays
from pipeline.jobs import Answer, Desk, Job, access_of, leave_out, limits_of, read_answer
from pipeline.model import Message
from pipeline.names import FORM_NAMES
from pipeline.report.csv import to_csv
from pipeline.report.index import to_html_index
from pipeline.report.json import Report, load_report
from pipeline.report.row import Row, error_row, row_of
from pipeline.results import OWN_FOLDERS, SCRATCH, WRITTEN, Done, ErrorRecord, Results, open_results
from pipeline.run import Parts
from pipeline.settings import Settings
from pipeline.supervisor import Lost, Supervisor
from pipeline.verdict import Decision
from pipeline.worker import Serve


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


def default_jobs() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_batch(
    order: Order, build: Callable[[], Parts], settings: Settings, *, watch: Callable[[Tally], None] = lambda _: None
) -> Tally:
    """Judge every dossier of a folder.

    Call from the main thread. An interruption (Ctrl-C) ends it in good order: what is finished stays and is listed.

    Args:
        order: What to do.
        build: Puts the parts together; called once in each worker process, so it must be picklable.
        settings: Limits, and the language of the pages for people.
        watch: Called at the start and after each dossier.

    Raises:
        UsageError: A folder cannot be read or written.
        EngineUnavailable: No worker can be started.
        ConfigurationError: What judges is not valid.
    """
    found = _find(order, settings)
    tally = Tally(found=len(found), strays=_strays(order, settings))
    with open_results(order.out, dossiers=len(found)) as results:
        ledger = _Ledger(order, settings, results, tally)
        jobs = [ledger.job(dossier) for dossier in found]
        watch(tally)
        with access_of(settings, order.folder, order.out, *order.judged_by) as access:
            supervisor = Supervisor(
                Serve(Desk(build, html=order.html), access=access, talk=order.debug),
                workers=order.jobs,
                limits=limits_of(settings),
                read=read_answer,
                leave_out=leave_out,
            )
            try:
                with closing(supervisor.run(jobs)) as finished:
                    for job, came_of_it in finished:
                        with _uninterrupted():
                            ledger.settle(job, came_of_it)
                        watch(tally)
            except KeyboardInterrupt:
                tally.interrupted = True
        ledger.summarise(found)
    return tally


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back while one result is written: a report without its row would be half a result."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Ledger:
    """Writes what comes of each dossier, and at the end what came of all."""

    def __init__(self, order: Order, settings: Settings, results: Results, tally: Tally) -> None:
        self._results = results
        self._tally = tally
        self._page = settings.lang if order.html else None
        self._lang = settings.lang
        self._resume = order.resume
        self._done = results.read_journal()
        self._rows: dict[str, Row] = {}
        results.start_journal(self._done.values())

    def job(self, found: Found) -> Job:
        """Return the job that a dossier is, with what is on file if that may still be right."""
        done = self._done.get(found.id)
        if done and not (self._resume and self._place(found.id) in done.files and self._page in (None, done.page)):
            done = None
        return Job(found, self._results.folder, done)

    def settle(self, job: Job, came_of_it: tuple[Answer, Report | None] | Lost) -> None:
        """Write what came of one dossier."""
        if isinstance(came_of_it, Lost):
            self._write_error(job.found.id, came_of_it)
            self._tally.errors += 1
            return
        answer, report = came_of_it
        if report is None:
            report = self._on_file(job.found.id)
            self._tally.unchanged += 1
        else:
            self._write_report(job.found.id, answer)
        self._rows[job.found.id] = self._row(report)
        self._tally.decisions[report.decision or Decision.NEEDS_REVIEW] += 1
        self._tally.files += answer.files
        self._tally.pages += answer.pages

    def summarise(self, found: Sequence[Found]) -> None:
        """Write the table and the page over everything that is finished, in the order of the dossiers."""
        rows = [self._rows[dossier.id] for dossier in found if dossier.id in self._rows]
        self._results.write("summary.csv", to_csv(rows).encode())
        self._results.write("index.html", to_html_index(rows, lang=self._lang).encode())

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
        self._results.note(Done(id=dossier_id, fingerprint=answer.fingerprint, files=hashes, page=self._page))

    def _write_error(self, dossier_id: str, lost: Lost) -> None:
        place = self._results.place("errors", dossier_id, ".json")
        record = ErrorRecord(
            dossier_id=dossier_id, code=lost.trouble.code, message=_message(lost), attempts=lost.attempts
        )
        self._results.write(place, (record.model_dump_json(indent=2) + "\n").encode())
        self._forget(dossier_id, but=(place,))
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


def _find(order: Order, settings: Settings) -> tuple[Found, ...]:
    """Return the dossiers of the folder; what an earlier batch wrote into it is none."""
    folder, out = order.folder.resolve(), order.out.resolve()
    if out == folder or any(folder.is_relative_to(out / name) for name in (*OWN_FOLDERS, SCRATCH)):
        raise UsageError(f"{order.out} cannot take reports, since dossiers are read from there; give another --output")
    found = find_dossiers(order.folder, max_depth=settings.max_depth)
    if any(path.name.casefold() in FORM_NAMES for path in folder.iterdir()):
        raise UsageError(f"{order.folder} is itself a dossier; give the folder that holds it, or use: dossier verify")
    for dossier in found:
        if out != dossier.path.resolve() and out.is_relative_to(dossier.path.resolve()):
            raise UsageError(f"{order.out} lies inside the dossier {dossier.id}, and inputs are never changed")
    return tuple(dossier for dossier in found if not _is_ours(dossier.path, order))


def _strays(order: Order, settings: Settings) -> tuple[str, ...]:
    strays = find_strays(order.folder, max_depth=settings.max_depth)
    return tuple(stray for stray in strays if not _is_ours(order.folder / stray, order))


def _is_ours(path: Path, order: Order) -> bool:
    """Whether a path below the batch folder is an earlier batch's; an output folder above it holds all dossiers."""
    out = order.out.resolve()
    return out.is_relative_to(order.folder.resolve()) and path.resolve().is_relative_to(out)


def _message(lost: Lost) -> Message:
    times = lost.attempts
    return Message(
        en=f"could not be processed in {times} attempts ({lost.trouble.code}): {lost.trouble.reason}",
        zh=f"{times} 次尝试均未能处理（{lost.trouble.code}）：{lost.trouble.reason}",
    )
