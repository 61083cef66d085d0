"""Whether the lines of a text layer, side by side, say what OCR read in one piece.

One by one each may be found in that piece: two of them in the same part of it, or each in the place of the other, as a
director's name where the legal person's stands.
"""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.folding import joined, places
from pipeline.layer_line import LayerLine
from pipeline.likeness import Shown
from pipeline.line_places import WELL_SHARED, beside, part_within
from pipeline.model import TextLine
from pipeline.unclaimed import is_of_word

_MARGIN_HEIGHTS, _MARGIN = 1.5, 0.1
"""By how much the place of a part of a line may be wrong: in heights of the line, and as a share of its width. Where
characters stand within a line is told by the widths that they usually have."""


def out_of_step(seen: Sequence[TextLine], claims: Sequence[LayerLine], *, least: float) -> set[int]:
    """Return by their identity lines of the layer that say elsewhere, or in another order, what is shown in their row.

    Args:
        seen: Lines that OCR read.
        claims: Lines of the layer that one by one say what is shown.
        least: Probability of its characters from which OCR is not taken to have misread a part.
    """
    astray = {id(claim.line) for claim in claims if not _is_in_its_place(claim)}
    for print_, said in _rows(seen, [claim.line for claim in claims]):
        shown, (claimed, _, owners) = Shown(print_), joined(said)
        # What stands there besides is told elsewhere.
        others = (each for each in shown.differences_in_whole(claimed) if each.claimed)
        if print_ and (any(each.sureness >= least for each in others) or _parts_a_word(shown, claimed, owners)):
            astray |= {id(line) for line in said}
    return astray


def _is_in_its_place(claim: LayerLine) -> bool:
    """Whether what OCR read about where a line stands bears it out, whatever else is in its row."""
    parts = []
    for each in claim.shown.lines:
        margin = _MARGIN_HEIGHTS * min(each.box.height, claim.line.box.height) + _MARGIN * each.box.width
        if part := part_within(each, claim.line.box.left - margin, claim.line.box.right + margin):
            parts.append(part)
    if parts == list(claim.shown.lines):
        return claim.is_shown
    return LayerLine(claim.line, claim.text, Shown(parts)).is_shown


def _rows(
    seen: Sequence[TextLine], layer: Sequence[TextLine]
) -> Iterator[tuple[Sequence[TextLine], Sequence[TextLine]]]:
    """Yield lines that lie over each other, those of OCR and those of the layer, each from left to right."""
    left = {id(line): line for line in layer}
    while left:
        said = [left.pop(next(iter(left)))]
        print_: dict[int, TextLine] = {}
        for line in said:
            new = [each for each in beside(line.box, seen, shared=WELL_SHARED) if id(each) not in print_]
            print_ |= {id(each): each for each in new}
            for each in new:
                said += [left.pop(id(also)) for also in beside(each.box, left.values(), shared=WELL_SHARED)]
        yield _in_order(print_.values()), _in_order(said)


def _in_order(lines: Iterable[TextLine]) -> list[TextLine]:
    return sorted(lines, key=lambda line: (line.box.left, line.box.top))


def _parts_a_word(shown: Shown, claimed: str, owners: Sequence[int]) -> bool:
    """Whether one line of the layer ends, and another begins, within a word or number that OCR read in one."""
    at, where = places(shown.printed), shown.matched(claimed)
    for end in range(1, len(claimed)):
        before, here = where.get(end - 1), where.get(end)
        if owners[end] != owners[end - 1] and before is not None and here == before + 1:
            goes_on = is_of_word(shown.text[before]) and is_of_word(shown.text[here])
            if goes_on and at[here] - at[before] == 1:
                return True
    return False
