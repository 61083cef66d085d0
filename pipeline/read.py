"""Source → what stands on its pages: text layer or OCR, and barcodes; kept by content, if wanted."""

from collections.abc import Iterable
from io import BytesIO

from pipeline.barcodes import find_barcodes
from pipeline.cache import ReadingCache
from pipeline.model import Failure, Image, Page, PageRecord, ReadPage, ReadSource, Source, TextLine
from pipeline.ocr.base import Engine, Reading, turn
from pipeline.ocr.merging import merged
from pipeline.pages import open_pages
from pipeline.settings import Settings

PICTURE_SIDE = 1600
"""Longest side, in pixels, of the pictures that pages for people show."""
PICTURE_QUALITY = 72


def read_source(
    source: Source,
    engine: Engine,
    settings: Settings,
    *,
    pictures: bool = False,
    closely: frozenset[int] = frozenset(),
) -> ReadSource:
    """Return everything that can be read of one file.

    Args:
        source: The file's bytes.
        engine: Reads the pages that have no text of their own that can be trusted.
        settings: Limits; whether and where readings are kept.
        pictures: Whether to make the pictures that pages for people show.
        closely: Numbers of the pages to look at twice, the second time at a finer scale, since something that
            must be there was not found.
    """
    cache = ReadingCache(settings, engine, closely) if settings.cache else None
    kept = cache.get(source) if cache else None
    if kept and pictures:
        return _with_pictures(kept, settings)
    if kept:
        return kept
    opened = open_pages(source, settings)
    pages, failures = [], []
    for item in opened.pages:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            pages.append(_read_page(item, engine, pictures=pictures, closely=item.number in closely))
    read = ReadSource(source=source, pages=tuple(pages), pages_total=opened.total, failures=tuple(failures))
    if cache:
        cache.put(read)
    return read


def _read_page(page: Page, engine: Engine, *, pictures: bool, closely: bool) -> ReadPage:
    if page.text_is_visible and page.text_lines and not closely:
        reading = Reading(lines=page.text_lines)
    else:
        reading = engine.read(page.image, page=page.number)
    image = turn(page.image, reading.turned)
    if closely:
        second = engine.read(image, page=page.number, closer=True)
        if not second.turned:
            reading = Reading(lines=tuple(merged(reading.lines, second.lines)), turned=reading.turned)
    height, width = image.shape[:2]
    record = PageRecord(file=page.file, page=page.number, width=width, height=height, turned=reading.turned)
    return ReadPage(
        record=record,
        lines=_stamped(reading.lines, page.file),
        barcodes=_stamped(find_barcodes(image, page=page.number), page.file),
        picture=_picture(image) if pictures else b"",
    )


def _stamped(lines: Iterable[TextLine], file: str) -> tuple[TextLine, ...]:
    """Return the lines with their file's name, and boxes rounded as they are kept and reported.

    Else a run from the cache could come out differently from one that reads anew.
    """
    return tuple(line.model_copy(update={"file": file, "box": line.box.rounded()}) for line in lines)


def _with_pictures(read: ReadSource, settings: Settings) -> ReadSource:
    """Return a kept reading with pictures of its pages, which are not kept."""
    images = {page.number: page.image for page in open_pages(read.source, settings).pages if isinstance(page, Page)}
    pages = tuple(
        ReadPage(
            record=page.record,
            lines=page.lines,
            barcodes=page.barcodes,
            picture=_picture(turn(images[page.record.page], page.record.turned)),
        )
        for page in read.pages
    )
    return ReadSource(source=read.source, pages=pages, pages_total=read.pages_total, failures=read.failures)


def _picture(image: Image) -> bytes:
    from PIL import Image as Pillow

    picture = Pillow.fromarray(image)
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE), Pillow.Resampling.BILINEAR, reducing_gap=2.0)
    written = BytesIO()
    picture.save(written, "JPEG", quality=PICTURE_QUALITY)
    return written.getvalue()
