"""What a report puts on record, and by what dossiers find each other there."""

import hashlib
from collections.abc import Iterator
from datetime import date

from pydantic import JsonValue

from pipeline.records import Decision, FileOnRecord, MarkOnRecord, OnRecord, TermOnRecord
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


def keys_of(entry: OnRecord) -> dict[str, bool]:
    """Return what a dossier may have in common with others, hashed, and whether others that ask are told of it.

    It asks for its company, its marks and its files. Told of are files, and company and marks of what was approved.
    """
    is_approved = entry.decision is Decision.APPROVED
    told = [f"company:{bare(text)}" for text in (entry.company_code, entry.company_name) if text]
    told += [f"mark:{bare(text)}" for mark in entry.marks for text in (mark.text, mark.number) if text]
    keys = dict.fromkeys(map(_hashed, told), is_approved)
    return keys | {_hashed(f"file:{held.sha256}"): True for held in entry.files}


def _hashed(key: str) -> str:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


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
