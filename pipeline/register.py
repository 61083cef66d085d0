"""What a report puts on record, and by what dossiers find each other there."""

import hashlib
from collections.abc import Iterator
from datetime import date

from pydantic import JsonValue

from pipeline.belonging import Read, is_shared, names_company, number_of
from pipeline.pixels import pictures_of
from pipeline.records import (
    Decision,
    FileOnRecord,
    MarkOnRecord,
    NumberOnRecord,
    OnRecord,
    PictureOnRecord,
    TermOnRecord,
)
from pipeline.report.json import without_numbers
from pipeline.report.record import DocumentRecord, EntityRecord, FileRecord, Report
from pipeline.report.values import bare
from pipeline.sameness import canonical_company, canonical_mark, figures_of

TERMED = (
    "business_licence",
    "trademark_certificate",
    "trademark_renewal",
    "authorization_letter",
    "identity_card",
    "qualification",
)
"""Types of documents that have a term."""
SURE = 0.8
"""Confidence from which goes on record whom a paper names, and its number; what was misread accuses nobody."""


def keys_of(entry: OnRecord) -> dict[str, bool]:
    """Return what a dossier may have in common with others, hashed, and whether others that ask are told of it.

    It asks for its company, its marks, its files with their pictures, and the numbers of its papers. Told of are files,
    pictures and numbers; company, marks and their numbers only of what was approved. Whatever the rules take for the
    same has the same key.
    """
    is_approved = entry.decision is Decision.APPROVED
    told = [f"code:{bare(entry.company_code)}"] if entry.company_code else []
    told += [f"company:{canonical_company(entry.company_name)}"] if entry.company_name else []
    told += [f"mark:{canonical_mark(mark.text)}" for mark in entry.marks if mark.text]
    told += [f"mark's number:{figures_of(mark.number)}" for mark in entry.marks if mark.number]
    told += [f"number:{said.series}:{said.number}" for said in entry.numbers if said.is_told_once_approved]
    keys = dict.fromkeys(map(_hashed, told), is_approved)
    always = [f"number:{said.series}:{said.number}" for said in entry.numbers if not said.is_told_once_approved]
    # What many may share is asked for by no rule, and would have every seller of a brand judged beside all others.
    apart = [held for held in entry.files if not is_shared(held.type)]
    always += [f"file:{held.sha256}" for held in apart]
    always += [f"pixels:{picture.pixels}" for held in apart for picture in held.pictures]
    return keys | dict.fromkeys(map(_hashed, always), True)


def _hashed(key: str) -> str:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def entry_of(report: Report) -> OnRecord:
    """Return what a report puts on record: no identity number, even if the report reveals them."""
    report = without_numbers(report)
    licence = _licence_of(report)
    stated_code = _said(report, "applicant", "unified_social_credit_code")
    stated_name = _said(report, "applicant", "company_name")
    code = _read(licence, "unified_social_credit_code") or stated_code
    name = _read(licence, "company_name") or stated_name
    return OnRecord(
        dossier_id=report.dossier_id,
        as_of=report.as_of,
        decision=report.decision or Decision.NEEDS_REVIEW,
        company_code=code,
        company_name=name,
        stated_code=stated_code,
        stated_name=stated_name,
        store_type=_said(report, "store", "type"),
        category=_said(report, "store", "category"),
        marks=tuple(dict.fromkeys([*_marks_read(report), *_marks_stated(report)])),
        files=tuple(held for each in report.documents for held in _files(each, code, name)),
        numbers=tuple(_numbers(report, code, name)),
        terms=tuple(_terms(report)),
    )


def _licence_of(report: Report) -> DocumentRecord | None:
    """Return the applicant's licence, told by the form's code, else its name: others' may come with a letter.

    Where the form names neither, one company's licences are the applicant's.
    """
    licences = [each for each in report.documents if each.type == "business_licence"]
    for field in ("unified_social_credit_code", "company_name"):
        said = _said(report, "applicant", field)
        for each in licences:
            if said and bare(_read(each, field) or "") == bare(said):
                return each
    told = {bare(_read(each, "unified_social_credit_code") or each.id) for each in licences}
    return licences[0] if len(told) == 1 else None


def _files(document: DocumentRecord, code: str | None, name: str | None) -> Iterator[FileOnRecord]:
    # What many may share is not compared: no trace of an identity card is kept for nothing.
    shown = {} if is_shared(document.type) else pictures_of(document.pages)
    own = _is_own(document, code, name)
    for each in document.files or (FileRecord(file=document.file, sha256=document.sha256),):
        pictures = [(page.page, pixels) for pixels, page in shown.items() if page.file == each.file]
        if each.sha256:
            yield FileOnRecord(
                sha256=each.sha256,
                type=document.type,
                file=each.file,
                document=document.id,
                pictures=tuple(PictureOnRecord(page=page, pixels=pixels) for page, pixels in pictures),
                own=own,
            )


def _is_own(document: DocumentRecord, code: str | None, name: str | None) -> bool | None:
    """Whether a paper names the applicant; None where that is not told, or only its being another's is, in doubt.

    A reading in doubt may excuse two companies that rightly hold one paper. It accuses nobody.
    """
    surely = names_company(document.type, _reading(document), code=code, name=name)
    if surely is not None:
        return surely
    return names_company(document.type, _reading(document, least=0), code=code, name=name) or None


def _numbers(report: Report, code: str | None, name: str | None) -> Iterator[NumberOnRecord]:
    """Yield the numbers that prove whose a paper is; of another company's licence they are nobody's business here."""
    for each in report.documents:
        read = _reading(each)
        found = number_of(each.type, read)
        is_others = each.type == "business_licence" and names_company(each.type, read, code=code, name=name) is False
        # A person may have several companies, and no record may hold the number.
        if found is None or is_others or each.type == "identity_card":
            continue
        holder = _text(read(found.holder))
        if holder:
            yield NumberOnRecord(
                series=found.series, number=found.number, holder=holder, document=each.id, file=each.file
            )


def _reading(document: DocumentRecord, *, least: float = SURE) -> Read:
    """Return what gives a document's values that were read so surely: if not told otherwise, to speak for anything."""

    def read(name: str) -> JsonValue:
        entity = document.entities.get(name)
        return entity.value if entity and entity.confidence >= least else None

    return read


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
