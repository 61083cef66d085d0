"""What a dossier's page shows: findings, fields with their places, pages with boxes, and what was done so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.report.marks import EntityView
from pipeline.report.notice import to_notice
from pipeline.report.record import DocumentRecord, Report
from pipeline.report.titles import ENTITIES, TYPES, title
from pipeline.report.view import DocumentView, FindingView, view_documents, view_findings
from pipeline.review.changes import OPEN, WEIGHTY
from pipeline.review.events import Event, Judging, RuleChange, Valued
from pipeline.review.judging import Judge
from pipeline.review.numbers import has_numbers
from pipeline.review.seen import Seen
from pipeline.review.values import SEALED_FIELDS, applies, as_typed


@dataclass(frozen=True)
class Field:
    """A field of a document, as it can be confirmed or put right."""

    name: str
    view: EntityView
    typed: str
    """The value as a reviewer would type it."""
    long: bool
    """Whether it has several lines."""
    by: Event | None
    """What a reviewer read there."""
    sealed: bool
    """Whether it cannot be put right at the desk."""


@dataclass(frozen=True)
class Paper:
    """A document."""

    view: DocumentView
    fields: tuple[Field, ...]
    missing: Mapping[str, str]
    """Fields that were not read → what people call them."""


@dataclass(frozen=True)
class Sheet:
    """A dossier's page."""

    weighty: tuple[FindingView, ...]
    """What stands against an approval."""
    slight: tuple[FindingView, ...]
    """What else did not pass."""
    passed: int
    papers: tuple[Paper, ...]
    has_numbers: bool
    """Whether there are identity numbers, which are masked here."""
    notices: Mapping[str, str]
    """Language → the letter to the seller."""
    last: Judging | None
    """The last event, if rules have run again by it."""
    changed: tuple[RuleChange, ...]
    """What came out otherwise by the last event."""


def sheet_of(seen: Seen, judge: Judge, lang: str) -> Sheet:
    """Return what is shown of a dossier in one language."""
    report = seen.report
    views = view_findings(report, lang, only=OPEN)
    not_passed = [view for status in OPEN for view in views[status]]
    weighty = [view for view in not_passed if view.record.severity in WEIGHTY and view.record.waived is None]
    last = seen.events[-1].body if seen.events else None
    judging = last if isinstance(last, Valued) or (isinstance(last, Judging) and last.changed) else None
    return Sheet(
        weighty=tuple(weighty),
        slight=tuple(view for view in not_passed if view not in weighty),
        passed=sum(finding.status == "pass" for finding in report.findings),
        papers=tuple(_papers(seen, judge, lang)),
        has_numbers=has_numbers(report),
        notices={language: to_notice(report, lang=language) for language in ("en", "zh")},
        last=judging,
        changed=judging.changed if judging else (),
    )


def _papers(seen: Seen, judge: Judge, lang: str) -> Sequence[Paper]:
    views = view_documents(seen.report, {}, lang)
    by = {
        (event.body.document, event.body.entity): event
        for event in seen.standing.values
        if isinstance(event.body, Valued) and applies(event.body, seen.recorded)
    }
    return [_paper(view, judge, by, lang) for view in views]


def _paper(view: DocumentView, judge: Judge, by: Mapping[tuple[str, str], Event], lang: str) -> Paper:
    record = view.record
    fields = tuple(
        _field(name, entity, by.get((record.id, name))) for name, entity in view.entities.items()
    )  # fmt: skip
    possible = [name for name in judge.fields_of(record.type) if name not in record.entities]
    missing = {name: title(ENTITIES, name, lang) for name in possible if name not in SEALED_FIELDS}
    return Paper(view, fields, missing)


def _field(name: str, view: EntityView, by: Event | None) -> Field:
    typed = as_typed(view.record.value)
    is_long = isinstance(view.record.value, list) or len(typed) > 60
    return Field(name, view, typed, is_long, by, name in SEALED_FIELDS)


def names_of(report: Report, lang: str) -> Mapping[str, str]:
    """Return what people call the documents of a report, by id, for the history."""
    return {each.id: _called(each, lang) for each in report.documents}


def _called(document: DocumentRecord, lang: str) -> str:
    return f"{title(TYPES, document.type, lang)} · {document.file}"
