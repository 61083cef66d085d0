"""What stands on the drawn pages, by the contract's names and in its normal forms."""

from datetime import date

from samples.generate.facts import Facts, Kind, Letter, Licence, Mark, Notice, qr_of_mark
from samples.generate.files import Format
from samples.generate.plan import File, Sample, Sheet

Entities = dict[str, object]

_ROLE = {
    Kind.COMPANY: "legal_representative",
    Kind.PARTNERSHIP: "partner",
    Kind.INDIVIDUAL: "operator",
    Kind.BRANCH: "person_in_charge",
}


def document_type(facts: Facts) -> str:
    """Return the contract's name of the document's type."""
    if isinstance(facts, Licence):
        return "business_licence"
    if isinstance(facts, Letter):
        return "authorization_letter"
    return "trademark_certificate" if isinstance(facts, Mark) else "trademark_acceptance_notice"


def entities_of(facts: Facts) -> Entities:
    """Return every entity that is printed; what is not printed is absent."""
    if isinstance(facts, Licence):
        found = _licence(facts)
    elif isinstance(facts, Mark):
        found = _certificate(facts)
    elif isinstance(facts, Letter):
        found = _letter(facts)
    else:
        found = _notice(facts)
    return {name: value for name, value in found.items() if value is not None}


def _iso(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _licence(licence: Licence) -> Entities:
    start, end = licence.period or (None, None)
    amount = licence.capital_amount
    return {
        "unified_social_credit_code": licence.code,
        "registration_number": licence.registration_number,
        "company_name": licence.name,
        "company_type": licence.company_type,
        "legal_person": licence.person,
        "legal_person_role": _ROLE[licence.kind],
        "registered_capital": {"amount": amount, "currency": "CNY"} if amount else None,
        "establishment_date": _iso(licence.established),
        "valid_from": _iso(start),
        "valid_to": _iso(end),
        "address": licence.address,
        "business_scope": licence.scope,
        "composition": licence.composition,
        "issue_date": _iso(licence.issued),
        "registration_authority": licence.authority,
        # The original says nowhere that it is one.
        "copy": "duplicate" if licence.copy == "duplicate" else None,
        "template": licence.era.value,
        "qr_code": licence.qr,
    }


def _certificate(mark: Mark) -> Entities:
    # Old paper prints a period, newer certificates a day and an end.
    start = "valid_from" if mark.style == "paper" else "registration_date"
    return {
        "office": "CNIPA",
        "registration_number": mark.number,
        "mark_text": mark.text,
        "owner": mark.owner,
        "owner_address": mark.owner_address,
        "nice_classes": [mark.nice_class],
        "goods": [{"class": mark.nice_class, "text": item} for item in mark.goods],
        start: _iso(mark.registered),
        "valid_to": _iso(mark.valid_to),
    }


def _notice(notice: Notice) -> Entities:
    return {
        "office": "CNIPA",
        "application_number": notice.number,
        "mark_text": notice.text,
        "applicant": notice.applicant,
        "nice_classes": [notice.nice_class],
        "filing_date": _iso(notice.filed),
        "notice_date": _iso(notice.noticed),
    }


def _letter(letter: Letter) -> Entities:
    return {
        "licensor": letter.licensor,
        "licensee": letter.licensee,
        "marks": list(letter.marks),
        "trademark_numbers": list(letter.numbers),
        "nice_classes": list(letter.nice_classes),
        "exclusivity": letter.exclusivity,
        "platforms": list(letter.platforms) or None,
        "territory": letter.territory,
        "sublicensing": letter.sublicensing,
        "valid_from": _iso(letter.valid_from),
        "valid_to": _iso(letter.valid_to),
        "signed_date": _iso(letter.signed),
        "sealed": letter.sealed,
    }


def _barcodes(facts: Facts) -> list[str]:
    if isinstance(facts, Licence):
        return [facts.qr] if facts.qr else []
    return [qr_of_mark(facts.number)] if isinstance(facts, Mark) and facts.style != "paper" else []


def _entry(sample: Sample, file: File, page: int, sheet: Sheet) -> Entities:
    readable = file.form is not Format.CORRUPT
    return {
        "id": f"{sample.name}/{file.name}#{page}",
        "dossier": sample.name,
        "file": file.name,
        "page": page,
        "type": document_type(sheet.facts) if readable else "other",
        "format": file.form.value,
        "quality": sheet.condition.value,
        "entities": entities_of(sheet.facts) if readable else {},
        "uncertain": [],
        "barcodes": _barcodes(sheet.facts) if readable else [],
    }


def documents_of(sample: Sample) -> list[Entities]:
    """Return one entry per document, each a page of a file here, in the order of files and pages."""
    return [_entry(sample, file, page, sheet) for file in sample.files for page, sheet in enumerate(file.sheets, 1)]
