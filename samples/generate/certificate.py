"""CNIPA's registration certificates (商标注册证): old paper, paper with a QR code, electronic since 2022-01-01."""

from samples.generate import ornaments, printed
from samples.generate.canvas import Canvas, Colour, Ink
from samples.generate.drawing import centred, paragraph, spread
from samples.generate.facts import Mark, qr_of_mark
from samples.generate.fonts import Face

RATIO = 1.4142
PAPER: dict[str, Colour] = {"paper": (251, 246, 236), "paper_qr": (253, 250, 243), "electronic": (255, 255, 255)}
"""Tint of the paper, by the certificate's style."""

AUTHORITY = "国家知识产权局"
_OLD_AUTHORITY = "国家工商行政管理总局商标局"
_BLUE: Colour = (0, 51, 235)
_BROWN: Colour = (176, 120, 84)
_LABEL = Ink(Face.SERIF, 25)
_VALUE = Ink(Face.SONG, 22)


def draw_certificate(canvas: Canvas, mark: Mark) -> None:
    """Draw the whole page on a canvas of `RATIO`."""
    if mark.style == "paper":
        _old(canvas, mark)
    else:
        _new(canvas, mark)


def draw_mark(canvas: Canvas, text: str, *, middle: tuple[float, float], width: float, height: float) -> None:
    """Draw the mark as large as it fits: a Latin word, or characters in a brush-like face."""
    face = Face.LATIN if text.isascii() else Face.KAI
    if text.isascii() and len(text) % 2:
        face = Face.STYLED
    size = min(height, width / canvas.width(text, Ink(face, 1)))
    ink = Ink(face, size)
    canvas.text(middle[0] - canvas.width(text, ink) / 2, middle[1] + size * 0.35, text, ink)


def _goods(mark: Mark) -> str:
    return f"第{mark.nice_class}类：{'；'.join(mark.goods)}（截止）"


def _new(canvas: Canvas, mark: Mark) -> None:
    if mark.style == "electronic":
        canvas.frame((62, 92, 938, 1352), _BLUE, 6)
        payload = f"B1021TMZC{mark.number.zfill(14)}ZCZC010001"
        canvas.picture(82, 130, 225, ornaments.stacked_code(payload))
        canvas.text(118, 212, f"*TMZC{mark.number}D01T*", Ink(Face.HEI, 13))
    else:
        _paper_frame(canvas)
    ornaments.mark_as_sample(canvas, 66, 56)
    ornaments.mark_as_sample(canvas, 836, 56)
    canvas.picture(410, 140, 180, ornaments.emblem(canvas.resolution(180)))
    canvas.text(672, 172, f"第　{mark.number}　号", Ink(Face.SONG, 24))
    centred(canvas, 392, "商标注册证", Ink(Face.SERIF, 40), spacing=20)
    draw_mark(canvas, mark.text, middle=(500, 545), width=520, height=90)
    canvas.text(74, 738, f"核定使用商品/服务项目（国际分类：{mark.nice_class}）", _LABEL)
    paragraph(canvas, 74, 778, _goods(mark), Ink(Face.SONG, 20), width=850, leading=29)
    _holder(canvas, mark, label="注册人地址")
    spread(canvas, 74, 1148, "注册日期", _LABEL, width=124)
    canvas.text(214, 1150, printed.day(mark.registered), _VALUE)
    spread(canvas, 392, 1148, "有效期至", _LABEL, width=124)
    canvas.text(532, 1150, printed.day(mark.valid_to), _VALUE)
    _signed(canvas, mark)


def _holder(canvas: Canvas, mark: Mark, *, label: str) -> None:
    spread(canvas, 74, 890, "注册人", _LABEL, width=124)
    paragraph(canvas, 214, 891, mark.owner, _VALUE, width=690, leading=30)
    spread(canvas, 74, 1006, label, _LABEL, width=124)
    paragraph(canvas, 214, 1007, mark.owner_address, _VALUE, width=690, leading=30)


def _signed(canvas: Canvas, mark: Mark) -> None:
    spread(canvas, 74, 1195, "局长", _LABEL, width=124)
    canvas.picture(262, 1168, 250, ornaments.signature(canvas.resolution(250), seed="registrar"))
    canvas.picture(74, 1212, 118, ornaments.qr_code(qr_of_mark(mark.number), canvas.resolution(118)))
    spread(canvas, 560, 1268, "发证机关", _LABEL, width=124)
    canvas.picture(702, 1118, 210, ornaments.seal(AUTHORITY, canvas.resolution(210), seed=mark.number))


def _old(canvas: Canvas, mark: Mark) -> None:
    _paper_frame(canvas)
    ornaments.mark_as_sample(canvas, 66, 56)
    ornaments.mark_as_sample(canvas, 836, 56)
    canvas.text(660, 190, f"第　{mark.number}　号", Ink(Face.SONG, 26))
    centred(canvas, 290, "商标注册证", Ink(Face.SERIF, 58), spacing=26)
    draw_mark(canvas, mark.text, middle=(500, 450), width=520, height=96)
    centred(canvas, 640, f"核定使用商品（第{mark.nice_class}类）", Ink(Face.SERIF, 26))
    paragraph(canvas, 130, 690, "；".join(mark.goods) + "（截止）", Ink(Face.SONG, 23), width=740, leading=34)
    canvas.text(130, 890, "注册人", _LABEL)
    paragraph(canvas, 270, 891, mark.owner, _VALUE, width=600, leading=32)
    canvas.text(130, 965, "注册地址", _LABEL)
    paragraph(canvas, 270, 966, mark.owner_address, _VALUE, width=600, leading=32)
    period = f"自公元{printed.day(mark.registered)}至{printed.day(mark.valid_to)}止"
    canvas.text(130, 1060, "注册有效期限", _LABEL)
    canvas.text(310, 1061, period, _VALUE)
    canvas.text(130, 1180, "局长签发", _LABEL)
    canvas.picture(250, 1128, 230, ornaments.signature(canvas.resolution(230), seed="registrar"))
    canvas.picture(640, 1095, 205, ornaments.seal(_OLD_AUTHORITY, canvas.resolution(205), seed=mark.number))


def _paper_frame(canvas: Canvas) -> None:
    ornaments.lay_border(canvas, (36, 66, 964, 1376), _BROWN, strip=ornaments.wave_border)
