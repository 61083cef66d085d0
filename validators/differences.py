"""Where two names differ, in words, and whether the characters in which they differ were read for sure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.model import Entity, Message, TextLine
from validators.equality import canonical_person

_FEW = 3
"""Characters up to which a difference is worth describing."""
_ALIKE = 60
"""Similarity, 0 to 100, from which lines are taken to hold a value: a reader may have put characters right."""


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
    differences = differing_characters(expected, entity.value, form=form)
    if not differences:
        return False
    read = _characters_of(entity, form)
    return all(_is_doubtful(difference, read, below) for difference in differences)


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
