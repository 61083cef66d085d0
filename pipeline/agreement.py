"""Whether a PDF's text layer says what its pages show: each of its lines against what OCR read in the same place.

A text layer is a claim. Honest ones differ from what OCR reads by OCR's own errors, so a difference counts only as far
as OCR is sure of what it saw. What the page shows beyond the layer (seals, pictures) is no disagreement.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from statistics import median
from typing import TYPE_CHECKING

from pipeline.model import Box, TextLine
from pipeline.traces import TextDisagreement

if TYPE_CHECKING:
    import opencc

_LEAST = 3
"""Characters of a line of the layer from which it says anything."""
_SHARED = 0.3
"""Part of the smaller of two lines' heights, and some of their widths, that both must cover to stand in one place."""
_SURE = 0.9
"""Probability of a character from which OCR is not taken to have misread it."""
_FOREIGN = 0.5
"""Likeness of most lines under which the whole layer is another text, or one in a code of its own."""
_ABSENT, _OTHER, _SINGLE, _WHOLE = 0.9, 0.95, 0.6, 0.6
"""How sure it is that layer and page differ: nothing to be seen, another text, one character, all lines at once."""
_ALIKE = tuple(map(frozenset, ("0OoDQ", "1lIi|!", "5Ss", "8B", "2Zz", "6Gb", "9gq", "UVuv", "Cc(", "Kk", "Xx×", "Pp", "Ww", "一-—–_")))
"""Characters that even careful readers take for each other."""


def disagreements(layer: Sequence[TextLine], seen: Sequence[TextLine]) -> tuple[TextDisagreement, ...]:
    """Return where the text layer of one page says something else than the page shows, in the layer's order.

    Args:
        layer: Lines of the text layer that lie on the page.
        seen: What OCR read on the same page.
    """
    claims = [(line, _bare(line.text)) for line in layer if len(_bare(line.text)) >= _LEAST]
    found = [_compare(line, text, _beside(line.box, seen)) for line, text in claims]
    likeness = [similar for similar, _ in found]
    told = [disagreement for _, disagreement in found if disagreement is not None]
    if len(likeness) >= _LEAST and median(likeness) < _FOREIGN:
        return tuple(each.model_copy(update={"confidence": _WHOLE}) for each in told[:1])
    return tuple(told)


def _compare(line: TextLine, text: str, seen: Sequence[TextLine]) -> tuple[float, TextDisagreement | None]:
    """Return how alike the layer's line and the page are, 0 to 1, and where they differ for sure."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.fuzz import partial_ratio_alignment

    shown, sureness = _joined(seen)
    if not shown:
        return 0.0, _told(line, "", _ABSENT)
    place = partial_ratio_alignment(text, shown)
    if place is None:
        return 0.0, _told(line, _text(seen), _OTHER)
    claimed = text[place.src_start : place.src_end]
    part = shown[place.dest_start : place.dest_end]
    likeness = Indel.normalized_similarity(claimed, part)
    sure = list(_sure_differences(claimed, part, sureness[place.dest_start : place.dest_end]))
    lost = len(text) - len(claimed)
    if likeness < _FOREIGN or len(sure) > 1 or lost > max(2, len(text) // 3):
        return likeness, _told(line, _text(seen), _OTHER)
    return likeness, _told(line, _text(seen), _SINGLE) if sure else None


def _sure_differences(claimed: str, shown: str, sureness: Sequence[float]) -> Iterator[str]:
    """Yield what OCR surely saw where the layer has something else that does not look like it."""
    from rapidfuzz.distance import Levenshtein

    for step in Levenshtein.editops(claimed, shown):
        if step.tag != "replace":
            continue
        meant, read = claimed[step.src_pos], shown[step.dest_pos]
        if sureness[step.dest_pos] >= _SURE and not any({meant, read} <= group for group in _ALIKE):
            yield read


def _told(line: TextLine, seen: str, confidence: float) -> TextDisagreement:
    return TextDisagreement(
        file=line.file, page=line.page, box=line.box, claimed=line.text, seen=seen, confidence=confidence
    )


def _beside(box: Box, lines: Iterable[TextLine]) -> list[TextLine]:
    """Return the lines that share the place of `box`, from left to right."""
    return sorted((line for line in lines if _share(box, line.box)), key=lambda line: (line.box.left, line.box.top))


def _share(one: Box, other: Box) -> bool:
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    wide = min(one.right, other.right) - max(one.left, other.left)
    return high >= _SHARED * min(one.height, other.height) and wide > 0


def _joined(lines: Iterable[TextLine]) -> tuple[str, list[float]]:
    """Return the bare text of several lines with the probability of each character."""
    text, sureness = "", []
    for line in lines:
        given = line.characters if len(line.characters) == len(line.text) else (line.confidence,) * len(line.text)
        for sign, probability in zip(line.text, given, strict=True):
            bare = _bare(sign)
            text += bare
            sureness += [probability] * len(bare)
    return text, sureness


def _text(lines: Iterable[TextLine]) -> str:
    return " ".join(line.text for line in lines)


def _bare(text: str) -> str:
    """Return letters and figures only, half-width, in simplified characters and one case."""
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())
    plain: str = _simplifier().convert(kept)
    return (plain if len(plain) == len(kept) else kept).casefold()


@cache
def _simplifier() -> "opencc.OpenCC":
    import opencc

    return opencc.OpenCC("t2s")
