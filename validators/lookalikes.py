"""Marks that look like others: confusable letters, and one letter off.

How people copy a famous mark: NlKE, ADlDAS with a small L, SAMSVNG, letters of other alphabets that look Latin. What is
said of a mark here only leads a person to look.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from pipeline.model import Message
from validators.differences import difference_in_brackets
from validators.equality import canonical_mark

_LATIN = str.maketrans(
    {
        **dict(zip("авекмнорстухіјѕԁԛԝһӏ", "abekmhopctyxijsdqwhl", strict=True)),
        **dict(zip("αβεικμνορτυχγηωϲϳ", "abeikmvoptuxynwcj", strict=True)),
    }
)
"""Cyrillic and Greek letters, small, to the Latin ones that they look like."""
_DIGITS = str.maketrans("015$|!", "olssll")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("nn", "m"))
_ONE_OFF = 6
"""Letters from which one letter off is a close resemblance; shorter marks of one letter off are often other words."""
_PERHAPS = 4
"""Letters from which one letter off is worth a look."""


class Likeness(StrEnum):
    """How close one mark comes to another."""

    SAME = "same"
    CONFUSABLE = "confusable"
    """The same but for letters that look alike."""
    ONE_OFF = "one_off"
    """One letter more, less or another, in a long mark."""
    PERHAPS = "perhaps"
    """One letter more, less or another, in a short mark."""


@dataclass(frozen=True)
class Resemblance:
    """How close one mark comes to another, and what is between them."""

    likeness: Likeness
    why: Message


def resemblance(mark: str, listed: str) -> Resemblance | None:
    """Return how a mark resembles a listed one, None if it does not."""
    (one, outline), (other, listed_outline) = _forms(mark), _forms(listed)
    if one == other:
        return Resemblance(Likeness.SAME, Message(en=f"it is {listed}", zh=f"即为 {listed}"))
    if Levenshtein.distance(outline, listed_outline, score_cutoff=1) > 1:
        return None
    difference = difference_in_brackets(listed, mark)
    if outline == listed_outline:
        told = Message(
            en=f"it is {listed} in letters that look alike{difference.en}", zh=f"以形近字符书写 {listed}{difference.zh}"
        )
        return Resemblance(Likeness.CONFUSABLE, told)
    if len(other) < _PERHAPS:
        return None
    told = Message(en=f"it is one letter off {listed}{difference.en}", zh=f"与 {listed} 仅一字之差{difference.zh}")
    return Resemblance(Likeness.ONE_OFF if len(other) >= _ONE_OFF else Likeness.PERHAPS, told)


def nearly_as_long(mark: str, listed: tuple[str, ...]) -> frozenset[str]:
    """Return the listed marks that a mark may resemble by its length, as few do: `resemblance` tells of which."""
    return _of_length(len(_forms(mark)[1]), listed)


@lru_cache(maxsize=256)
def _of_length(letters: int, listed: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name in listed if abs(len(_forms(name)[1]) - letters) <= 1)


@lru_cache(maxsize=4096)
def _forms(mark: str) -> tuple[str, str]:
    return canonical_mark(mark), skeleton(canonical_mark(mark))


def skeleton(mark: str) -> str:
    """Return what a mark looks like at a glance: Latin letters alone, look-alikes as one."""
    plain = unicodedata.normalize("NFKD", mark.casefold()).translate(_LATIN).translate(_DIGITS)
    letters = "".join(character for character in plain if character.isalnum())
    for pair, letter in _PAIRS:
        letters = letters.replace(pair, letter)
    return letters.replace("i", "l").replace("v", "u")
