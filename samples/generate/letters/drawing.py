"""Draws letters of authorization: letterhead, title, prose or form or table, signature and seal."""

from samples.generate import ornaments
from samples.generate.canvas import Canvas, Colour, Ink
from samples.generate.drawing import centred, paragraph, wrap
from samples.generate.facts import Letter
from samples.generate.fonts import Face
from samples.generate.letters import wording

_GREY: Colour = (120, 120, 126)
_HEAD = Ink(Face.HEI, 22, (70, 84, 120))
_WIDTH = 760
_LEFT = 120
_RULE: Colour = (70, 70, 74)


def draw_letter(canvas: Canvas, letter: Letter) -> None:
    """Draw the whole page on a canvas of A4's shape."""
    ornaments.mark_as_sample(canvas, 60, 48)
    ornaments.mark_as_sample(canvas, 840, 1380)
    if not letter.by_person:
        centred(canvas, 96, letter.licensor, _HEAD)
        canvas.frame((_LEFT, 112, _LEFT + _WIDTH, 114), _GREY, 1)
    size = 46 if letter.language == "zh" else 34
    centred(canvas, 220, wording.title(letter), Ink(Face.SERIF, size), spacing=12 if letter.language == "zh" else 0)
    body = {"prose": _prose, "form": _form, "table": _table}[letter.layout](canvas, letter)
    _signed(canvas, letter, max(body + 70, 980))


def _text(letter: Letter) -> Ink:
    return Ink(Face.SONG, 25) if letter.language == "zh" else Ink(Face.HEI, 21)


def _prose(canvas: Canvas, letter: Letter) -> float:
    y, ink = 310.0, _text(letter)
    indent = "　　" if letter.language == "zh" else ""
    if letter.language == "en":
        canvas.text(_LEFT, y, "To whom it may concern,", ink)
        y += 54
    for text in wording.paragraphs(letter):
        y = paragraph(canvas, _LEFT, y, indent + text, ink, width=_WIDTH, leading=44) + 18
    return y


def _form(canvas: Canvas, letter: Letter) -> float:
    y, ink = 320.0, _text(letter)
    colon = "：" if letter.language == "zh" else ": "
    for label, value in wording.rows(letter):
        head = label + colon
        canvas.text(_LEFT, y, head, ink)
        left = _LEFT + canvas.width(head, ink)
        y = paragraph(canvas, left, y, value, ink, width=_LEFT + _WIDTH - left, leading=36) + 18
    return y


def _table(canvas: Canvas, letter: Letter) -> float:
    """Draw a grid, each label in the middle of its row's height."""
    y, ink, split = 280.0, _text(letter), 300 if letter.language == "zh" else 370
    for label, value in wording.rows(letter):
        lines = wrap(canvas, value, ink, _LEFT + _WIDTH - split - 24)
        height = 34 + 34 * len(lines)
        canvas.frame((_LEFT, y, split, y + height), _RULE, 1.2)
        canvas.frame((split, y, _LEFT + _WIDTH, y + height), _RULE, 1.2)
        canvas.text(_LEFT + 14, y + height / 2 + 8, label, ink)
        for number, line in enumerate(lines):
            canvas.text(split + 14, y + 42 + 34 * number, line, ink)
        y += height
    return y


def _signed(canvas: Canvas, letter: Letter, y: float) -> None:
    ink = _text(letter)
    if letter.language == "zh":
        how = "签字盖章" if letter.by_person else "盖章"
        lines = [f"授权人（{how}）：{letter.licensor}", f"日期：{wording.day(letter.signed, 'zh')}"]
    else:
        lines = [f"For and on behalf of {letter.licensor}", f"Date: {wording.day(letter.signed, 'en')}"]
    left = min(440.0, _LEFT + _WIDTH - max(canvas.width(line, ink) for line in lines))
    for number, line in enumerate(lines):
        canvas.text(left, y + 110 * number, line, ink)
    canvas.picture(left, y + 14, 170, ornaments.signature(canvas.resolution(170), seed=letter.licensor))
    if letter.sealed:
        seal = ornaments.seal(_ring(letter.licensor), canvas.resolution(180), seed=letter.licensor)
        canvas.picture(left + 240, y - 70, 180, seal)


def _ring(name: str) -> str:
    """Return what fits around a seal."""
    return name if len(name) <= 26 else name[:26]
