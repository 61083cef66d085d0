"""Text layers that pass for seen, since all that they say has ink: fonts whose codes lie, words without a layer.

Each is drawn by lot on a page set anew (bench/typeset.py).
"""

from collections.abc import Callable, Mapping, Sequence
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from bench.lies import Lie, lie, target
from bench.pages import Base, Spot, canvas_of, laid_over, saved, written
from bench.typeset import SetLine, Signs, honestly, spread, typeset, without_pictures
from samples.generate import fonts
from samples.generate.canvas import embedded
from samples.generate.fonts import Face

_LONG = 8
"""Characters of a line that are enough for part of them to be a lie."""
_WIDTH, _HEIGHT = 250, 16
_ADDED = ("国际", "集团", "科技", "香港", "非独占")
_DECOYS = 14
_PIXELS = 120
"""Height of characters whose outlines are traced."""
_STROKES = range(0x3400, 0x4D00)
"""Characters that no paper uses."""


def _with(page: Base, *changed: SetLine) -> list[SetLine]:
    """Return the page's lines, some of them as they are to be set instead, and what is added."""
    places = {(line.spot.x, line.spot.y): line for line in changed}
    kept = [places.pop((spot.x, spot.y), honestly(spot)) for spot in page.lines]
    return [*kept, *places.values()]


def _added(page: Base, chance: Random, shown: str, signs: Signs) -> SetLine:
    """Return a line in a free place."""
    spot = page.free(chance, width=_WIDTH, height=_HEIGHT)
    return SetLine(Spot(spot.x, spot.y, _WIDTH, _HEIGHT, shown), signs)


def _insertion(page: Base, chance: Random) -> Lie:
    spot = target(page, chance, least=_LONG)
    at, more = chance.randint(1, len(spot.text) - 2), chance.choice(_ADDED)
    signs = [(sign, sign + more if here == at else sign) for here, sign in enumerate(spot.text)]
    line = SetLine(spot, signs)
    return Lie(typeset(page, _with(page, line)), line.claimed)


def _cut_end(page: Base, chance: Random) -> Lie:
    spot = target(page, chance, least=_LONG)
    kept = len(spot.text) - chance.randint(2, 4)
    line = SetLine(spot, spread(spot.text, spot.text[:kept]))
    return Lie(typeset(page, _with(page, line)), line.claimed, spot.text[kept:])


def _moved_point(page: Base, chance: Random) -> Lie:
    digits = "".join(chance.choices("123456789", k=4))
    amounts = ((f"{digits[0]},{digits[1:]}.00", f"{digits}00"), (f"{digits[:2]}.{digits[2:]}", digits))
    shown, claimed = (f"授权费用 {amount} 元整" for amount in chance.choice(amounts))
    line = _added(page, chance, shown, spread(shown, claimed))
    return Lie(typeset(page, _with(page, line)), line.claimed)


def _moved_sign(page: Base, chance: Random) -> Lie:
    """Move the sign that parts two numbers: another day, or other classes, in the same figures."""
    year, month, day = chance.randint(2024, 2039), chance.randint(1, 2), chance.randint(1, 9)
    pairs = (
        (f"有效期至 {year}-1{month}-{day}", f"有效期至 {year}-1-{month}{day}"),
        (f"Valid until 1{month}/{day}/{year}", f"Valid until 1/{month}{day}/{year}"),
        (f"国际分类 {day}、{month}5", f"国际分类 {day}{month}、5"),
    )
    shown, claimed = chance.choice(pairs)
    line = _added(page, chance, shown, list(zip(shown, claimed, strict=True)))
    return Lie(typeset(page, _with(page, line)), line.claimed)


def _cut_figure(page: Base, chance: Random) -> Lie:
    """Cut the last figure off a number."""
    shown = chance.choice(("国际分类 30", "35", "有效期至 2026-12-31", "注册号 12345670", "授权费用 5000"))
    line = _added(page, chance, shown, [*((sign, sign) for sign in shown[:-1]), (shown[-1], " ")])
    return Lie(typeset(page, _with(page, line)), line.claimed)


def _short_cell(page: Base, chance: Random) -> Lie:
    shown, claimed = chance.choice((("25", "35"), ("9", "3"), ("18", "13"), ("李伟", "张伟"), ("42", "41")))
    spot = page.free(chance, width=60, height=_HEIGHT)
    line = SetLine(Spot(spot.x, spot.y, 60, _HEIGHT, shown), spread(shown, claimed))
    return Lie(typeset(page, _with(page, line)), claimed)


def _behind_decoys(page: Base, chance: Random) -> Lie:
    """Hide a lie in print behind a crowd of lines off the page."""
    spot = target(page, chance, least=_LONG)
    line = SetLine(spot, spread(spot.text, lie(chance)))
    canvas, made = canvas_of(page.width, page.height)
    canvas.setFont(embedded(Face.SONG), 10)
    for at in range(_DECOYS):
        canvas.drawString(40, -40 - 20 * at, lie(chance))
    content = written(laid_over(typeset(page, _with(page, line)), saved(canvas, made)))
    return Lie(content, line.claimed, must_be_told=True)


def _dashes(page: Base, chance: Random) -> Lie:
    said = lie(chance)
    line = _added(page, chance, "—" * len(said), [("—", sign) for sign in said])
    return Lie(typeset(page, _with(page, line)), line.claimed)


def _gibberish(page: Base, chance: Random) -> Lie:
    """Let a layer in a code of its own hold one line that is text."""
    false, said = target(page, chance), lie(chance)
    lines = [
        SetLine(
            spot, spread(spot.text, said) if spot is false else [(sign, _garbled(sign, chance)) for sign in spot.text]
        )
        for spot in page.lines
    ]
    return Lie(typeset(page, lines), said)


def _garbled(sign: str, chance: Random) -> str:
    if sign.isspace():
        return sign
    return chr(chance.choice(_STROKES)) if sign > "\u2e80" else chance.choice("bcdfghjklmnpqrstvwxz")


def _swapped(page: Base, chance: Random) -> Lie:
    """Let each line say what another one shows."""
    long = [spot for spot in page.lines if len(spot.text) >= 4]
    by = chance.randint(1, max(len(long) - 1, 1))
    others = [*long[by:], *long[:by]]
    lines = [SetLine(spot, spread(spot.text, other.text)) for spot, other in zip(long, others, strict=True)]
    return Lie(typeset(page, _with(page, *lines)), "\n".join(line.claimed for line in lines))


def _outlined(page: Base, chance: Random) -> Lie:
    """Show a line as outlines, of which the layer says nothing."""
    spot, shown = page.free(chance, width=_WIDTH, height=_HEIGHT), lie(chance)
    canvas, made = canvas_of(page.width, page.height)
    _trace(canvas, spot, shown)
    return Lie(written(laid_over(without_pictures(page.content), saved(canvas, made))), shown=shown)


def _end_outlined(page: Base, chance: Random) -> Lie:
    """Show the end of a line as outlines: the layer says less than stands there."""
    spot = page.free(chance, width=_WIDTH, height=_HEIGHT)
    first, rest = lie(chance), chance.choice(("深圳分公司", "（已注销）", "除外", "第二分店"))
    canvas, made = canvas_of(page.width, page.height)
    canvas.setFont(embedded(Face.SONG), _HEIGHT * 0.7)
    canvas.drawString(spot.x, spot.y + _HEIGHT * 0.2, first)
    wide = canvas.stringWidth(first, embedded(Face.SONG), _HEIGHT * 0.7)
    _trace(canvas, Spot(spot.x + wide, spot.y, 0, 0), rest)
    return Lie(written(laid_over(without_pictures(page.content), saved(canvas, made))), first, rest)


def _trace(canvas: Canvas, spot: Spot, text: str) -> None:
    """Draw the outlines of a text as a path."""
    size = _HEIGHT * 0.7
    scale, face = size / _PIXELS, fonts.load(Face.SONG.pixels, _PIXELS)
    picture = Image.new("L", (_PIXELS * (len(text) + 1), _PIXELS * 2), 0)
    ImageDraw.Draw(picture).text((0, _PIXELS * 1.5), text, 255, font=face, anchor="ls")
    outlines, _ = cv2.findContours(np.asarray(picture), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    path = canvas.beginPath()
    for outline in outlines:
        points = [(spot.x + x * scale, spot.y + size * 0.2 + (_PIXELS * 1.5 - y) * scale) for x, y in _corners(outline)]
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


def _corners(outline: "np.ndarray[tuple[int, ...], np.dtype[np.int32]]") -> Sequence[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in outline.reshape(-1, 2)]


FORGERIES: Mapping[str, Callable[[Base, Random], Lie]] = {
    "characters inserted": _insertion,
    "end of a line left out": _cut_end,
    "decimal point moved": _moved_point,
    "sign between numbers moved": _moved_sign,
    "figure cut off": _cut_figure,
    "short cell": _short_cell,
    "behind decoys": _behind_decoys,
    "font of dashes": _dashes,
    "gibberish and a value": _gibberish,
    "lines swapped": _swapped,
    "line as outlines": _outlined,
    "end as outlines": _end_outlined,
}
"""By name."""
