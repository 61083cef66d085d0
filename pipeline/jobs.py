"""What a batch's worker process does with one dossier: open it, see whether it changed, run it, answer."""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.ingest import Found, Intake, open_dossier
from pipeline.model import Record
from pipeline.records import Records
from pipeline.report.json import Report, load_report, to_json, to_report
from pipeline.results import Done, is_whole
from pipeline.run import Parts, run

NOTHING = Records()


@dataclass(frozen=True)
class Job:
    """One dossier to be judged."""

    found: Found
    out: Path
    done: Done | None = None
    """The journal's line, if it names every file that is wanted now."""
    records: Records = NOTHING
    """What it is judged beside."""


class Answer(Record):
    """What a worker says about one job."""

    fingerprint: str
    report: str | None
    """JSON; None if the report on file is still right."""
    page: str | None = None
    """HTML, if asked for."""
    files: int
    pages: int


@dataclass(frozen=True)
class Desk:
    """Makes, in a worker process, what answers jobs there; picklable if `build` is."""

    build: Callable[[], Parts]
    html: bool

    def __call__(self) -> Callable[[Job], bytes]:
        """Put the parts together, once, and return the handler of jobs."""
        parts = self.build()
        return lambda job: _answer(job, parts, html=self.html).model_dump_json().encode()


def read_answer(job: Job, answer: bytes) -> tuple[Answer, Report | None]:
    """Return what a worker answered, if it is one and about this job.

    Raises:
        ValueError: It is not.
    """
    read = Answer.model_validate_json(answer)
    if read.report is None:
        if job.done is None or job.done.fingerprint != read.fingerprint:
            raise ValueError("there is nothing on file that could be unchanged")
        return read, None
    try:
        report = load_report(read.report)
    except UsageError as error:
        raise ValueError("not a report") from error
    if report.dossier_id != job.found.id or report.decision is None:
        raise ValueError("a report on something else")
    return read, report


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


def _answer(job: Job, parts: Parts, *, html: bool) -> Answer:
    started = time.perf_counter()
    parts = replace(parts, records=job.records)
    intake = replace(open_dossier(job.found.path, parts.settings), id=job.found.id)
    fingerprint = fingerprint_of(intake, parts)
    if job.done and job.done.fingerprint == fingerprint and is_whole(job.done, job.out):
        return Answer(fingerprint=fingerprint, report=None, files=len(intake.sources), pages=0)
    outcome = run(intake, parts, opened_in=time.perf_counter() - started)
    report = to_report(outcome)
    page = None
    if html:
        from pipeline.report.html import to_html

        page = to_html(report, outcome.pictures, lang=parts.settings.lang)
    return Answer(
        fingerprint=fingerprint,
        report=to_json(report),
        page=page,
        files=len(intake.sources),
        pages=sum(document.pages_read for document in report.documents),
    )
