"""One line of a text layer and what OCR read in its place: whether the page bears it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.alike import is_speck
from pipeline.folding import MARKS, bare, without_marks
from pipeline.likeness import Difference, Shown
from pipeline.line_places import goes_over, is_covered, stretch
from pipeline.model import TextLine

LEAST = 3
"""Characters of a line from which it speaks for the layer as a whole, and may stand in part of another's height."""
FOREIGN = 0.6
"""Likeness of a line, or of most lines of a layer, under which it is another text."""
WHOLE = 0.8
"""Length and likeness, of those of a claim, from which one of several readings of its place reads it all."""
LEGIBLE = 0.8
"""Mean probability of what is shown, below which OCR could not read it and nothing can be compared."""
SURE = 0.95
"""Probability of a character from which OCR is not taken to have misread it."""
_LIKELY, _GUESSED = 0.6, 1 / 8
"""Probability of a character from which OCR may be right about it; share of a line below it in which it is not."""


@dataclass(frozen=True)
class LayerLine:
    """A line of the layer, and what OCR read in its place."""

    line: TextLine
    text: str
    """Bare; of a layer by another OCR, without what it made of strokes."""
    shown: Shown

    @cached_property
    def likeness(self) -> float:
        """How much of it stands there, with or without the signs within its numbers, which OCR may lose."""
        as_it_is = self.shown.likeness(self.text)
        return as_it_is if self.text == self.plain.text else max(as_it_is, self.plain.shown.likeness(self.plain.text))

    @cached_property
    def plain(self) -> "LayerLine":
        """The same without the signs within numbers, in the layer and on the page."""
        return LayerLine(self.line, without_marks(self.text), self.shown.without_marks)

    @cached_property
    def is_short(self) -> bool:
        """Whether it says nothing but in its place."""
        return len(self.text) < LEAST

    @cached_property
    def differences(self) -> Sequence[Difference]:
        """Where it differs from its place; of two readings of one line, joined they differ from anything."""
        found = self.shown.differences(self.text)
        alone = self.shown.alone if found and len(self.shown.lines) > 1 else []
        whole = [each.differences(self.text) for each in alone if len(each.text) >= WHOLE * len(self.text)]
        return min([found, *whole], key=lambda some: sum(each.length for each in some))

    def is_looked_at(self, difference: Difference) -> bool:
        """Whether OCR read something where a part of it should stand, and did not just pass over the place."""
        end = difference.start + len(difference.claimed)
        place = stretch(self.line.box, self.text, difference.start, end)
        return bool(difference.shown) or is_covered(place, self.shown.lines)

    @property
    def has_signs_apart(self) -> bool:
        """Whether it differs from its place in a sign within a number, perhaps among other characters."""
        return any(not MARKS.keys().isdisjoint(each.claimed + each.shown) for each in self.differences)

    def has_other_signs(self, but: str) -> bool:
        """Whether a sign within a number surely stands there that it does not say, or one of `but` does not.

        Any other sign that is merely not there, OCR has lost: a dash, a stroke, a comma.
        """
        sure = [each for each in self.differences if each.sureness >= SURE]
        return any(not MARKS.keys().isdisjoint(each.shown) or not set(but).isdisjoint(each.claimed) for each in sure)

    @cached_property
    def is_shown(self) -> bool:
        """Whether the page bears it out so well that it is believed to the letter."""
        if not self.is_like_shown or not self._is_alone:
            return False
        return not any(each.sureness >= SURE for each in self.shown.passed_over(self.text))

    @property
    def _is_alone(self) -> bool:
        """Whether nothing stands in its place that it does not say: how large that is, the file itself says."""
        held, untouched = self.shown.parted(self.text)
        # Of two readings of one line, one is enough; what merely touches it is none.
        others = (line for line in untouched if not any(goes_over(each.box, line.box) for each in held))
        return not any(goes_over(self.line.box, line.box) and _is_print(line) for line in others)

    @cached_property
    def is_like_shown(self) -> bool:
        """Whether it says what stands there, but for single characters of a long line that OCR only guessed at."""
        if not self.shown.text or (not self.is_short and self.likeness < FOREIGN):
            return False
        guessed = sum(each.length for each in self.differences)
        is_long = guessed <= _GUESSED * len(self.text) and self.shown.sureness >= LEGIBLE
        return not guessed or (is_long and all(map(self._is_guess, self.differences)))

    def _is_guess(self, difference: Difference) -> bool:
        return difference.sureness < _LIKELY and self.is_looked_at(difference)

    @property
    def is_denied(self) -> bool:
        """Whether the page plainly shows another text in its place."""
        is_other = self.is_short or self.likeness < FOREIGN
        return is_other and not self.is_like_shown and self.shown.sureness >= LEGIBLE


def _is_print(line: TextLine) -> bool:
    """Whether OCR read a line well enough, and it is no stroke or box that was taken for a character."""
    text = bare(line.text)
    return line.confidence >= LEGIBLE and (text.isdecimal() or not is_speck(text))
