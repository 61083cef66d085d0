"""How foreign certificates are set: dates as each office writes them, words that wrap, rows of labels."""

import re
from datetime import date

from samples.generate import ornaments
from samples.generate.canvas import Canvas, Ink
from samples.generate.certificate import draw_mark
from samples.generate.facts import ForeignMark
from samples.generate.fonts import Face

A4 = 1.4142
LETTER = 1.2941
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def american(day: date) -> str:
    """Return `Dec. 17, 2019`, as the USPTO's register writes it."""
    name = _MONTHS[day.month - 1]
    short = name if len(name) <= 4 else ("Sept." if day.month == 9 else f"{name[:3]}.")
    return f"{short} {day.day:02d}, {day.year}"


def hyphened(day: date) -> str:
    """Return `12-17-2019`, month first."""
    return f"{day.month}-{day.day}-{day.year}"


def british(day: date) -> str:
    """Return `17 December 2019`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def slashed(day: date, sign: str = "/") -> str:
    """Return `17/12/2019`."""
    return f"{day.day:02d}{sign}{day.month:02d}{sign}{day.year}"


def write(canvas: Canvas, x: float, y: float, text: str, ink: Ink, *, width: float, leading: float) -> float:
    """Write words over as many lines as they need and return the baseline after the last."""
    line = ""
    for word in re.split(r"(?<=\s)", text):
        if line and canvas.width((line + word).rstrip(), ink) > width:
            canvas.text(x, y, line.rstrip(), ink)
            y, line = y + leading, ""
        line += word
    canvas.text(x, y, line.rstrip(), ink)
    return y + leading


def begin(canvas: Canvas) -> None:
    """Say that the page is a sample, in both upper corners."""
    ornaments.mark_as_sample(canvas, 40, 30)
    ornaments.mark_as_sample(canvas, 850, 30)


def show_mark(canvas: Canvas, mark: ForeignMark, middle: tuple[float, float], *, height: float = 62) -> None:
    """Draw the mark, large."""
    draw_mark(canvas, mark.text, middle=middle, width=420, height=height)


def sign(canvas: Canvas, mark: ForeignMark, x: float, y: float, title: str) -> None:
    """Sign for the office."""
    canvas.picture(x, y - 80, 190, ornaments.signature(canvas.resolution(190), seed=mark.number))
    canvas.text(x, y + 24, title, Ink(Face.ROMAN, 17))
