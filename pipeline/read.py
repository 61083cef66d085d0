"""Source → what stands on its pages: text layer or OCR, and barcodes; kept by content, if wanted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
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
    tell: Callable[[], None] = lambda: None,
) -> ReadSource:
    """Return everything that can be read of one file.

    Args:
        source: The file's bytes.
        engine: Reads the pages that have no text of their own that can be trusted.
        settings: Limits; whether and where readings are kept.
        pictures: Whether to make the pictures that pages for people show.
        tell: Called before the file is opened and before each page.
    """
    tell()
    cache = ReadingCache(settings, engine) if settings.cache else None
    kept = cache.get(source) if cache else None
    if kept:
        return _with_pictures(kept, settings) if pictures else kept
    opened = open_pages(source, settings)
    pages, failures = [], []
    for item in opened.pages:
        tell()
        if isinstance(item, Failure):
            failures.append(item)
        else:
            pages.append(_read_page(item, engine, pictures=pictures))
    read = ReadSource(source=source, pages=tuple(pages), pages_total=opened.total, failures=tuple(failures))
    if cache:
        cache.put(read)
    return read


def look_closer(
    first: ReadSource,
    numbers: frozenset[int],
    engine: Engine,
    settings: Settings,
    *,
    tell: Callable[[], None] = lambda: None,
) -> ReadSource:
    """Return `first` with what a second look at some of its pages adds.

    Args:
        first: What was read already.
        numbers: Numbers of the pages on which something that must be there was not found.
        engine: Looks again.
        settings: As for `read_source`.
        tell: Called before the file is opened again and before each page.
    """
    tell()
    cache = ReadingCache(settings, engine, numbers) if settings.cache else None
    kept = cache.get(first.source) if cache else None
    if kept:
        pictures = {page.record.page: page.picture for page in first.pages}
        return replace(kept, pages=tuple(replace(page, picture=pictures[page.record.page]) for page in kept.pages))
    images = {page.number: page.image for page in _pages(first.source, settings) if page.number in numbers}
    pages = []
    for page in first.pages:
        tell()
        image = images.get(page.record.page)
        pages.append(page if image is None else _looked_at_again(page, image, engine))
    read = replace(first, pages=tuple(pages))
    if cache:
        cache.put(read)
    return read


def _pages(source: Source, settings: Settings) -> Iterator[Page]:
    return (item for item in open_pages(source, settings).pages if isinstance(item, Page))


def _read_page(page: Page, engine: Engine, *, pictures: bool) -> ReadPage:
    if page.text_is_visible and page.text_lines:
        reading = Reading(lines=page.text_lines)
    else:
        reading = engine.read(page.image, page=page.number)
    image = turn(page.image, reading.turned)
    height, width = image.shape[:2]
    record = PageRecord(file=page.file, page=page.number, width=width, height=height, turned=reading.turned)
    return ReadPage(
        record=record,
        lines=_stamped(reading.lines, page.file),
        barcodes=_stamped(find_barcodes(image, page=page.number), page.file),
        picture=_picture(image) if pictures else b"",
    )


def _looked_at_again(page: ReadPage, image: Image, engine: Engine) -> ReadPage:
    record = page.record
    seen = engine.read_closer(turn(image, record.turned), page=record.page, known=page.lines)
    return replace(page, lines=tuple(merged(page.lines, _stamped(seen, record.file))))


def _stamped(lines: Iterable[TextLine], file: str) -> tuple[TextLine, ...]:
    """Return the lines with their file's name, and boxes rounded as they are kept and reported.

    Else a run from the cache could come out differently from one that reads anew.
    """
    return tuple(line.model_copy(update={"file": file, "box": line.box.rounded()}) for line in lines)


def _with_pictures(read: ReadSource, settings: Settings) -> ReadSource:
    """Return a kept reading with pictures of its pages, which are not kept."""
    images = {page.number: page.image for page in _pages(read.source, settings)}
    pages = (replace(page, picture=_picture(turn(images[page.record.page], page.record.turned))) for page in read.pages)
    return replace(read, pages=tuple(pages))


def _picture(image: Image) -> bytes:
    from PIL import Image as Pillow

    picture = Pillow.fromarray(image)
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE), Pillow.Resampling.BILINEAR, reducing_gap=2.0)
    written = BytesIO()
    picture.save(written, "JPEG", quality=PICTURE_QUALITY)
    return written.getvalue()
