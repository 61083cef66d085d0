"""Hostile pictures, and files that are none."""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image as Pillow
from PIL import PngImagePlugin

from pipeline.model import FailureCode
from tests.hostile.attack import CORRUPT_OR_NOT, Attack, cut, document, mutants
from tests.hostile.pdfs import pdf

CORRUPT, TOO_LARGE, BAD_GEOMETRY, TOO_MANY, OTHER = (
    FailureCode.CORRUPT,
    FailureCode.TOO_LARGE,
    FailureCode.BAD_GEOMETRY,
    FailureCode.TOO_MANY_PAGES,
    FailureCode.UNSUPPORTED_TYPE,
)
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "HEIF")


def saved(kind: str, *, size: tuple[int, int] = (200, 150), mode: str = "RGB", **options: Any) -> bytes:
    """Return a picture of noise."""
    noise = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return written(Pillow.fromarray(noise).convert(mode), kind, **options)


def blank(kind: str, size: tuple[int, int], mode: str = "L") -> bytes:
    """Return a white picture: many pixels, few bytes."""
    return written(Pillow.new(mode, size, "white"), kind)


def written(picture: Pillow.Image, kind: str, **options: Any) -> bytes:
    """Return a picture as a file."""
    pillow_heif.register_heif_opener(thumbnails=False)
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *, bits: int = 8, colour: int = 0, data: bytes = b"", extra: bytes = b"") -> bytes:
    """Return a PNG of any sizes over any data."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def tiff(entries: Mapping[int, tuple[int, int, int]], *, following: int = 0, data: bytes = b"\x00" * 40_000) -> bytes:
    """Return a TIFF of one directory at byte 8, its entries by tag as type, count and value; data begins at 512."""
    listed = b"".join(struct.pack("<HHII", tag, *entry) for tag, entry in sorted(entries.items()))
    head = b"II*\x00" + struct.pack("<IH", 8, len(entries)) + listed + struct.pack("<I", following)
    return head.ljust(512, b"\x00") + data


def directory(width: int = 200, height: int = 200, **changes: tuple[int, int, int]) -> dict[int, tuple[int, int, int]]:
    """Return the entries of a grey picture, with some changed by name."""
    tags = {"bits": 258, "compression": 259, "offset": 273, "count": 279, "rows": 278, "tile": 322, "extra": 270}
    entries = {
        256: (4, 1, width), 257: (4, 1, height), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1),
        273: (4, 1, 512), 277: (3, 1, 1), 278: (4, 1, height), 279: (4, 1, width * height % 2**32),
    }  # fmt: skip
    return {**entries, **{tags[name]: value for name, value in changes.items()}}


def bmp(width: int, height: int, *, bits: int = 24, compression: int = 0, colours: int = 0, offset: int = 54) -> bytes:
    """Return a BMP of any sizes over little data."""
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, 0, 0, 0, colours, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 4096, 0, 0, offset) + head + b"\x00\xff" * 2048


def jpeg_of(width: int, height: int) -> bytes:
    """Return a JPEG that claims other sizes than it has."""
    content = bytearray(saved("JPEG"))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def with_exif(exif: bytes) -> bytes:
    """Return a JPEG with these bytes as its EXIF."""
    content = saved("JPEG")
    body = b"Exif\x00\x00" + exif
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + content[2:]


def orientation(value: int, kind: int = 3) -> bytes:
    """Return a JPEG whose EXIF holds one orientation."""
    return with_exif(b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHII", 1, 0x0112, kind, 1, value) + bytes(4))


def animated(kind: str, frames: int) -> bytes:
    """Return a picture of so many small frames."""
    pictures = [Pillow.new("RGB", (40, 40), (n % 256, n // 256, 9)) for n in range(frames)]
    return written(pictures[0], kind, save_all=True, append_images=pictures[1:])


def many_directories(frames: int) -> bytes:
    """Return a TIFF whose directories all show the same pixels."""
    head, out = b"II*\x00" + struct.pack("<I", 8), b""
    entries = directory(40, 40, offset=(4, 1, 8 + 114 * frames))
    listed = b"".join(struct.pack("<HHII", tag, *entry) for tag, entry in sorted(entries.items()))
    for n in range(1, frames + 1):
        out += struct.pack("<H", 9) + listed + struct.pack("<I", 0 if n == frames else 8 + 114 * n)
    return head + out + b"\x00" * 1_600


def box(kind: bytes, content: bytes) -> bytes:
    """Return a box of a HEIC."""
    return struct.pack(">I", 8 + len(content)) + kind + content


HEIC_HEAD = box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")

SIZES: Mapping[str, tuple[Callable[[], bytes], tuple[FailureCode, ...]]] = {
    "PNG of 3.6e9 pixels": (lambda: png(60_000, 60_000), (TOO_LARGE,)),
    "PNG of 2e9 a side": (lambda: png(2_000_000_000, 2_000_000_000), (TOO_LARGE,)),
    "PNG of 49 megapixels": (lambda: blank("PNG", (7_000, 7_000)), (TOO_LARGE,)),
    "PNG 20,001 wide": (lambda: blank("PNG", (20_001, 1_500)), (TOO_LARGE,)),
    "PNG of no size": (lambda: png(0, 0), (CORRUPT,)),
    "PNG 2000 × 3": (lambda: blank("PNG", (2_000, 3)), (BAD_GEOMETRY,)),
    "PNG 3 × 2000": (lambda: blank("PNG", (3, 2_000)), (BAD_GEOMETRY,)),
    "PNG 1 × 1": (lambda: blank("PNG", (1, 1)), (BAD_GEOMETRY,)),
    "PNG 31 × 31": (lambda: blank("PNG", (31, 31)), (BAD_GEOMETRY,)),
    "PNG 2100 × 100": (lambda: blank("PNG", (2_100, 100)), (BAD_GEOMETRY,)),
    "PNG 2000 × 100": (lambda: blank("PNG", (2_000, 100)), ()),
    "JPEG of 4e9 pixels": (lambda: jpeg_of(65_000, 65_000), (TOO_LARGE,)),
    "JPEG that is larger than it says": (lambda: jpeg_of(100, 75), ()),
    "JPEG of less than it says": (lambda: jpeg_of(2_000, 1_500), ()),
    "JPEG of no size": (lambda: jpeg_of(0, 0), (CORRUPT,)),
    "TIFF of 1e10 pixels": (lambda: tiff(directory(100_000, 100_000)), (TOO_LARGE,)),
    "BMP of 1e9 pixels": (lambda: bmp(30_000, 30_000), (TOO_LARGE,)),
    "BMP of a negative width": (lambda: bmp(-300, 300), (TOO_LARGE,)),
    "BMP upside down": (lambda: bmp(30, -30), (BAD_GEOMETRY,)),
    "BMP RLE bomb": (lambda: bmp(6_000, 6_000, bits=8, compression=1), (CORRUPT,)),
    "BMP of 0 bits": (lambda: bmp(300, 300, bits=0), (CORRUPT,)),
    "BMP of 4e9 colours": (lambda: bmp(300, 300, bits=8, colours=2**32 - 1), (CORRUPT,)),
    "BMP whose pixels are elsewhere": (lambda: bmp(300, 300, offset=2**31), (CORRUPT,)),
    "WebP of 100 megapixels": (lambda: blank("WEBP", (10_000, 10_000), "RGB"), (TOO_LARGE,)),
    "HEIC of 49 megapixels": (lambda: blank("HEIF", (7_000, 7_000), "RGB"), (TOO_LARGE,)),
}

ODD: Mapping[str, tuple[Callable[[], bytes], tuple[FailureCode, ...]]] = {
    "JPEG in CMYK": (lambda: saved("JPEG", mode="CMYK"), ()),
    "JPEG in grey": (lambda: saved("JPEG", mode="L"), ()),
    "JPEG with noise behind": (lambda: saved("JPEG") + bytes(range(256)) * 99, ()),
    "JPEG with a PDF behind": (lambda: saved("JPEG") + pdf(), ()),
    "JPEG with a zip behind": (lambda: saved("JPEG") + b"PK\x05\x06" + bytes(18), ()),
    "JPEG of 1,000 comments": (lambda: saved("JPEG")[:2] + (b"\xff\xfe\xff\xff" + bytes(65_533)) * 1_000 + saved("JPEG")[2:], ()),
    "PNG of 16 bits": (lambda: png(90, 90, bits=16, data=(b"\x00" + b"\x7f\x00" * 90) * 90), ()),
    "PNG of one bit": (lambda: saved("PNG", mode="1"), ()),
    "PNG with transparency": (lambda: saved("PNG", mode="RGBA"), ()),
    "PNG with a palette": (lambda: saved("PNG", mode="P"), ()),
    "PNG without its palette": (lambda: png(90, 90, colour=3, data=(b"\x00" + b"\x05" * 90) * 90), (CORRUPT,)),
    "PNG of a bomb": (lambda: png(90, 90, data=bytes(100_000_000)), ()),
    "PNG of too little": (lambda: png(900, 900, data=b"\x00" * 99), (CORRUPT,)),
    "PNG of an unknown filter": (lambda: png(90, 90, data=(b"\x99" + b"\x05" * 90) * 90), (CORRUPT,)),
    "PNG with a text of 100 MB": (lambda: png(90, 90, data=(b"\x00" + bytes(90)) * 90, extra=chunk(b"zTXt", b"a\x00\x00" + zlib.compress(bytes(100_000_000)))), (CORRUPT,)),
    "PNG with a profile of 100 MB": (lambda: png(90, 90, data=(b"\x00" + bytes(90)) * 90, extra=chunk(b"iCCP", b"a\x00\x00" + zlib.compress(bytes(100_000_000)))), (CORRUPT,)),
    "PNG with 100,000 chunks": (lambda: png(90, 90, data=(b"\x00" + bytes(90)) * 90, extra=chunk(b"prVt", b"x") * 100_000), ()),
    "PNG with a wrong checksum": (lambda: png(90, 90, data=(b"\x00" + bytes(90)) * 90).replace(b"IHDR\x00\x00\x00Z", b"IHDR\x00\x00\x00["), (CORRUPT,)),
    "PNG of 10,000 frames": (lambda: animated_png(10_000), ()),
    "WebP of 10,000 frames": (lambda: animated("WEBP", 10_000), (TOO_MANY,)),
    "TIFF of 10,000 frames": (lambda: many_directories(10_000), (TOO_MANY,)),
    "TIFF of 50 frames": (lambda: many_directories(50), ()),
    "TIFF that follows itself": (lambda: tiff(directory(), following=8), ()),
    "TIFF that goes on elsewhere": (lambda: tiff(directory(), following=2**31), (CORRUPT,)),
    "TIFF whose pixels are elsewhere": (lambda: tiff(directory(offset=(4, 1, 2**31))), (CORRUPT,)),
    "TIFF of 4e9 strips": (lambda: tiff(directory(offset=(4, 2**32 - 1, 512))), (CORRUPT,)),
    "TIFF with a text of 4 GB": (lambda: tiff(directory(extra=(2, 2**32 - 1, 600))), ()),
    "TIFF of an unknown compression": (lambda: tiff(directory(compression=(3, 1, 9999))), (CORRUPT,)),
    "TIFF of 99 bits": (lambda: tiff(directory(bits=(3, 1, 99))), (CORRUPT,)),
    "TIFF without entries": (lambda: tiff({}), (CORRUPT,)),
    **{f"TIFF of garbled {name}": (partial(lambda code: tiff(directory(compression=(3, 1, code)), data=b"\x97\x4a" * 20_000), code), () if name == "packed bits" else (CORRUPT,)) for name, code in (("LZW", 5), ("JPEG", 7), ("deflate", 8), ("packed bits", 32_773), ("fax", 4))},
    "TIFF of numbers that are none": (lambda: written(Pillow.fromarray(np.full((90, 90), np.nan, np.float32)), "TIFF"), ()),
    "TIFF of 32 bits": (lambda: written(Pillow.fromarray(np.full((90, 90), 2**31 - 1, np.int32)), "TIFF"), ()),
    "TIFF in CMYK": (lambda: saved("TIFF", mode="CMYK"), ()),
    "TIFF in LAB": (lambda: saved("TIFF", mode="LAB"), ()),
    "HEIC of its head alone": (lambda: HEIC_HEAD, (CORRUPT,)),
    "HEIC of noise": (lambda: HEIC_HEAD + bytes(range(256)) * 99, (CORRUPT,)),
    "HEIC of an empty meta box": (lambda: HEIC_HEAD + box(b"meta", bytes(4)), (CORRUPT,)),
    "HEIC of 4e9 places": (lambda: HEIC_HEAD + box(b"meta", bytes(4) + box(b"iloc", b"\x02\x00\x00\x00\x44\x40" + b"\xff" * 99)), (CORRUPT,)),
    "HEIC of boxes in boxes": (lambda: HEIC_HEAD + nested(500), (CORRUPT,)),
    **{f"JPEG with orientation {value}": (partial(orientation, value), ()) for value in (0, 9, 255, 65_535)},
    "JPEG with an orientation of text": (lambda: orientation(65, kind=2), ()),
    "JPEG with EXIF of noise": (lambda: with_exif(bytes(range(256)) * 200), ()),
    "JPEG with EXIF in itself": (lambda: with_exif(b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHII", 1, 0x8769, 4, 1, 8) + struct.pack("<I", 8)), ()),
    "JPEG with EXIF elsewhere": (lambda: with_exif(b"II*\x00\xff\xff\xff\x7f"), ()),
    "JPEG with EXIF of 4e9 entries": (lambda: with_exif(b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHII", 65_535, 0x0112, 3, 2**32 - 1, 8)), ()),
    "JPEG with EXIF of markup": (lambda: with_exif(b"<script>alert(1)</script>"), ()),
}  # fmt: skip


def animated_png(frames: int) -> bytes:
    """Return a PNG that says it has so many frames; the first alone is a page."""
    said = chunk(b"acTL", struct.pack(">II", frames, 0))
    return png(90, 90, data=(b"\x00" + bytes(90)) * 90, extra=said)


def nested(levels: int) -> bytes:
    """Return boxes within boxes."""
    content = b""
    for _ in range(levels):
        content = box(b"meta", bytes(4) + content)
    return content


STRANGERS: Mapping[str, tuple[bytes, FailureCode]] = {
    "nothing": (b"", CORRUPT),
    "one byte": (b"%", OTHER),
    "text": (b"pay me " * 900, OTHER),
    "a page of HTML": (b"<html><script>alert(1)</script>" * 99, OTHER),
    "an SVG": (b"<?xml version='1.0'?><!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>", OTHER),
    "an address": (b"https://attacker.example/licence.jpg", OTHER),
    "a GIF": (b"GIF89a" + b"\xff\xff\xff\xff" + bytes(99), OTHER),
    "a RAR": (b"Rar!\x1a\x07\x01\x00" + bytes(99), OTHER),
    "a 7z": (b"7z\xbc\xaf\x27\x1c" + bytes(99), OTHER),
    "a gzip": (b"\x1f\x8b\x08" + bytes(99), OTHER),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), OTHER),
    "a Word file": (b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 19, 0) + b"[Content_Types].xml" + bytes(99), OTHER),
    "an OFD": (b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 7, 0) + b"OFD.xml" + bytes(99), OTHER),
    "a program": (b"MZ" + bytes(999), OTHER),
    "a program of Linux": (b"\x7fELF" + bytes(999), OTHER),
    "a Photoshop file": (b"8BPS\x00\x01" + bytes(99), OTHER),
    "a JPEG 2000": (b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(99), OTHER),
    "a JPEG XL": (b"\xff\x0a" + bytes(99), OTHER),
    "a video": (box(b"ftyp", b"isom" + bytes(4) + b"mp41") + bytes(99), OTHER),
    "an AVIF": (box(b"ftyp", b"avif" + bytes(4) + b"mif1avif") + bytes(99), OTHER),
    "an EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run", OTHER),
    "noise": (bytes(range(256)) * 99, OTHER),
    "zeros": (bytes(100_000), OTHER),
    "a zip": (b"PK\x05\x06" + bytes(18), FailureCode.ARCHIVE_UNSAFE),
}


def attacks() -> Iterator[Attack]:
    """Yield every hostile picture, and every file that is none."""
    for name, (make, found) in {**SIZES, **ODD}.items():
        yield document(name, make, *found)
    for name, (content, code) in STRANGERS.items():
        yield document(f"file that is {name}", partial(bytes, content), code)
    for kind in FORMATS:
        content = saved(kind)
        for percent, rest in cut(content):
            yield document(f"{kind} cut at {percent} %", partial(bytes, rest), CORRUPT)
        for number, mutant in mutants(content, 5, keep=40):
            yield document(f"{kind} mutant {number}", partial(bytes, mutant), expects=CORRUPT_OR_NOT)
    yield document("a text over a picture's limit", _text_in_a_picture)


def _text_in_a_picture() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "=cmd|' /C calc'!A0\x1b]0;pwned\x07<script>")
    return saved("PNG", pnginfo=told)
