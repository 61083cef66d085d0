"""What a worker's bytes are worth: it may have been taken over by the file that it read."""

from pydantic import JsonValue

from pipeline.errors import UsageError
from pipeline.jobs import Answer, Job
from pipeline.report.json import Report, load_report, summary_of
from pipeline.report.record import DocumentRecord
from pipeline.verdict import decision_of

MOST_HELD = 5_000
"""Documents and brands of one dossier, each of which goes on record."""
MAX_REPORT_LETTERS = 50_000_000
"""Of the JSON alone: parsed, it takes the parent some ten times as much memory. A page for people may be longer."""
MAX_PAGE_LETTERS = 200_000_000


def read_answer(job: Job, answer: bytes) -> tuple[Answer, Report | None]:
    """Return what a worker answered, if it is one and about this job.

    Raises:
        ValueError: It is not.
    """
    read = Answer.model_validate_json(answer)
    if len(read.report or "") > MAX_REPORT_LETTERS:
        raise ValueError("a report that is too long")
    if read.report is None:
        if job.done is None or job.done.fingerprint != read.fingerprint or not job.still_stands:
            raise ValueError("there is nothing on file that could be unchanged")
        return read, None
    try:
        report = load_report(read.report)
    except UsageError as error:
        raise ValueError("not a report") from error
    _check_report(job, report)
    if read.page is not None:
        from pipeline.report.html import is_bound

        if len(read.page) > MAX_PAGE_LETTERS or not is_bound(read.page):
            raise ValueError("a page that is none of ours")
    return read, report


def _check_report(job: Job, report: Report) -> None:
    if report.dossier_id != job.found.id or (job.as_of and report.as_of != job.as_of):
        raise ValueError("a report on something else")
    if len(report.documents) + len(_brands(report)) > MOST_HELD:
        raise ValueError("a report on more than a dossier can hold")
    # A reader that was taken over may lie about what stands in a paper; rules are not its to bend.
    counting = ((each.status, each.severity) for each in report.findings if each.waived is None)
    if report.decision is not None and report.decision is not decision_of(counting):
        raise ValueError("a decision that does not follow from the findings")
    if report.summary != summary_of(report.findings):
        raise ValueError("a summary of other findings")
    if job.intake is not None:
        handed_in = {source.sha256 for source in job.intake.sources}
        if any(not _hashes(document) <= handed_in for document in report.documents):
            raise ValueError("a document that nobody handed in")


def _hashes(document: DocumentRecord) -> set[str]:
    """Return the hashes of a document's files; one that was refused before it was read has none."""
    return {found for found in (document.sha256, *(file.sha256 for file in document.files or ())) if found}


def _brands(report: Report) -> list[JsonValue]:
    brands = report.application.get("brands")
    return brands if isinstance(brands, list) else []
