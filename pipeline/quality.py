"""How well a picture of a page can be read: size, sharpness, light, and what the edge of the picture cuts off.

Measured where the print is, since that is what must be read: a photo may show a table around the paper, and a watermark
may be sharper than what it lies on. It costs a few milliseconds a page (docs/accuracy.md).
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, Image, PageQuality, Side, TextLine

_SURE = 0.8
"""Probability from which a character counts as read."""
_SMALL_SIDE = 640
"""Pixels of the longest side, at least, of the copy on which ink and light are measured."""
_SAMPLES = 10
"""So many of the longest lines are looked at in full resolution."""
_LINE_HEIGHT = 32
"""Pixels to which those are brought, so that sharpness does not depend on their size."""
_LONGEST_LINE = 12
"""Line heights of which so many are looked at."""
_STANDS_OUT = 24
"""Difference in brightness from the surroundings, of 255."""
_MARGIN = 0.03
"""Share of each side that is left out when looking for ink: edges of the sheet, shadows of the scanner's lid."""
_BURNT_OUT, _WHITE_PAPER = 252, 240
"""Brightness at which nothing is left, and of paper on which that cannot be told from the paper itself."""
_OUT_OF_GLARE = 20
"""Per cent of the lines, the darkest, that tell how bright the paper is where there is no glare."""
_AT_THE_EDGE = 0.003
"""Distance from the edge of the picture, as a share of it, up to which a line touches it."""
_FEWEST_CUT = 2
"""Lines that touch one edge of the picture, from which it cuts off text."""
_STEEPEST = 0.2
"""Slope past which a line is no print but a watermark or a stamp across it."""

_Gray = NDArray[np.uint8]


def measure(image: Image, lines: Sequence[TextLine]) -> PageQuality:
    """Measure one page.

    Args:
        image: As shown upright.
        lines: What was read on it, boxes of the same image.
    """
    prints = [line for line in lines if abs(line.slope) <= _STEEPEST and line.box.width * image.shape[1] > 0]
    if not prints and (colour := int(image.min())) == int(image.max()):
        # Nothing but paper, as pages that a program has left empty.
        return PageQuality(ink=0.0, sharpest=0.0, brightness=float(colour))
    small = _small(image)
    if not prints:
        (middle,) = _quantiles(small, 0.5)
        return PageQuality(ink=_ink(small), sharpest=_sharpest(small), brightness=middle)
    crops = [_crop(image, line.box) for line in sorted(prints, key=lambda line: -len(line.text))[:_SAMPLES]]
    spans = [_quantiles(crop, 0.05, 0.95) for crop in crops]
    brightness = float(np.median([high for _, high in spans]))
    edges = [_edge(crop, high - low) for crop, (low, high) in zip(crops, spans, strict=True)]
    return PageQuality(
        ink=_ink(small),
        sharpest=_sharpest(small),
        brightness=brightness,
        text_height=round(float(np.median([line.box.height for line in prints])) * image.shape[0], 1),
        contrast=round(float(np.median([high - low for low, high in spans])) / 255, 3),
        edge=round(float(np.median(edges)), 3),
        glare=_glare(small, prints, float(np.percentile([high for _, high in spans], _OUT_OF_GLARE))),
        cut=_cut(prints),
        legible=_legible(prints),
    )


def _small(image: Image) -> _Gray:
    # One pixel of each so many: to shrink a large scan properly would cost as much as all the rest.
    step = max(max(image.shape[:2]) // _SMALL_SIDE, 1)
    return _gray(image[::step, ::step])


def _gray(image: Image) -> _Gray:
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _quantiles(gray: NDArray[np.uint8], *shares: float) -> tuple[float, ...]:
    """Return the brightness below which these shares of the pixels lie; counting is quicker than sorting."""
    counts = np.cumsum(np.bincount(gray.ravel(), minlength=256))
    return tuple(float(np.searchsorted(counts, share * counts[-1])) for share in shares)


def _steps(gray: _Gray) -> _Gray:
    """Return how much each pixel differs from the one to its left."""
    if gray.shape[1] < 2:
        return np.zeros((1, 1), dtype=np.uint8)
    return np.asarray(cv2.absdiff(gray[:, 1:], gray[:, :-1]), dtype=np.uint8)


def _ink(small: _Gray) -> float:
    height, width = small.shape
    down, across = int(height * _MARGIN), int(width * _MARGIN)
    inner = small[down : height - down, across : width - across]
    # Smoothed a little, so that the grain of a photo is no ink.
    difference = cv2.absdiff(cv2.blur(inner, (3, 3)), cv2.blur(inner, (31, 31)))
    return round(float(np.mean(difference > _STANDS_OUT)), 5)


def _sharpest(small: _Gray) -> float:
    (steepest,) = _quantiles(_steps(small), 0.999)
    return round(steepest / 255, 3)


def _crop(image: Image, box: Box) -> _Gray:
    """Return the beginning of a line, brought to one height."""
    height, width = image.shape[:2]
    top, left = max(min(int(box.top * height), height - 2), 0), max(min(int(box.left * width), width - 2), 0)
    bottom = max(int(box.bottom * height), top + 2)
    right = min(max(int(box.right * width), left + 2), left + _LONGEST_LINE * (bottom - top))
    gray = _gray(image[top:bottom, left:right])
    scale = _LINE_HEIGHT / gray.shape[0]
    size = (max(round(gray.shape[1] * scale), 2), _LINE_HEIGHT)
    return np.asarray(
        cv2.resize(gray, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR), dtype=np.uint8
    )


def _edge(crop: _Gray, contrast: float) -> float:
    """Return over how much of a text height the letters' steepest edges go from dark to light."""
    (steepest,) = _quantiles(_steps(crop), 0.98)
    return min(contrast / max(steepest, 1.0) / _LINE_HEIGHT, 1.0)


def _glare(small: _Gray, lines: Sequence[TextLine], paper: float) -> float:
    if paper >= _WHITE_PAPER:
        return 0.0
    height, width = small.shape
    top, bottom = min(line.box.top for line in lines), max(line.box.bottom for line in lines)
    left, right = min(line.box.left for line in lines), max(line.box.right for line in lines)
    text = small[int(top * height) : int(bottom * height) + 1, int(left * width) : int(right * width) + 1]
    # Single bright pixels are noise.
    burnt = cv2.erode((text >= _BURNT_OUT).astype(np.uint8), np.ones((5, 5), dtype=np.uint8))
    return round(float(burnt.mean()), 4)


def _cut(lines: Sequence[TextLine]) -> tuple[Side, ...]:
    touching: dict[Side, int] = {
        "left": sum(line.box.left <= _AT_THE_EDGE for line in lines),
        "top": sum(line.box.top <= _AT_THE_EDGE for line in lines),
        "right": sum(line.box.right >= 1 - _AT_THE_EDGE for line in lines),
        "bottom": sum(line.box.bottom >= 1 - _AT_THE_EDGE for line in lines),
    }
    return tuple(side for side, count in touching.items() if count >= _FEWEST_CUT)


def _legible(lines: Sequence[TextLine]) -> float:
    sure = [p >= _SURE for line in lines for p in (line.characters or (line.confidence,) * len(line.text))]
    return round(sum(sure) / max(len(sure), 1), 3)
