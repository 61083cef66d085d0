"""Facts out of a report: its documents with their typed fields, as they were judged, without reading a page again.

Lossless enough for judging, with limits: lines that prove nothing, probabilities of single characters and the types
that a document might also be are in no report, and identity numbers are masked there.
"""

from collections.abc import Mapping
from datetime import date

from pydantic import JsonValue, ValidationError

from extractors.letters.fields import AuthorizationLetter
from extractors.paper_fields import BusinessLicence, IdentityCard, PurchaseInvoice, Qualification
from extractors.trademark_fields import (
    TrademarkAcceptanceNotice,
    TrademarkAssignment,
    TrademarkCertificate,
    TrademarkChange,
    TrademarkNotice,
    TrademarkRenewal,
)
from pipeline.errors import UsageError
from pipeline.form import Application, Form
from pipeline.model import WHOLE_PAGE, Document, Fields, TextLine
from pipeline.report.record import DocumentRecord, EntityRecord, Report
from pipeline.verdict import Dossier

FIELDS: Mapping[str, type[Fields]] = {
    "business_licence": BusinessLicence,
    "trademark_certificate": TrademarkCertificate,
    "trademark_acceptance_notice": TrademarkAcceptanceNotice,
    "trademark_notice": TrademarkNotice,
    "trademark_renewal": TrademarkRenewal,
    "trademark_assignment": TrademarkAssignment,
    "trademark_change": TrademarkChange,
    "authorization_letter": AuthorizationLetter,
    "identity_card": IdentityCard,
    "qualification": Qualification,
    "purchase_invoice": PurchaseInvoice,
}
"""Document type → the fields that it may have."""


def dossier_of(report: Report, *, as_of: date | None = None) -> Dossier:
    """Return the dossier that a report is about, as far as the report tells.

    Args:
        report: As it was read from its file.
        as_of: Another day to judge it by.

    Raises:
        UsageError: It holds a value that its document type cannot have.
    """
    documents = tuple(_document(record) for record in report.documents)
    return Dossier(id=report.dossier_id, as_of=as_of or report.as_of, form=_form(report), documents=documents)


def _form(report: Report) -> Form | None:
    if report.decision is None:
        return None
    if not report.application:
        return Form(file=None, application=None)
    # Where the form lies is told by the findings that rest on it.
    places = (proof.file for finding in report.findings for proof in finding.evidence if proof.source == "form")
    return Form(file=next(places, "application.yaml"), application=Application.model_validate(report.application))


def _document(record: DocumentRecord) -> Document:
    return Document(
        id=record.id,
        type=record.type,
        type_confidence=record.type_confidence,
        type_reason=record.type_reason,
        file=record.file,
        sha256=record.sha256,
        files=tuple((each.file, each.sha256) for each in record.files or ()),
        pages=record.pages,
        pages_total=record.pages_total,
        # One line stands for those that no report keeps: a page that was read is not a blank one.
        lines=tuple(TextLine(text="", box=WHOLE_PAGE, confidence=1, file=page.file) for page in record.pages[:1]),
        failures=record.failures or (),
        remarks=record.remarks or (),
        fields=_fields(record),
        text_layer_disagreements=record.text_layer_disagreements,
        text_layers_not_compared=record.text_layers_not_compared or (),
        editing=record.editing,
    )


def _fields(record: DocumentRecord) -> Fields | None:
    declared = FIELDS.get(record.type)
    if declared is None:
        return None
    try:
        return declared.model_validate({name: _entity(entity) for name, entity in record.entities.items()})
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"])
        raise UsageError(
            f"the report's {record.id} ({record.type}) holds a value that is none of it: {place}"
        ) from error


def _entity(record: EntityRecord) -> dict[str, JsonValue]:
    written = record.model_dump(mode="json", by_alias=True, exclude_none=True)
    # No report keeps how sure each line is: the value's own confidence is what was made of it.
    lines = [{**line, "confidence": record.confidence} for line in written["evidence"]]
    return {**written, "evidence": lines}
