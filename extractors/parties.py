"""Owner and address as foreign papers print them: rows of a block, or `NAME, address` in running text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.flow import Flow, Found
from extractors.spelling import trimmed
from pipeline.layout import Piece, rows
from pipeline.model import Entity

_KIND = (
    r"(?:co|company|ltd|limited|inc|incorporated|corp|corporation|llc|l\.l\.c|llp|lp|plc|gmbh|ag|kg|se|s\.?a\.?s?|s\.?l\.?u?|"
    r"s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|asbl|vzw|oy|ab|a/s|aps|pvt|private|sdn|bhd|k\.?k|pte|pty|ltda|sarl|eurl|ug|ohg|e\.?v)"
)
"""Legal forms: what a name goes on with after a comma or on the next row."""
_GOES_ON = re.compile(rf"^\W*{_KIND}\b(?:[\s.,&()]|{_KIND}\b)*$", re.IGNORECASE)
_FIRST_COMMA = re.compile(rf",(?!\s*{_KIND}\b)", re.IGNORECASE)
_WIDEST = 2.4
"""Text heights from one row of an address to the next, at most."""
_PLACE_MARKED = re.compile(r"\d|,")


@dataclass(frozen=True)
class Party:
    """Name and address of whom a paper names; None where one was not read."""

    name: Entity[str] | None = None
    address: Entity[str] | None = None


def party_in_rows(found: Found | None) -> Party:
    """Return the party of a block: its name on the first row, or more if it goes on with a legal form; then address."""
    if found is None:
        return Party()
    flow = Flow(_hanging_together(found.reading.pieces))
    if flow.text.count("\n") == 1:
        return party_in_text(flow.whole())
    lines = [line for line in flow.text.split("\n") if line]
    name_rows = 1
    while name_rows < len(lines) and _GOES_ON.match(lines[name_rows]):
        name_rows += 1
    end = sum(len(line) + 1 for line in lines[:name_rows])
    name, address = flow.found(0, end), flow.found(end, len(flow.text))
    return Party(_entity(name), _address(address))


def _hanging_together(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the rows down to the first wide gap within a page: what comes after it is a signature or a stamp."""
    kept: list[Piece] = []
    for row in rows(pieces):
        gap = row[0].level - kept[-1].level if kept else 0.0
        if _WIDEST * max(piece.height for piece in row) < gap < 1.0:
            break
        kept += row
    return kept


def party_in_text(found: Found | None) -> Party:
    """Return the party of running text: the name ends at the first comma that no legal form follows."""
    if found is None:
        return Party()
    flow = Flow(found.reading.pieces)
    comma = _FIRST_COMMA.search(flow.text)
    if comma is None:
        return Party(_entity(found))
    return Party(_entity(flow.found(0, comma.start())), _address(flow.found(comma.end(), len(flow.text))))


def _entity(found: Found | None) -> Entity[str] | None:
    value = clean_name(found.text) if found else ""
    return found.entity(value) if found and len(value) >= 2 and re.search(r"[^\W\d_]", value) else None


def _address(found: Found | None) -> Entity[str] | None:
    if found is None:
        return None
    value = re.sub(r"\s+", " ", ", ".join(row.strip(" ,;") for row in found.rows)).strip(" ,;.")
    return found.entity(value) if len(value) >= 4 and _PLACE_MARKED.search(value) else None


def clean_name(text: str) -> str:
    """Return a name without signs at its ends, but with the full stop of `Ltd.`."""
    stop = "." if re.search(rf"\b{_KIND}\.\s*,?$", text.strip(), re.IGNORECASE) else ""
    return trimmed(text) + stop
