"""How a file came about, as far as it tells: program, saves, what the last one made visible, signatures (DOC105).

Facts only, read without the network; what cannot be told is left out or said to be so, and no file is refused for it.
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any, TypeVar

from pipeline.changes import Shown, compare, was_scan
from pipeline.model import Source
from pipeline.pictures import open_picture
from pipeline.revisions import Revisions, find_revisions
from pipeline.settings import Settings
from pipeline.signatures import PDF
from pipeline.signing import check_signatures
from pipeline.text import clean
from pipeline.traces import Change, Editing, LastRevision, Signature, VisibleChange

_log = logging.getLogger(__name__)

T = TypeVar("T")

_SOFTWARE_TAG = 0x0131
_CREATOR_TOOL = re.compile(rb"CreatorTool(?:=\"|>)([^\"<]{1,200})")
_MOST_CHARACTERS = 200
"""Of a program's name: more is no name."""


def examine(
    source: Source, shown: Mapping[int, Shown], settings: Settings, *, tell: Callable[[], None] = lambda: None
) -> Editing:
    """Return what the file tells of how it came about; a part that cannot be told is left out.

    Args:
        source: A PDF or a picture.
        shown: Its pages by number, as far as they were read.
        settings: Limits of pictures.
        tell: Called before each step that may take long.
    """
    if source.media_type != PDF:
        return Editing(producer=_told(partial(_program_of_picture, source, settings)) or "")
    revisions = find_revisions(source.content)
    checked = check_signatures(source.content, revisions.ends, tell=tell)
    is_scan = bool(shown) and all(page.is_scan for page in shown.values())
    told = Editing(
        producer=_told(partial(_program_of_pdf, source.content)) or "",
        revisions=revisions.count,
        is_scan=is_scan,
        changed_after_signing=_is_changed(checked.signatures),
        signatures=checked.signatures or None,
    )
    if revisions.count == 1:
        return told
    is_scan = is_scan or bool(
        revisions.ends and _told(partial(was_scan, source.content, revisions.ends[0], max(shown, default=0), tell))
    )
    pages = {number: replace(page, signed=checked.places.get(number, ())) for number, page in shown.items()}
    last = _last_revision(source.content, revisions, told.signed_revision, pages, tell)
    return told.model_copy(update={"is_scan": is_scan, "last_revision": last})


def _told(find: Callable[[], T]) -> T | None:
    try:
        return find()
    except MemoryError:  # says nothing of the file, and may not be kept as if it did
        raise
    except Exception as error:  # parsers raise anything on damaged files, and this is no reason not to read one
        _log.debug("a part of how a file came about cannot be told: %s", type(error).__name__)
        return None


def _last_revision(
    content: bytes,
    revisions: Revisions,
    signed: int | None,
    shown: Mapping[int, Shown],
    tell: Callable[[], None],
) -> LastRevision:
    """Return what the last save made visible, with what those before it did as long as nothing graver is seen.

    A save that changes nothing, or that fills in a form or adds a page, must not hide one that changed the page itself:
    while nothing graver is seen, the file is compared with the save before, the one before that, and the first one.
    """
    # All saves after the first signature that holds count as one: many of them must not hide what was before it.
    latest = max((signed or revisions.count) - 1, 1)
    found = None
    for since in dict.fromkeys((latest, max(latest - 1, 1), 1)) if revisions.ends and shown else ():
        tried = _told(partial(compare, content, revisions.ends[since - 1], since=since, shown=shown, tell=tell))
        if tried and not tried.unreadable:
            found = _with_later(tried, found)
            if not all(map(_is_harmless, found.changes)):
                break
    return found or LastRevision(since=latest, pages_left_out=len(shown), unreadable=True)


def _is_harmless(change: VisibleChange) -> bool:
    is_cover = change.kind is Change.ANNOTATION and change.hides
    return change.kind not in (Change.CONTENT, Change.SIZE) and not is_cover


def _with_later(found: LastRevision, later: LastRevision | None) -> LastRevision:
    """Return what became visible since a revision, with what was seen since a later one and is not told by it.

    What was laid over a page may lie on one that is new since the earlier revision: that alone would say less.
    """
    gone = [
        change
        for change in (later.changes if later else ())
        if not any(_is_alike(each, change) and each.box.overlaps(change.box) for each in found.changes)
    ]
    changes = sorted([*found.changes, *gone], key=lambda change: (change.page, change.box.top, change.box.left))
    return found.model_copy(update={"changes": tuple(changes)})


def _is_alike(one: VisibleChange, other: VisibleChange) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("page", "kind", "on_scan", "hides"))


def _is_changed(signatures: Sequence[Signature]) -> bool | None:
    if any(signature.is_broken for signature in signatures):
        return True
    is_known = signatures and all(signature.unchecked is None for signature in signatures)
    return False if is_known else None


def _program_of_pdf(content: bytes) -> str:
    from pypdf import PdfReader

    told: Mapping[str, Any] = PdfReader(BytesIO(content)).metadata or {}
    # Each once: many programs give both the same name.
    names = dict.fromkeys(_name(told.get(key)) for key in ("/Creator", "/Producer"))
    return "; ".join(name for name in names if name)


def _program_of_picture(source: Source, settings: Settings) -> str:
    with open_picture(source, settings) as picture:
        packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
        told = [picture.getexif().get(_SOFTWARE_TAG), picture.info.get("Software")]
    packet = packet.encode() if isinstance(packet, str) else packet
    told += [found.decode(errors="replace") for found in _CREATOR_TOOL.findall(packet)[:1]]
    return "; ".join(dict.fromkeys(name for each in told if (name := _name(each))))


def _name(told: object) -> str:
    return clean(str(told))[:_MOST_CHARACTERS] if told else ""
