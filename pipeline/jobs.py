"""What a worker process does with one dossier: open it or take it as it comes, run it, answer."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import Field

from pipeline.collector import spare_what_stays
from pipeline.crew import Limits
from pipeline.errors import UsageError
from pipeline.events import Event, tell
from pipeline.folders import make_folder
from pipeline.ingest import Intake, open_dossier
from pipeline.journal import Done
from pipeline.left_out import LeftOut, without
from pipeline.model import FailureCode, Record
from pipeline.outputs import is_whole
from pipeline.records import Records
from pipeline.report.json import Report, to_json, to_report
from pipeline.retrying import Lost
from pipeline.roster import Found
from pipeline.run import Parts, run
from pipeline.scratch import scratch_folder
from pipeline.sealing import Access
from pipeline.settings import Settings
from pipeline.worker import Handler, Tell

RESERVED_BYTES = 2_000_000_000
"""Memory that libraries of a worker reserve and never touch; 1.1 GB was seen. More than that and what it may touch is
refused at once, while what it touches is only looked at now and then."""


@dataclass(frozen=True)
class Job:
    """One dossier to be judged: opened already, or to be opened by the worker."""

    found: Found
    out: Path | None = None
    """Where an earlier report lies; None where there is none, or where it was seen to be whole already."""
    done: Done | None = None
    """The journal's line, if it names every file that is wanted now."""
    intake: Intake | None = None
    """The dossier, if it was opened already."""
    opened_in: float = 0.0
    """Seconds that took."""
    left_out: tuple[LeftOut, ...] = ()
    records: Records | None = None
    """What it is judged beside; None leaves that to the parts."""
    as_of: date | None = None
    """Day that it is to be judged by; None asks nothing."""
    unread: str | None = None
    """Why it could not be fetched from where it lies."""

    @property
    def still_stands(self) -> bool:
        """Whether the report on file is as it was written."""
        return self.done is not None and (self.out is None or is_whole(self.done.files, self.out))


class Answer(Record):
    """What a worker says about one job."""

    fingerprint: str = Field(pattern="^[0-9a-f]{64}$")
    report: str | None
    """JSON; None if the report on file is still right."""
    page: str | None = None
    """HTML, if asked for."""
    files: int = Field(ge=0, le=1_000_000)
    pages: int = Field(ge=0, le=1_000_000)


@dataclass(frozen=True)
class Desk:
    """Makes, in a worker process, what answers jobs there; picklable if `build` is."""

    build: Callable[[], Parts]
    html: bool
    with_form: bool = True
    """False where documents are inspected without an application."""

    def __call__(self) -> Handler[Job]:
        """Put the parts together, once, and return the handler of jobs."""
        parts = self.build()
        spare_what_stays()
        return _AtDesk(self, parts)

    def answer(self, job: Job, parts: Parts, tell: Tell) -> Answer:
        """Do one job with the parts that were put together."""
        started = time.perf_counter()
        if job.unread is not None:
            raise UsageError(job.unread)
        if job.records is not None:
            parts = replace(parts, records=job.records)
        intake = job.intake or replace(open_dossier(job.found.path, parts.settings), id=job.found.id)
        opened_in = job.opened_in + time.perf_counter() - started
        # A file that is left out changes no fingerprint: the next run need not try what it does to a reader.
        fingerprint = fingerprint_of(intake, parts)
        if job.done and job.done.fingerprint == fingerprint and job.still_stands:
            return Answer(fingerprint=fingerprint, report=None, files=len(intake.sources), pages=0)
        rest, places = without(intake, job.left_out, parts.settings)
        outcome = run(
            rest, parts, with_form=self.with_form, opened_in=opened_in, tell=lambda index: tell(places[index])
        )
        report = to_report(outcome, reveal=parts.reveal)
        page = None
        if self.html:
            from pipeline.report.covering import cover
            from pipeline.report.html import to_html

            covered = cover(outcome)
            patches = covered.patches if parts.reveal else {}
            page = to_html(report, covered.pictures, lang=parts.settings.lang, patches=patches)
        return Answer(
            fingerprint=fingerprint,
            report=to_json(report),
            page=page,
            files=len(intake.sources),
            pages=sum(document.pages_read for document in report.documents),
        )


@dataclass(frozen=True)
class _AtDesk:
    """The handler of jobs in a worker."""

    desk: Desk
    parts: Parts

    def __call__(self, job: Job, tell: Tell) -> bytes:
        return self.desk.answer(job, self.parts, tell).model_dump_json().encode()

    @property
    def introduction(self) -> bytes:
        """By what it judges, as a hash."""
        return hashlib.sha256(self.parts.fingerprint.encode()).hexdigest().encode()


def leave_out(job: Job, part: int, code: FailureCode, *, onwards: bool = False) -> Job:
    """Return the job without the file that brought its readers down, or that it had no time for; see `LeaveOut`."""
    return replace(job, left_out=(*job.left_out, LeftOut(part, code, onwards)))


@contextmanager
def access_of(settings: Settings, *read: Path) -> Iterator[Access]:
    """Give what workers may touch while this lasts: what they read, the cache, and a folder for temporary files.

    Args:
        settings: Name the folders.
        read: Files and folders that they read themselves.
    """
    write = [settings.cache_folder] if settings.cache else []
    write += [settings.record_folder] if settings.record_folder else []
    for folder in write:
        make_folder(folder)
    replayed = (settings.replay_folder,) if settings.replay_folder else ()
    with scratch_folder() as scratch:
        yield Access(
            (*read, *replayed),
            tuple(write),
            scratch,
            max_bytes=settings.worker_max_bytes + RESERVED_BYTES,
            required=settings.require_sandbox,
        )


def limits_of(settings: Settings) -> Limits:
    """Return what a worker may take."""
    return Limits(
        seconds=settings.dossier_seconds,
        stall_seconds=settings.page_seconds,
        max_bytes=settings.worker_max_bytes,
        retire_bytes=settings.worker_retire_bytes,
        retire_jobs=settings.worker_retire_dossiers,
    )


def name_of(job: Job) -> str:
    """Return what the log calls a job."""
    return job.found.id


def tell_outcome(dossier_id: str | None, came_of_it: tuple[Answer, Report | None] | Lost) -> None:
    """Tell the log what came of a dossier."""
    if isinstance(came_of_it, Lost):
        tell(Event.FAILED, dossier=dossier_id, code=came_of_it.trouble.code, counts={"attempts": came_of_it.attempts})
        return
    answer, report = came_of_it
    if report is None:
        tell(Event.UNCHANGED, dossier=dossier_id)
        return
    spent = report.provenance.seconds
    seconds = spent.ingest + spent.read + spent.extract + spent.validated
    tell(
        Event.FINISHED,
        dossier=dossier_id,
        code=report.decision,
        seconds=seconds,
        counts={"files": answer.files, "pages": answer.pages, "failed": report.summary.fail.total},
    )


def fingerprint_of(intake: Intake, parts: Parts) -> str:
    """Return a hash over all that a report depends on: the dossier's content, and whatever judges it."""
    form = intake.form
    content = {
        "parts": parts.fingerprint,
        "id": intake.id,
        "sources": [[source.file, source.media_type, source.sha256] for source in intake.sources],
        "failures": [failure.model_dump(mode="json") for failure in intake.failures],
        "form": [
            form.file,
            form.application and form.application.model_dump(mode="json"),
            [problem.model_dump(mode="json") for problem in form.problems],
        ],
        "records": parts.records and parts.records.model_dump(mode="json"),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
