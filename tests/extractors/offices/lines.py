"""Pages built by hand from what stands on them: rows of texts with their left edges."""

from collections.abc import Sequence
from typing import Any

from extractors.offices import read
from pipeline.model import Document, TextLine
from tests.extractors.paper import line, paper

Row = str | tuple[tuple[float, str], ...]
"""A text at the left margin, or several texts with where they begin."""


def page(rows: Sequence[Row], *, top: float = 0.05, step: float = 0.03, height: float = 0.018) -> list[TextLine]:
    """Return lines row by row, an empty row left out; a text that begins with `!` is set three times as high."""
    lines: list[TextLine] = []
    for number, row in enumerate(rows):
        if row == "":
            continue
        for left, text in ((0.06, row),) if isinstance(row, str) else row:
            large = text.startswith("!")
            size = 3 * height if large else height
            lines.append(
                line(text.removeprefix("!"), left, top + step * number - (height if large else 0), height=size)
            )
    return lines


def rows_of(text: str) -> list[Row]:
    """Return the rows of an indented text, one a line; an empty line is an empty row."""
    return [row.strip() for row in text.strip().split("\n")]


def certificate(lines: Sequence[TextLine]) -> Document:
    """Return a certificate with these lines."""
    return paper(lines, kind="trademark_certificate")


def values(rows: Sequence[Row]) -> dict[str, Any]:
    """Return what is read from a page of these rows, by the contract's names."""
    fields = read(certificate(page(rows)))
    return {name: entity.value for name, entity in fields.entities().items()}
