"""Invoices by which a seller proves that it bought branded goods (增值税发票, commercial invoices)."""

import datetime

from pipeline.model import Entity, Fields


class PurchaseInvoice(Fields):
    """Who sold what to whom, and when."""

    seller: Entity[str] | None = None
    buyer: Entity[str] | None = None
    date: Entity[datetime.date] | None = None
    number: Entity[str] | None = None
    items: Entity[tuple[str, ...]] | None = None
