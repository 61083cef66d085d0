"""Scores ways to find what letters say: the same readers make values of the spans, so only the finding differs."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bench.letters.examples import Example
from bench.letters.train import Finder
from bench.real import matches
from extractors.authorization_letter import read_text
from extractors.letters.text import LetterText
from pipeline.layout import Piece
from pipeline.model import Box, TextLine

FIELDS = ("licensor", "licensee", "marks", "trademark_numbers", "platforms", "territory", "valid_from", "valid_to")


@dataclass
class Tally:
    """How many values were right, of those that stand in the letters."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: Mapping[str, object], found: Mapping[str, object]) -> None:
        """Count one letter."""
        for name, value in wanted.items():
            self.total[name] += 1
            self.right[name] += name in found and equal(value, found[name])

    def row(self) -> list[str]:
        """Return the share that is right, field by field, and over all."""
        shares = [f"{self.right[name] / self.total[name]:.1%}" if self.total[name] else "–" for name in FIELDS]
        return [*shares, f"{self.right.total() / max(self.total.total(), 1):.1%}"]


def score(letters: Iterable[Example], find: Finder) -> Tally:
    """Return how well `find` does on letters whose text is known."""
    tally = Tally()
    for letter in letters:
        tally.add(letter.values, values(text_of(letter.text), find))
    return tally


def values(text: LetterText, find: Finder) -> dict[str, object]:
    """Return what is read from a letter when `find` finds its spans."""
    return {name: entity.value for name, entity in read_text(text, find(text.text)).entities().items()}


def equal(wanted: object, found: object) -> bool:
    """Whether a value is right, as bench/real.py compares."""
    if isinstance(wanted, tuple) and isinstance(found, tuple):
        return [str(each).casefold() for each in wanted] == [str(each).casefold() for each in found]
    return matches("", str(wanted), str(found))


def text_of(text: str) -> LetterText:
    """Return a text as if it had been read from a page, a line each."""
    from extractors.letters.text import half_width

    origin: list[tuple[Piece, int] | None] = []
    for number, line in enumerate(text.split("\n")):
        level = 0.02 * number
        box = Box(left=0.1, top=min(level, 0.98), right=0.9, bottom=min(level + 0.015, 1.0))
        read = TextLine(text=line, box=box, confidence=1.0, file="letter", characters=(1.0,) * len(line))
        piece = Piece(line=read, start=0, stop=len(line), left=0.1, right=0.9, level=level, height=0.015)
        origin += [(piece, index) for index in range(len(line))]
        origin.append(None)
    return LetterText(half_width(text), tuple(origin[:-1]))
