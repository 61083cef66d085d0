"""What stands on the drawn pages, by the contract's names and in its normal forms."""

from datetime import date

from samples.generate.facts import (
    Act,
    Card,
    Facts,
    ForeignMark,
    Invoice,
    Kind,
    Layout,
    Letter,
    Licence,
    Mark,
    Notice,
    OfficePaper,
    Qualified,
    qr_of_mark,
)
from samples.generate.files import Format
from samples.generate.plan import File, Sample, Sheet

Entities = dict[str, object]

_ROLE = {
    Kind.COMPANY: "legal_representative",
    Kind.PARTNERSHIP: "partner",
    Kind.INDIVIDUAL: "operator",
    Kind.BRANCH: "person_in_charge",
}

_PROOFS = frozenset({Act.RENEWAL, Act.ASSIGNMENT, Act.CHANGE})
_OFFICE = {
    Layout.USPTO_COLUMNS: "USPTO",
    Layout.USPTO_MARGIN: "USPTO",
    Layout.USPTO_ELECTRONIC: "USPTO",
    Layout.EUIPO: "EUIPO",
    Layout.OHIM: "EUIPO",
    Layout.UKIPO: "UKIPO",
    Layout.UKIPO_EXTRACT: "UKIPO",
    Layout.WIPO: "WIPO",
    Layout.TIPO: "TIPO",
    Layout.BOIP: "BOIP",
    Layout.OEPM: "OEPM",
    Layout.IPINDIA: "IPINDIA",
    Layout.IPINDIA_GOLD: "IPINDIA",
    Layout.CODED: "other",
}


def document_type(facts: Facts) -> str:
    """Return the contract's name of the document's type."""
    if isinstance(facts, Licence):
        return "business_licence"
    if isinstance(facts, OfficePaper):
        return f"trademark_{facts.act}" if facts.act in _PROOFS else "trademark_notice"
    names: dict[type, str] = {
        Mark: "trademark_certificate",
        ForeignMark: "trademark_certificate",
        Notice: "trademark_acceptance_notice",
        Letter: "authorization_letter",
        Card: "identity_card",
        Qualified: "qualification",
        Invoice: "purchase_invoice",
    }
    return names[type(facts)]


def entities_of(facts: Facts) -> Entities:
    """Return every entity that is printed; what is not printed is absent."""
    if isinstance(facts, Licence):
        found = _licence(facts)
    elif isinstance(facts, Mark):
        found = _certificate(facts)
    elif isinstance(facts, ForeignMark):
        found = _foreign(facts)
    elif isinstance(facts, OfficePaper):
        found = _office_paper(facts)
    elif isinstance(facts, Letter):
        found = _letter(facts)
    elif isinstance(facts, Notice):
        found = _notice(facts)
    elif isinstance(facts, Card):
        found = _card(facts)
    elif isinstance(facts, Qualified):
        found = _qualification(facts)
    else:
        found = _invoice(facts)
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


def _foreign(mark: ForeignMark) -> Entities:
    layout = mark.layout
    upper = layout is Layout.USPTO_COLUMNS
    return {
        "office": _OFFICE[layout],
        "registration_number": mark.number,
        "application_number": mark.application,
        "mark_text": mark.text,
        "owner": mark.owner,
        "owner_address": ", ".join(mark.address) or None,
        "nice_classes": [nice_class for nice_class, _ in mark.goods],
        "goods": [
            {"class": nice_class, "text": item.upper() if upper else item}
            for nice_class, goods in mark.goods
            for item in goods
        ],
        "filing_date": _iso(mark.filed),
        "registration_date": _iso(mark.registered),
        "valid_from": _iso(mark.registered) if layout is Layout.TIPO else None,
        "valid_to": _iso(mark.valid_to),
        "register": _register(mark) if _OFFICE[layout] == "USPTO" else None,
        "designations": list(mark.designations) or None,
    }


def _register(mark: ForeignMark) -> str:
    return "supplemental" if mark.supplemental else "principal"


def _office_paper(paper: OfficePaper) -> Entities:
    start, end = paper.term or (None, None)
    if paper.act not in _PROOFS:
        return {
            "office": "CNIPA",
            "kind": paper.act.value,
            "application_number": paper.number,
            "notice_date": _iso(paper.dated),
        }
    return {
        "office": "CNIPA",
        "registration_number": paper.number,
        "nice_classes": [paper.nice_class],
        "valid_from": _iso(start),
        "valid_to": _iso(end),
        "assignee": paper.party if paper.act is Act.ASSIGNMENT else None,
        "new_owner_name": paper.party if paper.act is Act.CHANGE else None,
        "certified_date": _iso(paper.dated),
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


def _card(card: Card) -> Entities:
    front: Entities = {
        "name": card.name,
        "sex": card.sex,
        "birth_date": _iso(card.born),
        "address": card.address,
        "id_number": card.number,
    }
    back: Entities = {
        "issuing_authority": card.authority,
        "valid_from": _iso(card.valid_from),
        "valid_to": _iso(card.valid_to),
    }
    return {**(front if card.side != "back" else {}), **(back if card.side != "front" else {})}


def _qualification(paper: Qualified) -> Entities:
    return {
        "kind": paper.kind,
        "certificate_number": paper.number,
        "holder": paper.holder,
        "products": list(paper.products),
        # The day of issue: no form here prints a first day besides.
        "valid_from": _iso(paper.issued),
        "valid_to": _iso(paper.valid_to),
        "issuer": paper.issuer,
    }


def _invoice(invoice: Invoice) -> Entities:
    return {
        "seller": invoice.seller,
        "buyer": invoice.buyer,
        "date": _iso(invoice.day),
        "number": invoice.number,
        "items": [item.name for item in invoice.items],
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
