"""What a file is, told from its first bytes and never from its name."""

from dataclasses import dataclass

from pipeline.model import Message

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
TIFF = "image/tiff"
WEBP = "image/webp"
BMP = "image/bmp"
HEIC = "image/heic"


@dataclass(frozen=True)
class _Kind:
    """What people call a kind of file."""

    en: str
    zh: str
    suffixes: tuple[str, ...]
    """What names of it end in, the usual one first."""


KINDS = {
    PDF: _Kind("a PDF", " PDF", ("pdf",)),
    JPEG: _Kind("a JPEG picture", " JPEG 图片", ("jpg", "jpeg", "jpe", "jfif")),
    PNG: _Kind("a PNG picture", " PNG 图片", ("png",)),
    TIFF: _Kind("a TIFF picture", " TIFF 图片", ("tif", "tiff")),
    WEBP: _Kind("a WebP picture", " WebP 图片", ("webp",)),
    BMP: _Kind("a BMP picture", " BMP 图片", ("bmp", "dib")),
    HEIC: _Kind("a HEIC picture", " HEIC 图片", ("heic", "heif", "hif")),
}
"""The kinds that are read, by media type."""

# Kinds that are not read, of which a name may claim to be; any other ending claims nothing.
_OTHER_SUFFIXES = frozenset({
    "7z", "avif", "csv", "doc", "docx", "exe", "gif", "htm", "html", "jp2", "jxl", "ofd",
    "ppt", "pptx", "psd", "rar", "rtf", "svg", "txt", "xls", "xlsx", "xml", "zip",
})  # fmt: skip

HEAD_BYTES = 1_100
"""How much of a file's beginning is enough for `media_type`: a PDF's header may stand in the first 1,024 bytes."""

# ISO/IEC 14496-12 and 23008-12: the brands of HEVC-coded pictures, then the structural ones that AVIF shares.
_HEVC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs"})
_AV1_BRANDS = frozenset({b"avif", b"avis"})
_PICTURE_BRANDS = frozenset({b"mif1", b"msf1"})
_BMP_HEADER_SIZES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})

_OTHER_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"GIF8", "a GIF picture", "GIF 图片"),
    (b"Rar!\x1a\x07", "a RAR archive", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "7z 压缩包"),
    (b"\x1f\x8b", "a gzip archive", "gzip 压缩包"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (doc, xls)", "旧版 Office 文档（doc、xls）"),
    (b"8BPS", "a Photoshop picture", "Photoshop 图片"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture", "JPEG 2000 图片"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture", "JPEG 2000 图片"),
    (b"\x00\x00\x00\x0cJXL ", "a JPEG XL picture", "JPEG XL 图片"),
    (b"\xff\x0a", "a JPEG XL picture", "JPEG XL 图片"),
    (b"{\\rtf", "an RTF document", "RTF 文档"),
    (b"MZ", "a program", "可执行程序"),
    (b"\x7fELF", "a program", "可执行程序"),
)


def media_type(content: bytes) -> str | None:
    """Return the media type of a document that can be read, or None; `HEAD_BYTES` of the file are enough."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return TIFF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[:2] == b"BM" and int.from_bytes(content[14:18], "little") in _BMP_HEADER_SIZES:
        return BMP
    if content[4:8] == b"ftyp":
        return _media_type_of_brands(_brands(content))
    return PDF if b"%PDF-" in content[:1024] else None


def _brands(content: bytes) -> frozenset[bytes]:
    size = min(int.from_bytes(content[:4], "big"), len(content), HEAD_BYTES)
    return frozenset({content[8:12]} | {content[at : at + 4] for at in range(16, size - 3, 4)})


def _media_type_of_brands(brands: frozenset[bytes]) -> str | None:
    if brands & _HEVC_BRANDS:
        return HEIC
    return HEIC if brands & _PICTURE_BRANDS and not brands & _AV1_BRANDS else None


def claimed_suffix(name: str, kind: str) -> str | None:
    """Return what a name ends in if that claims another kind of file than it is; None if it fits or claims nothing."""
    _, dot, suffix = name.rpartition("/")[2].casefold().rpartition(".")
    claims = any(suffix in each.suffixes for each in KINDS.values()) or suffix in _OTHER_SUFFIXES
    return suffix if dot and claims and suffix not in KINDS[kind].suffixes else None


def is_zip(content: bytes) -> bool:
    """Whether the bytes begin a zip archive that is no Office or OFD document (they are zips inside)."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")) and _packed_document(content) is None


def _packed_document(content: bytes) -> tuple[str, str] | None:
    # The first member's name stands at byte 30; Office and OFD writers put these first.
    first = content[30:94]
    if first.startswith((b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/")):
        return "an Office document (docx, xlsx, pptx)", "Office 文档（docx、xlsx、pptx）"
    if first.startswith(b"mimetype"):
        return "an OpenDocument or e-book file", "OpenDocument 或电子书文件"
    return ("an OFD document", "OFD 文档") if first.startswith((b"OFD.xml", b"Doc_0/")) else None


def describe(content: bytes) -> Message:
    """Return in words what a file that cannot be read seems to be."""
    if content.startswith(b"PK"):
        en, zh = _packed_document(content) or ("a zip archive", "zip 压缩包")
        return Message(en=en, zh=zh)
    for signature, en, zh in _OTHER_SIGNATURES:
        if content.startswith(signature):
            return Message(en=en, zh=zh)
    if content[4:8] == b"ftyp":
        is_av1 = bool(_brands(content) & _AV1_BRANDS)
        return Message(en="an AVIF picture", zh="AVIF 图片") if is_av1 else Message(en="a video", zh="视频")
    if b"\x00" not in content[:HEAD_BYTES]:
        return Message(en="a text file", zh="文本文件")
    return Message(en="an unknown kind of file", zh="未知类型的文件")
