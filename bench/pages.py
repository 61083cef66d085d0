"""Drawn pages that text layers are laid over, with the place of each line."""

from dataclasses import dataclass
from io import BytesIO
from random import Random

import numpy as np
from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest import to_source
from pipeline.model import Image, Page
from pipeline.pages import open_pages
from pipeline.settings import Settings
from samples.generate.facts import Facts
from samples.generate.files import text_pdf
from samples.generate.kinds import KINDS

_ATTEMPTS = 400
_MARGIN = 6
"""Points around a free place."""


@dataclass(frozen=True)
class Spot:
    """A place in points from the bottom left, and what is written there."""

    x: float
    y: float
    width: float
    height: float
    text: str = ""


@dataclass(frozen=True)
class Base:
    """A born-digital page, as it comes."""

    facts: Facts
    content: bytes
    width: float
    """In points."""
    height: float
    lines: tuple[Spot, ...]
    image: Image

    def free(self, chance: Random, *, width: float, height: float) -> Spot:
        """Return a place on which nothing stands; the bottom margin if none is found."""
        scale = self.image.shape[1] / self.width
        for _ in range(_ATTEMPTS):
            x, y = chance.uniform(20, self.width - width - 20), chance.uniform(20, self.height - height - 20)
            top, left = self.height - y - height - _MARGIN, x - _MARGIN
            part = self.image[
                int(top * scale) : int((top + height + 2 * _MARGIN) * scale),
                int(left * scale) : int((left + width + 2 * _MARGIN) * scale),
            ]
            if part.size and int(np.ptp(part.reshape(-1, 3), axis=0).max()) < 8:
                return Spot(x, y, width, height)
        return Spot(30, 4, width, height)


def base(chance: Random) -> Base:
    """Draw a page of any kind by lot."""
    return base_of(chance.choice(KINDS).random_facts(chance))


def base_of(facts: Facts) -> Base:
    """Return the page of these facts."""
    content = text_pdf([facts])
    page = opened(content)
    box = PdfReader(BytesIO(content)).pages[0].mediabox
    width, height = float(box.width), float(box.height)
    lines = tuple(
        Spot(
            line.box.left * width,
            (1 - line.box.bottom) * height,
            line.box.width * width,
            line.box.height * height,
            line.text,
        )
        for line in page.text_lines
    )
    return Base(facts, content, width, height, lines, page.image)


def opened(content: bytes) -> Page:
    """Return the only page of a PDF."""
    (page,) = open_pages(to_source("drawn.pdf", content), Settings()).pages
    if not isinstance(page, Page):
        raise TypeError(f"a drawn page cannot be opened: {page.message.en}")
    return page


def canvas_of(width: float, height: float) -> tuple[Canvas, BytesIO]:
    """Return an empty page to draw on, and where its PDF goes."""
    target = BytesIO()
    return Canvas(target, pagesize=(width, height), invariant=True), target


def saved(canvas: Canvas, target: BytesIO) -> bytes:
    """Return the PDF of what was drawn."""
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def laid_over(content: bytes, overlay: bytes) -> PdfWriter:
    """Return the first PDF's page with the other's on top."""
    writer = PdfWriter(clone_from=BytesIO(content))
    writer.pages[0].merge_page(PdfReader(BytesIO(overlay)).pages[0])
    return writer


def written(writer: PdfWriter) -> bytes:
    """Return the bytes of a PDF."""
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
