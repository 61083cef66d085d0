"""Source → what stands on its pages: text layer or OCR, and barcodes; kept by content, if wanted."""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from pipeline.barcodes import find_barcodes
from pipeline.cache import ReadingCache, renamed_seal
from pipeline.changes import Shown
from pipeline.editing import examine
from pipeline.layer_check import compared
from pipeline.model import (
    Box,
    Failure,
    Image,
    Page,
    PageRecord,
    ReadPage,
    ReadSource,
    Remark,
    Seal,
    Source,
    TextLine,
    Way,
)
from pipeline.ocr.base import Engine, Reading, turn
from pipeline.ocr.cleaning import clean_read, clean_reading
from pipeline.ocr.merging import merged
from pipeline.pages import open_pages
from pipeline.pixels import pixels_of
from pipeline.quality import measure
from pipeline.remarks import recount
from pipeline.settings import Settings
from pipeline.signatures import PDF
from pipeline.traces import Editing

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
        engine: Reads every page, also those that have a text of their own: it is believed as far as they show it.
        settings: Limits; whether and where readings are kept.
        pictures: Whether to make the pictures that pages for people show.
        tell: Called before the file is opened, before each page and before each step of looking at how it came about.
    """
    tell()
    cache = ReadingCache(settings, engine) if settings.cache else None
    kept = cache.get(source) if cache else None
    if kept:
        return _with_pictures(kept, settings) if pictures else kept
    read = _read_anew(source, engine, settings, pictures=pictures, tell=tell)
    if cache:
        cache.put(read)
    return read


def _read_anew(
    source: Source, engine: Engine, settings: Settings, *, pictures: bool, tell: Callable[[], None]
) -> ReadSource:
    opened = open_pages(source, settings)
    pages, failures = [], []
    scans: set[int] = set()
    for item in opened.pages:
        tell()
        if isinstance(item, Failure):
            failures.append(item)
        else:
            pages.append(_read_page(item, engine, pictures=pictures, is_pdf=source.media_type == PDF))
            if item.is_scan:
                scans.add(item.number)
    tell()
    # Of more pages than are read, the rest is a failure already.
    is_counted = source.media_type == PDF and pages and opened.total <= settings.max_pages
    counted = recount(source, opened.total) if is_counted else None
    return ReadSource(
        source=source,
        pages=tuple(pages),
        pages_total=opened.total,
        failures=(*failures, counted) if isinstance(counted, Failure) else tuple(failures),
        editing=_came_about(source, pages, scans, settings, tell),
        remarks=(*opened.remarks, counted) if isinstance(counted, Remark) else opened.remarks,
    )


def _came_about(
    source: Source, pages: Iterable[ReadPage], scans: Container[int], settings: Settings, tell: Callable[[], None]
) -> Editing | None:
    """Return what a file tells of how it came about; None if no page of it could be read."""
    tell()
    records = [page.record for page in pages]
    shown = {record.page: Shown(record.page in scans, record.turned) for record in records}
    return examine(source, shown, settings, tell=tell) if shown else None


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
    look = f"{Way.WHOLE_PAGE}/{sorted(numbers)}/{_digest(first)}"
    cache = ReadingCache(settings, engine, look) if settings.cache else None
    kept = cache.get(first.source) if cache else None
    if kept:
        return _with_pictures_of(first, kept)
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


def look_at_parts(
    first: ReadSource,
    parts: Mapping[int, Sequence[Box]],
    engine: Engine,
    settings: Settings,
    *,
    way: Way,
    tell: Callable[[], None] = lambda: None,
) -> ReadSource:
    """Return `first` with what a second look at some places of its pages adds; `first` itself, if nothing.

    Args:
        first: What was read already.
        parts: Places to look at, by page.
        engine: Looks again.
        settings: As for `read_source`.
        way: How. What a second engine reads takes the place of what stood there; else the surer line stays.
        tell: Called before the file is opened again and before each page.
    """
    tell()
    told = {page: [tuple(box.model_dump().values()) for box in boxes] for page, boxes in sorted(parts.items())}
    cache = ReadingCache(settings, engine, f"{way}/{told}/{_digest(first)}") if settings.cache else None
    kept = cache.get(first.source) if cache else None
    if kept:
        return _with_pictures_of(first, kept)
    images = {page.number: page.image for page in _pages(first.source, settings) if page.number in parts}
    looked = []
    for page in first.pages:
        tell()
        image = images.get(page.record.page)
        looked.append(page if image is None else _with_parts(page, image, parts[page.record.page], engine, way))
    pages = tuple(looked)
    read = first if pages == first.pages else replace(first, pages=pages)
    if cache:
        cache.put(read)
    return read


def _digest(read: ReadSource) -> str:
    """Return what tells one reading of a file from another: looks follow each other."""
    told = "".join(line.text for page in read.pages for line in page.lines)
    return hashlib.sha256(told.encode()).hexdigest()


def _with_parts(page: ReadPage, image: Image, parts: Sequence[Box], engine: Engine, way: Way) -> ReadPage:
    upright, record, lines = turn(image, page.record.turned), page.record, page.lines
    for part in parts:
        without_red = way is Way.WITHOUT_RED
        seen = clean_read(engine.read_part(upright, page=record.page, part=part, known=lines, without_red=without_red))
        if way is Way.SECOND_ENGINE:
            lines = tuple(line for line in lines if not _lies_in(line.box, part))
            lines += _stamped(seen, record.file)
        else:
            lines = tuple(merged(lines, _stamped(seen, record.file)))
    return replace(page, lines=lines)


def _lies_in(box: Box, part: Box) -> bool:
    x, y = box.center
    return part.left <= x <= part.right and part.top <= y <= part.bottom


def _with_pictures_of(first: ReadSource, kept: ReadSource) -> ReadSource:
    """Return a kept reading with the pictures that are in hand already."""
    pictures = {page.record.page: page.picture for page in first.pages}
    return replace(kept, pages=tuple(replace(page, picture=pictures[page.record.page]) for page in kept.pages))


def _pages(source: Source, settings: Settings) -> Iterator[Page]:
    return (item for item in open_pages(source, settings).pages if isinstance(item, Page))


def _read_page(page: Page, engine: Engine, *, pictures: bool, is_pdf: bool) -> ReadPage:
    reading = clean_reading(engine.read(page.image, page=page.number))
    reading, agreement = compared(page, reading, engine)
    seen = reading
    layer, is_compared = (agreement.lines, agreement.is_compared) if agreement else (None, True)
    if layer is not None:
        reading = Reading(lines=layer, seals=tuple(_turned_back(seal, reading.turned) for seal in reading.seals))
    image = turn(page.image, reading.turned)
    height, width = image.shape[:2]
    barcodes = find_barcodes(image, page=page.number)
    record = PageRecord(
        file=page.file,
        page=page.number,
        width=width,
        height=height,
        turned=reading.turned,
        # The empty back of a paper is no proof of where the paper comes from.
        pixels=pixels_of(image) if reading.lines or barcodes else None,
        rendered=True if is_pdf and not page.is_scan else None,
    )
    return ReadPage(
        record=record,
        lines=_stamped(reading.lines, page.file),
        barcodes=_stamped(barcodes, page.file),
        # By what the engine read: a layer's lines tell nothing of how well the page can be read.
        quality=None if layer is not None and is_compared else measure(turn(page.image, seen.turned), seen.lines),
        seals=_sealed(reading.seals, page.file),
        picture=_picture(image) if pictures else b"",
        text_layer_disagreements=agreement.told if agreement else None,
        text_layer_is_compared=is_compared,
    )


def _turned_back(seal: Seal, turned: int) -> Seal:
    """Return a seal on the page as it came, of one that was found on the page turned upright."""
    back = {"box": seal.box.turned(-turned)}
    return seal.model_copy(update={**back, "text": seal.text and seal.text.model_copy(update=back)})


def _looked_at_again(page: ReadPage, image: Image, engine: Engine) -> ReadPage:
    record = page.record
    seen = clean_read(engine.read_closer(turn(image, record.turned), page=record.page, known=page.lines))
    return replace(page, lines=tuple(merged(page.lines, _stamped(seen, record.file))))


def _stamped(lines: Iterable[TextLine], file: str) -> tuple[TextLine, ...]:
    """Return the lines with their file's name, and boxes rounded as they are kept and reported.

    Else a run from the cache could come out differently from one that reads anew.
    """
    return tuple(line.model_copy(update={"file": file, "box": line.box.rounded()}) for line in lines)


def _sealed(seals: Iterable[Seal], file: str) -> tuple[Seal, ...]:
    rounded = (seal.model_copy(update={"box": seal.box.rounded()}) for seal in seals)
    return tuple(renamed_seal(seal, file) for seal in rounded)


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
