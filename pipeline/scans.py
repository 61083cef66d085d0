"""A PDF page that is nothing but one scan: its pixels, taken as they are instead of being rendered anew.

The scan is compared with a small rendering of the page, so that masks, inverted colours and whatever else the
page does to its picture cannot make OCR read what nobody sees.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.figures import Figure, find_figures, has_annotations, is_crowded, is_one_picture
from pipeline.frame import Edges, Frame
from pipeline.model import Image
from pipeline.pictures import decode_jpeg, require_geometry
from pipeline.refusal import Refusal
from pipeline.settings import Settings

_LEAST_COVER = 0.9
_TOLERANCE = 0.01
_PROOF_SIDE = 512
# Brightness, of 255: resampling made up to 1.4 on average and 21 in the worst block; one hidden word makes 60.
_MAX_MEAN_DIFFERENCE = 4.0
_MAX_BLOCK_DIFFERENCE = 30.0
_BLOCK = 12


@dataclass(frozen=True)
class Scan:
    """The picture that a page consists of."""

    image: Image
    """Turned upright as the page shows it."""
    area: Edges
    """Where on the page it is shown; the rest is margin."""


def take_scan(page: Any, frame: Frame, settings: Settings) -> Scan | None:
    """Return the scan that a pypdfium2 page consists of; None if there is more on it, or any doubt."""
    if is_crowded(page) or has_annotations(page) or not is_one_picture(page):
        return None
    figure = next(iter(find_figures(page, frame)))
    turns = _quarter_turns(figure, frame)
    if turns is None or not _covers(figure.edges):
        return None
    try:
        width, height = figure.image.get_px_size()
        require_geometry(width, height, settings)
        pixels = _pixels(figure.image, settings)
    except Refusal:
        return None
    if pixels is None:
        return None
    scan = Scan(np.ascontiguousarray(np.rot90(pixels, turns)), figure.edges)
    return scan if _looks_like(scan, page, frame) else None


def _covers(edges: Edges) -> bool:
    left, top, right, bottom = edges
    is_within = min(left, top) >= -_TOLERANCE and max(right, bottom) <= 1 + _TOLERANCE
    return is_within and (right - left) * (bottom - top) >= _LEAST_COVER


def _quarter_turns(figure: Figure, frame: Frame) -> int | None:
    """Return by how many quarters, counter-clockwise, the picture is shown; None if it is askew or mirrored."""
    a, b, c, d, _, _ = figure.matrix
    slack = _TOLERANCE * max(map(abs, (a, b, c, d)))
    if max(abs(b), abs(c)) <= slack and a * d > 0:
        turns = 0 if a > 0 else 2
    elif max(abs(a), abs(d)) <= slack and b * c < 0:
        turns = 1 if b > 0 else 3
    else:
        return None
    return (turns - frame.turned // 90) % 4


def _pixels(image: Any, settings: Settings) -> Image | None:
    if image.get_filters()[-1:] == ["DCTDecode"]:
        # Pillow decodes a JPEG several times faster than pdfium does.
        return decode_jpeg(bytes(image.get_data(decode_simple=True)), settings)
    import pypdfium2.raw as raw

    bitmap = image.get_bitmap(render=False)
    values: NDArray[np.uint8] = bitmap.to_numpy()
    if bitmap.format == raw.FPDFBitmap_Gray:
        return np.repeat(values.reshape(bitmap.height, bitmap.width, 1), 3, axis=2)
    if bitmap.format in (raw.FPDFBitmap_BGR, raw.FPDFBitmap_BGRx):
        return values[:, :, 2::-1]
    return None


def _looks_like(scan: Scan, page: Any, frame: Frame) -> bool:
    """Whether the page, rendered small, shows what the scan shows, block by block."""
    from PIL import Image as Pillow

    scale = _PROOF_SIDE / max(frame.width, frame.height)
    rendered = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].mean(axis=2, dtype=np.float32)
    height, width = rendered.shape
    left, top = round(scan.area[0] * width), round(scan.area[1] * height)
    right, bottom = round(scan.area[2] * width), round(scan.area[3] * height)
    small = Pillow.fromarray(scan.image).resize((right - left, bottom - top), Pillow.Resampling.BOX, reducing_gap=1.0)
    expected = np.full((height, width), 255, dtype=np.float32)
    top, left = max(top, 0), max(left, 0)
    part = np.asarray(small).mean(axis=2, dtype=np.float32)[: height - top, : width - left]
    expected[top : top + part.shape[0], left : left + part.shape[1]] = part
    difference = _blocks(rendered - expected)
    return bool(np.abs(difference).mean() <= _MAX_MEAN_DIFFERENCE and np.abs(difference).max() <= _MAX_BLOCK_DIFFERENCE)


def _blocks(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of each block of 12 × 12 pixels, the remainder at the right and bottom left out."""
    height, width = (side - side % _BLOCK for side in values.shape)
    blocks = values[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)
