"""Documents whose pages show pictures, of which nothing but a name is needed."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Document, PageRecord


def pixels(picture: str) -> str:
    """Return what tells a picture of a name."""
    return hashlib.sha256(picture.encode()).hexdigest()


def shown(document: Document, *pictures: str, files: Sequence[str] = (), rendered: bool = False) -> Document:
    """Return the document with a page for each picture (empty: none), all in its file or each in one of `files`."""
    where = files or (document.file,) * len(pictures)
    pages = [
        PageRecord(
            file=file,
            page=where[:at].count(file) + 1,
            width=2000,
            height=1414,
            turned=0,
            pixels=pixels(picture) if picture else None,
            rendered=rendered or None,
        )
        for at, (file, picture) in enumerate(zip(where, pictures, strict=True))
    ]
    held = tuple((file, hashlib.sha256(file.encode()).hexdigest()) for file in dict.fromkeys(where))
    return replace(document, pages=tuple(pages), files=held, file=where[0], sha256=held[0][1], pages_total=len(pages))
