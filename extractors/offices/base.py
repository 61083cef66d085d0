"""What an office's module offers, and what several of them share."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.base import Office
from extractors.cnipa_fields import read_mark
from extractors.dates import Order, first_day
from extractors.flow import Flow, Found
from extractors.reading import Reading
from extractors.trademark_fields import TrademarkCertificate
from pipeline.classify import Variant
from pipeline.layout import Piece, Sheet, same_level
from pipeline.model import Document, Entity

_DEVICE = 0.85
"""Height of a word by that of a letter beside it, below which the letter is a device."""


@dataclass(frozen=True)
class OfficeReader:
    """How the certificates of one office are told and read."""

    office: Office
    form: Variant
    """What tells its certificates from other papers, of this office too."""
    read: Callable[[Document], TrademarkCertificate]
    """Reads one; pure."""


def office_entity(sheet: Sheet, office: Office, *patterns: str) -> Entity[Office] | None:
    """Return the office, proved by the first of `patterns` that stands on the paper; by its first line if none does."""
    flow = Flow(sheet.pieces)
    for pattern in patterns:
        if found := flow.search(f"({pattern})"):
            return found.reading.entity(office)
    return Reading(sheet.pieces[:1]).entity(office, trust=0.9) if sheet.pieces else None


def read_day(found: Found | None, order: Order = Order.DAY_FIRST, *, trust: float = 1.0) -> Entity[date] | None:
    """Return the first date in a stretch."""
    value = first_day(found.text, order) if found else None
    return found.entity(value, trust=trust) if found and value else None


def read_number(found: Found | None, form: str, *, trust: float = 1.0) -> Entity[str] | None:
    """Return the number in a stretch, without the spaces, commas, points and hyphens that part its digits.

    Args:
        found: Where it stands.
        form: Regular expression that the whole number has to satisfy.
        trust: As in `Reading.entity`.
    """
    value = re.sub(r"[\s,.'’/\-]", "", found.text).upper() if found else ""
    return found.entity(value, trust=trust) if found and re.fullmatch(form, value) else None


def word_mark(pieces: tuple[Piece, ...], *, top: float, bottom: float, without: str = "") -> Entity[str] | None:
    """Return the largest words between two levels; None for a device, and where nothing is larger than the print.

    Args:
        pieces: Of the page.
        top: Level at which the mark's field begins.
        bottom: Level at which it ends.
        without: Pattern of what stands there and is none of the mark.
    """
    kept = tuple(
        piece
        for piece in pieces
        if not (without and re.search(without, piece.text, re.IGNORECASE)) and not _is_initial(piece, pieces)
    )
    return read_mark(Sheet(pieces=kept, width=1.0), top, bottom)


def _is_initial(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a single letter, higher than the word that it stands at, is a device and no part of the words."""
    return len(piece.text.strip()) == 1 and any(
        len(other.text) > 2 and other.height < _DEVICE * piece.height and same_level(piece, other) for other in pieces
    )


def level_of(pieces: tuple[Piece, ...], pattern: str) -> Piece | None:
    """Return the uppermost piece in which `pattern` stands."""
    return next((piece for piece in pieces if re.search(pattern, piece.text, re.IGNORECASE)), None)
