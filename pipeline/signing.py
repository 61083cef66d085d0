"""Digital signatures of a PDF, checked without the network: whole, made with the key they come with, what came after.

A signature proves nothing here but that the file is as somebody signed it: whoever forges a paper can sign it with a
key of their own. Whose it is, and whether to trust them, needs certificates from the network and is not asked.
"""

import logging
import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pipeline.traces import Signature, Unchecked

_log = logging.getLogger(__name__)

_SIGNED = re.compile(rb"/ByteRange\s*\[")
_RANGE = re.compile(rb"/ByteRange\s*\[\s*\d{1,12}\s+\d{1,12}\s+(\d{1,12})\s+(\d{1,12})")
_MOST_SIGNATURES = 20
_END_OF_FILE = b"\r\n\0 "


def check_signatures(content: bytes, tell: Callable[[], None] = lambda: None) -> tuple[Signature, ...]:
    """Return what each digital signature of a PDF comes to, in the order of signing; nothing without one.

    A signature that cannot be checked is told as well, with the reason: without pyHanko (extra `signatures`) all are.

    Args:
        content: The PDF.
        tell: Called before each signature.
    """
    if not _SIGNED.search(content):
        return ()
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.fields import enumerate_sig_fields
    except ImportError:
        return (_unchecked(content, Unchecked.NO_CHECKER),)
    try:
        reader = PdfFileReader(BytesIO(content))
        if reader.encrypted:
            reader.decrypt(b"")
        fields = list(enumerate_sig_fields(reader, filled_status=True))
        # Adobe's leave to fill in a form in its free reader is no signature of the paper.
        is_leave = not fields and {"/UR", "/UR3"} & set(reader.root.get("/Perms", {}))
    except Exception as error:  # as whatever parses a damaged file
        _log.debug("signatures cannot be told: %s", type(error).__name__)
        return (_unchecked(content, Unchecked.UNREADABLE),)
    if not fields:
        return () if is_leave else (_unchecked(content, Unchecked.UNREADABLE),)
    found = []
    for number, (name, signed, field) in enumerate(fields):
        tell()
        found.append(_judged(reader, name, signed, field, content, is_one_too_many=number >= _MOST_SIGNATURES))
    return tuple(signature for _, signature in sorted(found, key=lambda each: each[0]))


def _unchecked(content: bytes, why: Unchecked) -> Signature:
    """Return what can be told of a signature that is not looked into: whether the last one ends where the file does."""
    covered = max((int(start) + int(length) for start, length in _RANGE.findall(content)), default=0)
    return Signature(covers_whole_file=covered >= len(content.rstrip(_END_OF_FILE)), unchecked=why)


def _judged(
    reader: Any, name: str, signed: Any, field: Any, content: bytes, *, is_one_too_many: bool
) -> tuple[int, Signature]:
    """Return the revision that a signature belongs to, and what it comes to."""
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    last = reader.xrefs.total_revisions
    if is_one_too_many:
        return last, _unchecked(content, Unchecked.TOO_MANY)
    try:
        if signed.get_object().get("/SubFilter") not in [each.value for each in SigSeedSubFilter]:
            return last, _unchecked(content, Unchecked.UNSUPPORTED)
        embedded = EmbeddedPdfSignature(reader, field, name)
    except Exception as error:
        _log.debug("a signature cannot be read: %s", type(error).__name__)
        return last, _unchecked(content, Unchecked.UNREADABLE)
    try:
        return embedded.signed_revision, _checked(embedded)
    except Exception as error:
        _log.debug("a signature cannot be checked: %s", type(error).__name__)
        return embedded.signed_revision, _unchecked(content, _why(embedded))


def _checked(embedded: Any) -> Signature:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    intact, valid = _integrity(embedded)
    embedded.compute_integrity_info()
    told = embedded.summarise_integrity_info()
    return Signature(
        covers_whole_file=told["coverage"] is SignatureCoverageLevel.ENTIRE_FILE,
        intact=intact,
        valid=valid,
        changed_after=not told.get("docmdp_ok", True),
    )


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
    algorithms: Sequence[str] = (
        embedded.md_algorithm,
        embedded.signer_info["signature_algorithm"]["algorithm"].native,
    )
    # One without a name is told by its number, such as 1.2.156.10197.1.501 (SM2).
    is_unknown = any(algorithm[:1].isdigit() for algorithm in algorithms)
    return Unchecked.UNSUPPORTED if is_unknown else Unchecked.UNREADABLE
