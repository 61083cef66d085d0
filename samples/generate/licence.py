"""Business licences on their three faces: the booklet before 2014, portrait 2014–2019, landscape since 2019-03-01.

The 2019 face by 国市监注〔2018〕253号; formats A, C, F and G of the 2014 series.
"""

from samples.generate import ornaments, printed
from samples.generate.canvas import Canvas, Colour, Ink
from samples.generate.drawing import centred, fit, paragraph, spread
from samples.generate.facts import Era, Licence
from samples.generate.fonts import Face

RATIO = {Era.PRE_2014: 0.7071, Era.PORTRAIT_2014: 1.4142, Era.LANDSCAPE_2019: 0.7071}
"""Height of a face by its width."""

PAPER: dict[Era, Colour] = {
    Era.PRE_2014: (247, 240, 238),
    Era.PORTRAIT_2014: (250, 245, 230),
    Era.LANDSCAPE_2019: (252, 251, 247),
}
"""Tint of the paper."""

_TITLE: Colour = (62, 50, 22)
_GOLD: Colour = (196, 166, 84)
_GREEN: Colour = (142, 148, 112)
_PALE: Colour = (240, 234, 218)

_NOTE = "扫描二维码登录“国家企业信用信息公示系统”了解更多登记、备案、许可、监管信息。"
_REMINDER = "市场主体应当于每年1月1日至6月30日通过国家企业信用信息公示系统报送公示年度报告"


def draw_licence(canvas: Canvas, licence: Licence) -> None:
    """Draw the whole page on a canvas of the face's `RATIO`."""
    draw = {Era.PRE_2014: _booklet, Era.PORTRAIT_2014: _portrait, Era.LANDSCAPE_2019: _landscape}
    draw[licence.era](canvas, licence)


def _ghosts(canvas: Canvas, *, big: float) -> None:
    """Print the pale letters and characters into the paper, behind every field."""
    tile = ornaments.ghost("SCJDGL", canvas.resolution(22), _PALE)
    for row in range(int(canvas.height // 110) - 1):
        for column in range(4):
            canvas.picture(100 + column * 210 + (row % 2) * 70, 150 + row * 110, 84, tile)
    words = ornaments.ghost("市场监督管理", canvas.resolution(56), (246, 240, 228))
    canvas.picture(300, big, 400, words)


def _rows(
    canvas: Canvas,
    rows: list[printed.Row],
    at: tuple[float, float],
    *,
    step: float,
    ink: Ink,
    columns: tuple[float, float],
) -> float:
    """Write labels and values below each other and return the baseline after the last.

    Args:
        canvas: The page.
        rows: Labels and values.
        at: Left end of the first label's baseline.
        step: From one baseline to the next.
        ink: Of the values; labels are set in Hei of the same size.
        columns: Widths of label and of value.
    """
    x, y = at
    for label, value in rows:
        size = min(ink.size, columns[0] / len(label))
        spread(canvas, x, y, label, Ink(Face.HEI, size, ink.colour), width=columns[0])
        after = paragraph(canvas, x + columns[0] + 11, y + 1.5, value, ink, width=columns[1], leading=ink.size * 1.22)
        y = max(y + step, after + step - ink.size * 1.22)
    return y


def _scope(
    canvas: Canvas, licence: Licence, at: tuple[float, float], *, ink: Ink, columns: tuple[float, float], height: float
) -> None:
    """Write the scope, in letters as small as it needs to fit `height`."""
    x, y = at
    spread(canvas, x, y, "经营范围", Ink(Face.HEI, ink.size, ink.colour), width=columns[0])
    small = fit(canvas, licence.scope, Ink(ink.face, ink.size * 0.88), width=columns[1], height=height, leading=1.2)
    paragraph(canvas, x + columns[0] + 11, y, licence.scope, small, width=columns[1], leading=small.size * 1.2)


def _issued(canvas: Canvas, licence: Licence, at: tuple[float, float], *, size: float, seal: float) -> None:
    """Write registrar and date, and press the seal over the date."""
    x, y = at
    spread(canvas, x, y, "登记机关", Ink(Face.HEI, size), width=size * 6.2)
    date = licence.issued
    parts = (f"{date:%Y}", "年", f"{date:%m}", "月", f"{date:%d}", "日")
    pen = x + size * 4.6
    for part in parts:
        ink = Ink(Face.SONG if part.isdigit() else Face.HEI, size * (1.0 if part.isdigit() else 0.92))
        canvas.text(pen, y + size * 2.1 + (0 if part.isdigit() else 1), part, ink)
        pen += canvas.width(part, ink) + size * 0.55
    stamp = ornaments.seal(licence.authority, canvas.resolution(seal), seed=licence.name)
    canvas.picture(x + size * 7.1, y + size * 0.9 - seal * 0.62, seal, stamp)


def _foot(canvas: Canvas, licence: Licence, *, y: float, sides: tuple[float, float], size: float) -> None:
    """Write what stands below the frame: the publicity system's address and the supervising imprint."""
    ink = Ink(Face.SONG, size, (70, 66, 66))
    if licence.era is not Era.PRE_2014:
        label = printed.publicity_system(licence.era)
        canvas.text(sides[0], y, label, ink)
        canvas.text(sides[0] + canvas.width(label, ink) + 6, y + 2, "http://www.gsxt.gov.cn", ink)
    imprint = printed.IMPRINT[licence.era]
    larger = Ink(Face.SONG, size * 1.15, ink.colour)
    canvas.text(sides[1] - canvas.width(imprint, larger), y, imprint, larger)


def _landscape(canvas: Canvas, licence: Licence) -> None:
    _ghosts(canvas, big=430)
    ornaments.lay_border(canvas, (50, 107, 955, 660), _GREEN, strip=ornaments.wave_border)
    canvas.picture(446, 42, 110, ornaments.emblem(canvas.resolution(110)))
    ornaments.mark_as_sample(canvas, 52, 92)
    ornaments.mark_as_sample(canvas, 866, 92)
    centred(canvas, 270, "营业执照", Ink(Face.BLACK, 62, _TITLE), spacing=40)
    if licence.copy == "duplicate":
        centred(canvas, 304, "（副　本）", Ink(Face.HEI, 19))
        canvas.text(566, 303, "（1-1）", Ink(Face.SONG, 13))
        paragraph(canvas, 700, 672, _REMINDER, Ink(Face.HEI, 7), width=250, leading=8.5)
    spread(canvas, 103, 232, "统一社会信用代码", Ink(Face.HEI, 15), width=142)
    canvas.text(103, 257, licence.code or "", Ink(Face.SONG, 15.5))
    if licence.serial:
        canvas.text(103, 283, f"证照编号：{licence.serial}", Ink(Face.SONG, 12.5))
    if licence.qr:
        canvas.picture(769, 218, 70, ornaments.qr_code(licence.qr, canvas.resolution(70)))
        paragraph(canvas, 846, 228, _NOTE, Ink(Face.HEI, 7.6), width=78, leading=9.6)
    value = Ink(Face.SONG, 15.5)
    y = _rows(canvas, printed.left_column(licence), (103, 350), step=30, ink=value, columns=(94, 340))
    _scope(canvas, licence, (103, y), ink=value, columns=(94, 340), height=185)
    _rows(canvas, printed.right_column(licence), (562, 350), step=30, ink=value, columns=(94, 262))
    _issued(canvas, licence, (664, 572), size=17.5, seal=98)
    _foot(canvas, licence, y=692, sides=(50, 955), size=11)


def _portrait(canvas: Canvas, licence: Licence) -> None:
    ornaments.lay_border(canvas, (72, 72, 928, 1300), _GOLD, strip=ornaments.key_border)
    canvas.frame((100, 100, 900, 1272), _GOLD, 2)
    canvas.picture(420, 130, 160, ornaments.emblem(canvas.resolution(160)))
    ornaments.mark_as_sample(canvas, 76, 60)
    ornaments.mark_as_sample(canvas, 820, 60)
    centred(canvas, 415, "营业执照", Ink(Face.BLACK, 84, _TITLE), spacing=52)
    if licence.copy == "duplicate":
        centred(canvas, 472, "（副　本）", Ink(Face.SONG, 30))
        canvas.text(580, 470, "（1-1）", Ink(Face.SONG, 18))
    label = "统一社会信用代码" if licence.code else "注册号"
    number = licence.code or licence.registration_number or ""
    canvas.text(470, 548, label, Ink(Face.HEI, 20))
    canvas.text(478 + canvas.width(label, Ink(Face.HEI, 20)), 549, number, Ink(Face.SONG, 22))
    value = Ink(Face.SONG, 21.5)
    y = _rows(canvas, printed.portrait_rows(licence), (190, 612), step=46, ink=value, columns=(128, 450))
    _scope(canvas, licence, (190, y), ink=value, columns=(128, 480), height=1045 - y)
    if licence.qr:
        canvas.picture(165, 1080, 140, ornaments.qr_code(licence.qr, canvas.resolution(140)))
    _issued(canvas, licence, (450, 1140), size=23, seal=180)
    _foot(canvas, licence, y=1336, sides=(76, 924), size=14)


def _booklet(canvas: Canvas, licence: Licence) -> None:
    ornaments.lay_border(canvas, (40, 40, 960, 655), (196, 140, 140), strip=ornaments.wave_border)
    ornaments.mark_as_sample(canvas, 46, 32)
    centred(canvas, 118, "企业法人营业执照", Ink(Face.BLACK, 34, _TITLE), middle=275, spacing=9)
    centred(canvas, 150, "（副　本）", Ink(Face.SONG, 18), middle=275)
    canvas.text(270, 184, f"注册号　{licence.registration_number or ''}", Ink(Face.SONG, 14.5))
    value = Ink(Face.SONG, 14.5)
    y = _rows(canvas, printed.booklet_rows(licence), (84, 222), step=32, ink=value, columns=(100, 270))
    _scope(canvas, licence, (84, y), ink=value, columns=(100, 270), height=560 - y)
    dates: list[printed.Row] = [("成立日期", printed.day_in_numerals(licence.established))]
    if licence.period:
        dates.append(("营业期限", printed.term(licence.period)))
    _rows(canvas, dates, (84, 586), step=30, ink=value, columns=(100, 290))
    _inspections(canvas)
    spread(canvas, 580, 540, "登记机关", Ink(Face.HEI, 17), width=104)
    canvas.text(640, 592, printed.day_in_numerals(licence.issued), Ink(Face.SONG, 17))
    canvas.picture(710, 486, 120, ornaments.seal(licence.authority, canvas.resolution(120), seed=licence.name))
    _foot(canvas, licence, y=682, sides=(50, 950), size=11)


def _inspections(canvas: Canvas) -> None:
    """Draw the page of yearly inspections that a duplicate had before 2014."""
    centred(canvas, 118, "年度检验情况", Ink(Face.HEI, 19), middle=725, spacing=8)
    for row in range(3):
        for column in range(2):
            left, top = 560 + column * 168, 145 + row * 112
            canvas.frame((left, top, left + 160, top + 104), (190, 150, 150), 1.2)
