"""PDF → pages, by pdfium: rendered at a resolution fit for reading, or the scan itself where a page is nothing else.

pdfium has no limits of its own; whoever calls this for files from strangers does so in a process that can be killed.
"""

import logging
import math
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np

from pipeline.figures import has_unseen_text, is_crowded
from pipeline.frame import Frame
from pipeline.model import Failure, FailureCode, Image, Page, Remark, Source
from pipeline.pictures import narrow, too_many_pages
from pipeline.refusal import Refusal
from pipeline.remarks import locked_by_nothing
from pipeline.scans import take_scan
from pipeline.settings import Settings
from pipeline.textlayer import read_text_layer
from pipeline.visibility import text_is_visible

_log = logging.getLogger(__name__)

_DPI = 200
_POINTS_PER_INCH = 72
# Longest side of a rendered page, in pixels: an identity card is enlarged, a poster is made smaller.
_MIN_LONGEST = 1_600
_MAX_LONGEST = 2_600


def open_pdf(source: Source, settings: Settings) -> tuple[int, Iterator[Page | Failure], tuple[Remark, ...]]:
    """Return the number of pages, each page in order, and what is worth telling of the file.

    Past `max_pages` one failure stands for the rest of the pages.

    Raises:
        Refusal: The file is encrypted or damaged, or has no page.
    """
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        document = pdfium.PdfDocument(source.content)
        total = len(document)
    except pdfium.PdfiumError as error:
        raise _refused(getattr(error, "err_code", None)) from error
    if total == 0:
        raise _damaged("PDF has no page", "PDF 没有任何页面")
    is_locked = raw.FPDF_GetSecurityHandlerRevision(document) != -1
    try:
        # Values typed into form fields are shown only with this.
        document.init_forms()
    except pdfium.PdfiumError:
        _log.debug("a PDF's form fields cannot be shown")
    return total, _pages(document, total, source, settings), (locked_by_nothing(source),) if is_locked else ()


def _pages(document: Any, total: int, source: Source, settings: Settings) -> Iterator[Page | Failure]:
    from pypdfium2 import PdfiumError

    with closing(document):
        for number in range(1, min(total, settings.max_pages) + 1):
            try:
                with closing(document[number - 1]) as page:
                    yield _read(page, number, source, settings)
            except Refusal as refusal:
                yield refusal.failure(source.file, page=number)
            except PdfiumError:
                yield _damaged("the page is damaged", "该页已损坏").failure(source.file, page=number)
        if total > settings.max_pages:
            yield too_many_pages(str(total), str(total), settings.max_pages).failure(
                source.file, page=settings.max_pages + 1
            )


def _read(page: Any, number: int, source: Source, settings: Settings) -> Page:
    frame = Frame.of(page)
    _require_size(frame, settings.max_aspect)
    scan = take_scan(page, frame, settings)
    if scan is not None:
        layer = read_text_layer(page, frame.part(scan.area))
        return Page(
            source.file,
            number,
            scan.image,
            layer.lines(number),
            text_outside=layer.outside(),
            text_is_recognised=True,
            is_scan=True,
            text_is_whole=layer.is_whole,
            points_high=frame.part(scan.area).height,
        )
    image = _render(page, frame)
    layer = read_text_layer(page, frame)
    is_visible = text_is_visible(page, frame, layer, image)
    return Page(
        source.file,
        number,
        image,
        layer.lines(number),
        text_is_visible=is_visible,
        text_outside=layer.outside(),
        text_is_recognised=not is_visible and not is_crowded(page) and has_unseen_text(page),
        text_is_whole=layer.is_whole,
        points_high=frame.height,
    )


def _require_size(frame: Frame, max_aspect: float) -> None:
    if not (math.isfinite(frame.width) and math.isfinite(frame.height) and min(frame.width, frame.height) > 0):
        raise _damaged("the page has no size", "该页没有尺寸")
    if max(frame.width, frame.height) > max_aspect * min(frame.width, frame.height):
        raise narrow(f"{frame.width:.0f} × {frame.height:.0f} pt", max_aspect)


def _render(page: Any, frame: Frame) -> Image:
    longest = max(frame.width, frame.height)
    scale = min(max(_DPI / _POINTS_PER_INCH, _MIN_LONGEST / longest), _MAX_LONGEST / longest)
    bitmap = page.render(scale=scale, rev_byteorder=True)
    # A copy: the bitmap's memory is pdfium's and goes with it.
    return np.array(bitmap.to_numpy()[:, :, :3])


def _refused(code: int | None) -> Refusal:
    import pypdfium2.raw as raw

    if code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
        return Refusal(
            FailureCode.ENCRYPTED,
            en="the PDF is protected by a password; send it without one",
            zh="PDF 有密码保护；请提交无密码的文件",
        )
    return _damaged("the PDF is damaged and cannot be opened", "PDF 已损坏，无法打开")


def _damaged(en: str, zh: str) -> Refusal:
    return Refusal(FailureCode.CORRUPT, en=f"{en}; export or scan it again", zh=f"{zh}；请重新导出或扫描")
