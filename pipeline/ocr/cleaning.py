"""What engines and recordings say, without what nobody can see: done once, where their text comes in.

Each character keeps its probability and what else it could be, as far as that can still be told.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from pipeline.model import Seal, TextLine
from pipeline.ocr.base import Reading
from pipeline.text import clean, is_seen

T = TypeVar("T")
Alternatives = tuple[tuple[tuple[str, float], ...], ...]


def clean_reading(reading: Reading) -> Reading:
    """Return what was read on a page, cleaned; a line of which nothing is left is left out."""
    seals = tuple(map(_clean_seal, reading.seals))
    return reading.model_copy(update={"lines": clean_read(reading.lines), "seals": seals})


def clean_read(lines: Iterable[TextLine]) -> tuple[TextLine, ...]:
    """Return lines as `clean` has them; one of which nothing is left is left out."""
    return tuple(cleaned for line in lines if (cleaned := _clean_line(line)) is not None)


def _clean_seal(seal: Seal) -> Seal:
    return seal.model_copy(update={"text": seal.text and _clean_line(seal.text)})


def _clean_line(line: TextLine) -> TextLine | None:
    text = clean(line.text)
    alternatives = _seen_alternatives(line.alternatives)
    if text == line.text:
        return line if alternatives is line.alternatives else line.model_copy(update={"alternatives": alternatives})
    if not text:
        return None
    kept = _places(line.text, text)
    return line.model_copy(
        update={
            "text": text,
            "characters": _picked(line.characters, kept, line.text),
            "alternatives": _picked(alternatives, kept, line.text),
        }
    )


def _places(read: str, text: str) -> list[int] | None:
    """Return where in `read` each character of the cleaned text stood; None where characters were made into others."""
    places: list[int] = []
    for place, character in enumerate(read):
        if len(places) < len(text) and clean(f"|{character}|")[1:-1] == text[len(places)]:
            places.append(place)
    return places if len(places) == len(text) else None


def _picked(each: tuple[T, ...], places: Sequence[int] | None, read: str) -> tuple[T, ...]:
    """Return what belongs to the characters that are left; nothing where it did not belong to each before."""
    return tuple(each[place] for place in places) if places is not None and len(each) == len(read) else ()


def _seen_alternatives(alternatives: Alternatives) -> Alternatives:
    if is_seen("".join(text for others in alternatives for text, _ in others)):
        return alternatives
    return tuple(tuple(other for other in others if is_seen(other[0])) for others in alternatives)
