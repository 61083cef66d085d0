"""All that is on record, looked up by what dossiers have in common, and what a report puts there."""

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import JsonValue

from pipeline.records import Decision, FileOnRecord, MarkOnRecord, OnRecord, Records, TermOnRecord
from pipeline.report.json import without_numbers
from pipeline.report.record import DocumentRecord, EntityRecord, Report
from pipeline.report.values import bare

TERMED = (
    "business_licence",
    "trademark_certificate",
    "trademark_renewal",
    "authorization_letter",
    "identity_card",
    "qualification",
)
"""Types of documents that have a term."""


class Register:
    """All that is on record, looked up by what dossiers have in common. Lives in the batch's parent process."""

    def __init__(self, entries: Iterable[OnRecord] = ()) -> None:
        """Start with what is on record already."""
        self.entries: dict[str, OnRecord] = {}
        self._by_key: dict[str, set[str]] = {}
        for entry in entries:
            self.put(entry)

    def put(self, entry: OnRecord) -> None:
        """Add an entry, or replace the one of the same dossier."""
        self.remove(entry.dossier_id)
        self.entries[entry.dossier_id] = entry
        for key in _keys(entry):
            self._by_key.setdefault(key, set()).add(entry.dossier_id)

    def remove(self, dossier_id: str) -> None:
        """Forget a dossier."""
        before = self.entries.pop(dossier_id, None)
        for key in _keys(before) if before else ():
            self._by_key[key].discard(dossier_id)

    def beside(self, dossier_id: str) -> Records:
        """Return what a dossier on record is judged beside: earlier ones with its company, a mark or a file of it."""
        entry = self.entries.get(dossier_id)
        if entry is None:
            return Records()
        # It asks for what it has itself, approved or not.
        keys = _keys(entry.model_copy(update={"decision": Decision.APPROVED}))
        ids = {other for key in keys for other in self._by_key.get(key, ())}
        return Records(entries=tuple(self.entries[each] for each in ids)).before(entry.as_of, dossier_id)


def _keys(entry: OnRecord) -> Iterator[str]:
    """Yield by what others may ask for an entry: its company and marks, if it was approved, and its files."""
    if entry.decision is Decision.APPROVED:
        yield from (f"company:{bare(text)}" for text in (entry.company_code, entry.company_name) if text)
        for mark in entry.marks:
            yield from (f"mark:{bare(text)}" for text in (mark.text, mark.number) if text)
    yield from (f"file:{held.sha256}" for held in entry.files)


def entry_of(report: Report) -> OnRecord:
    """Return what a report puts on record: no identity number, even if the report reveals them."""
    report = without_numbers(report)
    licence = next((each for each in report.documents if each.type == "business_licence"), None)
    return OnRecord(
        dossier_id=report.dossier_id,
        as_of=report.as_of,
        decision=report.decision or Decision.NEEDS_REVIEW,
        company_code=_read(licence, "unified_social_credit_code")
        or _said(report, "applicant", "unified_social_credit_code"),
        company_name=_read(licence, "company_name") or _said(report, "applicant", "company_name"),
        store_type=_said(report, "store", "type"),
        category=_said(report, "store", "category"),
        marks=tuple(dict.fromkeys([*_marks_read(report), *_marks_stated(report)])),
        files=tuple(
            FileOnRecord(sha256=each.sha256, type=each.type, file=each.file) for each in report.documents if each.sha256
        ),
        terms=tuple(_terms(report)),
    )


def _terms(report: Report) -> Iterator[TermOnRecord]:
    for document in report.documents:
        ends = _day(document.entities.get("valid_to")) if document.type in TERMED else None
        if ends:
            yield TermOnRecord(document=document.id, type=document.type, file=document.file, ends=ends)


def _day(term: EntityRecord | None) -> date | None:
    try:
        return date.fromisoformat(str(term.value)) if term else None
    except ValueError:  # without an end
        return None


def _marks_read(report: Report) -> Iterator[MarkOnRecord]:
    for document in report.documents:
        if document.type in ("trademark_certificate", "trademark_acceptance_notice"):
            classes = document.entities.get("nice_classes")
            yield MarkOnRecord(
                text=_read(document, "mark_text"),
                office=_read(document, "office"),
                number=_read(document, "registration_number") or _read(document, "application_number"),
                classes=_classes(classes.value if classes else None),
            )


def _marks_stated(report: Report) -> Iterator[MarkOnRecord]:
    brands = report.application.get("brands")
    for brand in brands if isinstance(brands, list) else ():
        if isinstance(brand, dict):
            yield MarkOnRecord(
                text=_text(brand.get("name")),
                office=_text(brand.get("office")),
                number=_text(brand.get("trademark_number")),
                classes=_classes(brand.get("nice_classes")),
            )


def _classes(value: JsonValue) -> tuple[int, ...]:
    return tuple(each for each in value if isinstance(each, int)) if isinstance(value, list) else ()


def _read(document: DocumentRecord | None, name: str) -> str | None:
    entity = document.entities.get(name) if document else None
    return _text(entity.value) if entity else None


def _said(report: Report, *path: str) -> str | None:
    value: JsonValue = report.application
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return _text(value)


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None
