"""Commercial invoices and receipts in English, which no form rules: seller, buyer, day, number and goods."""

import datetime
import re
from collections.abc import Mapping, Sequence

from extractors.areas import readings
from extractors.company_names import company_name, is_company, name_rows
from extractors.dates import dates_in
from extractors.labels import Label, find_labels
from extractors.reading import Reading
from extractors.spelling import is_placeholder, plain, tidy
from pipeline.layout import Piece, Sheet, rows
from pipeline.model import Entity

Areas = Mapping[str, Reading]
"""What belongs to each label, by its name."""

_LABELS = (
    Label(
        "seller",
        ("seller", "sellername", "supplier", "vendor", "exporter", "shipper", "from", "soldby", "issuedby"),
        rows=2,
    ),
    Label(
        "buyer",
        ("buyer", "buyername", "billto", "soldto", "customer", "consignee", "importer", "to", "messrs", "client"),
        rows=2,
    ),
    Label(
        "number", ("invoicenumber", "invoiceno", "invoice", "commercialinvoiceno", "invno", "receiptno"), looks=r"\d"
    ),
    Label("date", ("invoicedate", "dateofinvoice", "date", "dateissued", "issuedate"), looks=r"\d{4}"),
    Label(
        "other",
        (
            "address",
            "add",
            "tel",
            "phone",
            "email",
            "attn",
            "contractno",
            "orderno",
            "pono",
            "termsofpayment",
            "shippedto",
        ),
        rows=3,
    ),
)
_BY_PLACE = 0.85
"""Trust that the company at the head of the page is the seller."""
_HEADS = ("description", "goods", "item", "product", "commodity", "particulars")
_TABLE_END = re.compile(
    r"^(?:sub)?total|^amount|^grand|^say|^bank|^remark|^payment|^vat|^tax|^shipping|^signature|^thank", re.IGNORECASE
)


def areas_of(sheet: Sheet) -> Areas:
    """Return what stands beside or under each label."""
    found = find_labels(sheet, _LABELS)
    return readings(sheet, found, under=True)


def read_seller(sheet: Sheet, areas: Areas) -> Entity[str] | None:
    """Return the seller: beside its label, or the company on whose paper the invoice is written."""
    return read_party(areas, "seller") or _letterhead(sheet, areas)


def read_party(areas: Areas, name: str) -> Entity[str] | None:
    """Return the company of a label."""
    if (reading := areas.get(name)) is None:
        return None
    named = name_rows(reading, with_address=True)
    value = company_name(named.text)
    if len(value) < 4 or is_placeholder(value):
        return None
    return named.entity(value, trust=1.0 if is_company(value) else 0.7)


def _letterhead(sheet: Sheet, areas: Areas) -> Entity[str] | None:
    """Return the company at the head of the page: a commercial invoice is written on its seller's paper."""
    taken = {id(piece.line) for reading in areas.values() for piece in reading.pieces}
    first = next((row for row in rows(sheet.pieces) if is_company(Reading(tuple(row)).text)), None)
    if first is None or any(id(piece.line) in taken for piece in first) or first[0].level > 0.3:
        return None
    reading = Reading(tuple(first))
    return reading.entity(company_name(reading.text), trust=_BY_PLACE)


def read_day(areas: Areas) -> Entity[datetime.date] | None:
    """Return the day of the invoice."""
    reading = areas.get("date")
    dates = dates_in(reading.text) if reading else []
    return reading.entity(dates[0]) if reading and len(dates) == 1 else None


def read_number(areas: Areas) -> Entity[str] | None:
    """Return the number of the invoice."""
    reading = areas.get("number")
    match = re.search(r"[A-Z0-9][A-Z0-9\-/._]{2,30}", plain(reading.text).upper()) if reading else None
    if reading is None or match is None or not re.search(r"\d", match[0]):
        return None
    return reading.entity(match[0].rstrip("-/._"), raw=reading.text)


def read_items(sheet: Sheet) -> Entity[tuple[str, ...]] | None:
    """Return the column of the goods' descriptions, from its head to the total."""
    head = next((piece for piece in sheet.pieces if _is_head(piece, sheet.pieces)), None)
    if head is None:
        return None
    found: list[Piece] = []
    for row in rows(piece for piece in sheet.pieces if piece.level > head.level + 0.6 * head.height):
        if _TABLE_END.search(re.sub(r"[^A-Za-z]", "", row[0].text)):
            break
        inside = [piece for piece in row if _under(piece, head) and re.search(r"[A-Za-z]{3}", piece.text)]
        found += inside[:1]
    return Reading(tuple(found)).entity(tuple(tidy(piece.text) for piece in found)) if found else None


def _is_head(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether `piece` heads the column of goods: its word, and the head of the quantities beside it."""
    if not any(word in piece.text.lower() for word in _HEADS):
        return False
    level = [other for other in pieces if abs(other.level - piece.level) < piece.height]
    return any(re.search(r"qty|quantity|unit|price|amount", other.text, re.IGNORECASE) for other in level)


def _under(piece: Piece, head: Piece) -> bool:
    return min(piece.right, head.right) > max(piece.left, head.left) or abs(piece.left - head.left) < 2 * head.height
