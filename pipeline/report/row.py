"""One dossier of a batch as its summary lists it: made of its report, or of what stopped it."""

from pydantic import JsonValue

from pipeline.model import Record
from pipeline.report.record import Failed, Report, SecondsRecord
from pipeline.verdict import Decision, Deposit, Status


class Row(Record):
    """One line of a batch's summary."""

    dossier_id: str
    decision: Decision | None = None
    """None with an `error`."""
    failed: Failed = Failed()
    undetermined: int = 0
    failed_rules: tuple[str, ...] = ()
    """Ids of the rules that failed, in the order of the report."""
    waived_rules: tuple[str, ...] = ()
    """Ids of the rules of which a person has waived something."""
    category: str | None = None
    store_type: str | None = None
    company_name: str | None = None
    """As the form says, or else as a document does."""
    deposit: Deposit | None = None
    confidence: float | None = None
    """The lowest of what was read from documents; None if nothing was."""
    seconds: SecondsRecord | None = None
    """Of each stage, as its report says."""
    file: str | None = None
    """Path of the report, below the output folder; None with an `error`."""
    page: str | None = None
    """Path of the page for people, below the output folder; None if none was written."""
    error: str | None = None
    """Why there is no report."""


def row_of(report: Report, *, file: str, page: str | None = None) -> Row:
    """Return the line of a dossier that has a report at `file`, a path below the output folder."""
    failed = (finding.rule for finding in report.findings if finding.status is Status.FAIL)
    category = _said(report.application, "store", "category")
    return Row(
        dossier_id=report.dossier_id,
        decision=report.decision,
        failed=report.summary.fail,
        undetermined=report.summary.undetermined,
        failed_rules=tuple(dict.fromkeys(failed)),
        waived_rules=tuple(dict.fromkeys(finding.rule for finding in report.findings if finding.waived)),
        category=" ".join(map(str, category)) if isinstance(category, list) else _text(category),
        store_type=_text(_said(report.application, "store", "type")),
        company_name=_company(report),
        deposit=report.deposit,
        confidence=_least_sure(report),
        seconds=report.provenance.seconds,
        file=file,
        page=page,
    )


def error_row(dossier_id: str, error: str) -> Row:
    """Return the line of a dossier that has no report; `error` says why, without personal data."""
    return Row(dossier_id=dossier_id, error=error)


def _least_sure(report: Report) -> float | None:
    sure = (entity.confidence for document in report.documents for entity in document.entities.values())
    return min(sure, default=None)


def _company(report: Report) -> str | None:
    declared = _text(_said(report.application, "applicant", "company_name"))
    read = (document.entities.get("company_name") for document in report.documents)
    return declared or next((_text(entity.value) for entity in read if entity), None)


def _said(application: JsonValue, *path: str) -> JsonValue:
    for key in path:
        application = application.get(key) if isinstance(application, dict) else None
    return application


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None
