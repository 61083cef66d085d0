"""When two names or marks mean the same, where they differ, and whether the difference was read for sure.

Names are compared through one canonical form, since papers and forms write the same name in many ways: width of
brackets and letters, spaces, traditional and rare variants of characters that a reader or an old licence gives.
Nothing is forgiven beyond that: one other character is another name.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.model import Entity, Message, TextLine

if TYPE_CHECKING:
    from opencc import OpenCC

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BRACKETS = str.maketrans("[]{}〔〕【】〈〉〖〗", "()()()()()()")
_DOTS = re.compile(r"[·•‧∙⋅・･᛫●]")
_QUOTES = str.maketrans("‘’‛′`´“”‟″–—‐‑−", "''''''\"\"\"\"-----")
_SIGNS = re.compile(r"[®™℠©]|\((?:R|TM|SM)\)$|^\((?:R|TM|SM)\)", re.IGNORECASE)
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""A run of Chinese characters."""


_WORDS = re.compile(r"[^\W_]+")
_LEGAL_FORMS = {"limited": "ltd", "company": "co", "corporation": "corp", "incorporated": "inc"}
_LOOK_ALIKE = str.maketrans("l1|0", "iiio")
_FEW = 3
"""Characters up to which a difference is worth describing."""
_ALIKE = 60
"""Similarity, 0 to 100, from which lines are taken to hold a value: a reader may have put characters right."""


@cache
def _converter() -> "OpenCC":
    # Imported on use: it loads its dictionaries, which `dossier rules` has no need of.
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Return `text` with traditional characters as simplified ones."""
    if not HAN.search(text):
        return text
    # Twice, since some variants lead to another traditional character first (薴, 苧, 苎).
    return str(_converter().convert(_converter().convert(text)))


def is_chinese(text: str) -> bool:
    """Whether Chinese characters stand in `text`."""
    return HAN.search(text) is not None


def canonical_name(text: str) -> str:
    """Return the form in which names of companies and places are compared.

    Half-width (NFKC), simplified, one kind of brackets, no spaces, Latin letters in lower case. Not for display.
    """
    return _canonical_name(text)


@lru_cache(maxsize=4096)
def _canonical_name(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_BRACKETS).translate(_QUOTES)
    # Once more, since an accent may stand apart from its letter until the space between them is gone.
    return unicodedata.normalize("NFKC", "".join(simplified(plain).casefold().split()))


def canonical_person(text: str) -> str:
    """Return the form in which names of persons are compared: as for companies, with one kind of middle dot."""
    return canonical_name(_DOTS.sub("·", text))


def without_signs(mark: str) -> str:
    """Return a mark without ® and its kin and without space around it."""
    return _SIGNS.sub("", mark.strip()).strip()


def canonical_mark(text: str) -> str:
    """Return the form in which marks are compared.

    As for names, without ® and its kin. Spaces are set aside because a mark is a picture: where its words are set on
    two lines or far apart, no reader can tell a space. Punctuation counts (`A.B` is not `AB`).
    """
    return _canonical_mark(text)


@lru_cache(maxsize=4096)
def _canonical_mark(text: str) -> str:
    return canonical_name(without_signs(text))


@lru_cache(maxsize=4096)
def canonical_company(text: str) -> str:
    """Return the form in which names of companies are compared.

    As `canonical_name`; in a name of Latin letters legal forms are abbreviated (`Company Limited`, `CO., LTD.`) and
    punctuation is set aside, as both are written in many ways.
    """
    if is_chinese(text):
        return canonical_name(text)
    words = _WORDS.findall(canonical_words(text).replace("&", " and "))
    if not words:
        return canonical_name(text)
    return "".join(_LEGAL_FORMS.get(word, word) for word in words)


def canonical_words(text: str) -> str:
    """Return a text half-width and in lower case, its words apart."""
    return " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold().split())


def same_company(one: str, other: str) -> bool:
    """Whether two company names are the same.

    Nothing is set aside but width, brackets, spaces, case and variants, and in Latin letters how legal forms are
    written.
    """
    return canonical_company(one) == canonical_company(other)


def same_person(one: str, other: str) -> bool:
    """Whether two names of persons are the same."""
    return canonical_person(one) == canonical_person(other)


def same_mark(one: str, other: str) -> bool:
    """Whether two marks are the same word mark."""
    return canonical_mark(one) == canonical_mark(other)


def stands_in(mark: str, text: str) -> bool:
    """Whether a mark stands in a text, and not as a part of a longer word: `SUN` is not among `SUNRISE hats`."""
    words, wanted = canonical_words(text), canonical_mark(mark)
    letters = r"\s*".join(map(re.escape, wanted))
    begin, end = ("(?<![a-z0-9])" if wanted[:1].isascii() else "", "(?![a-z0-9])" if wanted[-1:].isascii() else "")
    return bool(wanted) and re.search(begin + letters + end, simplified(words)) is not None


def marks_may_be_the_same(one: str, other: str) -> bool:
    """Whether marks that are not the same differ only by what a reader of pictures cannot tell.

    That is punctuation and accents (`CAFÉ`, `CAFE`), letters that look alike in many typefaces (I, l, 1; O, 0), or a
    mark of two scripts of which the other gives one part (`星河 STARRIVER`, `STARRIVER`): a person must look.
    """
    if _letters(one) and _letters(one) == _letters(other):
        return True
    return canonical_mark(one) in _parts_by_script(other) or canonical_mark(other) in _parts_by_script(one)


def has_letters(mark: str) -> bool:
    """Whether there is anything to read in a mark but punctuation."""
    return bool(_letters(mark))


def _letters(mark: str) -> str:
    split = unicodedata.normalize("NFKD", canonical_mark(mark))
    return "".join(character for character in split if character.isalnum()).translate(_LOOK_ALIKE)


def _parts_by_script(mark: str) -> tuple[str, ...]:
    text = canonical_mark(mark)
    chinese, other = "".join(HAN.findall(text)), HAN.sub("", text)
    return (chinese, other) if chinese and other else ()


@dataclass(frozen=True)
class Difference:
    """Where one name departs from another."""

    position: int
    """Index in the canonical form of what was found, counting from 0."""
    expected: str
    """Characters that should stand there; empty if what was found has too many."""
    found: str
    """Characters that stand there; empty if some are missing."""


def differing_characters(
    expected: str, found: str, *, form: Callable[[str], str] = canonical_person
) -> tuple[Difference, ...]:
    """Return where `found` departs from `expected`, both in canonical form, in order; empty if they are the same."""
    one, other = form(expected), form(found)
    return tuple(
        Difference(step.dest_start, one[step.src_start : step.src_end], other[step.dest_start : step.dest_end])
        for step in Levenshtein.opcodes(one, other)
        if step.tag != "equal"
    )


def difference_in_brackets(expected: str, found: str) -> Message:
    """Return what is different, to be put behind a message; empty where names have too little in common for that."""
    differences = differing_characters(expected, found)
    count = sum(max(len(each.expected), len(each.found)) for each in differences)
    if not differences or count > _FEW or count >= max(len(expected), len(found)):
        return Message(en="", zh="")
    en, zh = zip(*(_described(each) for each in differences), strict=True)
    return Message(en=f" ({', '.join(en)})", zh=f"（{'，'.join(zh)}）")


def _described(difference: Difference) -> tuple[str, str]:
    place, expected, found = difference.position + 1, difference.expected, difference.found
    if not found:
        return f"{expected} is missing before character {place}", f"第{place}字前缺“{expected}”"
    if not expected:
        return f"{found} at character {place} is too much", f"第{place}字处多“{found}”"
    return f"character {place} is {found} instead of {expected}", f"第{place}字为“{found}”而非“{expected}”"


def differs_in_doubt(
    entity: Entity[str], expected: str, *, below: float, form: Callable[[str], str] = canonical_person
) -> bool:
    """Whether the characters in which a value departs from `expected` were themselves read with doubt.

    A whole line can be read with confidence while its one wrong character was a guess; such a difference may be the
    reader's and must not fail a rule. One difference that was read for sure is enough to be no doubt.

    Args:
        entity: What was read, with its lines.
        expected: What it should say.
        below: Probability of a character under which it counts as doubtful, 0 to 1.
        form: The canonical form in which the two are compared.
    """
    if entity.confidence < below:
        return True
    read = _characters_of(entity, form)
    differences = differing_characters(expected, entity.value, form=form)
    return bool(differences) and all(_is_doubtful(difference, read, below) for difference in differences)


def read_in_doubt(entity: Entity[str], *, below: float) -> bool:
    """Whether any character of a value was read with a probability under `below`: for codes that do not add up."""
    read = _characters_of(entity, canonical_person)
    return entity.confidence < below or any(each is not None and each.probability < below for each in read)


def part_is_sure(part: str, entity: Entity[Any], *, above: float) -> bool:
    """Whether a part of a value was read for sure in every character, however doubtful the rest is."""
    whole = Entity[str](value=part, raw=entity.raw, confidence=entity.confidence, evidence=entity.evidence)
    read = _characters_of(whole, canonical_person)
    return bool(read) and all(each is not None and each.probability >= above for each in read)


@dataclass(frozen=True)
class _Character:
    """One character as it was read."""

    text: str
    probability: float
    alternatives: frozenset[str]


def _is_doubtful(difference: Difference, read: Sequence[_Character | None], below: float) -> bool:
    start, end = difference.position, difference.position + len(difference.found)
    if start == end:
        # What is missing stands nowhere: its neighbours tell whether the place was legible.
        around = read[max(start - 1, 0) : start + 1]
        return any(each is not None and each.probability < below for each in around)
    wanted = difference.expected if len(difference.expected) == end - start else "\0" * (end - start)
    return all(
        each is not None and (each.probability < below or character in each.alternatives)
        for each, character in zip(read[start:end], wanted, strict=True)
    )


def _characters_of(entity: Entity[str], form: Callable[[str], str]) -> list[_Character | None]:
    """Return, for each character of a value in its form, how it was read; None where the lines do not tell."""
    value = form(entity.value)
    printed = [character for line in entity.evidence for character in _canonical_characters(line, form)]
    text = "".join(character.text for character in printed)
    found: list[_Character | None] = [None] * len(value)
    window = fuzz.partial_ratio_alignment(value, text, score_cutoff=_ALIKE) if value and text else None
    if window is None:
        return found
    for step in Levenshtein.opcodes(
        value[window.src_start : window.src_end], text[window.dest_start : window.dest_end]
    ):
        if step.tag in ("equal", "replace"):
            for offset in range(step.src_end - step.src_start):
                found[window.src_start + step.src_start + offset] = printed[
                    window.dest_start + step.dest_start + offset
                ]
    return found


def _canonical_characters(line: TextLine, form: Callable[[str], str]) -> list[_Character]:
    if len(line.characters) != len(line.text):
        return []
    alternatives = line.alternatives if len(line.alternatives) == len(line.text) else ((),) * len(line.text)
    return [
        # One character may become several (℃) or none (a space); each keeps the probability of the one it came from.
        _Character(part, probability, frozenset(form(other) for other, _ in others))
        for character, probability, others in zip(line.text, line.characters, alternatives, strict=True)
        for part in form(character)
    ]
