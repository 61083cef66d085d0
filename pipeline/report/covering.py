"""Identity numbers on the pictures of pages: painted over, since a masked text beside a readable number hides nothing.

What was painted over is a picture of its own, which the page lays back on demand where numbers may be revealed. A
number that the reader did not find, or misread, stays readable: nobody knows where it stands.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.form import Form
from pipeline.model import Box, Document, TextLine
from pipeline.report.masking import is_like_number, mask_text
from pipeline.verdict import Outcome

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Place = tuple[str, int]
"""File and page."""
_MARGIN = 0.2
"""Of a line's height, around it: boxes of lines lie close."""
_QUALITY = 85
_INK = "#3b4252"
_END = re.compile(r"[\dXx]+\s*\Z", re.ASCII)
_START = re.compile(r"\s*[\dXx]+", re.ASCII)


@dataclass(frozen=True)
class Patch:
    """A place of a page that was painted over."""

    box: Box
    content: bytes
    """JPEG of what stands there."""


@dataclass(frozen=True)
class Covered:
    """Pictures of pages on which no identity number that was read can be seen."""

    pictures: Mapping[Place, bytes]
    patches: Mapping[Place, tuple[Patch, ...]]


def cover(outcome: Outcome) -> Covered:
    """Return the pictures of an outcome with each identity number painted over, and what was painted over."""
    pictures, patches = dict(outcome.pictures), {}
    boxes: dict[Place, dict[Box, None]] = {}
    for line in _lines_with_numbers(outcome.dossier.documents, _declared(outcome.dossier.form)):
        boxes.setdefault((line.file, line.page), {})[line.box] = None
    for place, found in boxes.items():
        if place in pictures:
            pictures[place], patches[place] = _painted(pictures[place], found)
    return Covered(pictures, patches)


def _declared(form: Form | None) -> frozenset[str]:
    """Return the identity number that the form states: a letter may bear it as well, in whatever length it has."""
    applicant = form.application.applicant if form and form.application else None
    number = applicant.legal_person.id_number if applicant and applicant.legal_person else None
    return frozenset({number} if number and is_like_number(number) else ())


def _lines_with_numbers(documents: Iterable[Document], declared: frozenset[str]) -> Iterator[TextLine]:
    entities = [document.fields.entities().get("id_number") for document in documents if document.fields]
    read = [entity for entity in entities if entity]
    numbers = declared | {text for entity in read for text in (str(entity.value), entity.raw) if len(text) > 7}
    for entity in read:
        yield from entity.evidence
    for document in documents:
        for line in (*document.lines, *document.barcodes):
            if mask_text(line.text, numbers) != line.text:
                yield line
        for pair in pairwise(document.lines):
            if _share_a_number(*pair, numbers):
                yield from pair


def _share_a_number(line: TextLine, following: TextLine, numbers: Collection[str]) -> bool:
    """Whether a number begins at the end of one line and goes on at the start of the next."""
    end, start = _END.search(line.text), _START.match(following.text)
    if not end or not start or (line.file, line.page) != (following.file, following.page):
        return False
    halves = end[0].strip(), start[0].strip()
    if any(mask_text(half, numbers) != half for half in halves):
        return False
    joined = "".join(halves)
    return mask_text(joined, numbers) != joined


def _painted(picture: bytes, boxes: Iterable[Box]) -> tuple[bytes, tuple[Patch, ...]]:
    from PIL import Image, ImageDraw  # what judges facts has no pictures

    with Image.open(BytesIO(picture), formats=["JPEG"]) as opened:
        page = opened.convert("RGB")
    whole, brush, patches = page.copy(), ImageDraw.Draw(page), []
    for box in boxes:
        edges = _edges(box, *page.size)
        brush.rectangle(edges, fill=_INK)
        patches.append(Patch(_box(edges, *page.size), _jpeg(whole.crop(edges))))
    return _jpeg(page), tuple(patches)


def _edges(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """Return what to paint over, in pixels: left, top, right and bottom, at least one pixel wide and high."""
    margin = box.height * height * _MARGIN
    left, top = max(0, int(box.left * width - margin)), max(0, int(box.top * height - margin))
    right, bottom = min(width, int(box.right * width + margin) + 1), min(height, int(box.bottom * height + margin) + 1)
    return min(left, width - 1), min(top, height - 1), max(right, 1), max(bottom, 1)


def _box(edges: tuple[int, int, int, int], width: int, height: int) -> Box:
    left, top, right, bottom = edges
    return Box(left=left / width, top=top / height, right=right / width, bottom=bottom / height)


def _jpeg(picture: "Picture") -> bytes:
    content = BytesIO()
    picture.save(content, "JPEG", quality=_QUALITY)
    return content.getvalue()
