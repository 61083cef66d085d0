"""Pages set anew, each character under a code of its own, so that the text layer says of each what it is told to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any, cast

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfbase import pdfmetrics

from bench.pages import Base, Spot, written
from samples.generate.canvas import embedded
from samples.generate.fonts import Face

_BASELINE, _SIZE = 0.2, 0.8
"""Of a line's height: where its baseline is, and how large its characters are at most."""
_DARK = 0.1
Signs = Sequence[tuple[str, str]]
"""Characters as they are shown, and what the layer says of each."""


@dataclass(frozen=True)
class SetLine:
    """A line to be set in a place."""

    spot: Spot
    signs: Signs

    @property
    def claimed(self) -> str:
        """What the layer says of it."""
        return "".join(said for _, said in self.signs).strip()


def honestly(spot: Spot) -> SetLine:
    """Return a line of which the layer says what it shows."""
    return SetLine(spot, [(sign, sign) for sign in spot.text])


def spread(shown: str, claimed: str) -> Signs:
    """Return the characters of one text, each of which says its share of another; blanks, without ink, say nothing."""
    inked = [at for at, sign in enumerate(shown) if not sign.isspace()]
    count = max(len(inked), len(claimed))
    ends = [min(round(at * count / len(inked)), len(claimed)) for at in range(len(inked) + 1)]
    said = dict(zip(inked, pairwise(ends), strict=True))
    return [(sign, claimed[slice(*said[at])] or " " if at in said else " ") for at, sign in enumerate(shown)]


def typeset(page: Base, lines: Iterable[SetLine]) -> bytes:
    """Return a page with these lines in place of its own, its rules and frames, and no picture.

    On a page with a picture, as of a seal, no layer is believed anyhow.
    """
    writer = PdfWriter(clone_from=BytesIO(page.content))
    sheet, kept = writer.pages[0], list(lines)
    content = ContentStream(sheet.get_contents(), writer)
    content.operations = _rules_of(content.operations)
    text = DecodedStreamObject()
    text.set_data(b"q\n" + content.get_data() + b"\nQ\n" + _shown(kept))
    sheet[NameObject("/Contents")] = writer._add_object(text)
    resources = cast("DictionaryObject", sheet["/Resources"].get_object())
    # A copy: pages of one file may share what they draw with.
    font = DictionaryObject({NameObject("/Own"): writer._add_object(_font(writer, kept))})
    sheet[NameObject("/Resources")] = DictionaryObject({**resources, NameObject("/Font"): font})
    return written(writer)


def without_pictures(content: bytes) -> bytes:
    """Return the only page of a PDF without its pictures."""
    writer = PdfWriter(clone_from=BytesIO(content))
    stream = ContentStream(writer.pages[0].get_contents(), writer)
    stream.operations = [step for step in stream.operations if step[1] != b"Do"]
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    return written(writer)


def _rules_of(operations: Iterable[tuple[Any, bytes]]) -> list[tuple[Any, bytes]]:
    """Return what draws neither text nor pictures."""
    kept, is_text = [], False
    for operands, operator in operations:
        is_text = is_text or operator == b"BT"
        if not is_text and operator != b"Do":
            kept.append((operands, operator))
        is_text = is_text and operator != b"ET"
    return kept


def _shown(lines: Sequence[SetLine]) -> bytes:
    told, code = [f"{_DARK} g"], 1
    for line in lines:
        size = min(line.spot.height * _SIZE, line.spot.width / max(_width("".join(s for s, _ in line.signs)), 0.01))
        codes = "".join(f"{code + at:04X}" for at in range(len(line.signs)))
        code += len(line.signs)
        baseline = line.spot.y + line.spot.height * _BASELINE
        told.append(f"BT /Own {size:.3f} Tf 1 0 0 1 {line.spot.x:.3f} {baseline:.3f} Tm <{codes}> Tj ET")
    return "\n".join(told).encode("ascii")


def _width(text: str) -> float:
    """Return how wide a text is at size 1."""
    return float(pdfmetrics.stringWidth(text, embedded(Face.SONG), 1))


def _font(writer: PdfWriter, lines: Sequence[SetLine]) -> DictionaryObject:
    signs = [sign for line in lines for sign in line.signs]
    face = pdfmetrics.getFont(embedded(Face.SONG)).face
    codes = list(dict.fromkeys(ord(shown) for shown, _ in signs))
    originals = list(dict.fromkeys(face.charToGlyph.get(code, 0) for code in codes))
    glyphs = {code: originals.index(face.charToGlyph.get(code, 0)) + 1 for code in codes}
    file = DecodedStreamObject()
    file.set_data(face.makeSubset(codes))
    places = DecodedStreamObject()
    places.set_data(b"\0\0" + b"".join(glyphs[ord(shown)].to_bytes(2, "big") for shown, _ in signs))
    table = DecodedStreamObject()
    table.set_data(_to_unicode([said for _, said in signs]))
    widths = [FloatObject(round(1000 * _width(shown), 1)) for shown, _ in signs]
    descendant = _named(
        Type="/Font", Subtype="/CIDFontType2", BaseFont="/AAAAAA+Own",
        CIDSystemInfo=DictionaryObject({
            NameObject("/Registry"): TextStringObject("Adobe"),
            NameObject("/Ordering"): TextStringObject("Identity"),
            NameObject("/Supplement"): NumberObject(0),
        }),
        FontDescriptor=writer._add_object(_descriptor(face, writer._add_object(file))),
        W=ArrayObject([NumberObject(1), ArrayObject(widths)]),
        CIDToGIDMap=writer._add_object(places),
    )  # fmt: skip
    return _named(
        Type="/Font", Subtype="/Type0", BaseFont="/AAAAAA+Own", Encoding="/Identity-H",
        DescendantFonts=ArrayObject([writer._add_object(descendant)]), ToUnicode=writer._add_object(table),
    )  # fmt: skip


def _descriptor(face: Any, file: Any) -> DictionaryObject:
    return _named(
        Type="/FontDescriptor", FontName="/AAAAAA+Own", Flags=NumberObject(4),
        FontBBox=ArrayObject([NumberObject(round(edge)) for edge in face.bbox]),
        ItalicAngle=NumberObject(0), Ascent=NumberObject(round(face.ascent)), Descent=NumberObject(round(face.descent)),
        CapHeight=NumberObject(round(face.capHeight)), StemV=NumberObject(80), FontFile2=file,
    )  # fmt: skip


def _named(**entries: Any) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(value) if isinstance(value, str) else value
            for key, value in entries.items()
        }
    )


def _to_unicode(said: Sequence[str]) -> bytes:
    """Return the table that gives each code, from 1 on, its text."""
    rows = [f"<{at:04X}> <{text.encode('utf-16-be').hex().upper()}>" for at, text in enumerate(said, start=1)]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    maps = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}\nendcmap end end"
    ).encode("ascii")
