"""Qualifications: Chinese permits and registrations, CCC, English certificates and declarations, test reports.

Forms follow the labels of docs/sources.md#qualifications; the wording around them is invented.
"""

from samples.generate import ornaments, printed
from samples.generate.canvas import Canvas, Colour, Ink
from samples.generate.drawing import centred, paragraph, spread
from samples.generate.facts import LONG_TERM, Qualified
from samples.generate.fonts import Face

RATIO = {
    "permit": 0.7071,
    "registration": 1.4142,
    "ccc": 1.4142,
    "certificate": 1.4142,
    "declaration": 1.4142,
    "report": 1.4142,
}
"""Height of a page by its width."""
PAPER: dict[str, Colour] = {
    "permit": (252, 250, 244),
    "registration": (255, 255, 255),
    "ccc": (251, 252, 246),
    "certificate": (255, 255, 255),
    "declaration": (255, 255, 255),
    "report": (255, 255, 255),
}
"""Tint of the paper."""

_GREEN: Colour = (142, 160, 132)
_LABEL, _VALUE = Ink(Face.HEI, 16.5), Ink(Face.SONG, 17)
_LARGE_LABEL, _LARGE_VALUE = Ink(Face.SERIF, 23), Ink(Face.SONG, 22)
_PLAIN = Ink(Face.SANS, 20)

_WORDS = {
    "food_production": ("生产者名称", "食品类别", "生产地址"),
    "food_business": ("经营者名称", "经营项目", "经营场所"),
    "cosmetics_production": ("企业名称", "许可项目", "生产地址"),
    "medical_device_operation": ("企业名称", "经营范围", "经营场所"),
    "medical_device_production": ("企业名称", "生产范围", "生产地址"),
    "tobacco_monopoly": ("企业名称", "许可范围", "经营场所"),
}
"""Kind of permit → labels of the holder, the goods and the place."""


def draw_qualified(canvas: Canvas, paper: Qualified) -> None:
    """Draw the whole page on a canvas of the layout's `RATIO`."""
    draw = {
        "permit": _permit,
        "registration": _registration,
        "ccc": _ccc,
        "certificate": _certificate,
        "declaration": _declaration,
        "report": _report,
    }
    draw[paper.layout](canvas, paper)


def _sampled(canvas: Canvas) -> None:
    ornaments.mark_as_sample(canvas, 66, 44)
    ornaments.mark_as_sample(canvas, 836, 44)


def _column(
    canvas: Canvas, rows: list[printed.Row], at: tuple[float, float], *, step: float, widths: tuple[float, float]
) -> None:
    x, y = at
    for label, value in rows:
        spread(canvas, x, y, label, _LABEL, width=widths[0])
        canvas.text(x + widths[0] + 2, y, "：", _LABEL)
        after = paragraph(canvas, x + widths[0] + 24, y, value, _VALUE, width=widths[1], leading=22)
        y = max(y + step, after + step - 22)


def _permit(canvas: Canvas, paper: Qualified) -> None:
    ornaments.lay_border(canvas, (40, 60, 960, 670), _GREEN, strip=ornaments.wave_border)
    _sampled(canvas)
    centred(canvas, 165, paper.title, Ink(Face.BLACK, 48), spacing=10)
    holder, goods, place = _WORDS[paper.kind]
    left = [
        (holder, paper.holder),
        ("社会信用代码" if "food" in paper.kind else "统一社会信用代码", paper.code),
        ("法定代表人", paper.person),
        ("住所", paper.holder_address),
        (place, paper.holder_address),
        (goods, "；".join(paper.products)),
    ]
    last = "长期" if paper.valid_to == LONG_TERM else printed.day(paper.valid_to) if paper.valid_to else ""
    right = [
        ("许可证编号", paper.number),
        ("发证机关", paper.issuer or ""),
        ("发证日期", printed.day(paper.issued)),
        ("有效期至", last),
    ]
    if "food" in paper.kind:
        right[1:1] = [("日常监督管理机构", paper.issuer or ""), ("投诉举报电话", "12315")]
    _column(canvas, left, (100, 250), step=44, widths=(128, 300))
    _column(canvas, right, (590, 250), step=52, widths=(128, 200))
    canvas.picture(730, 480, 130, ornaments.seal(paper.issuer or "", canvas.resolution(130), seed=paper.number))
    centred(canvas, 652, "国家市场监督管理总局监制", Ink(Face.SONG, 12))


def _registration(canvas: Canvas, paper: Qualified) -> None:
    _sampled(canvas)
    centred(canvas, 150, paper.title, Ink(Face.SERIF, 38), spacing=5)
    centred(canvas, 205, f"注册证编号：{paper.number}", _LARGE_VALUE)
    rows = [
        ("注册人名称", paper.holder),
        ("注册人住所", paper.holder_address),
        ("生产地址", paper.holder_address),
        ("产品名称", "；".join(paper.products)),
        ("型号、规格", "TR-1、TR-2"),
        ("结构及组成", "由主机、传感器及外壳组成。"),
        ("适用范围", "供家庭使用，不得用于重症监护。"),
        ("其他内容", "无"),
    ]
    y = 270.0
    for label, value in rows:
        canvas.text(110, y, label, _LARGE_VALUE)
        after = paragraph(canvas, 280, y, value, _LARGE_VALUE, width=600, leading=34)
        canvas.frame((90, y - 38, 910, after - 6), (120, 120, 120), 1.2)
        y = after + 32
    canvas.text(110, y + 60, f"审批部门：{paper.issuer}", _LARGE_VALUE)
    canvas.text(110, y + 105, f"批准日期：{printed.day(paper.issued)}", _LARGE_VALUE)
    if paper.valid_to and paper.valid_to != LONG_TERM:
        canvas.text(110, y + 150, f"有效期至：{printed.day(paper.valid_to)}", _LARGE_VALUE)
    canvas.picture(640, y + 10, 170, ornaments.seal(paper.issuer or "", canvas.resolution(170), seed=paper.number))


def _ccc(canvas: Canvas, paper: Qualified) -> None:
    ornaments.lay_border(canvas, (40, 70, 960, 1370), _GREEN, strip=ornaments.wave_border)
    _sampled(canvas)
    centred(canvas, 210, paper.title, Ink(Face.BLACK, 44), spacing=4)
    centred(canvas, 270, f"证书编号：{paper.number}", _LARGE_VALUE)
    blocks = [
        ("认证委托人名称及地址", (paper.holder, paper.holder_address)),
        ("生产者（制造商）名称及地址", (paper.holder, paper.holder_address)),
        ("生产企业名称及地址", (paper.holder, paper.holder_address)),
        ("产品名称和系列、规格、型号", ("；".join(paper.products),)),
        ("产品标准和技术要求", ("GB 6675.1-2014",)),
        ("认证模式", ("型式试验＋获证后监督",)),
    ]
    y = 340.0
    for label, lines in blocks:
        canvas.text(140, y, label, _LARGE_LABEL)
        for line in lines:
            y = paragraph(canvas, 140, y + 36, line, _LARGE_VALUE, width=720, leading=34) - 34
        y += 62
    canvas.text(140, y + 10, "上述产品符合强制性产品认证实施规则的要求，特发此证。", _LARGE_VALUE)
    last = printed.day(paper.valid_to) if paper.valid_to and paper.valid_to != LONG_TERM else ""
    canvas.text(140, y + 80, f"发证日期：{printed.day(paper.issued)}", _LARGE_VALUE)
    canvas.text(540, y + 80, f"有效期至：{last}", _LARGE_VALUE)
    canvas.picture(600, y + 100, 170, ornaments.seal(paper.issuer or "", canvas.resolution(170), seed=paper.number))
    centred(canvas, 1335, paper.issuer or "", Ink(Face.SERIF, 26))


def _english_rows(canvas: Canvas, rows: list[printed.Row], *, y: float, labels: float = 300) -> float:
    for label, value in rows:
        canvas.text(110, y, label, Ink(Face.SANS, 20, bold=True))
        y = paragraph(canvas, 110 + labels, y, value, _PLAIN, width=800 - labels, leading=30) + 16
    return y


def _certificate(canvas: Canvas, paper: Qualified) -> None:
    ornaments.lay_border(canvas, (40, 70, 960, 1370), (120, 140, 190), strip=ornaments.key_border)
    _sampled(canvas)
    centred(canvas, 200, paper.title, Ink(Face.LATIN, 46))
    rows = [
        ("Certificate No.:", paper.number),
        ("Applicant:", paper.holder),
        ("Address:", paper.holder_address),
        ("Product:", "; ".join(paper.products)),
        ("Model:", "TR-100, TR-200"),
        ("Test Standards:", "; ".join(paper.laws)),
    ]
    y = _english_rows(canvas, rows, y=300)
    laws = f"The sample described above complies with the essential requirements of {', '.join(paper.laws)}."
    y = paragraph(canvas, 110, y + 20, laws, _PLAIN, width=780, leading=30)
    dates = [("Date of issue:", f"{paper.issued.day} {paper.issued:%B %Y}")]
    if paper.valid_to and paper.valid_to != LONG_TERM:
        dates.append(("Valid until:", f"{paper.valid_to:%B} {paper.valid_to.day}, {paper.valid_to.year}"))
    y = _english_rows(canvas, dates, y=y + 60)
    canvas.picture(120, y + 20, 240, ornaments.signature(canvas.resolution(240), seed=paper.number))
    centred(canvas, 1320, paper.issuer or "", Ink(Face.SANS, 24, bold=True))


def _declaration(canvas: Canvas, paper: Qualified) -> None:
    _sampled(canvas)
    centred(canvas, 150, paper.title, Ink(Face.LATIN, 44))
    rows = [
        ("1. No.:", paper.number),
        ("2. Manufacturer:", paper.holder),
        ("3. Address:", paper.holder_address),
        ("4. Product:", "; ".join(paper.products)),
        ("5. Model:", "TR-100"),
    ]
    y = _english_rows(canvas, rows, y=250)
    text = "This declaration is issued under the sole responsibility of the manufacturer. The object described above"
    y = paragraph(
        canvas, 110, y + 30, f"{text} is in conformity with {'; '.join(paper.laws)}.", _PLAIN, width=780, leading=32
    )
    y = _english_rows(canvas, [("Date of issue:", f"{paper.issued:%Y-%m-%d}")], y=y + 60)
    canvas.text(110, y + 40, f"Signed for and on behalf of: {paper.holder}", _PLAIN)
    canvas.picture(120, y + 60, 240, ornaments.signature(canvas.resolution(240), seed=paper.number))


def _report(canvas: Canvas, paper: Qualified) -> None:
    _sampled(canvas)
    chinese = not paper.title.isascii()
    centred(canvas, 150, paper.issuer or "", Ink(Face.HEI, 26))
    centred(canvas, 250, paper.title, Ink(Face.BLACK if chinese else Face.LATIN, 52), spacing=12 if chinese else 0)
    if not chinese:
        rows = [
            ("Report No.:", paper.number),
            ("Applicant:", paper.holder),
            ("Address:", paper.holder_address),
            ("Sample name:", "; ".join(paper.products)),
            ("Test standard:", "; ".join(paper.laws)),
            ("Date of issue:", f"{paper.issued:%Y/%m/%d}"),
        ]
        _english_rows(canvas, rows, y=400)
        return
    table = [
        ("报告编号", paper.number),
        ("样品名称", "；".join(paper.products)),
        ("委托单位", paper.holder),
        ("委托单位地址", paper.holder_address),
        ("检验类别", "委托检验"),
        ("检验依据", "；".join(paper.laws)),
        ("检验结论", "所检项目符合要求。"),
        ("签发日期", printed.day(paper.issued)),
    ]
    y = 400.0
    for label, value in table:
        canvas.text(120, y, f"{label}：", _LARGE_LABEL)
        y = paragraph(canvas, 310, y, value, _LARGE_VALUE, width=580, leading=34) + 26
    canvas.picture(610, y - 60, 180, ornaments.seal(paper.issuer or "", canvas.resolution(180), seed=paper.number))
