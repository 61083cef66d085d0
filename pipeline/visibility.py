"""Whether a PDF page's text layer may stand for what the page shows.

A text layer is a claim. It is taken only where all of it leaves ink where it says it stands, nothing lies over it,
and no picture may hold other words; everywhere else OCR reads what there is to see. That a font's character codes tell
the truth cannot be seen this way.
"""

from collections.abc import Sequence
from typing import Any

from pipeline.boxes import WHOLE_PAGE, shared_area
from pipeline.figures import find_figures, has_annotations, has_unseen_text, is_crowded
from pipeline.frame import Edges, Frame
from pipeline.model import Image
from pipeline.textlayer import Character, TextLayer

# A picture over this share of the page can hold words that are not in the layer: a scan, a seal, the mark itself.
_MAX_FIGURE = 0.015
_OVERLAP = 0.3
_INK = 40
"""Least difference in a colour, of 255, between a character and its ground."""
_INKED_SHARE = 0.9
_LEAST_HEIGHT = 5
"""Pixels below which a character is no text but a speck."""


def text_is_visible(page: Any, frame: Frame, layer: TextLayer, image: Image) -> bool:
    """Whether every line of the layer can be seen on the page.

    Args:
        page: The pypdfium2 page.
        frame: Its frame.
        layer: Its text.
        image: The page as rendered.
    """
    if not layer.rows or not layer.is_plain or is_crowded(page) or has_annotations(page) or has_unseen_text(page):
        return False
    figures = [figure.edges for figure in find_figures(page, frame)]
    if any(shared_area(figure, WHOLE_PAGE.edges) > _MAX_FIGURE for figure in figures):
        return False
    return all(not _is_under(row, figures) and _has_ink(row, image) for row in layer.rows)


def _is_under(row: Sequence[Character], figures: Sequence[Edges]) -> bool:
    """Whether a picture shares much of a character's place, and may show something else there."""
    return any(
        shared_area(character.box, figure) > _OVERLAP * shared_area(character.box, character.box)
        for figure in figures
        for character in row
    )


def _has_ink(row: Sequence[Character], image: Image) -> bool:
    seen = [character for character in row if not character.text.isspace()]
    inked = sum(_leaves_ink(character, image) for character in seen)
    return inked >= _INKED_SHARE * len(seen)


def _leaves_ink(character: Character, image: Image) -> bool:
    """Whether there is contrast where the glyph stands; one outside the page or too small to see has none."""
    height, width = image.shape[:2]
    if (character.box[3] - character.box[1]) * height < _LEAST_HEIGHT:
        return False
    left, right = int(character.ink[0] * width) - 1, int(character.ink[2] * width) + 2
    top, bottom = int(character.ink[1] * height) - 1, int(character.ink[3] * height) + 2
    if left < -2 or top < -2 or right > width + 3 or bottom > height + 3:
        return False
    glyph = image[max(top, 0) : bottom, max(left, 0) : right].reshape(-1, 3)
    return glyph.size > 0 and int((glyph.max(axis=0) - glyph.min(axis=0)).max()) >= _INK
