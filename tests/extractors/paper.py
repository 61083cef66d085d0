"""Builds papers by hand: lines with a place, as an engine would give them, no model loaded."""

from collections.abc import Sequence

from pipeline.model import Box, Document, EvidenceSource, PageRecord, TextLine

CLEAR = 0.999


def line(
    text: str,
    left: float,
    top: float,
    *,
    height: float = 0.03,
    right: float | None = None,
    probability: float | Sequence[float] = CLEAR,
    alternatives: Sequence[Sequence[tuple[str, float]]] = (),
    slope: float = 0.0,
) -> TextLine:
    """Return a line whose characters are as wide as high on a page of 3:2, half as wide if they are ASCII."""
    width = sum(0.5 if sign.isascii() else 1.0 for sign in text) * height * 2 / 3
    each = (probability,) * len(text) if isinstance(probability, float) else tuple(probability)
    return TextLine(
        text=text,
        box=Box(left=left, top=top, right=min(right or left + width, 1.0), bottom=min(top + height, 1.0)),
        confidence=sum(each) / len(each),
        characters=each,
        alternatives=tuple(tuple(others) for others in alternatives),
        file="a.jpg",
        slope=slope,
    )


def barcode(text: str) -> TextLine:
    """Return the payload of a barcode."""
    box = Box(left=0.8, top=0.2, right=0.9, bottom=0.3)
    return TextLine(text=text, box=box, confidence=1.0, source=EvidenceSource.BARCODE, file="a.jpg")


def paper(lines: Sequence[TextLine], *, kind: str = "business_licence", barcodes: Sequence[TextLine] = ()) -> Document:
    """Return a document of one landscape page, 3:2."""
    return Document(
        id="d1",
        type=kind,
        type_confidence=1.0,
        type_reason="made by hand",
        file="a.jpg",
        sha256="0" * 64,
        pages=(PageRecord(file="a.jpg", page=1, width=1500, height=1000, turned=0),),
        pages_total=1,
        lines=tuple(lines),
        barcodes=tuple(barcodes),
    )


def column(
    pairs: Sequence[tuple[str, str]], *, left: float = 0.1, top: float = 0.3, step: float = 0.055
) -> list[TextLine]:
    """Return labels and values as one column of a form; a value with `|` in it takes several rows."""
    lines, level = [], top
    for label, value in pairs:
        lines.append(line(label, left, level))
        for row, part in enumerate(value.split("|")):
            lines.append(line(part, left + 0.15, level + 0.035 * row))
        level += step + 0.035 * value.count("|")
    return lines
