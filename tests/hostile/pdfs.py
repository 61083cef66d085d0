"""Hostile PDFs: what a page draws, and what a file is made of."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from pipeline.model import FailureCode
from tests.hostile.attack import CORRUPT_OR_NOT, Attack, cut, document, mutants

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F1 12 Tf 72 700 Td (A page like any other) Tj ET"
CORRUPT, TIMEOUT, MEMORY, BAD_GEOMETRY = (
    FailureCode.CORRUPT,
    FailureCode.TIMEOUT,
    FailureCode.MEMORY,
    FailureCode.BAD_GEOMETRY,
)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(content), content)


def flate(content: bytes, entries: bytes = b"") -> bytes:
    """Return a compressed stream object."""
    return stream(zlib.compress(content, 9), entries + b"/Filter/FlateDecode")


def page(entries: bytes = b"", *, box: bytes = b"0 0 595 842", resources: bytes = b"") -> bytes:
    """Return a page object whose content is object 4."""
    held = b"/Resources<</Font<</F1 5 0 R>>%b>>" % resources
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R%b%b>>" % (box, held, entries)


def pdf(objects: Mapping[int, bytes] | None = None, *, trailer: bytes = b"", root: bytes = b"1 0 R") -> bytes:
    """Return a PDF of one page, with some of its objects replaced or added."""
    sound = {1: CATALOG, 2: PAGES, 3: page(), 4: stream(TEXT), 5: FONT}
    everything = {**sound, **(objects or {})}
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in everything.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer<</Size %d/Root %b%b>>\nstartxref\n%d\n%%%%EOF" % (max(places) + 1, root, trailer, start)
    return bytes(out)


def drawing(content: bytes, *, resources: bytes = b"", objects: Mapping[int, bytes] | None = None) -> bytes:
    """Return a PDF whose page draws `content`."""
    return pdf({3: page(resources=resources), 4: flate(content), **(objects or {})})


def image(entries: bytes, data: bytes = b"\x00" * 64) -> bytes:
    """Return a PDF whose page shows one picture."""
    picture = stream(data, b"/Type/XObject/Subtype/Image" + entries)
    return drawing(b"q 500 0 0 700 40 40 cm /X Do Q", resources=b"/XObject<</X 6 0 R>>", objects={6: picture})


def tiling(step: bytes, box: bytes = b"0 0 1 1", paint: bytes = b"0 0 1 1 re f") -> bytes:
    """Return a PDF that fills its page with a pattern."""
    entries = b"/PatternType 1/PaintType 1/TilingType 1/BBox[%b]/XStep %b/YStep %b/Resources<<>>" % (box, step, step)
    objects = {6: stream(paint, entries)}
    fill = b"/Pattern cs /P scn 0 0 595 842 re f"
    return drawing(fill, resources=b"/Pattern<</P 6 0 R>>", objects=objects)


def forms(calls: bytes, *, other: bytes = b"/Y Do") -> bytes:
    """Return a PDF with two form XObjects that call themselves and each other."""
    shared = b"/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 6 0 R/Y 7 0 R>>>>"
    objects = {6: stream(calls, shared), 7: stream(other, shared)}
    return drawing(b"/X Do", resources=b"/XObject<</X 6 0 R>>", objects=objects)


def doubling(levels: int) -> bytes:
    """Return a PDF of forms of which each draws the next one twice."""
    objects = {
        6 + n: stream(b"/N Do /N Do", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</N %d 0 R>>>>" % (7 + n))
        for n in range(levels)
    }
    objects[6 + levels] = stream(b"0 0 9 9 re f", b"/Subtype/Form/BBox[0 0 9 9]")
    return drawing(b"/X Do", resources=b"/XObject<</X 6 0 R>>", objects=objects)


def many_pages(count: int) -> bytes:
    """Return a PDF whose page tree names one small page so often."""
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    return pdf({2: b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count), **{10 + n: leaf for n in range(count)}})


def encrypted(user: str) -> bytes:
    """Return the page protected by a password; an empty one opens for everybody."""
    writer = PdfWriter(PdfReader(BytesIO(pdf())))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


DRAWINGS: Mapping[str, bytes] = {
    "100,000 states saved": b"q " * 100_000,
    "100,000 states restored": b"Q " * 100_000,
    "half a million strokes": b"0 0 m 9 9 l S " * 500_000,
    "numbers without end": b"1" * 5_000 + b" 0 m 1e308 -1e308 l S",
    "numbers that are none": b"nan inf m +-.. 0 l S 1 0 0 -- 0 0 cm",
    "a font of 1e30 points": b"BT /F1 1e30 Tf (wide) Tj ET",
    "a font of no size": b"BT /F1 0 Tf (none) Tj ET",
    "a font that is missing": b"BT /F99 12 Tf 72 700 Td (none) Tj ET",
    "a matrix that cannot be inverted": b"0 0 0 0 0 0 cm " + TEXT,
    "a dash of nothing": b"[0 0] 0 d 0 0 m 500 500 l S",
    "a dash of a millionth": b"[0.000001] 0 d 0 0 m 500 500 l S",
    "a line 1e9 wide": b"1e9 w 0 0 m 500 500 l S",
    "200,000 letters": b"BT /F1 1 Tf " + b"(abcdefghij) Tj " * 20_000 + b"ET",
    "text of control characters": b"BT /F1 12 Tf 72 700 Td (\x00\x01\x1b[31m\x7f<script>) Tj ET",
    "an inline picture without end": b"BI /W 9 /H 9 /BPC 8 /CS /G ID " + b"x" * 99,
    "an inline picture of 1e12 pixels": b"BI /W 1000000 /H 1000000 /BPC 8 /CS /G ID xx EI",
    "brackets 50,000 deep": b"[" * 50_000 + b" TJ",
    "dictionaries 50,000 deep": b"<<" * 50_000,
    "clips within clips": b"0 0 500 500 re W n " * 20_000,
    "curves around the world": b"0 0 m " + b"1e7 1e7 -1e7 1e7 0 0 c " * 5_000 + b"f",
    "a content of one endless word": b"a" * 3_000_000,
}

IMAGES: Mapping[str, tuple[bytes, bytes]] = {
    "60,000 × 60,000": (b"/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray", b"\x00" * 64),
    "negative": (b"/Width -5/Height -5/BitsPerComponent 8/ColorSpace/DeviceGray", b"\x00" * 64),
    "0 bits": (b"/Width 9/Height 9/BitsPerComponent 0/ColorSpace/DeviceGray", b"\x00" * 99),
    "16 bits": (b"/Width 90/Height 90/BitsPerComponent 16/ColorSpace/DeviceRGB", b"\x00" * 48_600),
    "CMYK": (b"/Width 90/Height 90/BitsPerComponent 8/ColorSpace/DeviceCMYK", b"\x20" * 32_400),
    "a colour space that names itself": (b"/Width 90/Height 90/BitsPerComponent 8/ColorSpace[/Indexed 6 0 R 1 <00>]", b""),
    "garbled ICC": (b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace[/ICCBased 4 0 R]", b"\x00" * 243),
    "a mask that is itself": (b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 6 0 R", b"\x00" * 81),
    **{
        f"{name} garbage": (b"/Width 900/Height 900/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/" + name.encode(), b"\x97\x4a" * 300)
        for name in ("JBIG2Decode", "JPXDecode", "DCTDecode", "CCITTFaxDecode", "LZWDecode", "RunLengthDecode", "FlateDecode", "ASCII85Decode", "Crypt", "NoSuchFilter")
    },
    "JPX with a head": (b"/Width 900/Height 900/Filter/JPXDecode", b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\xff\x4f\xff\x51" * 99),
    "JBIG2 of 1e9 pixels": (
        b"/Width 65535/Height 65535/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode",
        bytes.fromhex("00000000300001000000130000fffe0000fffe000000000000000000000000"),
    ),
    "CCITT of 2e9 columns": (
        b"/Width 9/Height 9/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000/Rows 2000000000>>",
        b"\x26\xa0" * 99,
    ),
    "a predictor of 2e9 columns": (
        b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2000000000>>",
        zlib.compress(bytes(99)),
    ),
    "fifty filters": (b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/Filter[" + b"/FlateDecode" * 50 + b"]", zlib.compress(bytes(81))),
    "a bomb of 120 MB": (
        b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode",
        zlib.compress(bytes(120_000_000), 1),
    ),
}  # fmt: skip

BOXES: Mapping[str, tuple[bytes, tuple[FailureCode, ...]]] = {
    "1e9 points": (b"0 0 1000000000 1000000000", ()),
    "of no width": (b"0 0 0 842", ()),
    "upside down": (b"595 842 0 0", ()),
    "negative": (b"-500 -500 -10 -10", ()),
    "14,400 × 1": (b"0 0 14400 1", (BAD_GEOMETRY,)),
    "1 × 14,400": (b"0 0 1 14400", (BAD_GEOMETRY,)),
    "a millionth": (b"0 0 0.000001 0.000001", ()),
    "1e38": (b"0 0 1e38 1e38", ()),
    "no numbers": (b"/A /B (c) null", ()),
    "three numbers": (b"0 0 5", ()),
}


def _drawn() -> Iterator[Attack]:
    for name, content in DRAWINGS.items():
        yield document(f"pdf draws {name}", partial(drawing, content))
    for name, (entries, data) in IMAGES.items():
        yield document(f"pdf picture {name}", partial(image, entries, data))
    for name, (box, found) in BOXES.items():
        yield document(f"pdf box {name}", partial(pdf, {3: page(box=box)}), *found)
    yield document("pdf tiles of step 0.001", partial(tiling, b"0.001"), TIMEOUT, is_slow=True)
    yield document("pdf tiles of step 0", partial(tiling, b"0"))
    yield document("pdf tiles of step -1", partial(tiling, b"-1"))
    yield document("pdf tiles of 1e9", partial(tiling, b"1e9", b"0 0 1e9 1e9"))
    yield document("pdf tile that draws itself", partial(tiling, b"9", paint=b"/Pattern cs /P scn 0 0 9 9 re f"))
    yield document("pdf form that calls itself", partial(forms, b"/X Do"))
    # Which of the two limits it meets first is the machine's business.
    either = (frozenset({MEMORY}), frozenset({TIMEOUT}))
    yield document("pdf form that calls itself twice", partial(forms, b"/X Do /X Do"), expects=either, is_slow=True)
    yield document("pdf forms that call each other", partial(forms, b"/Y Do", other=b"/X Do"))
    yield document("pdf forms doubling 12 times", partial(doubling, 12))
    yield document("pdf forms doubling 40 times", partial(doubling, 40), expects=either, is_slow=True)
    # Each mark is kept with all that it lies in.
    marks = b"/P BMC " * 100_000
    yield document("pdf draws marked content 100,000 deep", partial(drawing, marks), expects=either, is_slow=True)


OBJECTS: Mapping[str, Mapping[int, bytes]] = {
    "contents that are themselves": {4: b"4 0 R"},
    "contents of 10,000 parts": {3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[%b]>>" % (b"4 0 R " * 10_000)},
    "a length that is itself": {4: b"<</Length 4 0 R>>stream\nq Q\nendstream"},
    "a negative length": {4: b"<</Length -1>>stream\nq Q\nendstream"},
    "a length of 4 GB": {4: b"<</Length 4294967296>>stream\nq Q\nendstream"},
    "a content bomb of 120 MB": {4: flate(b" " * 120_000_000)},
    "a bomb in a bomb": {4: stream(zlib.compress(zlib.compress(bytes(120_000_000), 1)), b"/Filter[/FlateDecode/FlateDecode]")},
    "an encoding that is itself": {5: b"<</Type/Font/Subtype/Type1/BaseFont/X/Encoding 5 0 R/ToUnicode 5 0 R>>"},
    "a font of garbage": {5: b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor<</FontFile2 6 0 R>>>>", 6: stream(b"\x00\x01\x00\x00" + b"\xff" * 900)},
    "a glyph that draws itself": {5: b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 65/LastChar 65/Widths[9]/Encoding<</Differences[65/A]>>/CharProcs<</A 6 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>", 6: stream(b"9 0 d0 BT /F1 9 Tf (A) Tj ET")},
    "a catalogue that opens a program": {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>"},
    "a script": {1: b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(1\\){})>>>>"},
    "a form of XFA": {1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA 6 0 R/Fields[]>>>>", 6: stream(b"<xdp>" * 9_000)},
    "fields within themselves": {1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>", 6: b"<</T(a)/Kids[6 0 R]/Parent 6 0 R>>"},
    "outlines within themselves": {1: b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", 6: b"<</First 6 0 R/Next 6 0 R>>"},
    "layers within themselves": {1: b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</Order 6 0 R>>>>>>", 6: b"[6 0 R]"},
    "5,000 annotations": {3: page(b"/Annots[%b]" % (b"<</Type/Annot/Subtype/Square/Rect[0 0 9 9]/C[1 0 0]>>" * 5_000))},
    "annotations that show themselves": {3: page(b"/Annots[6 0 R]"), 6: b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 99]/AP<</N 7 0 R>>>>", 7: stream(b"/X Do", b"/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>")},
    "a page turned by 45": {3: page(b"/Rotate 45")},
    "a page turned by 1e10": {3: page(b"/Rotate 10000000000")},
    "a unit of a million": {3: page(b"/UserUnit 1000000")},
    "a crop box elsewhere": {3: page(b"/CropBox[5000 5000 6000 6000]")},
    "a crop box of nothing": {3: page(b"/CropBox[9 9 9 9]")},
    "a name of a megabyte": {6: b"/" + b"n" * 1_000_000},
    "a text of a megabyte": {6: b"<" + b"41" * 500_000 + b">"},
    "an array 100,000 deep": {6: b"[" * 100_000 + b"]" * 100_000},
    "a page that is its own parent": {3: b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>"},
    "a page tree of itself and a page": {2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"},
    "pages 2,000 levels down": {2: b"<</Type/Pages/Kids[100 0 R]/Count 1>>", **{100 + n: b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (99 + n, 101 + n) for n in range(2_000)}, 2_100: page()},
    "a count of 2,000,000,000": {2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"},
    "a count of -1": {2: b"<</Type/Pages/Kids[3 0 R]/Count -1>>"},
    "no page": {2: b"<</Type/Pages/Kids[]/Count 0>>"},
    "no page tree": {1: b"<</Type/Catalog>>"},
    "a page tree that is its only page": {2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"},
    "a page that is a number": {3: b"42"},
}  # fmt: skip


HOPELESS = frozenset({
    "a crop box elsewhere", "pages 2,000 levels down", "a page tree of itself and a page", "no page", "no page tree",
    "a page tree that is its only page", "a page that is a number",
})  # fmt: skip


def _broken() -> Iterator[tuple[str, FailureCode | None, Callable[[], bytes]]]:
    sound = pdf()
    yield "of its head alone", CORRUPT, lambda: b"%PDF-1.7\n"
    yield "of noise", CORRUPT, lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400
    yield "without table", CORRUPT, lambda: sound[: sound.index(b"xref")]
    yield "with a garbled table", None, lambda: sound.replace(b" 00000 n ", b" zzzzz q ")
    yield "with a table that is elsewhere", None, lambda: sound.replace(b"startxref\n", b"startxref\n9999999999")
    yield "with a table at -1", None, lambda: sound.replace(b"startxref\n", b"startxref\n-")
    yield "with a table before itself", None, lambda: pdf(trailer=b"/Prev %d" % sound.index(b"xref"))
    yield "with a table before at 1e12", None, lambda: pdf(trailer=b"/Prev 1000000000000")
    yield "whose root is missing", CORRUPT, lambda: pdf(root=b"99 0 R")
    yield "whose root is null", CORRUPT, lambda: pdf(root=b"null")
    yield "whose root is its page", CORRUPT, lambda: pdf(root=b"3 0 R")
    yield "whose size is 2e9", None, lambda: sound.replace(b"/Size ", b"/Size 200000000")
    yield "that is encrypted by nothing", FailureCode.ENCRYPTED, lambda: pdf(trailer=b"/Encrypt<<>>")
    yield (
        "that is encrypted by version 99",
        FailureCode.ENCRYPTED,
        lambda: pdf(trailer=b"/Encrypt<</Filter/Standard/V 99/R 99/O()/U()/P 0>>/ID[(a)(a)]"),
    )
    yield "that is encrypted by itself", FailureCode.ENCRYPTED, lambda: pdf(trailer=b"/Encrypt 1 0 R")
    yield "after 900 bytes of noise", None, lambda: b"\x01\x02" * 450 + sound
    yield (
        "with a table as a stream of 1e9 wide",
        None,
        lambda: sound.replace(
            b"xref\n0 1", b"9 0 obj<</Type/XRef/W[1000000000 9 9]/Size 9/Root 1 0 R/Length 9>>stream\n"
        ),
    )
    yield (
        "with objects in a stream of themselves",
        None,
        lambda: pdf({6: stream(b"6 0 7 9", b"/Type/ObjStm/N 1000000000/First 4/Extends 6 0 R")}),
    )


def attacks() -> Iterator[Attack]:
    """Yield every hostile PDF."""
    yield from _drawn()
    for name, objects in OBJECTS.items():
        yield document(f"pdf holds {name}", partial(pdf, objects), *([CORRUPT] if name in HOPELESS else []))
    for name, code, make in _broken():
        yield document(f"pdf {name}", make, *([code] if code else []))
    for percent, rest in cut(pdf()):
        yield document(f"pdf cut at {percent} %", partial(bytes, rest), CORRUPT)
    for number, mutant in mutants(pdf(), 30):
        yield document(f"pdf mutant {number}", partial(bytes, mutant), expects=CORRUPT_OR_NOT)
    # Three hundred pages are read before the limit is met.
    yield document("pdf of 301 pages", partial(many_pages, 301), FailureCode.TOO_MANY_PAGES)
    yield document("pdf of 10,000 pages", partial(many_pages, 10_000), FailureCode.TOO_MANY_PAGES)
    yield document("pdf with a password", partial(encrypted, "secret"), FailureCode.ENCRYPTED)
    yield document("pdf with an empty password", partial(encrypted, ""))
