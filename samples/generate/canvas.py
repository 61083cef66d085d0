"""Two kinds of paper under one pen: a page of pixels and a page of a PDF with its text as text.

Layouts are written once, in units of a thousandth of the page's width, from the top left; a text's `y` is its baseline.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Protocol

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas as ReportlabCanvas

from samples.generate import fonts
from samples.generate.fonts import Face, FontFile

Colour = tuple[int, int, int]

BLACK: Colour = (28, 26, 26)

PDF_WIDTH = {True: 841.89, False: 595.28}
"""Width of an A4 page in points, landscape or not."""


@dataclass(frozen=True)
class Ink:
    """How a text is set; `size` in units."""

    face: Face
    size: float
    colour: Colour = BLACK
    bold: bool = False


class Canvas(Protocol):
    """A page being drawn."""

    height: float
    """In units; the width is 1,000."""

    def text(self, x: float, y: float, text: str, ink: Ink) -> None:
        """Write `text` with its baseline's left end at (x, y)."""

    def width(self, text: str, ink: Ink) -> float:
        """Return how wide `text` would be."""

    def picture(self, x: float, y: float, width: float, picture: Image.Image) -> None:
        """Lay a picture, transparent where its alpha says so, with its top left corner at (x, y)."""

    def frame(self, box: tuple[float, float, float, float], colour: Colour, thickness: float) -> None:
        """Draw a rectangle's outline."""

    def resolution(self, units: float) -> int:
        """Return how many pixels a picture of that many units should have across."""


class PixelCanvas:
    """A page as pixels."""

    def __init__(
        self,
        width: int,
        *,
        ratio: float,
        paper: Colour = (255, 255, 255),
        dress: Mapping[Face, FontFile] = MappingProxyType({}),
    ) -> None:
        """Start an empty page.

        Args:
            width: In pixels.
            ratio: Height divided by width.
            paper: Colour of the paper.
            dress: Faces that are set in another file than their own.
        """
        self._dress = dress
        self.height = 1000 * ratio
        self._scale = width / 1000
        self.image = Image.new("RGB", (width, round(width * ratio)), paper)
        self._pen = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, ink: Ink) -> None:
        """Write `text` with its baseline's left end at (x, y)."""
        size = max(1, round(ink.size * self._scale))
        font = fonts.load(self._file(ink.face), size)
        stroke = max(1, size // 26) if ink.bold else 0
        place = (x * self._scale, y * self._scale)
        self._pen.text(place, text, ink.colour, font=font, anchor="ls", stroke_width=stroke, stroke_fill=ink.colour)

    def width(self, text: str, ink: Ink) -> float:
        """Return how wide `text` would be."""
        return fonts.advance(self._file(ink.face), text, ink.size)

    def picture(self, x: float, y: float, width: float, picture: Image.Image) -> None:
        """Lay a picture, transparent where its alpha says so, with its top left corner at (x, y)."""
        across = max(1, round(width * self._scale))
        shape = (across, max(1, round(picture.height * across / picture.width)))
        laid = picture if picture.size == shape else picture.resize(shape, Image.Resampling.LANCZOS)
        mask = laid if laid.mode == "RGBA" else None
        self.image.paste(laid, (round(x * self._scale), round(y * self._scale)), mask)

    def frame(self, box: tuple[float, float, float, float], colour: Colour, thickness: float) -> None:
        """Draw a rectangle's outline."""
        edges = tuple(edge * self._scale for edge in box)
        self._pen.rectangle(edges, outline=colour, width=max(1, round(thickness * self._scale)))

    def resolution(self, units: float) -> int:
        """Return how many pixels a picture of that many units should have across."""
        return max(1, round(units * self._scale))

    def _file(self, face: Face) -> FontFile:
        return self._dress.get(face, face.pixels)


class PdfCanvas:
    """A page of a PDF, its text as text in embedded fonts."""

    def __init__(self, pdf: ReportlabCanvas, *, ratio: float) -> None:
        """Start an empty page on `pdf`; its size is A4's width, landscape if `ratio` (height by width) is below 1."""
        self.height = 1000 * ratio
        width = PDF_WIDTH[ratio < 1]
        self._scale = width / 1000
        self._pdf = pdf
        pdf.setPageSize((width, width * ratio))

    def text(self, x: float, y: float, text: str, ink: Ink) -> None:
        """Write `text` with its baseline's left end at (x, y)."""
        size = ink.size * self._scale
        self._pdf.setFont(embedded(ink.face), size)
        self._pdf.setFillColorRGB(*(channel / 255 for channel in ink.colour))
        self._pdf.setStrokeColorRGB(*(channel / 255 for channel in ink.colour))
        self._pdf.setLineWidth(size / 28)
        # Mode 2 fills and strokes: bold without a bold face.
        heavy = ink.bold or ink.face in (Face.BLACK, Face.SERIF)
        self._pdf.drawString(x * self._scale, self._from_bottom(y), text, mode=2 if heavy else 0)

    def width(self, text: str, ink: Ink) -> float:
        """Return how wide `text` would be."""
        return fonts.advance(ink.face.embedded, text, ink.size)

    def picture(self, x: float, y: float, width: float, picture: Image.Image) -> None:
        """Lay a picture, transparent where its alpha says so, with its top left corner at (x, y)."""
        png = BytesIO()
        picture.save(png, "PNG")
        across = width * self._scale
        down = across * picture.height / picture.width
        bottom = self._from_bottom(y) - down
        self._pdf.drawImage(ImageReader(png), x * self._scale, bottom, across, down, mask="auto")

    def frame(self, box: tuple[float, float, float, float], colour: Colour, thickness: float) -> None:
        """Draw a rectangle's outline."""
        left, top, right, bottom = box
        self._pdf.setStrokeColorRGB(*(channel / 255 for channel in colour))
        self._pdf.setLineWidth(thickness * self._scale)
        across, down = (right - left) * self._scale, (bottom - top) * self._scale
        self._pdf.rect(left * self._scale, self._from_bottom(bottom), across, down)

    def resolution(self, units: float) -> int:
        """Return how many pixels a picture of that many units should have across: 200 dots per inch."""
        return max(1, round(units * self._scale * 200 / 72))

    def _from_bottom(self, y: float) -> float:
        return (self.height - y) * self._scale


def embedded(face: Face) -> str:
    """Return the name under which a face is known to PDFs being drawn."""
    name = f"samples-{face.name.lower()}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(face.embedded.path), subfontIndex=face.embedded.index))
    return name
