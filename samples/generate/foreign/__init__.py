"""Certificates of foreign offices: one drawing per family of faces, and facts drawn by lot."""

from samples.generate.canvas import Canvas, Colour
from samples.generate.facts import ForeignMark, Layout
from samples.generate.foreign import american, british, coded, taiwanese
from samples.generate.foreign.setting import A4, LETTER

_AMERICAN = frozenset({Layout.USPTO_COLUMNS, Layout.USPTO_MARGIN, Layout.USPTO_ELECTRONIC})
_BRITISH = frozenset({Layout.UKIPO, Layout.UKIPO_EXTRACT, Layout.IPINDIA, Layout.IPINDIA_GOLD})
_TINTED: dict[Layout, Colour] = {Layout.TIPO: (240, 250, 242), Layout.IPINDIA_GOLD: (250, 244, 226)}


def draw_foreign(canvas: Canvas, mark: ForeignMark) -> None:
    """Draw the whole page on a canvas of the face's `ratio_of`."""
    if mark.layout in _AMERICAN:
        american.draw(canvas, mark)
    elif mark.layout in _BRITISH:
        british.draw(canvas, mark)
    elif mark.layout is Layout.TIPO:
        taiwanese.draw(canvas, mark)
    else:
        coded.draw(canvas, mark)


def ratio_of(layout: Layout) -> float:
    """Return the height of the page by its width."""
    return LETTER if layout in _AMERICAN else A4


def paper_of(layout: Layout) -> Colour:
    """Return the tint of the paper."""
    return _TINTED.get(layout, (255, 255, 255))
