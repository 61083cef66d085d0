"""Certificates and letters: one file per type of document."""

from dataclasses import replace

from extractors import (
    acceptance_notice,
    authorization_letter,
    business_licence,
    cnipa_certificate,
    identity_card,
    purchase_invoice,
    qualification,
)
from pipeline.classify import DocumentType
from pipeline.model import Document, Fields

DOCUMENT_TYPES: tuple[DocumentType[Fields], ...] = (
    business_licence.TYPE,
    cnipa_certificate.TYPE,
    acceptance_notice.TYPE,
    authorization_letter.TYPE,
    identity_card.TYPE,
    qualification.TYPE,
    purchase_invoice.TYPE,
)
"""Every type that is told apart and read."""

_READERS = {kind.name: kind.read for kind in DOCUMENT_TYPES}


def extract(document: Document) -> Document:
    """Return the document with the fields of its type; one of another type comes back as it is."""
    read = _READERS.get(document.type)
    return document if read is None else replace(document, fields=read(document))
