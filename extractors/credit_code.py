"""Finds the unified social credit code (GB 32100) and the registration number on a page, and puts misreadings right.

A code has two check characters. They say which of several readings of an unclear character was printed. They are never
used against the page: a character that was read clearly stays, even if the code then does not add up, because a
printed code that is wrong must come out wrong.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors import codes
from extractors.grammar import CLEAR, Fit, Spelling, fit, fold
from extractors.grammars import CREDIT_CODE
from pipeline.layout import Piece, Sheet, below, right_of

_COPY_NUMBER = re.compile(r"(?:[（(]\s*\d{1,2}\s*[-/—–一]\s*\d{1,2}\s*[)）]?|(?<=[\s-])\d{1,2}\s*[-/]\s*\d{1,2})\s*$")
_SAME = re.compile(r"(.)\1{8}")
"""A run of one character that no code has but those on specimens."""
_RUN = re.compile(r"[0-9A-Z]+")
_DECOY = re.compile(r"证照编号|编号|证号|企业标识|执照号|档案")
_LABEL = re.compile(r"统?一?社会信用代码|信用代码|注册号")


@dataclass(frozen=True)
class ReadCode(Spelling):
    """A code as it was read, with what is known of each character."""

    pieces: tuple[Piece, ...]
    labelled: bool
    """Whether a label says that it is the code."""


def find_codes(sheet: Sheet, lengths: range) -> list[ReadCode]:
    """Return the runs of digits and capital letters of these lengths, those beside or below their label first."""
    found = [code for piece in sheet.pieces for code in _codes(piece, sheet, lengths)]
    return sorted(found, key=lambda code: not code.labelled)


def repair(code: ReadCode) -> Fit | None:
    """Return the one code of 18 characters that adds up in both ways and differs only where the reading is unclear.

    None if it adds up already, if no reading does, or if several do that are about equally likely.
    """
    return fit(code, CREDIT_CODE) if len(code.text) == codes.CREDIT_CODE_LENGTH else None


def agrees(code: ReadCode, other: str) -> tuple[int, ...] | None:
    """Return where `other` differs from what was read, if all those places are unclear; None if one is clear."""
    if len(code.text) != len(other):
        return None
    places = tuple(place for place, (a, b) in enumerate(zip(code.text, other, strict=True)) if a != b)
    unclear = (code.text[place] in CREDIT_CODE.never or code.probabilities[place] < CLEAR for place in places)
    return places if all(unclear) else None


def adds_up(code: str) -> bool:
    """Whether both check characters of a credit code agree."""
    return CREDIT_CODE.holds(code)


def _codes(piece: Piece, sheet: Sheet, lengths: range) -> Iterator[ReadCode]:
    kept = _COPY_NUMBER.sub("", piece.text)
    text, places = _plain(kept)
    label = max((match.end() for match in _LABEL.finditer(text)), default=0)
    if _DECOY.search(text) and not label:
        return
    for match in _RUN.finditer(text, label):
        if len(match[0]) not in lengths or _SAME.search(match[0]):
            continue
        stretch = [places[index] for index in range(*match.span())]
        part = piece.part(stretch[0], stretch[-1] + 1)
        yield ReadCode(
            text=match[0],
            pieces=(part,),
            probabilities=tuple(piece.characters[index] for index in stretch),
            alternatives=tuple(piece.alternatives[index] for index in stretch),
            labelled=bool(label) or _labelled(piece, sheet.pieces),
        )


def _plain(text: str) -> tuple[str, list[int]]:
    """Return the text half-width, upper case and without spaces, and where each character stood."""
    signs, places = [], []
    for index, sign in enumerate(text):
        folded = fold(sign)
        if len(folded) == 1 and not folded.isspace():
            signs.append(folded)
            places.append(index)
    return "".join(signs), places


def _labelled(piece: Piece, pieces: Iterable[Piece]) -> bool:
    labels = (other for other in pieces if other is not piece and _LABEL.search(_plain(other.text)[0]))
    return any(right_of(label, [piece]) or below(label, [piece], lines=3) for label in labels)
