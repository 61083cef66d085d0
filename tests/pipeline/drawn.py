"""PDFs that tests draw for themselves, and the pages that come of them."""

import io
import re
import struct
from collections.abc import Callable
from typing import Any, cast

import numpy as np
from PIL import Image as Pillow
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.ingest import to_source
from pipeline.model import Page
from pipeline.pages import OpenedSource, open_pages
from pipeline.settings import Settings

A4 = (595, 842)
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=size)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def nothing(_: Canvas) -> None:
    """An empty page."""


def words(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, "Registration number 12345678")
    canvas.drawString(72, 680, "Nice class 25")


def scan(width: int = 600, height: int = 850) -> Pillow.Image:
    """A page of noise on paper, its corners red, green, blue and black, clockwise from the top left."""
    grain = np.random.default_rng(3).integers(200, 255, (height, width, 1), dtype=np.uint8)
    made = Pillow.fromarray(np.repeat(grain, 3, axis=2))
    for colour, place in ((RED, (0, 0)), (GREEN, (1, 0)), (BLUE, (1, 1)), ((0, 0, 0), (0, 1))):
        left, top = place[0] * (width - width // 5), place[1] * (height - height // 5)
        made.paste(colour, (left, top, left + width // 5, top + height // 5))
    return made


def place(picture: Pillow.Image, *, x: float = 0, y: float = 0, width: float = 595, height: float = 842) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(picture), x, y, width, height, mask="auto")

    return draw


def opened(content: bytes, **limits: float) -> OpenedSource:
    return open_pages(to_source("a.pdf", content), Settings(**limits))  # type: ignore[arg-type]


def only_page(content: bytes) -> Page:
    (page,) = opened(content).pages
    assert isinstance(page, Page), page
    return page


def corners(page: Page) -> list[str]:
    height, width = page.image.shape[:2]
    names = {RED: "red", GREEN: "green", BLUE: "blue", (0, 0, 0): "black"}
    points = [(20, 20), (20, width - 20), (height - 20, width - 20), (height - 20, 20)]
    seen = [tuple(int(value) // 128 * 255 for value in page.image[y, x]) for y, x in points]
    return [names.get((red, green, blue), "paper") for red, green, blue in seen]


def turned(content: bytes, degrees: int) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(content))
    for page in writer.pages:
        page.rotate(degrees)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def appended(content: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    """Return the PDF saved once more, with a change appended to what it was."""
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    change(writer)
    return written(writer)


def office(content: bytes) -> bytes:
    """Return a PDF of reportlab as Word and Excel export one: one save with a second section, which is empty."""
    closing = content.rindex(b"startxref")
    at = content.rindex(b"xref", 0, closing)
    body, table = content[:at], content[at:closing]
    trailer = table[table.index(b"trailer") : table.rindex(b">>")]
    number = int(re.findall(rb"/Size (\d+)", trailer)[0])
    entry = struct.pack(">BIH", 1, at, 0)
    body += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Index[%d 1]/Length 7>>\nstream\n" % (number, number + 1, number)
    body += entry + b"\nendstream\nendobj\n"
    first = body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)
    second = b"xref\n0 0\n%b/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF" % (trailer, len(body), at, len(first))
    return first + second.replace(b"/Size %d" % number, b"/Size %d" % (number + 1))


def named(keywords: str) -> Callable[[PdfWriter], object]:
    """A change that nobody sees."""
    return lambda writer: writer.add_metadata({"/Keywords": keywords})


def uncoded(content: bytes, codes: str) -> bytes:
    """Return the only page of a PDF with a line more, in a font that does not say which characters its codes are."""
    writer = PdfWriter(clone_from=io.BytesIO(content))
    (page,) = writer.pages
    system = dictionary(
        Registry=TextStringObject("Adobe"), Ordering=TextStringObject("Identity"), Supplement=NumberObject(0)
    )
    font, kind = NameObject("/Font"), NameObject("/CIDFontType2")
    shapes = dictionary(
        Type=font, Subtype=kind, BaseFont=NameObject("/Own"), CIDSystemInfo=system, DW=NumberObject(600)
    )
    own = dictionary(
        Type=font,
        Subtype=NameObject("/Type0"),
        BaseFont=NameObject("/Own"),
        Encoding=NameObject("/Identity-H"),
        DescendantFonts=ArrayObject([shapes]),
    )
    cast("Any", page["/Resources"])["/Font"].get_object()[NameObject("/Own")] = own
    shown, more = page.get_contents(), DecodedStreamObject()
    assert shown is not None
    more.set_data(shown.get_data() + f"\nBT /Own 12 Tf 1 0 0 1 72 640 Tm <{codes}> Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(more)
    return written(writer)


def dictionary(**entries: PdfObject) -> DictionaryObject:
    """Return a PDF's dictionary of these entries."""
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(72, 700)
    text.setFont("Helvetica", 12)
    text.setTextRenderMode(3)
    text.textLine("Owner: somebody else")
    canvas.drawText(text)
