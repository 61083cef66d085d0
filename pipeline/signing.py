"""Digital signatures of a PDF, checked without the network: whole, made with the key they come with, what came after.

A signature proves nothing here but that the file is as somebody signed it: whoever forges a paper can sign it with a
key of their own. Whose it is, and whether to trust them, needs certificates from the network and is not asked.
"""

import logging
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Any

from pipeline.signed_places import NOWHERE, Places, signed_places
from pipeline.traces import Signature, Unchecked

_log = logging.getLogger(__name__)

_SIGNED = re.compile(rb"/ByteRange\s*\[")
_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d{1,12}\s+\d{1,12}\s+(\d{1,12})\s+(\d{1,12})")
_MOST_SIGNATURES = 20
_END_OF_FILE = b"\r\n\0 "


@dataclass(frozen=True)
class Checked:
    """What the digital signatures of a PDF come to."""

    signatures: tuple[Signature, ...] = ()
    """In the order of signing."""
    places: Places = field(default_factory=dict)
    """Where those that hold are shown; nowhere, where that cannot be told."""


def check_signatures(content: bytes, ends: Sequence[int] = (), *, tell: Callable[[], None] = lambda: None) -> Checked:
    """Return what the digital signatures of a PDF come to; nothing without one.

    A signature that cannot be checked is told as well, with the reason: without pyHanko (extra `signatures`) all are.

    Args:
        content: The PDF.
        ends: Where each of its revisions ends, if that is known.
        tell: Called before each signature.
    """
    if not _SIGNED.search(content):
        return Checked()
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.fields import enumerate_sig_fields
    except ImportError:
        return _unread(content, Unchecked.NO_CHECKER)
    try:
        reader = PdfFileReader(BytesIO(content))
        if reader.encrypted:
            reader.decrypt(b"")
        # A list of fields may name the same one a hundred thousand times.
        fields = list(islice(enumerate_sig_fields(reader, filled_status=True), _MOST_SIGNATURES + 1))
        # Adobe's leave to fill in a form in its free reader is no signature of the paper.
        is_leave = not fields and {"/UR", "/UR3"} & set(reader.root.get("/Perms", {}))
    except Exception as error:
        _pass_over(error, "signatures cannot be told")
        return _unread(content, Unchecked.UNREADABLE)
    if not fields:
        return Checked() if is_leave else _unread(content, Unchecked.UNREADABLE)
    found, closing = [], _closing(content)
    for name, signed, shown in fields[:_MOST_SIGNATURES]:
        tell()
        place = _Place.of(signed, closing, ends)
        found.append((place.begin, _judged(reader, name, signed, shown, place), shown))
    found.sort(key=lambda each: each[0])
    rest = [Signature(unchecked=Unchecked.TOO_MANY)] if len(fields) > _MOST_SIGNATURES else []
    places = _places(reader, [shown for _, signature, shown in found if signature.holds])
    return Checked((*(signature for _, signature, _ in found), *rest), places)


def _places(reader: Any, fields: Sequence[Any]) -> Places:
    try:
        return signed_places(reader, fields)
    except Exception as error:
        _pass_over(error, "where signatures are shown cannot be told")
        return NOWHERE


def _pass_over(error: Exception, what: str) -> None:
    """Log what a parser raised, which may be anything on a damaged file; that memory ran out says nothing of the file.

    Raises:
        MemoryError: It did.
    """
    if isinstance(error, MemoryError):
        raise error
    _log.debug("%s: %s", what, type(error).__name__)


@dataclass(frozen=True)
class _Place:
    """Which bytes a signature covers, by its own dictionary: it cannot borrow those of another one."""

    begin: int
    """Of those behind the signature itself; the end of the file, if the dictionary does not say."""
    reaches_end: bool = False
    """Whether they reach the end of the file."""
    revision: int | None = None
    """Number of the revision that the last of them lies in, the first being 1; None if it cannot be told."""

    @classmethod
    def of(cls, signed: Any, closing: range, ends: Sequence[int]) -> "_Place":
        try:
            _, _, begin, length = (int(each) for each in signed.get_object()["/ByteRange"])
        except Exception as error:
            _pass_over(error, "a signature does not say what it covers")
            return cls(closing.stop)
        revision = bisect_right(ends, begin + length - 1) + 1
        return cls(begin, begin + length in closing, revision if revision <= len(ends) else None)


def _closing(content: bytes) -> range:
    """Return the offsets that count as the end of a file: some programs put empty lines behind it."""
    return range(len(content.rstrip(_END_OF_FILE)), len(content) + 1)


def _unread(content: bytes, why: Unchecked) -> Checked:
    """Return what the bare text tells of signatures: whether each covers the end of the file.

    What one does not cover, neither another one nor a comment that looks like one makes up for.
    """
    closing = _closing(content)
    ranges = (_RANGE.match(content, found.start()) for found in _SIGNED.finditer(content))
    is_each = all(found is not None and int(found[1]) + int(found[2]) in closing for found in ranges)
    return Checked((Signature(covers_whole_file=is_each, unchecked=why),))


def _judged(reader: Any, name: str, signed: Any, field: Any, place: _Place) -> Signature:
    """Return what a signature comes to."""
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    unchecked = partial(Signature, covers_whole_file=place.reaches_end)
    try:
        if signed.get_object().get("/SubFilter") not in [each.value for each in SigSeedSubFilter]:
            return unchecked(unchecked=Unchecked.UNSUPPORTED)
        embedded = EmbeddedPdfSignature(reader, field, name)
    except Exception as error:
        _pass_over(error, "a signature cannot be read")
        return unchecked(unchecked=Unchecked.UNREADABLE)
    try:
        return _checked(embedded, place)
    except Exception as error:
        _pass_over(error, "a signature cannot be checked")
        return unchecked(unchecked=_why(embedded))


def _checked(embedded: Any, place: _Place) -> Signature:
    intact, valid = _integrity(embedded)
    found = Signature(covers_whole_file=place.reaches_end, intact=intact, valid=valid, revision=place.revision)
    try:
        is_whole, is_changed = _appended(embedded)
        if is_whole and not place.reaches_end:
            raise ValueError("a hole in what the signature covers")  # noqa: TRY301
    except Exception as error:
        _pass_over(error, "what came after a signature cannot be told")
        if found.is_broken:  # whatever came after it
            return found
        raise
    why = Unchecked.HYBRID if is_changed is None and not found.is_broken else None
    return found.model_copy(update={"covers_whole_file": is_whole, "changed_after": is_changed, "unchecked": why})


def _appended(embedded: Any) -> tuple[bool, bool | None]:
    """Return whether a signature covers the whole file, and whether what was appended goes beyond what it allows.

    The second is None where there are two tables of what the file holds, as Office writes them: readers may go by the
    one or the other, and pyHanko does not judge what was appended to such a file.
    """
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if embedded.reader.xrefs.hybrid_xrefs_present:
        is_whole = embedded.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
        return is_whole, False if is_whole else None
    embedded.compute_integrity_info()
    told = embedded.summarise_integrity_info()
    return told["coverage"] is SignatureCoverageLevel.ENTIRE_FILE, not told.get("docmdp_ok", True)


def _integrity(embedded: Any) -> tuple[bool, bool]:
    """Return whether the covered bytes are those that were signed, and whether the key of the certificate signed them.

    That the digest is the one among the signed attributes says nothing alone: anybody can write it there.
    """
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    wrapped = embedded.signed_data["encap_content_info"]
    kind, digest, is_stamped = wrapped["content_type"].native, embedded.compute_digest(), True
    if kind == "tst_info":
        # A time stamp signs a record of its own, which names the digest.
        is_stamped = wrapped["content"].parsed["message_imprint"]["hashed_message"].native == digest
        digest = _digest(embedded.md_algorithm, bytes(wrapped["content"]))
    intact, valid = validate_sig_integrity(
        embedded.signer_info, embedded.signer_cert, expected_content_type=kind, actual_digest=digest
    )
    return intact and is_stamped, valid


def _digest(algorithm: str, content: bytes) -> bytes:
    import hashlib

    return hashlib.new(algorithm, content).digest()


def _why(embedded: Any) -> Unchecked:
    try:
        algorithms: Sequence[str] = (
            embedded.md_algorithm,
            embedded.signer_info["signature_algorithm"]["algorithm"].native,
        )
    except Exception as error:
        _pass_over(error, "a signature does not say how it was made")
        return Unchecked.UNREADABLE
    # One without a name is told by its number, such as 1.2.156.10197.1.501 (SM2).
    is_unknown = any(algorithm[:1].isdigit() for algorithm in algorithms)
    return Unchecked.UNSUPPORTED if is_unknown else Unchecked.UNREADABLE
