"""TIPO's certificate (中華民國商標註冊證): traditional characters, the day of issue in years of the Republic."""

from datetime import date

from samples.generate import ornaments
from samples.generate.canvas import Canvas, Ink
from samples.generate.drawing import centred, paragraph, spread
from samples.generate.facts import ForeignMark
from samples.generate.fonts import Face
from samples.generate.foreign.setting import begin, show_mark

_TEXT = Ink(Face.MING, 24)


def draw(canvas: Canvas, mark: ForeignMark) -> None:
    """Draw the whole page."""
    assert mark.valid_to is not None
    begin(canvas)
    ornaments.lay_border(canvas, (30, 50, 970, 1380), (120, 170, 130), strip=ornaments.wave_border)
    centred(canvas, 220, "中華民國商標註冊證", Ink(Face.MING, 50), spacing=10)
    rows = [("註冊號數", mark.number), ("商標權人", mark.owner), ("名稱", mark.text), ("圖樣", "")]
    for number, (label, value) in enumerate(rows):
        y = 300 + 48 * number
        spread(canvas, 120, y, label, _TEXT, width=150)
        canvas.text(282, y, f"：{value}", _TEXT)
    show_mark(canvas, mark, (430, 600), height=80)
    spread(canvas, 120, 800, "權利期間", _TEXT, width=150)
    canvas.text(282, 800, f"：自{_day(mark.registered)}起至{_day(mark.valid_to)}止", _TEXT)
    ((nice_class, goods),) = mark.goods
    spread(canvas, 120, 846, "類別", _TEXT, width=150)
    canvas.text(282, 846, f"：商標法施行細則第19條第{nice_class:03d}類", _TEXT)
    canvas.text(120, 892, "商品或服務名稱：", _TEXT)
    paragraph(canvas, 310, 892, f"{'；'.join(goods)}。", _TEXT, width=560, leading=36)
    canvas.text(120, 1130, "經濟部智慧財產局局長", _TEXT)
    canvas.picture(560, 1080, 190, ornaments.signature(canvas.resolution(190), seed=mark.number))
    issued = (
        f"中　華　民　國　{mark.registered.year - 1911}　年　{mark.registered.month}　月　{mark.registered.day}　日"
    )
    canvas.text(120, 1260, issued, Ink(Face.MING, 27))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
