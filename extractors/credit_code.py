"""Finds the unified social credit code (GB 32100) and the registration number on a page, and puts misreadings right.

A code has two check characters. They say which of several readings of an unclear character was printed. They are never
used against the page: a character that was read clearly stays, even if the code then does not add up, because a
printed code that is wrong must come out wrong.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from extractors import codes
from pipeline.layout import Piece, Sheet, below, right_of

CLEAR = 0.9
"""Probability from which a character counts as clearly read."""
_PLAUSIBLE = 0.02
"""Share of the read character's probability that another reading needs to be considered."""
_MOST_REPAIRS = 3
_MOST_OPEN = 8
_MOST_OTHERS = 5
_LIKE = {
    "O": "0", "I": "1", "Z": "2", "S": "58", "V": "YU", "B": "8", "8": "B", "G": "6", "6": "G", "D": "0", "Q": "0",
    "0": "DQ", "L": "1", "1": "LT", "5": "9", "9": "5", "U": "0", "7": "1T", "T": "7", "2": "Z", "H": "N", "N": "MH",
    "M": "NH", "3": "8", "K": "X", "X": "K", "E": "F", "F": "E", "P": "R", "R": "P",
}  # fmt: skip
"""Characters that readers confuse (docs/sources.md#credit-code), of which the alphabet may not have the first."""
_IMPOSSIBLE = frozenset("OISVZ")
_COPY_NUMBER = re.compile(r"(?:[（(]\s*\d{1,2}\s*[-/—–一]\s*\d{1,2}\s*[)）]?|(?<=[\s-])\d{1,2}\s*[-/]\s*\d{1,2})\s*$")
_SAME = re.compile(r"(.)\1{8}")
"""A run of one character that no code has but those on specimens."""
_RUN = re.compile(r"[0-9A-Z]+")
_DECOY = re.compile(r"证照编号|编号|证号|企业标识|执照号|档案")
_LABEL = re.compile(r"统?一?社会信用代码|信用代码|注册号")


@dataclass(frozen=True)
class ReadCode:
    """A code as it was read, with what is known of each character."""

    text: str
    pieces: tuple[Piece, ...]
    probabilities: tuple[float, ...]
    alternatives: tuple[tuple[tuple[str, float], ...], ...]
    labelled: bool
    """Whether a label says that it is the code."""


@dataclass(frozen=True)
class Repair:
    """A code that adds up, and where it differs from what was read."""

    text: str
    changed: tuple[int, ...]


def find_codes(sheet: Sheet, lengths: range) -> list[ReadCode]:
    """Return the runs of digits and capital letters of these lengths, those beside or below their label first."""
    found = [code for piece in sheet.pieces for code in _codes(piece, sheet, lengths)]
    return sorted(found, key=lambda code: not code.labelled)


def repair(code: ReadCode) -> Repair | None:
    """Return the one code of 18 characters that adds up in both ways and differs only where the reading is unclear.

    None if it adds up already, if no reading does, or if several do that are about equally likely.
    """
    if len(code.text) != codes.CREDIT_CODE_LENGTH or adds_up(code.text):
        return None
    options = [_options(*each) for each in zip(code.text, code.probabilities, code.alternatives, strict=True)]
    forced = [place for place, sign in enumerate(code.text) if sign in _IMPOSSIBLE]
    open_places = [place for place, choice in enumerate(options) if len(choice) > 1 and place not in forced]
    # The least sure ones, so that a line of noise is not searched for long.
    open_places = sorted(open_places, key=lambda place: code.probabilities[place])[:_MOST_OPEN]
    best: list[tuple[float, str, tuple[int, ...]]] = []
    for count in range(max(_MOST_REPAIRS - len(forced), 0) + 1):
        for places in combinations(open_places, count):
            best += _tries(code.text, sorted((*forced, *places)), options)
        if best:
            break  # fewer changes before more
    best.sort(reverse=True)
    if not best or (len(best) > 1 and best[1][0] > 0.2 * best[0][0]):
        return None
    return Repair(best[0][1], best[0][2])


def agrees(code: ReadCode, other: str) -> tuple[int, ...] | None:
    """Return where `other` differs from what was read, if all those places are unclear; None if one is clear."""
    if len(code.text) != len(other):
        return None
    places = tuple(place for place, (a, b) in enumerate(zip(code.text, other, strict=True)) if a != b)
    unclear = (code.text[place] in _IMPOSSIBLE or code.probabilities[place] < CLEAR for place in places)
    return places if all(unclear) else None


def adds_up(code: str) -> bool:
    """Whether both check characters of a credit code agree."""
    return codes.credit_code_adds_up(code) and codes.credit_code_organisation_adds_up(code)


def _tries(
    text: str, places: Sequence[int], options: Sequence[dict[str, float]]
) -> Iterator[tuple[float, str, tuple[int, ...]]]:
    choices = [[(sign, p) for sign, p in options[place].items() if sign != text[place]] for place in places]
    for choice in product(*choices):
        signs = list(text)
        for place, (sign, _) in zip(places, choice, strict=True):
            signs[place] = sign
        candidate = "".join(signs)
        if adds_up(candidate):
            yield prod(p for _, p in choice), candidate, tuple(places)


def _options(read: str, probability: float, alternatives: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Return the characters that may have been printed, with a weight each; only the read one where it is clear."""
    if read not in _IMPOSSIBLE and probability >= CLEAR:
        return {read: probability}
    weights = {read: probability}
    for sign, weight in alternatives:
        sign = unicodedata.normalize("NFKC", sign).upper()
        if sign in codes.CREDIT_CODE_ALPHABET and sign != read and weight >= _PLAUSIBLE * probability:
            weights[sign] = max(weight, weights.get(sign, 0.0))
    for sign in _LIKE.get(read, ""):
        if sign in codes.CREDIT_CODE_ALPHABET:
            weights.setdefault(sign, 0.1 if read in _IMPOSSIBLE else 0.02)
    likely = sorted(weights, key=lambda sign: (sign != read, -weights[sign]))
    return {sign: weights[sign] for sign in likely[: _MOST_OTHERS + 1]}


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
        folded = unicodedata.normalize("NFKC", sign).upper()
        if len(folded) == 1 and not folded.isspace():
            signs.append(folded)
            places.append(index)
    return "".join(signs), places


def _labelled(piece: Piece, pieces: Iterable[Piece]) -> bool:
    labels = (other for other in pieces if other is not piece and _LABEL.search(_plain(other.text)[0]))
    return any(right_of(label, [piece]) or below(label, [piece], lines=3) for label in labels)
