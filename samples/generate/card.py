"""Identity cards (居民身份证): a side, or both sides as copied onto one sheet.

Labels are pale blue as on the real card; a grey shape stands where the portrait would, and a plain disc where the
state's emblem would.
"""

from PIL import Image, ImageDraw

from samples.generate import ornaments
from samples.generate.canvas import Canvas, Colour, Ink
from samples.generate.drawing import paragraph
from samples.generate.facts import LONG_TERM, Card
from samples.generate.fonts import Face

RATIO = {"front": 0.6308, "back": 0.6308, "both": 1.4142}
"""Height of a page by its width: the card's 54.0 by 85.6 mm, or a sheet."""

_LABEL: Colour = (84, 138, 190)
_EDGE: Colour = (170, 190, 205)


def draw_card(canvas: Canvas, card: Card) -> None:
    """Draw the page on a canvas of the side's `RATIO`."""
    if card.side == "both":
        _front(canvas, card, (200, 180), 0.6)
        _back(canvas, card, (200, 640), 0.6)
    elif card.side == "front":
        _front(canvas, card, (0, 0), 1.0)
    else:
        _back(canvas, card, (0, 0), 1.0)


def _frame(canvas: Canvas, at: tuple[float, float], scale: float) -> None:
    x, y = at
    canvas.frame((x + 8 * scale, y + 8 * scale, x + 992 * scale, y + 622 * scale), _EDGE, 2)


def _front(canvas: Canvas, card: Card, at: tuple[float, float], scale: float) -> None:
    x, y = at
    _frame(canvas, at, scale)
    label, value = Ink(Face.HEI, 30 * scale, _LABEL), Ink(Face.HEI, 36 * scale)

    def write(left: float, down: float, text: str, ink: Ink) -> None:
        canvas.text(x + left * scale, y + down * scale, text, ink)

    write(62, 98, "姓 名", label)
    write(178, 98, card.name, value)
    write(62, 172, "性 别", label)
    write(178, 172, "男" if card.sex == "male" else "女", value)
    write(280, 172, "民 族", label)
    write(392, 172, card.ethnicity, value)
    write(62, 246, "出 生", label)
    pen = 178.0
    for text, sign in ((str(card.born.year), "年"), (str(card.born.month), "月"), (str(card.born.day), "日")):
        write(pen, 246, text, value)
        pen += canvas.width(text, value) / scale + 14
        write(pen, 246, sign, label)
        pen += 48
    write(62, 320, "住 址", label)
    paragraph(canvas, x + 178 * scale, y + 320 * scale, card.address, value, width=430 * scale, leading=48 * scale)
    write(62, 560, "公民身份号码", label)
    write(320, 562, card.number, Ink(Face.HEI, 44 * scale))
    canvas.picture(x + 660 * scale, y + 90 * scale, 260 * scale, _portrait(canvas.resolution(260 * scale)))
    write(700, 480, "SAMPLE 样本", Ink(Face.HEI, 28 * scale, ornaments.SAMPLE_INK.colour))


def _back(canvas: Canvas, card: Card, at: tuple[float, float], scale: float) -> None:
    x, y = at
    _frame(canvas, at, scale)
    canvas.picture(x + 70 * scale, y + 70 * scale, 150 * scale, ornaments.emblem(canvas.resolution(150 * scale)))
    canvas.text(x + 300 * scale, y + 140 * scale, "中华人民共和国", Ink(Face.SERIF, 62 * scale))
    canvas.text(x + 300 * scale, y + 250 * scale, "居 民 身 份 证", Ink(Face.SERIF, 76 * scale))
    label, value = Ink(Face.SERIF, 32 * scale), Ink(Face.HEI, 34 * scale)
    last = "长期" if card.valid_to == LONG_TERM else f"{card.valid_to:%Y.%m.%d}"
    for down, word, text in (
        (460, "签发机关", card.authority),
        (540, "有效期限", f"{card.valid_from:%Y.%m.%d}-{last}"),
    ):
        canvas.text(x + 250 * scale, y + down * scale, word, label)
        canvas.text(x + 420 * scale, y + down * scale, text, value)
    canvas.text(x + 740 * scale, y + 598 * scale, "SAMPLE 样本", Ink(Face.HEI, 28 * scale, ornaments.SAMPLE_INK.colour))


def _portrait(size: int) -> Image.Image:
    """Return a grey shape that is nobody."""
    picture = Image.new("RGB", (size, round(size * 1.25)), (232, 236, 240))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((size * 0.3, size * 0.18, size * 0.7, size * 0.66), fill=(168, 172, 178))
    pen.rounded_rectangle((size * 0.12, size * 0.74, size * 0.88, size * 1.6), size * 0.3, fill=(150, 154, 162))
    return picture
