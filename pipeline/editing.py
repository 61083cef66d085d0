"""How a file came about, as far as its structure tells: program, saves, changes after a signature (DOC105).

Facts only, read without the network; what cannot be told is left out, and no file is refused for it.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any, TypeVar

from pipeline.model import Source
from pipeline.signatures import PDF
from pipeline.text import clean
from pipeline.traces import Editing

_log = logging.getLogger(__name__)

T = TypeVar("T")

_SOFTWARE_TAG = 0x0131
_CREATOR_TOOL = re.compile(rb"CreatorTool(?:=\"|>)([^\"<]{1,200})")
_MOST_CHARACTERS = 200
"""Of a program's name: more is no name."""
_MOST_SECTIONS = 1_000
_MOST_BYTES = 65_536
"""Of a cross-reference section, looked through for its trailer, which is written behind a table of any length."""
_START = re.compile(rb"startxref\s+(\d{1,12})")
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_END = re.compile(rb"%%EOF")


def examine(source: Source, *, is_scan: bool) -> Editing:
    """Return what the file tells of how it came about; a part that cannot be told is left out.

    Args:
        source: A PDF or a picture.
        is_scan: Whether each page of the PDF is nothing but one picture.
    """
    if source.media_type != PDF:
        return Editing(producer=_told(_program_of_picture, source) or "")
    return Editing(
        producer=_told(_program_of_pdf, source) or "",
        revisions=count_revisions(source.content),
        is_scan=is_scan,
        changed_after_signing=_told(changed_after_signing, source),
    )


def _told(find: Callable[[bytes], T], source: Source) -> T | None:
    try:
        return find(source.content)
    except Exception as error:  # parsers raise anything on damaged files, and this is no reason not to read one
        _log.debug("%s cannot be told of a file: %s", find.__name__, type(error).__name__)
        return None


def count_revisions(content: bytes) -> int:
    """Return how often a PDF was saved, by its chain of cross-reference sections.

    A linearised file ("fast web view") has two sections from its first save.
    """
    sections = len(set(_sections(content))) or len(_END.findall(content))
    is_linearised = b"/Linearized" in content[:2_048]
    return max(sections - is_linearised, 1)


def _sections(content: bytes) -> Iterator[int]:
    """Yield where each cross-reference section begins, the last one first."""
    starts = _START.findall(content)
    # Offsets count from the header; mailers put bytes in front of it.
    base = max(content[:1_024].find(b"%PDF-"), 0)
    at, seen = (int(starts[-1]) if starts else -1), set[int]()
    while 0 <= at < len(content) - base and at not in seen and len(seen) < _MOST_SECTIONS:
        seen.add(at)
        trailer = _trailer(content, base + at)
        if trailer is None:
            return
        yield at
        previous = _PREVIOUS.search(trailer)
        at = int(previous[1]) if previous else -1


def _trailer(content: bytes, at: int) -> bytes | None:
    """Return the dictionary of the cross-reference section at an offset; None if there is no section."""
    if content[at : at + 20].lstrip().startswith(b"xref"):
        begin = content.find(b"trailer", at)
        return content[begin : content.find(b"startxref", begin)][:_MOST_BYTES] if begin >= 0 else None
    found = content[at : at + _MOST_BYTES]
    return found.partition(b"stream")[0] if re.match(rb"\s*\d+\s+\d+\s+obj", found) else None


def _program_of_pdf(content: bytes) -> str:
    from pypdf import PdfReader

    told: Mapping[str, Any] = PdfReader(BytesIO(content)).metadata or {}
    # Each once: many programs give both the same name.
    names = dict.fromkeys(_name(told.get(key)) for key in ("/Creator", "/Producer"))
    return "; ".join(name for name in names if name)


def _program_of_picture(content: bytes) -> str:
    from PIL import Image as Pillow

    with Pillow.open(BytesIO(content), formats=["JPEG", "PNG", "TIFF", "WEBP"]) as picture:
        packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
        told = [picture.getexif().get(_SOFTWARE_TAG), picture.info.get("Software")]
    packet = packet.encode() if isinstance(packet, str) else packet
    told += [found.decode(errors="replace") for found in _CREATOR_TOOL.findall(packet)[:1]]
    return "; ".join(dict.fromkeys(name for each in told if (name := _name(each))))


def _name(told: object) -> str:
    return clean(str(told))[:_MOST_CHARACTERS] if told else ""


def changed_after_signing(content: bytes) -> bool | None:
    """Return whether a PDF was changed after a digital signature in a way that the signature does not allow.

    Whose signature it is, and whether it is trusted, is not asked: that needs the network.

    Returns:
        None without a signature, or without pyHanko (extra `signatures`).
    """
    if b"/ByteRange" not in content:
        return None
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
    except ImportError:
        return None
    signatures = PdfFileReader(BytesIO(content)).embedded_signatures
    return any(map(_is_broken, signatures)) if signatures else None


def _is_broken(signature: Any) -> bool:
    """Whether the signed bytes are others, or what was appended goes beyond further signatures and filled-in forms."""
    signature.compute_integrity_info()
    told = signature.summarise_integrity_info()
    signed = signature.signer_info["signed_attrs"]
    claimed = next(each["values"][0].native for each in signed if each["type"].native == "message_digest")
    return claimed != signature.compute_digest() or not told.get("docmdp_ok", True)
