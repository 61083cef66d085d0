"""Certificates whose fields bear INID codes (WIPO Standard ST.60), or labels in their office's language.

Whatever office, `(111)` is the number of the registration, `(151)` its day, `(732)` or `(730)` the owner, `(511)` the
classes with their goods. Labels are those of English, French, German, Spanish, Portuguese, Italian and
Vietnamese papers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractors import nice
from extractors.blocks import read_blocks
from extractors.dates import Order, find_days
from extractors.flow import Flow, Found
from extractors.inid_headings import HEADINGS
from extractors.parties import party_in_rows
from extractors.spelling import bare, trimmed
from pipeline.layout import Sheet
from pipeline.model import Entity


@dataclass(frozen=True)
class Coded:
    """The fields that codes and labels give, before an office's own forms of numbers are asked for."""

    blocks: Mapping[str, Found]
    owner: Entity[str] | None
    owner_address: Entity[str] | None
    mark_text: Entity[str] | None
    nice_classes: Entity[tuple[int, ...]] | None
    lists: nice.Lists | None
    days: Mapping[str, Entity[date]]
    designations: Entity[tuple[str, ...]] | None


def read_coded(
    sheet: Sheet, *, bare: bool = False, order: Order = Order.DAY_FIRST, heading: str = nice.HEADING
) -> Coded:
    """Read what codes and labels give.

    Args:
        sheet: The certificate.
        bare: Whether its codes stand without brackets.
        order: Of day and month in figures.
        heading: Pattern of the heading of a class within the list of goods.
    """
    blocks = read_blocks(sheet, HEADINGS, bare=bare)
    party = party_in_rows(blocks.get("owner"))
    goods = blocks.get("goods")
    lists = nice.read_lists(Flow(goods.reading.pieces), heading=heading) if goods else None
    days = {
        name: found.entity(days[0].value)
        for name in ("registration_date", "filing_date", "valid_to")
        if (found := blocks.get(name)) and (days := find_days(found.text, order))
    }
    address = blocks.get("owner_address")
    return Coded(
        blocks=blocks,
        owner=party.name,
        owner_address=party.address or (address.entity(", ".join(address.rows)) if address else None),
        mark_text=_mark(blocks.get("mark_text")),
        nice_classes=nice.read_classes(blocks.get("nice_classes")) or (lists.classes if lists else None),
        lists=lists,
        days=days,
        designations=_designations(blocks.get("designations")),
    )


def number_in(found: Found | None, form: str) -> Entity[str] | None:
    """Return the first number of the form in a stretch, without the signs between its digits and letters."""
    match = re.search(form, found.text) if found else None
    if found is None or match is None:
        return None
    return found.entity(bare(match[0]))


def _mark(found: Found | None) -> Entity[str] | None:
    """Return the words of the mark; what is long is a description, and what has no letter a device's code."""
    value = trimmed(found.text) if found else ""
    return found.entity(value, trust=0.95) if found and 0 < len(value) <= 60 and re.search(r"\w", value) else None


def _designations(found: Found | None) -> Entity[tuple[str, ...]] | None:
    """Return the countries, by WIPO's two letters (ST.3)."""
    codes: Sequence[str] = re.findall(r"(?<![A-Za-z])[A-Z]{2}(?![A-Za-z])", found.text) if found else ()
    return found.entity(tuple(dict.fromkeys(codes))) if found and codes else None
