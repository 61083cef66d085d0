"""What a page shows and its text layer leaves out: words drawn as outlines or pictures, the end of a name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.alike import is_speck
from pipeline.folding import MARKS, bare, places
from pipeline.likeness import Difference, Shown
from pipeline.line_places import WELL_SHARED, beside, is_covered, part_of
from pipeline.model import TextLine
from pipeline.scripts import is_ideograph

_LIKELY = 0.6
"""Mean probability of a line's characters from which it is more than a pattern taken for print."""
_OTHER = 0.6
"""Likeness of a line and what the layer says in its place, under which it is another one."""


def unclaimed(seen: Sequence[TextLine], layer: Sequence[TextLine], *, least: float) -> Iterator[TextLine]:
    """Yield what OCR read where the layer says nothing, lines and what goes on beside one of the layer's.

    Args:
        seen: Lines that OCR read.
        layer: Those of the layer that stand for the page.
        least: Probability of its characters from which a line is not another one read badly.
    """
    shown = ShownOnce()
    for line in seen:
        text = bare(line.text)
        if not text or line.confidence < _LIKELY:
            continue
        said = beside(line.box, layer)
        there = shown.of(said)
        parts = there.differences(text) if said else []
        more = _more(parts)
        known = len(text) - sum(map(_length, parts))
        if more and known >= min(len(text), len(there.text)) * _OTHER:
            yield from (_part(line, each) for each in more)
        elif _is_of_its_own(line, said, there, parts, least):
            yield line


def _is_of_its_own(
    line: TextLine, said: Sequence[TextLine], there: Shown, parts: Sequence[Difference], least: float
) -> bool:
    """Whether a line is none of the layer's in its place, read badly or otherwise."""
    sure = Shown([line])
    # What merely touches a line, as a stamp does, is not that line.
    is_apart = not is_covered(line.box, beside(line.box, said, shared=WELL_SHARED))
    if there.likeness(sure.text) < _OTHER:
        return is_apart or (sure.least(0, len(sure.text)) >= least and not is_speck(sure.text))
    return is_apart and any(
        part.shown and sure.least(part.start, part.start + _length(part)) >= least for part in parts
    )


class ShownOnce:
    """Joins the same lines once, however many places they stand in: each of a hostile layer's may be the whole page."""

    def __init__(self) -> None:
        """Start with none."""
        self._made: dict[tuple[int, ...], Shown] = {}

    def of(self, lines: Sequence[TextLine]) -> Shown:
        """Return what these lines show; they are told by their identity."""
        key = tuple(map(id, lines))
        if key not in self._made:
            self._made[key] = Shown(lines)
        return self._made[key]


@dataclass(frozen=True)
class Placed:
    """A line that OCR read, and the layer's lines in its place."""

    line: TextLine
    said: Sequence[TextLine]
    there: Shown


def placed(seen: Sequence[TextLine], layer: Sequence[TextLine]) -> list[Placed]:
    """Return each line that OCR read with those of the layer in its place, where there are any."""
    beside_each, shown = ((line, beside(line.box, layer)) for line in seen), ShownOnce()
    return [Placed(line, said, shown.of(said)) for line, said in beside_each if said]


def read_on(seen: Sequence[Placed], *, least: float) -> Iterator[tuple[Sequence[TextLine], str]]:
    """Yield lines of the layer that leave out a smaller part of what stands there, and the line as it was read.

    A word of its own beside a label, as a mark that is a picture, is left out in all honesty.

    Args:
        seen: Lines that OCR read, with all lines of the layer.
        least: Probability of its characters from which a part counts.
    """
    for each in seen:
        there, sure = each.there, Shown([each.line])
        parts = there.differences(sure.text)
        cut = [part for part in parts if not part.shown and _goes_on(each.line, part, _is_of_number)]
        left_out = cut or _more(parts)
        is_like = there.likeness(sure.text) >= _OTHER and 2 * sum(map(_length, left_out)) < len(sure.text)
        # What goes on with a number is no word of its own, however little of the number the layer has.
        if not is_like and not (cut and all(not part.shown for part in parts)):
            continue
        if any(sure.least(more.start, more.start + _length(more)) >= least for more in left_out):
            yield each.said, each.line.text


def cut_words(seen: Sequence[Placed], *, least: float) -> Iterator[Sequence[TextLine]]:
    """Yield lines of the layer that lack a part of a word or number: OCR may have made it up, or it is another one.

    Args:
        seen: Lines that OCR read, with all lines of the layer.
        least: Probability of one of its characters from which a part counts.
    """
    for each in seen:
        sure = Shown([each.line])
        parts = (*each.there.differences(sure.text), *each.there.passed_over(sure.text))
        cut = [part for part in parts if not part.shown and _goes_on(each.line, part, is_of_word)]
        if any(sure.least(at, at + 1) >= least for part in cut for at in range(part.start, part.start + _length(part))):
            yield each.said


def _goes_on(line: TextLine, more: Difference, is_of: Callable[[str], bool]) -> bool:
    """Whether a part of a line goes on, without a gap, with a word or number of which the layer has the rest."""
    text, at = bare(line.text), places(line.text)
    return any(
        is_of(text[end - 1]) and is_of(text[end]) and (at[end] - at[end - 1] == 1 or text[end] in MARKS)
        for end in (more.start, more.start + _length(more))
        if 0 < end < len(text)
    )


def _is_of_number(sign: str) -> bool:
    return sign.isdecimal() or sign in MARKS


def is_of_word(sign: str) -> bool:
    """Whether a character is of a word that is written in one, or of a number: 12345678A is not 12345678."""
    return sign.isalnum() and not is_ideograph(sign)


def _length(more: Difference) -> int:
    return len(more.claimed)


def _more(parts: Iterable[Difference]) -> list[Difference]:
    """Return the differences where a line goes on and the layer does not; what may be no print aside."""
    return [part for part in parts if not part.shown and not is_speck(part.claimed)]


def _part(line: TextLine, more: Difference) -> TextLine:
    """Return a part of a line as one of its own."""
    at = places(line.text)
    return part_of(line, at[more.start], at[more.start + _length(more) - 1] + 1)
