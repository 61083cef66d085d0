"""Source → upright pages as pixels, with the text layer of PDFs."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.model import Failure, Page, Remark, Source
from pipeline.pdf import open_pdf
from pipeline.pictures import open_pictures
from pipeline.refusal import Refusal
from pipeline.settings import Settings
from pipeline.signatures import PDF


@dataclass(frozen=True)
class OpenedSource:
    """A file that was opened: its pages come one at a time, so that only one is in memory."""

    total: int
    """Pages that the file has, read or not; 0 if it could not be opened."""
    pages: Iterator[Page | Failure]
    """Can be walked once. A failure's `page` is set where pages are missing: the one, or the first of the rest."""
    remarks: tuple[Remark, ...] = ()


def open_pages(source: Source, settings: Settings) -> OpenedSource:
    """Open a file of any supported type; what cannot be opened yields its one failure."""
    try:
        if source.media_type == PDF:
            return OpenedSource(*open_pdf(source, settings))
        return OpenedSource(*open_pictures(source, settings))
    except Refusal as refusal:
        return OpenedSource(0, iter((refusal.failure(source.file),)))
