"""Page → the payloads of the QR and PDF417 codes on it.

The two kinds that licences and certificates bear. DataMatrix and the linear codes of shops stood on no page that
was seen, and looking for them takes longer than everything else here.
"""

from collections.abc import Iterator
from typing import Any

from pipeline.model import Box, EvidenceSource, Image, TextLine
from pipeline.text import clean

_MAX_PAYLOAD = 2_000
# A code whose modules are three pixels or less is found only when enlarged, one on grainy paper when made smaller.
# Longest side of the page in pixels, and the scales that are tried until one shows a QR code.
_SCALES: tuple[tuple[int, tuple[float, ...]], ...] = (
    (1_200, (1, 2, 3, 0.7)),
    (2_000, (1, 2, 0.7)),
    (1_000_000, (1, 0.7)),
)

_LEAST_CONTRAST = 8
"""Of 255: of codes with 16 the reader finds none. A page with less than half of that is an empty sheet, and looking for
codes took most of the time that one takes."""


def find_barcodes(image: Image, *, page: int) -> tuple[TextLine, ...]:
    """Return each code's payload as a line, from top to bottom; control characters are cleaned out.

    Args:
        image: RGB, in any of the four directions.
        page: Number to stamp on each line.
    """
    import cv2
    import zxingcpp

    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    if int(grey.max()) - int(grey.min()) < _LEAST_CONTRAST:
        return ()
    found = [*_read(grey, zxingcpp.BarcodeFormat.PDF417), *_first_qr_codes(grey)]
    lines = (_to_line(barcode, side, page) for barcode, side in found)
    unique = {(line.text, line.box.center): line for line in lines if line is not None}
    return tuple(sorted(unique.values(), key=lambda line: (line.box.top, line.box.left, line.text)))


def _first_qr_codes(grey: Any) -> Iterator[tuple[Any, tuple[int, int]]]:
    import cv2
    import zxingcpp

    longest = max(grey.shape)
    scales = next(scales for limit, scales in _SCALES if longest < limit)
    for scale in scales:
        resampling = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
        scaled = grey if scale == 1 else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=resampling)
        found = list(_read(scaled, zxingcpp.BarcodeFormat.QRCode))
        if found:
            yield from found
            return


def _read(grey: Any, kind: Any) -> Iterator[tuple[Any, tuple[int, int]]]:
    """Yield the codes of one kind with the height and width that their corners are measured on."""
    import zxingcpp

    # QR codes are found in any direction; a PDF417 lies level on a page that was turned upright.
    try_rotate = kind == zxingcpp.BarcodeFormat.QRCode
    options = {"try_rotate": try_rotate, "try_invert": False, "text_mode": zxingcpp.TextMode.Plain}
    for barcode in zxingcpp.read_barcodes(grey, formats=kind, **options):
        yield barcode, grey.shape


def _to_line(barcode: Any, side: tuple[int, int], page: int) -> TextLine | None:
    text = clean(barcode.text)[:_MAX_PAYLOAD]
    height, width = side
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across = [min(max(corner.x / width, 0.0), 1.0) for corner in corners]
    down = [min(max(corner.y / height, 0.0), 1.0) for corner in corners]
    if not text:
        return None
    box = Box(left=min(across), top=min(down), right=max(across), bottom=max(down))
    return TextLine(text=text, box=box, confidence=1, source=EvidenceSource.BARCODE, page=page)
