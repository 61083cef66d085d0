"""What became visible when a PDF was saved the last time: its pages beside those of the revision before, in pixels.

Both states are stranger's files and are opened by pdfium, which has no limits of its own: as in pdf.py, whoever calls
this does so in a process that can be killed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from pipeline.boxes import WHOLE_PAGE, Box
from pipeline.differences import LEAST_PIXELS, Mask, differing, hidden, places
from pipeline.figures import find_figures, is_crowded, laid_over, shows_only_pictures
from pipeline.frame import Edges, Frame
from pipeline.model import Image
from pipeline.signed_places import Rectangle
from pipeline.traces import Change, LastRevision, VisibleChange

MOST_PAGES = 20
"""Compared of one file, those first of which text, pictures or what is laid over them are others."""
_DPI = 100
_POINTS_PER_INCH = 72
# Longest side of a rendered page, in pixels.
_MIN_LONGEST = 800
_MAX_LONGEST = 1_400
_SAME_SIZE = 0.005
"""By which share the sides of a page may differ."""
_EMPTY = 16
"""Greatest difference in a colour, of 255, on a page with nothing on it."""
_AROUND = 2
"""Pixels by which the letters of a field may stand over its edge."""

Fingerprint = tuple[object, ...]


@dataclass(frozen=True)
class Shown:
    """A page as it was read, and what is known of it besides."""

    is_scan: bool = False
    """Whether it is nothing but one picture, which was read in its place."""
    turned: int = 0
    """Degrees, clockwise, by which it was turned to stand upright."""
    signed: Sequence[Rectangle] = ()
    """Where signatures that hold are shown on it, in PDF coordinates. What looks signed elsewhere is a note."""


def compare(
    content: bytes, end: int, *, since: int, shown: Mapping[int, Shown], tell: Callable[[], None]
) -> LastRevision:
    """Return what a PDF shows that it did not show as it was saved before.

    Args:
        content: The PDF.
        end: Where the revision before it ends.
        since: Number of that revision.
        shown: Pages to look at, by number; boxes are of a page as it was read.
        tell: Called before each page.
    """
    import pypdfium2 as pdfium

    changes: list[VisibleChange] = []
    compared = left_out = 0
    with closing(_opened(content)) as now:
        try:
            before = _opened(content[:end])
        except pdfium.PdfiumError:
            return LastRevision(since=since, pages_left_out=len(shown), unreadable=True)
        with closing(before):
            pairs = _pairs(before, now, sorted(shown), tell)
            for old, number in pairs:
                tell()
                if old is None:
                    changes.append(VisibleChange(page=number, box=WHOLE_PAGE, kind=Change.NEW_PAGE))
                    continue
                if compared == MOST_PAGES:
                    left_out += 1
                    continue
                try:
                    changes += _on_page(before, old, now, number, shown[number])
                    compared += 1
                except (pdfium.PdfiumError, ArithmeticError):  # it is damaged, or has no size
                    left_out += 1
    found = sorted(changes, key=lambda change: (change.page, change.box.top, change.box.left))
    return LastRevision(since=since, changes=tuple(found), pages_compared=compared, pages_left_out=left_out)


def was_scan(content: bytes, end: int, most_pages: int, tell: Callable[[], None]) -> bool:
    """Whether each page of a PDF was nothing but pictures when it was saved up to `end`; False if it cannot be told."""
    import pypdfium2 as pdfium

    try:
        with closing(_opened(content[:end])) as before:
            for index in range(min(len(before), most_pages)):
                tell()
                with closing(before[index]) as page:
                    if not shows_only_pictures(page, Frame.of(page)):
                        return False
            return len(before) > 0
    except pdfium.PdfiumError:
        return False


def _opened(content: bytes) -> Any:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(content)
    with suppress(pdfium.PdfiumError):  # its fields are not shown then, as where it is read
        document.init_forms()
    return document


def _pairs(before: Any, now: Any, numbers: Sequence[int], tell: Callable[[], None]) -> list[tuple[int | None, int]]:
    """Return the index of each page in the revision before, None if it is new, and its number now; others go first.

    Pages are told by what stands on them, since one may have been put in or taken out before them.
    """
    was = [_fingerprint(before, index, tell) for index in range(min(len(before), numbers[-1] + MOST_PAGES))]
    present = [_fingerprint(now, number - 1, tell) for number in numbers]
    same: list[tuple[int | None, int]] = []
    others: list[tuple[int | None, int]] = []
    for kind, first, last, begin, stop in SequenceMatcher(None, was, present, autojunk=False).get_opcodes():
        kept = same if kind == "equal" else others
        for at in range(begin, stop):
            old = first + at - begin
            kept.append((old if old < last else None, numbers[at]))
    return others + same


def _fingerprint(document: Any, index: int, tell: Callable[[], None]) -> Fingerprint:
    """Return what tells a page from others without rendering it."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    tell()
    try:
        with closing(document[index]) as page:
            if is_crowded(page):
                return (raw.FPDFPage_CountObjects(page),)
            frame = Frame.of(page)
            with closing(page.get_textpage()) as text:
                words = text.get_text_range()
            figures = tuple(
                (raw.FPDFImageObj_GetImageDataRaw(figure.image, None, 0), *_rounded(figure.edges))
                for figure in find_figures(page, frame)
            )
            over = tuple(_rounded(each.edges) for each in laid_over(document, page, frame))
            return words, figures, over, raw.FPDFPage_CountObjects(page)
    except (pdfium.PdfiumError, ArithmeticError):
        return ("damaged", index)


def _rounded(edges: Edges) -> tuple[float, ...]:
    return tuple(round(edge, 3) for edge in edges)


def _on_page(before: Any, index: int, now: Any, number: int, shown: Shown) -> Iterator[VisibleChange]:
    with closing(before[index]) as old, closing(now[number - 1]) as new:
        pair = _PagePair(before, old, new, shown.signed)
        area = next((figure.edges for figure in find_figures(new, pair.frame)), None) if shown.is_scan else None
        for change in pair.changes(number):
            box = _part(change.box, area) if area else change.box
            yield change.model_copy(update={"box": box.turned(shown.turned).rounded()})


class _PagePair:
    """One page as it was and as it is."""

    def __init__(self, before: Any, old: Any, new: Any, signed: Sequence[Rectangle]) -> None:
        self._before, self._old, self._new = before, old, new
        self.frame = Frame.of(new)
        self._signed = [self.frame.edges(*each) for each in signed]
        was = Frame.of(old)
        self._turns = (self.frame.turned - was.turned) % 360
        sideways = self._turns % 180 != 0
        self._size_before = (was.height, was.width) if sideways else (was.width, was.height)

    def changes(self, number: int) -> Iterator[VisibleChange]:
        """Yield what looks otherwise; boxes are of the page as the PDF turns it."""
        on_scan = shows_only_pictures(self._old, Frame.of(self._old))
        if not self._has_same_size():
            yield VisibleChange(page=number, box=WHOLE_PAGE, kind=Change.SIZE, on_scan=on_scan)
            return
        was, now = self._rendered(everything=True)
        changed = differing(was, now)
        found = list(places(changed))
        if found and np.ptp(was, axis=(0, 1)).max() < _EMPTY:
            yield VisibleChange(page=number, box=WHOLE_PAGE, kind=Change.NEW_PAGE)
            return
        if not found:
            return
        bare = self._rendered(everything=False)
        fields = self._fields(changed)
        # What an empty field for a signature showed, as a frame to sign in, is gone once it is signed. No print is.
        gone = hidden(was, now, changed) & ~(fields.signed & fields.awaiting & ~hidden(bare[0], now, changed))
        kinds = _kinds(differing(*bare), fields)
        for place in found:
            kind = next(kind for kind, mask in kinds if _lies_in(place.of(changed), place.of(mask), kind))
            if kind is Change.FORM_FIELD and _is_seen(place.of(gone & fields.signed)):
                # A signature beside a field that is filled in must not pass for what is filled in.
                kind = Change.SIGNATURE
            hides = _is_seen(place.of(gone))
            yield VisibleChange(page=number, box=place.box(changed), kind=kind, on_scan=on_scan, hides=hides)

    def _has_same_size(self) -> bool:
        pairs = zip(self._size_before, (self.frame.width, self.frame.height), strict=True)
        # Written so that a side which is no number is another one.
        return all(abs(was - now) <= _SAME_SIZE * now for was, now in pairs)

    def _rendered(self, *, everything: bool) -> tuple[Image, Image]:
        """Return both states, turned alike: the same page then has the same pixels."""
        longest = max(self.frame.width, self.frame.height)
        scale = min(max(_DPI / _POINTS_PER_INCH, _MIN_LONGEST / longest), _MAX_LONGEST / longest)
        was, now = (
            np.array(
                page.render(
                    scale=scale, rotation=turns, may_draw_forms=everything, draw_annots=everything, rev_byteorder=True
                ).to_numpy()[:, :, :3]
            )
            for page, turns in ((self._old, self._turns), (self._new, 0))
        )
        height, width = (min(was.shape[axis], now.shape[axis]) for axis in (0, 1))
        return was[:height, :width], now[:height, :width]

    def _fields(self, like: Mask) -> "_Fields":
        signed, awaiting, filled = (np.zeros_like(like) for _ in range(3))
        for edges in self._signed:
            _fill(signed, edges)
        # Of the state before alone: a field that is new is laid over the page like a note, since nobody fills in what
        # was not there. As the page is turned now.
        for each in laid_over(self._before, self._old, replace(Frame.of(self._old), turned=self.frame.turned)):
            if each.is_signature and each.is_empty:
                _fill(awaiting, each.edges)
            elif each.is_field and not each.is_signature:
                _fill(filled, each.edges)
        return _Fields(signed, awaiting, filled)


@dataclass(frozen=True)
class _Fields:
    """Where the fields of a form are on a page."""

    signed: Mask
    """Those of signatures that hold."""
    awaiting: Mask
    """Those for signatures that were there before, and empty."""
    filled: Mask
    """All others that were there before. One for a signature is none of them: it is signed, or left as it is."""


def _kinds(content: Mask, fields: _Fields) -> list[tuple[Change, Mask]]:
    """Return by what a place may have changed, each with where, the gravest first and the last one everywhere."""
    return [
        (Change.CONTENT, content),
        (Change.SIGNATURE, fields.signed),
        (Change.FORM_FIELD, fields.signed | fields.filled),
        (Change.ANNOTATION, np.ones_like(content)),
    ]


def _is_seen(mask: Mask) -> bool:
    return int(mask.sum()) >= LEAST_PIXELS


def _lies_in(changed: Mask, where: Mask, kind: Change) -> bool:
    if kind is Change.CONTENT:
        return _is_seen(changed & where)
    return not (changed & ~where).any()


def _fill(mask: Mask, edges: Edges) -> None:
    height, width = mask.shape
    left, right = int(edges[0] * width) - _AROUND, int(edges[2] * width) + 1 + _AROUND
    top, bottom = int(edges[1] * height) - _AROUND, int(edges[3] * height) + 1 + _AROUND
    mask[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)] = True


def _part(box: Box, area: Edges) -> Box:
    """Return a box of the page as one of the scan that lies in `area` of it; what lies beside the scan is its edge."""
    left, top, right, bottom = area
    across, down = right - left, bottom - top
    edges = ((box.left - left) / across, (box.top - top) / down, (box.right - left) / across, (box.bottom - top) / down)
    x0, y0, x1, y1 = (min(max(edge, 0.0), 1.0) for edge in edges)
    return Box(left=x0, top=y0, right=x1, bottom=y1)
