"""Lines under red seals: where red ink lies on a page, and what the page shows without it.

Seals are stamped over names, codes and dates. Red ink is bright in the red channel, so is paper, and black print is
dark in all three: the red channel alone shows the print without the seal.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, Image, TextLine
from pipeline.ocr.pyramid import Pyramid

SCALE = 480
"""Pixels of the longest side on which red ink is sought: a seal is large."""
REDNESS = 35
"""How far red must exceed green and blue (0 to 255), beyond the tint of the paper."""
PALE = 15
"""The same for a seal that has faded, or was pressed without enough ink."""
SMALLEST = 0.035
"""Shorter side of a region, as a fraction of the page's, under which it is no seal."""
TOO_MUCH = 0.5
"""Share of red pixels above which the page itself is red."""
BRIGHTENING = 0.8
"""Of the surplus of red, how much is added to the grey: dark ink leaves a shade even in the red channel."""


def red_regions(pyramid: Pyramid, *, redness: int = REDNESS) -> list[Box]:
    """Return the boxes of what may be red seals or stamps on an image.

    Args:
        pyramid: The page.
        redness: How far red must exceed green and blue; `PALE` finds faded ink, and much that is none.
    """
    height, width = pyramid.image.shape[:2]
    ratio = min(SCALE / max(height, width), 1.0)
    size = (max(round(width * ratio), 1), max(round(height * ratio), 1))
    small = cv2.resize(pyramid.at_least(SCALE), size, interpolation=cv2.INTER_AREA)
    red = red_ink(small, tint=tint_of(small), redness=redness)
    if not 0 < red.mean() < TOO_MUCH:
        return []
    grown = cv2.dilate(red, np.ones((9, 9), dtype=np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(grown)
    return [_fractions(row, size) for row in stats[1:] if min(row[2], row[3]) > SMALLEST * min(size) + 9]


def red_ink(image: Image, *, tint: float, redness: int = REDNESS) -> NDArray[np.uint8]:
    """Return a mask, 1 where there is red ink on paper of this `tint`."""
    return np.asarray(redness_of(image) > redness + tint, dtype=np.uint8)


def tint_of(image: Image) -> float:
    """Return how much redder than green and blue the paper is, 0 to 255, by the median of a page."""
    return max(float(np.median(redness_of(image))), 0.0)


def redness_of(image: Image) -> NDArray[np.int16]:
    """Return how far red exceeds green and blue in each pixel."""
    signed = image.astype(np.int16)
    return np.asarray(signed[:, :, 0] - np.maximum(signed[:, :, 1], signed[:, :, 2]), dtype=np.int16)


def _fractions(row: NDArray[np.int32], size: tuple[int, int]) -> Box:
    left, top, width, height = (int(value) for value in row[:4])
    return Box(left=left / size[0], top=top / size[1], right=(left + width) / size[0], bottom=(top + height) / size[1])


def without_red(image: Image) -> Image:
    """Return `image` in grey, as its red channel shows it, with what is left of the red ink made brighter."""
    red = image[:, :, 0].astype(np.int16)
    redness = np.maximum(redness_of(image), 0)
    grey = np.minimum(red + (BRIGHTENING * redness).astype(np.int16), 255).astype(np.uint8)
    return np.ascontiguousarray(np.repeat(grey[:, :, np.newaxis], 3, axis=2))


def widened(region: Box, lines: Sequence[TextLine]) -> Box:
    """Return `region` together with every line that reaches into it, so that no line is cut."""
    touching = [line.box for line in lines if region.shared_area(line.box) > 0]
    return Box(
        left=min([region.left, *(box.left for box in touching)]),
        top=min([region.top, *(box.top for box in touching)]),
        right=max([region.right, *(box.right for box in touching)]),
        bottom=max([region.bottom, *(box.bottom for box in touching)]),
    )
