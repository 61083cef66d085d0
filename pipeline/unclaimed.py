"""What a page shows and its text layer leaves out: words drawn as outlines or pictures, the end of a name."""

from collections.abc import Iterator, Sequence

from pipeline.likeness import Difference, Shown, bare, is_speck
from pipeline.line_places import beside, is_covered, stretch
from pipeline.model import TextLine

_LIKELY = 0.6
"""Mean probability of a line's characters from which it is more than a pattern taken for print."""
_OTHER = 0.6
"""Likeness of a line and what the layer says in its place, under which it is another one."""


def unclaimed(seen: Sequence[TextLine], layer: Sequence[TextLine]) -> Iterator[TextLine]:
    """Yield what OCR read where the layer says nothing, lines and what goes on beside one of the layer's.

    Args:
        seen: Lines that OCR read.
        layer: Those of the layer that stand for the page.
    """
    for line in seen:
        text = bare(line.text)
        if not text or line.confidence < _LIKELY:
            continue
        said = beside(line.box, layer)
        there = Shown(said)
        parts = _more(line, there) if said else []
        known = len(text) - sum(map(_length, parts))
        if parts and known >= min(len(text), len(there.text)) * _OTHER:
            yield from (_part(line, more) for more in parts)
        elif not said or (there.likeness(text) < _OTHER and not is_covered(line.box, said)):
            yield line


def read_on(
    seen: Sequence[TextLine], layer: Sequence[TextLine], *, least: float
) -> Iterator[tuple[Sequence[TextLine], str]]:
    """Yield lines of the layer that leave out a smaller part of what stands there, and the line as it was read.

    A word of its own beside a label, as a mark that is a picture, is left out in all honesty.

    Args:
        seen: Lines that OCR read.
        layer: All lines of the layer.
        least: Probability of its characters from which a part counts.
    """
    for line in seen:
        said = beside(line.box, layer)
        there, sure = Shown(said), Shown([line])
        if not said or there.likeness(sure.text) < _OTHER:
            continue
        left_out = _more(line, there)
        if not left_out or 2 * sum(map(_length, left_out)) >= len(sure.text):
            continue
        if any(sure.least(more.start, more.start + _length(more)) >= least for more in left_out):
            yield said, line.text


def _length(more: Difference) -> int:
    return len(more.claimed)


def _more(line: TextLine, there: Shown) -> list[Difference]:
    """Return the parts of a line that are not there; what may be no print aside."""
    parts = there.differences(bare(line.text))
    return [part for part in parts if not part.shown and not is_speck(part.claimed)]


def _part(line: TextLine, more: Difference) -> TextLine:
    """Return a part of a line as one of its own."""
    ends = [len(bare(line.text[:at])) for at in range(len(line.text) + 1)]
    start = max(at for at, length in enumerate(ends) if length <= more.start)
    end = min(at for at, length in enumerate(ends) if length >= more.start + len(more.claimed))
    return line.model_copy(
        update={
            "text": line.text[start:end],
            "box": stretch(line.box, line.text, start, end),
            "characters": line.characters[start:end],
            "alternatives": line.alternatives[start:end],
        }
    )
