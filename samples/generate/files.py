"""Pages → the bytes of a file: JPEG, PNG, TIFF, WebP, HEIC, a PDF of scans, a PDF with text."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from io import BytesIO
from types import MappingProxyType

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas as ReportlabCanvas

from samples.generate import card, certificate, foreign, invoice, letters, licence, notice, office_paper, qualified
from samples.generate.canvas import PDF_WIDTH, Canvas, Colour, PdfCanvas, PixelCanvas
from samples.generate.facts import (
    Card,
    Facts,
    ForeignMark,
    Invoice,
    Letter,
    Licence,
    Mark,
    Notice,
    OfficePaper,
    Qualified,
)
from samples.generate.fonts import Face, FontFile

_QUALITY = 76


class Format(StrEnum):
    """How a file is stored."""

    JPEG = "jpeg"
    TURNED_JPEG = "turned_jpeg"
    """Pixels lie on their side, and an EXIF tag says so."""
    PNG = "png"
    TIFF = "tiff"
    WEBP = "webp"
    HEIC = "heic"
    SCAN_PDF = "scan_pdf"
    TEXT_PDF = "text_pdf"
    CORRUPT = "corrupt"
    """Begins like a JPEG and goes on as nothing."""


def draw(canvas: Canvas, facts: Facts) -> None:
    """Draw whichever document `facts` are."""
    if isinstance(facts, Licence):
        licence.draw_licence(canvas, facts)
    elif isinstance(facts, Mark):
        certificate.draw_certificate(canvas, facts)
    elif isinstance(facts, ForeignMark):
        foreign.draw_foreign(canvas, facts)
    elif isinstance(facts, OfficePaper):
        office_paper.draw_office_paper(canvas, facts)
    elif isinstance(facts, Letter):
        letters.draw_letter(canvas, facts)
    elif isinstance(facts, Notice):
        notice.draw_notice(canvas, facts)
    elif isinstance(facts, Card):
        card.draw_card(canvas, facts)
    elif isinstance(facts, Qualified):
        qualified.draw_qualified(canvas, facts)
    else:
        invoice.draw_invoice(canvas, facts)


def ratio_of(facts: Facts) -> float:
    """Return the height of the document's page by its width."""
    if isinstance(facts, Licence):
        return licence.RATIO[facts.era]
    if isinstance(facts, ForeignMark):
        return foreign.ratio_of(facts.layout)
    if isinstance(facts, Card):
        return card.RATIO[facts.side]
    if isinstance(facts, Qualified):
        return qualified.RATIO[facts.layout]
    return invoice.RATIO[facts.style] if isinstance(facts, Invoice) else certificate.RATIO


def _paper_of(facts: Facts) -> Colour:
    if isinstance(facts, Licence):
        return licence.PAPER[facts.era]
    if isinstance(facts, ForeignMark):
        return foreign.paper_of(facts.layout)
    if isinstance(facts, Qualified):
        return qualified.PAPER[facts.layout]
    return certificate.PAPER[facts.style] if isinstance(facts, Mark) else notice.PAPER


def picture_of(facts: Facts, width: int, *, dress: Mapping[Face, FontFile] = MappingProxyType({})) -> Image.Image:
    """Return the document's clean page, `width` pixels wide; `dress` sets faces in other files than their own."""
    canvas = PixelCanvas(width, ratio=ratio_of(facts), paper=_paper_of(facts), dress=dress)
    draw(canvas, facts)
    return canvas.image


def text_pdf(documents: Sequence[Facts]) -> bytes:
    """Return a born-digital PDF, a page per document."""
    target = BytesIO()
    pdf = ReportlabCanvas(target, invariant=True, pageCompression=1)
    for facts in documents:
        draw(PdfCanvas(pdf, ratio=ratio_of(facts)), facts)
        pdf.showPage()
    pdf.save()
    return target.getvalue()


def store(pages: Sequence[Image.Image], form: Format) -> bytes:
    """Return the bytes of a file with these pages; the same pages give the same bytes."""
    if form is Format.CORRUPT:
        return _encoded(pages[0], "JPEG", quality=_QUALITY)[:300] + bytes(4096)
    if form is Format.SCAN_PDF:
        return _scan_pdf(pages)
    if form is Format.TIFF:
        rest = [page.convert("RGB") for page in pages[1:]]
        return _encoded(pages[0], "TIFF", save_all=True, append_images=rest, compression="jpeg", quality=_QUALITY)
    if form is Format.TURNED_JPEG:
        exif = Image.Exif()
        exif[0x0112] = 6
        return _encoded(pages[0].transpose(Image.Transpose.ROTATE_90), "JPEG", quality=_QUALITY, exif=exif)
    if form is Format.HEIC:
        return _heic(pages[0])
    if form is Format.PNG:
        return _encoded(pages[0].quantize(128, dither=Image.Dither.NONE), "PNG", optimize=True)
    return _encoded(pages[0], form.value.upper(), quality=_QUALITY)


def jpeg(page: Image.Image, *, quality: int) -> bytes:
    """Return the page as a JPEG of that quality."""
    return _encoded(page, "JPEG", quality=quality)


def _encoded(page: Image.Image, name: str, **options: object) -> bytes:
    target = BytesIO()
    page.save(target, name, **options)
    return target.getvalue()


def _heic(page: Image.Image) -> bytes:
    import pillow_heif

    target = BytesIO()
    pillow_heif.from_pillow(page).save(target, quality=60)
    return target.getvalue()


def _scan_pdf(pages: Sequence[Image.Image]) -> bytes:
    target = BytesIO()
    pdf = ReportlabCanvas(target, invariant=True)
    for page in pages:
        width = PDF_WIDTH[page.width > page.height]
        height = width * page.height / page.width
        pdf.setPageSize((width, height))
        jpeg = ImageReader(BytesIO(_encoded(page, "JPEG", quality=_QUALITY)))
        pdf.drawImage(jpeg, 0, 0, width, height)
        pdf.showPage()
    pdf.save()
    return target.getvalue()
