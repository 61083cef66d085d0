"""CNIPA's notice that it accepted an application (商标注册申请受理通知书)."""

from samples.generate import ornaments, printed
from samples.generate.canvas import Canvas, Ink
from samples.generate.certificate import AUTHORITY, draw_mark
from samples.generate.drawing import centred, paragraph
from samples.generate.facts import Notice
from samples.generate.fonts import Face

RATIO = 1.4142
PAPER = (255, 255, 255)

_TEXT = Ink(Face.SONG, 24)

_ACCEPTED = (
    "根据《中华人民共和国商标法》及《中华人民共和国商标法实施条例》的有关规定，上述商标注册申请经审查，"
    "符合受理条件，我局已受理。"
)
_NOT_APPROVED = "特别提示：本通知书仅表明该商标注册申请已被受理，并不表示所申请商标已获准注册。"


def draw_notice(canvas: Canvas, notice: Notice) -> None:
    """Draw the whole page on a canvas of `RATIO`."""
    ornaments.mark_as_sample(canvas, 90, 70)
    ornaments.mark_as_sample(canvas, 816, 70)
    centred(canvas, 150, AUTHORITY, Ink(Face.SERIF, 40), spacing=10)
    number = f"发文编号：TMZC{notice.number}ZCSL01"
    canvas.text(910 - canvas.width(number, Ink(Face.SONG, 20)), 200, number, Ink(Face.SONG, 20))
    centred(canvas, 270, "商标注册申请受理通知书", Ink(Face.SERIF, 36), spacing=4)
    y = 350.0
    for label, value in _rows(notice):
        canvas.text(110, y, label, _TEXT)
        y = paragraph(canvas, 110 + canvas.width(label, _TEXT), y, value, _TEXT, width=640, leading=34) + 14
    canvas.text(110, y + 60, "商标：", _TEXT)
    canvas.frame((200, y + 6, 560, y + 136), (90, 90, 90), 1.2)
    draw_mark(canvas, notice.text, middle=(380, y + 70), width=300, height=64)
    y = paragraph(canvas, 110, y + 200, "　　" + _ACCEPTED, _TEXT, width=790, leading=40)
    paragraph(canvas, 110, y + 10, "　　" + _NOT_APPROVED, _TEXT, width=790, leading=40)
    canvas.text(676, 1180, AUTHORITY, _TEXT)
    canvas.text(676, 1226, printed.short_day(notice.noticed), _TEXT)
    canvas.picture(664, 1080, 196, ornaments.seal(AUTHORITY, canvas.resolution(196), seed=notice.number))


def _rows(notice: Notice) -> list[printed.Row]:
    return [
        ("申请号：", notice.number),
        ("申请日期：", printed.short_day(notice.filed)),
        ("类别：", f"第{notice.nice_class}类"),
        ("申请人：", notice.applicant),
        ("地址：", notice.applicant_address),
        ("代理机构：", notice.agent),
    ]
