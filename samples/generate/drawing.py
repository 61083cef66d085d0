"""How text is set on these papers: spread labels, wrapped values, spaced titles."""

import re

from samples.generate.canvas import Canvas, Ink

# Digits and Latin words stay together. Any other character may begin a line, even punctuation, as on the real thing.
_PIECES = re.compile(r"[0-9A-Za-z.\-]+|.", re.DOTALL)


def spread(canvas: Canvas, x: float, y: float, text: str, ink: Ink, *, width: float) -> None:
    """Write a label letter by letter so that it fills `width`: 名　　称."""
    if len(text) == 1:
        canvas.text(x, y, text, ink)
        return
    last = canvas.width(text[-1], ink)
    step = (width - last) / (len(text) - 1)
    for position, character in enumerate(text):
        canvas.text(x + position * step, y, character, ink)


def wrap(canvas: Canvas, text: str, ink: Ink, width: float) -> list[str]:
    """Return `text` cut into lines no wider than `width`."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and canvas.width(lines[-1] + piece, ink) > width:
            lines.append("")
        lines[-1] += piece
    return lines


def paragraph(canvas: Canvas, x: float, y: float, text: str, ink: Ink, *, width: float, leading: float) -> float:
    """Write `text` over as many lines as it needs and return the baseline after the last."""
    for line in wrap(canvas, text, ink, width):
        canvas.text(x, y, line, ink)
        y += leading
    return y


def fit(canvas: Canvas, text: str, ink: Ink, *, width: float, height: float, leading: float) -> Ink:
    """Return `ink`, made smaller until `text` fits into width × height; `leading` is per unit of size."""
    size = ink.size
    while size > ink.size * 0.45:
        smaller = Ink(ink.face, size, ink.colour, ink.bold)
        if len(wrap(canvas, text, smaller, width)) * size * leading <= height:
            return smaller
        size *= 0.96
    return Ink(ink.face, size, ink.colour, ink.bold)


def centred(canvas: Canvas, y: float, text: str, ink: Ink, *, middle: float = 500, spacing: float = 0) -> None:
    """Write `text` around `middle`, `spacing` units between its characters."""
    width = canvas.width(text, ink) + spacing * (len(text) - 1)
    if spacing:
        spread(canvas, middle - width / 2, y, text, ink, width=width)
    else:
        canvas.text(middle - width / 2, y, text, ink)
