"""Two papers in one picture → a part of the page for each.

Papers that lie side by side or one above the other are told by their titles: where two titles stand apart and a
cut between them crosses next to no line, each side that makes a paper of its own is a part. One paper that is cut in
two loses fields, so doubt leaves the page whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.claims import OTHER, DocumentType, decide, is_title, names_another_paper
from pipeline.layout import Piece, Sheet, lay_out, rows
from pipeline.model import Box, Fields, ReadPage, TextLine

_TITLE_HEIGHT, _OTHER_TITLE_HEIGHT = 0.8, 1.5
"""Median text heights from which a line may be the title of one paper among two: a title of ours is known by its
words, and on the smaller of two papers no higher than the text of the larger."""
_SAME_TITLE = 0.5
"""Of two sizes of one title, the smaller by more than this is a caption, a stamp or a watermark."""
_SPACED = 2.5
"""Widths of a character up to which the characters of a title are spaced."""
_REACH = 5.0
"""Title heights above a title in which the paper's upper edge is sought."""
_CROSSING = 0.05
"""Share of the lines that a cut may cross: a stamp or a watermark lies over both papers."""
_FEWEST_LINES = 5
"""Lines of a paper of its own, its title among them."""
_FEWEST_LABELS = 2
"""Of its type, on a paper of its own."""
_STEPS = 96
"""Places between two titles at which a cut is tried."""


@dataclass(frozen=True)
class _Title:
    text: str
    left: float
    right: float
    level: float
    height: float


@dataclass(frozen=True)
class _Cut:
    place: float
    """In page heights, as all of the sheet."""
    across: bool
    """Whether the cut runs from side to side, so that it parts what is above from what is below."""

    def is_before(self, x: float, y: float) -> bool:
        """Whether a point of the sheet lies left of the cut, or above it."""
        return (y if self.across else x) < self.place


def parts_of(page: ReadPage, types: Sequence[DocumentType[Fields]]) -> tuple[ReadPage, ...]:
    """Return the page, or a page for each of the papers on it: with the lines and barcodes of its part alone.

    Boxes stay those of the whole page.
    """
    sheet = lay_out(page.lines, (page.record,))
    titles = _titles(sheet, types)
    for cut in _cuts(sheet, titles):
        parts = _halves(page, cut, sheet)
        if all(_is_a_paper(part, types) for part in parts):
            return tuple(smaller for part in parts for smaller in parts_of(part, types))
    return (page,)


def _titles(sheet: Sheet, types: Sequence[DocumentType[Fields]]) -> list[_Title]:
    large = [piece for piece in sheet.pieces if piece.height >= _OTHER_TITLE_HEIGHT * sheet.text_height]
    stretches = [*([piece] for piece in sheet.pieces), *(row for row in _stretches(large) if len(row) > 1)]
    found = []
    for row in stretches:
        text, height = "".join(piece.text for piece in row), max(piece.height for piece in row)
        if (height >= _TITLE_HEIGHT * sheet.text_height and is_title(text, types)) or (
            height >= _OTHER_TITLE_HEIGHT * sheet.text_height and names_another_paper(text, types)
        ):
            found.append(_Title(text, row[0].left, row[-1].right, row[0].level, height))
    highest = {text: max(title.height for title in found if title.text == text) for text in {t.text for t in found}}
    return [title for title in found if title.height > _SAME_TITLE * highest[title.text]]


def _stretches(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the rows, parted where the distance is more than a title's spacing."""
    for row in rows(pieces):
        stretch = [row[0]]
        for before, here in pairwise(row):
            if here.left - before.right > _SPACED * max(before.height, here.height):
                yield stretch
                stretch = []
            stretch.append(here)
        yield stretch


def _cuts(sheet: Sheet, titles: Sequence[_Title]) -> Iterator[_Cut]:
    """Yield the cuts between neighbouring titles, those beside each other first."""
    for one, other in pairwise(sorted(titles, key=lambda title: title.left)):
        if one.right < other.left:
            spans = [(piece.left, piece.right) for piece in sheet.pieces]
            place = _gap(spans, (one.left + one.right) / 2, (other.left + other.right) / 2)
            if place is not None:
                yield _Cut(place, across=False)
    for one, other in pairwise(sorted(titles, key=lambda title: title.level)):
        top = other.level - other.height / 2
        start = max(one.level + one.height, top - _REACH * other.height)
        if start < top:
            spans = [(piece.top, piece.bottom) for piece in sheet.pieces]
            place = _gap(spans, start, top)
            if place is not None:
                yield _Cut(place, across=True)


def _gap(spans: Sequence[tuple[float, float]], start: float, stop: float) -> float | None:
    """Return the middle of the widest stretch from `start` to `stop` that crosses fewest lines; None if too many."""
    places = np.linspace(start, stop, _STEPS + 2)[1:-1]
    edges = np.array(spans)
    crossed = ((edges[:, :1] < places) & (places < edges[:, 1:])).sum(axis=0)
    fewest = crossed.min()
    if fewest > _CROSSING * len(spans):
        return None
    runs = np.split(places, np.flatnonzero(np.diff(crossed == fewest)) + 1)
    free = [run for run in runs if crossed[np.searchsorted(places, run[0])] == fewest]
    return float(max(free, key=len).mean())


def _halves(page: ReadPage, cut: _Cut, sheet: Sheet) -> tuple[ReadPage, ReadPage]:
    """Return the page twice: with what lies on the one side of a cut, and on the other."""
    levelled = {id(piece.line): ((piece.left + piece.right) / 2, piece.level) for piece in sheet.pieces}

    def own(lines: Sequence[TextLine], *, before: bool) -> tuple[TextLine, ...]:
        # What slants too much to be laid out has its place by its box.
        places = ((line, levelled.get(id(line), place_of(line.box))) for line in lines)
        return tuple(line for line, place in places if cut.is_before(*place) == before)

    def place_of(box: Box) -> tuple[float, float]:
        return box.center[0] * sheet.width, box.center[1]

    first, second = (
        replace(
            page,
            lines=own(page.lines, before=before),
            barcodes=own(page.barcodes, before=before),
            seals=tuple(seal for seal in page.seals if cut.is_before(*place_of(seal.box)) == before),
            text_layer_disagreements=page.text_layer_disagreements
            and tuple(lie for lie in page.text_layer_disagreements if cut.is_before(*place_of(lie.box)) == before),
        )
        for before in (True, False)
    )
    return first, second


def _is_a_paper(part: ReadPage, types: Sequence[DocumentType[Fields]]) -> bool:
    decision = decide(part, types)
    told = decision.titled and (decision.name == OTHER or decision.labels >= _FEWEST_LABELS)
    return told and len(part.lines) >= _FEWEST_LINES
