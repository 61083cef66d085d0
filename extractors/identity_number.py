"""Finds the citizen identification number (GB 11643) on a page, and puts misreadings right.

It has one check character, which a wrong reading meets once in eleven tries. So a repair has to agree with all that
the card says twice: the date of birth and the sex are part of the number too. As with credit codes (`credit_code`), a
character that was read clearly is never changed: a number that is printed wrong comes out wrong.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from extractors import codes
from extractors.codes import resident_id_adds_up
from extractors.credit_code import ReadCode
from extractors.grammar import CLEAR, fit
from extractors.grammars import ID_PREFIXES, RESIDENT_ID
from extractors.reading import Reading
from pipeline.layout import Piece, Sheet, rows
from pipeline.model import Correction, Entity

LENGTH = 18
_MOST_CHANGES = 2
_PLAUSIBLE = 0.05
"""Share of the read character's probability from which another reading is considered."""
_RUN = re.compile(r"[0-9A-Z*]{14,20}")
_LABEL = re.compile(r"公民身份号码|身份证?号码?|号码")


@dataclass(frozen=True)
class Known:
    """What the card says beside the number, as far as it was read."""

    birth_date: date | None = None
    male: bool | None = None


def find_number(sheet: Sheet) -> ReadCode | None:
    """Return the run of figures that is the number, or the likeliest to be: labelled, or well-formed as one."""
    found = [code for row in rows(sheet.pieces) for code in _codes(row)]
    found.sort(key=lambda code: (not resident_id_adds_up(code.text), not code.labelled, abs(len(code.text) - LENGTH)))
    return next((code for code in found if code.labelled or _seems_one(code.text)), None)


def read_number(code: ReadCode | None, known: Known) -> Entity[str] | None:
    """Return the number as read, or with what was unclear put right; its `raw` holds the number alone."""
    if code is None or "*" in code.text:
        return None
    reading = Reading(code.pieces)
    if resident_id_adds_up(code.text):
        agrees = _agrees(code.text, known)
        entity = reading.entity(code.text, raw=code.text)
        # The check character vouches for it, and the printed date of birth does so once more.
        trust = 0.99 if agrees and known.birth_date else 0.97 if agrees else 0.6
        sure = max(entity.confidence, trust) if agrees and min(code.probabilities) >= 0.5 else entity.confidence * trust
        return entity.model_copy(update={"confidence": round(min(sure, 0.99), 3)})
    if (better := repaired(code, known)) is not None:
        places = [place for place, (a, b) in enumerate(zip(code.text, better, strict=True)) if a != b]
        why = "unclear on the page; nothing else satisfies the check character and what the card says besides"
        corrections = [Correction(position=at, read=code.text[at], meant=better[at], why=why) for at in places]
        trust = 0.9 if known.birth_date else 0.75
        entity = reading.entity(better, raw=code.text, corrections=corrections)
        return entity.model_copy(update={"confidence": round(min(max(entity.confidence, trust), 0.95), 3)})
    # It was printed so only if every character of it was read clearly.
    clear = len(code.text) == LENGTH and min(code.probabilities) >= CLEAR
    return reading.entity(code.text, raw=code.text, trust=0.95 if clear else 0.5)


def repaired(code: ReadCode, known: Known) -> str | None:
    """Return the one number that adds up and differs only where the reading is unclear; None if there is none.

    Args:
        code: As it was read; of another length than 18 it is left alone.
        known: What the number has to agree with.
    """
    if len(code.text) != LENGTH or resident_id_adds_up(code.text):
        return None
    settled = known.birth_date is not None or known.male is not None
    grammar = replace(
        RESIDENT_ID,
        holds=lambda number: RESIDENT_ID.holds(number) and _agrees(number, known),
        # What the card says a second time leaves fewer numbers to choose from.
        most_changes=_MOST_CHANGES if settled else RESIDENT_ID.most_changes,
        rival=_PLAUSIBLE if settled else RESIDENT_ID.rival,
    )
    fitted = fit(code, grammar)
    return fitted.text if fitted else None


def _seems_one(number: str) -> bool:
    """Whether `number` is 18 characters with a province, a date that may be one of birth, and figures."""
    return codes.resident_id_is_well_formed(number) and _born(number) is not None and number[:2] in ID_PREFIXES


def _agrees(number: str, known: Known) -> bool:
    if known.birth_date is not None and _born(number) != known.birth_date:
        return False
    return known.male is None or (int(number[16]) % 2 == 1) is known.male


def _born(number: str) -> date | None:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if 1850 <= born.year <= 2150 else None


def _codes(row: Sequence[Piece]) -> Iterator[ReadCode]:
    """Yield the runs on a row, those included that detection cut in two."""
    signs: list[tuple[str, Piece, int]] = []
    for piece in row:
        for index, sign in enumerate(piece.text):
            folded = unicodedata.normalize("NFKC", sign).upper()
            if len(folded) == 1 and not folded.isspace():
                signs.append((folded, piece, index))
    text = "".join(sign for sign, _, _ in signs)
    label = max((match.end() for match in _LABEL.finditer(text)), default=0)
    for match in _RUN.finditer(text, label):
        stretch = signs[match.start() : match.end()]
        if sum(sign.isdigit() for sign, _, _ in stretch) < 10:
            continue
        by_piece: dict[int, list[int]] = {}
        for _, piece, index in stretch:
            by_piece.setdefault(row.index(piece), []).append(index)
        yield ReadCode(
            text=match[0],
            pieces=tuple(row[at].part(places[0], places[-1] + 1) for at, places in by_piece.items()),
            probabilities=tuple(piece.characters[index] for _, piece, index in stretch),
            alternatives=tuple(piece.alternatives[index] for _, piece, index in stretch),
            labelled=bool(label),
        )
