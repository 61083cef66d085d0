"""The codes of a business licence: credit code, registration number, and what its QR code says of them."""

import re
from collections.abc import Iterable

from extractors import codes
from extractors.credit_code import ReadCode, adds_up, agrees, find_codes, repair
from extractors.grammar import CLEAR, fit
from extractors.grammars import CREDIT_CODE, REGISTRATION_NUMBER
from extractors.licence_face import Face
from extractors.reading import Reading
from pipeline.model import Correction, Entity, TextLine

_PAYLOAD_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")
_PAYLOAD_NUMBER = re.compile(r"注册号[:：]?\s*([0-9]{15})(?![0-9])")
_PUT_RIGHT = 0.9
"""Trust in a number of which a figure was put right: one check digit lets one wrong number in ten pass."""
_ONE_SIDED = 0.9
"""Trust in a code known from the QR code alone, the printed one not being legible."""


def read_credit_code(face: Face) -> Entity[str] | None:
    """Return the unified social credit code; an unclear character is put right by check characters or QR code."""
    coded = payload_codes(face.barcodes)
    found = [code for code in find_codes(face.sheet, range(18, 19)) if _may_be_credit_code(code)]
    found.sort(key=lambda code: (code.text not in coded, not adds_up(code.text), not code.labelled))
    if found:
        return _judge_code(found[0], coded)
    if coded and len(coded) == 1:
        text, line = next(iter(coded.items()))
        return Entity(value=text, raw=line.text, confidence=_ONE_SIDED, evidence=(line,))
    return None


def read_registration_number(face: Face) -> Entity[str] | None:
    """Return the registration number (15 digits, 13 before 2007) of a licence that has no credit code."""
    for code in find_codes(face.sheet, range(13, 16)):
        better = fit(code, REGISTRATION_NUMBER) if code.labelled else None
        if better is not None:
            corrections = better.corrections(code.text, REGISTRATION_NUMBER.why)
            return Reading(code.pieces).entity(better.text, trust=_PUT_RIGHT, corrections=corrections)
        if (
            len(code.text) != 14
            and code.text.isdecimal()
            and (code.labelled or codes.registration_number_adds_up(code.text))
        ):
            sure = codes.registration_number_adds_up(code.text) or len(code.text) == 13
            return Reading(code.pieces).entity(code.text, trust=1.0 if sure else 0.6)
    for line in face.barcodes:
        if match := _PAYLOAD_NUMBER.search(line.text):
            return Entity(value=match[1], raw=line.text, confidence=_ONE_SIDED, evidence=(line,))
    return None


def _judge_code(code: ReadCode, coded: dict[str, TextLine]) -> Entity[str]:
    reading = Reading(code.pieces)
    raw = reading.text
    if code.text in coded:
        return _certain(code, (), code.text, trust=1.0, besides=(coded[code.text],))
    for other, line in coded.items():
        places = agrees(code, other)
        if places:
            why = "unclear on the page; the QR code has it, and both check characters agree"
            return _certain(code, places, other, trust=0.95, besides=(line,), why=why)
    better = repair(code)
    if better is not None:
        return _certain(code, better.changed, better.text, trust=0.9, why=CREDIT_CODE.why)
    if adds_up(code.text):
        return reading.entity(code.text, raw=raw, trust=0.99)
    # A code that does not add up was printed so only if every character of it was read clearly.
    return reading.entity(code.text, raw=raw, trust=0.95 if min(code.probabilities) >= CLEAR else 0.6)


def _certain(
    code: ReadCode,
    places: Iterable[int],
    value: str,
    *,
    trust: float,
    besides: Iterable[TextLine] = (),
    why: str = "",
) -> Entity[str]:
    corrections = tuple(
        Correction(position=place, read=code.text[place], meant=value[place], why=why) for place in places
    )
    entity = Reading(code.pieces).entity(value, corrections=corrections, besides=besides)
    # Two check characters, or a second source, vouch for it: the reader's own doubt no longer counts.
    return entity.model_copy(update={"confidence": round(max(entity.confidence, 0.99 * trust), 3)})


def _may_be_credit_code(code: ReadCode) -> bool:
    head = code.text[2:8].replace("O", "0").replace("I", "1")
    return code.labelled or (head.isdecimal() and (code.text[0] in "9159YNAM" or adds_up(code.text)))


def payload_codes(lines: Iterable[TextLine]) -> dict[str, TextLine]:
    """Return the credit codes in barcodes that add up, each with the barcode."""
    return {match: line for line in lines for match in _PAYLOAD_CODE.findall(line.text.upper()) if adds_up(match)}
