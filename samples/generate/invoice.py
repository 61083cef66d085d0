"""Invoices: fully digital ones (since 2021), the older special VAT invoice, and commercial invoices in English."""

from samples.generate import ornaments, printed
from samples.generate.canvas import Canvas, Colour, Ink
from samples.generate.drawing import centred, paragraph
from samples.generate.facts import Invoice
from samples.generate.fonts import Face

RATIO = {"digital": 0.65, "special": 0.65, "commercial": 1.4142}
"""Height of a page by its width."""

_BROWN: Colour = (150, 84, 50)
_LABEL, _VALUE = Ink(Face.SONG, 15, _BROWN), Ink(Face.SONG, 15)
_PLAIN = Ink(Face.SANS, 19)


def draw_invoice(canvas: Canvas, invoice: Invoice) -> None:
    """Draw the whole page on a canvas of the style's `RATIO`."""
    draw = {"digital": _digital, "special": _special, "commercial": _commercial}
    draw[invoice.style](canvas, invoice)


def _upright(canvas: Canvas, x: float, y: float, text: str) -> None:
    """Write a label downwards, a character a line, as along the boxes of the parties."""
    for row, sign in enumerate(text):
        canvas.text(x, y + 19 * row, sign, _LABEL)


def _party(canvas: Canvas, at: tuple[float, float], name: str, code: str) -> None:
    x, y = at
    canvas.text(x, y, "名称：", _LABEL)
    canvas.text(x + 50, y, name, Ink(Face.SONG, min(15.0, 350 / canvas.width(name, Ink(Face.SONG, 1)))))
    canvas.text(x, y + 44, "统一社会信用代码/纳税人识别号：", _LABEL)
    canvas.text(x + 235, y + 44, code, _VALUE)


def _table(canvas: Canvas, invoice: Invoice, *, y: float, height: float) -> None:
    canvas.frame((40, y, 960, y + height), _BROWN, 1.5)
    for x, word in (
        (60, "项目名称"),
        (330, "规格型号"),
        (450, "单位"),
        (540, "数量"),
        (640, "单价"),
        (750, "金额"),
        (860, "税率"),
    ):
        canvas.text(x, y + 24, word, _LABEL)
    down = y + 52.0
    for item in invoice.items:
        canvas.text(60, down, item.name, _VALUE)
        for x, text in (
            (450, "件"),
            (548, str(item.quantity)),
            (640, f"{item.price:.2f}"),
            (746, f"{item.price * item.quantity:.2f}"),
            (865, "13%"),
        ):
            canvas.text(x, down, text, _VALUE)
        down += 27


def _digital(canvas: Canvas, invoice: Invoice) -> None:
    ornaments.mark_as_sample(canvas, 44, 40)
    centred(canvas, 74, "电子发票（增值税专用发票）", Ink(Face.SERIF, 30, _BROWN))
    for down, label, text in ((64, "发票号码：", invoice.number), (94, "开票日期：", printed.day(invoice.day))):
        canvas.text(715, down, label, _LABEL)
        canvas.text(795, down, text, _VALUE)
    canvas.frame((40, 120, 960, 218), _BROWN, 1.5)
    _upright(canvas, 48, 142, "购买方信息")
    _party(canvas, (80, 148), invoice.buyer, invoice.buyer_code)
    _upright(canvas, 508, 142, "销售方信息")
    _party(canvas, (540, 148), invoice.seller, invoice.seller_code)
    _table(canvas, invoice, y=218, height=260)
    _foot(canvas, invoice, y=510)


def _special(canvas: Canvas, invoice: Invoice) -> None:
    ornaments.mark_as_sample(canvas, 44, 40)
    centred(canvas, 74, "深圳增值税专用发票", Ink(Face.SERIF, 32, _BROWN))
    canvas.text(760, 70, f"No {invoice.number}", Ink(Face.SANS, 24))
    canvas.text(760, 100, "开票日期：", _LABEL)
    canvas.text(836, 100, printed.day(invoice.day), _VALUE)
    canvas.frame((40, 120, 960, 218), _BROWN, 1.5)
    _upright(canvas, 48, 142, "购买方")
    _party(canvas, (80, 148), invoice.buyer, invoice.buyer_code)
    _table(canvas, invoice, y=218, height=200)
    canvas.frame((40, 452, 960, 560), _BROWN, 1.5)
    _upright(canvas, 48, 478, "销售方")
    _party(canvas, (80, 484), invoice.seller, invoice.seller_code)
    _foot(canvas, invoice, y=440)


def _foot(canvas: Canvas, invoice: Invoice, *, y: float) -> None:
    total = sum(item.price * item.quantity for item in invoice.items)
    canvas.text(60, y, "价税合计（大写）", _LABEL)
    canvas.text(640, y, f"（小写）¥{total * 1.13:.2f}", _VALUE)
    canvas.text(60, 610, "开票人：", _LABEL)
    canvas.text(120, 610, "样本", _VALUE)


def _commercial(canvas: Canvas, invoice: Invoice) -> None:
    ornaments.mark_as_sample(canvas, 66, 44)
    centred(canvas, 120, invoice.seller, Ink(Face.SANS, 30, bold=True))
    centred(canvas, 200, "COMMERCIAL INVOICE", Ink(Face.LATIN, 38))
    canvas.text(110, 300, "Seller:", _PLAIN)
    canvas.text(220, 300, invoice.seller, _PLAIN)
    canvas.text(110, 350, "Buyer:", _PLAIN)
    paragraph(canvas, 220, 350, invoice.buyer, _PLAIN, width=380, leading=28)
    for down, label, text in (
        (430, "Invoice No.:", invoice.number),
        (470, "Date:", f"{invoice.day:%B} {invoice.day.day}, {invoice.day.year}"),
    ):
        canvas.text(110, down, label, _PLAIN)
        canvas.text(260, down, text, _PLAIN)
    canvas.frame((100, 520, 900, 1000), (60, 60, 60), 1.5)
    for x, word in ((120, "Description of goods"), (500, "Quantity"), (640, "Unit price"), (780, "Amount")):
        canvas.text(x, 555, word, Ink(Face.SANS, 19, bold=True))
    pen = 600.0
    for item in invoice.items:
        for x, text in (
            (120, item.name),
            (510, str(item.quantity)),
            (650, f"{item.price:.2f}"),
            (780, f"{item.price * item.quantity:.2f}"),
        ):
            canvas.text(x, pen, text, _PLAIN)
        pen += 42
    canvas.text(120, 970, "Total (USD)", Ink(Face.SANS, 19, bold=True))
    canvas.text(780, 970, f"{sum(item.price * item.quantity for item in invoice.items):.2f}", _PLAIN)
    canvas.picture(640, 1040, 220, ornaments.signature(canvas.resolution(220), seed=invoice.number))
