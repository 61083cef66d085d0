"""What was read of a file, kept by the file's content, so that a second run over the same files is quick.

It holds what the papers say: its folder is for the owner alone, and a setting switches it off.
"""

import gzip
import hashlib
import os
import tempfile
import zlib
from contextlib import suppress
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from pipeline.folders import make_folder
from pipeline.model import (
    Editing,
    PageQuality,
    PageRecord,
    ReadPage,
    ReadSource,
    Record,
    Remark,
    Seal,
    Source,
    TextDisagreement,
    TextLine,
)
from pipeline.ocr.base import Engine
from pipeline.settings import Settings
from pipeline.version import code_digest, libraries

LIMITS = ("max_pages", "max_frames", "max_pixels", "max_side", "max_aspect")
_MOST_BYTES = 128 << 20
"""Of a reading unpacked: three hundred pages of print have a tenth of it. A larger one is read anew."""


class _KeptPage(Record):
    record: PageRecord
    lines: tuple[TextLine, ...]
    barcodes: tuple[TextLine, ...]
    quality: PageQuality | None = None
    seals: tuple[Seal, ...] = ()
    text_layer_disagreements: tuple[TextDisagreement, ...] | None = None
    text_layer_is_compared: bool = True


class _Kept(Record):
    pages: tuple[_KeptPage, ...]
    pages_total: int
    editing: Editing | None = None
    remarks: tuple[Remark, ...] = ()


class ReadingCache:
    """Readings by content, engine, libraries and limits; every fault of the cache itself only costs time."""

    def __init__(self, settings: Settings, engine: Engine, look: str = "") -> None:
        self._folder = settings.cache_folder
        limits = [getattr(settings, name) for name in LIMITS]
        self._reader = f"{_code()}/{libraries()}/{engine.fingerprint}/{limits}/{look}"

    def get(self, source: Source) -> ReadSource | None:
        """Return what was read of the same bytes by the same reader, or None."""
        try:
            kept = _Kept.model_validate_json(_unpacked(self._place(source).read_bytes()))
        except (OSError, zlib.error, ValueError, ValidationError):
            return None
        return ReadSource(
            source=source,
            pages=tuple(_renamed(page, source.file) for page in kept.pages),
            pages_total=kept.pages_total,
            editing=kept.editing,
            remarks=tuple(remark.model_copy(update={"file": source.file}) for remark in kept.remarks),
        )

    def put(self, read: ReadSource) -> None:
        """Keep what was read of a file, unless something of it failed: that costs little to find out again."""
        if read.failures:
            return
        pages = tuple(
            _KeptPage(
                record=page.record,
                lines=page.lines,
                barcodes=page.barcodes,
                quality=page.quality,
                seals=page.seals,
                text_layer_disagreements=page.text_layer_disagreements,
                text_layer_is_compared=page.text_layer_is_compared,
            )
            for page in read.pages
        )
        kept = _Kept(pages=pages, pages_total=read.pages_total, editing=read.editing, remarks=read.remarks)
        with suppress(OSError):
            _write(self._place(read.source), gzip.compress(kept.model_dump_json().encode(), compresslevel=1, mtime=0))

    def _place(self, source: Source) -> Path:
        key = hashlib.sha256(f"{source.sha256}/{self._reader}".encode()).hexdigest()
        return self._folder / key[:2] / f"{key}.json.gz"


@cache
def _code() -> str:
    """Return a digest of the code that opens, turns and reads pages: once it changes, old readings are stale."""
    return code_digest([Path(__file__).parent])


def _renamed(page: _KeptPage, file: str) -> ReadPage:
    """Return the page under the name that its file has now."""
    return ReadPage(
        record=page.record.model_copy(update={"file": file}),
        lines=tuple(line.model_copy(update={"file": file}) for line in page.lines),
        barcodes=tuple(line.model_copy(update={"file": file}) for line in page.barcodes),
        quality=page.quality,
        seals=tuple(renamed_seal(seal, file) for seal in page.seals),
        text_layer_disagreements=page.text_layer_disagreements
        and tuple(each.model_copy(update={"file": file}) for each in page.text_layer_disagreements),
        text_layer_is_compared=page.text_layer_is_compared,
    )


def renamed_seal(seal: Seal, file: str) -> Seal:
    """Return the seal, and what its ring says, under the name that its file has."""
    text = seal.text and seal.text.model_copy(update={"file": file})
    return seal.model_copy(update={"file": file, "text": text})


def _unpacked(content: bytes) -> bytes:
    """Return what was packed.

    Raises:
        zlib.error: It is damaged.
        ValueError: It is cut off, or more than a reading can be.
    """
    # Unlike `gzip.decompress` this stops at a limit: what lies in the folder need not be what was put there.
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    unpacked = unpacker.decompress(content, _MOST_BYTES)
    if not unpacker.eof:
        raise ValueError
    return unpacked


def _write(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
