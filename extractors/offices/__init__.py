"""Trademark certificates: one module per office, and one type of document for all of them."""

from extractors.offices import boip, cnipa, euipo, ipindia, oepm, other, tipo, ukipo, uspto, wipo
from extractors.offices.base import OfficeReader
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import DocumentType, claims
from pipeline.model import Document, PageRecord, ReadPage

OFFICES: tuple[OfficeReader, ...] = (
    cnipa.READER,
    uspto.READER,
    euipo.READER,
    ukipo.READER,
    wipo.READER,
    tipo.READER,
    boip.READER,
    oepm.READER,
    ipindia.READER,
    other.SAUDI,
    other.COMMONWEALTH,
    other.READER,
)
"""Every office whose certificates are read; of two that claim a certificate equally the first reads it."""


def office_of(document: Document) -> OfficeReader:
    """Return the office whose words the document's pages bear most of; CNIPA's for a document without any."""
    record = (
        document.pages[0] if document.pages else PageRecord(file=document.file, page=1, width=1, height=1, turned=0)
    )
    page = ReadPage(record=record, lines=document.lines)
    types = [
        DocumentType(str(number), titles=(), read=reader.read, variants=(reader.form,))
        for number, reader in enumerate(OFFICES)
    ]
    return OFFICES[int(claims(page, types)[0].name)]


def read(document: Document) -> TrademarkCertificate:
    """Read a certificate the way its office prints it."""
    return office_of(document).read(document)


TYPE = DocumentType(
    "trademark_certificate",
    titles=(),
    read=read,
    essential=(("registration_number",), ("owner",), ("nice_classes",)),
    variants=tuple(reader.form for reader in OFFICES),
    continuations=("核定使用商品", "核定服务项目"),
)
