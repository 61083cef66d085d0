"""Letters built by hand: a line of the page for each line of a text, left-aligned as on A4."""

from collections.abc import Sequence

from extractors.authorization_letter import read
from extractors.letters.fields import AuthorizationLetter
from pipeline.model import Box, Document, PageRecord, TextLine

LICENSOR, LICENSEE = "杭州云试服饰股份有限公司", "深圳市试星贸易有限公司"
HEIGHT = 0.02
_WIDTH, _TALL = 1000, 1414


def line(text: str, left: float, top: float, *, page: int = 1) -> TextLine:
    """Return a line whose characters are as wide as high, half as wide if they are ASCII."""
    width = sum(0.5 if sign.isascii() else 1.0 for sign in text) * HEIGHT * _TALL / _WIDTH
    box = Box(left=left, top=top, right=min(left + width, 1.0), bottom=min(top + HEIGHT, 1.0))
    return TextLine(text=text, box=box, confidence=0.999, characters=(0.999,) * len(text), file="a.jpg", page=page)


def letter(*rows: str, left: float = 0.08, top: float = 0.06, step: float = 0.04) -> list[TextLine]:
    """Return one line per row; `|` within a row starts a column further to the right, as in a table."""
    lines = []
    for number, row in enumerate(rows):
        cells = row.split("|")
        lines += [line(cell, left + 0.28 * place, top + step * number) for place, cell in enumerate(cells) if cell]
    return lines


def document(lines: Sequence[TextLine]) -> Document:
    """Return the page as a document."""
    return Document(
        id="d1",
        type="authorization_letter",
        type_confidence=1.0,
        type_reason="made by hand",
        file="a.jpg",
        sha256="0" * 64,
        pages=(PageRecord(file="a.jpg", page=1, width=_WIDTH, height=_TALL, turned=0),),
        pages_total=1,
        lines=tuple(lines),
    )


def fields(*rows: str) -> AuthorizationLetter:
    """Return what is read from a letter with these lines."""
    return read(document(letter(*rows)))


def values(*rows: str) -> dict[str, object]:
    """Return the values that are read from a letter with these lines; it has no seal, which is not told again."""
    return {name: entity.value for name, entity in fields(*rows).entities().items() if name != "sealed"}
