"""Certificates and letters: one file per type of document."""

from dataclasses import replace

from extractors import (
    acceptance_notice,
    authorization_letter,
    business_licence,
    identity_card,
    offices,
    purchase_invoice,
    qualification,
    trademark_assignment,
    trademark_change,
    trademark_notice,
    trademark_renewal,
)
from extractors.calibration import calibrated
from pipeline.classify import DocumentType
from pipeline.model import Document, Fields

DOCUMENT_TYPES: tuple[DocumentType[Fields], ...] = (
    business_licence.TYPE,
    offices.TYPE,
    acceptance_notice.TYPE,
    trademark_notice.TYPE,
    trademark_renewal.TYPE,
    trademark_assignment.TYPE,
    trademark_change.TYPE,
    authorization_letter.TYPE,
    identity_card.TYPE,
    qualification.TYPE,
    purchase_invoice.TYPE,
)
"""Every type that is told apart and read."""

_READERS = {kind.name: kind.read for kind in DOCUMENT_TYPES}


def extract(document: Document) -> Document:
    """Return the document with the fields of its type, each with a confidence that can be trusted."""
    return calibrated(read_fields(document))


def read_fields(document: Document) -> Document:
    """Return the document with the fields of its type, as sure as its reader is; one of another type as it is."""
    read = _READERS.get(document.type)
    return document if read is None else replace(document, fields=read(document))
