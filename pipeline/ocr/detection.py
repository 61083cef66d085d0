"""Where text stands on an image: PP-OCRv6 detection and its post-processing.

Differentiable binarisation (Liao et al., AAAI 2020) yields a map of probabilities that each pixel is
the core of a line of text. A core is the line's rectangle shrunk on all sides; it is grown back here.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ocr.inference import Network, Tensor
from pipeline.ocr.pyramid import Pyramid

LONGEST_SIDE = 960
"""Pixels to which an image is brought, small ones enlarged; measured on 127 real licences, see docs/accuracy.md."""
MOST_ENLARGED = 4.0
STEP = 64
"""Sides are padded to multiples of this, so that few shapes occur and memory stays flat."""
CORE_THRESHOLD = 0.3
LINE_THRESHOLD = 0.5
GROWTH = 1.8
"""RapidOCR has 1.6; 1.8 found three more valid credit codes on 127 real licences."""
MIN_CORE = 3

Quad = NDArray[np.float32]
"""Four corners in pixels of the image: top left, top right, bottom right, bottom left, shape (4, 2)."""


@dataclass(frozen=True)
class Detector:
    """Finds lines of text."""

    network: Network

    def find(self, pyramid: Pyramid, *, longest_side: int = LONGEST_SIDE) -> list[Quad]:
        """Return the quadrilaterals around the lines on an image, in its pixels, in no particular order.

        Args:
            pyramid: The image.
            longest_side: Pixels to which the longest side is brought before looking.
        """
        tensor, scale, (width, height) = _prepare(pyramid, longest_side)
        ((probabilities, *_),) = self.network.run([tensor])
        quads = _quads(np.asarray(probabilities[0, 0, :height, :width], dtype=np.float32))
        limit = np.array([pyramid.image.shape[1] - 1, pyramid.image.shape[0] - 1], dtype=np.float32)
        return [np.clip(quad / scale, 0, limit).astype(np.float32) for quad in quads]


def _prepare(pyramid: Pyramid, longest_side: int) -> tuple[Tensor, NDArray[np.float32], tuple[int, int]]:
    height, width = pyramid.image.shape[:2]
    ratio = min(longest_side / max(height, width), MOST_ENLARGED)
    small_width, small_height = max(round(width * ratio), 1), max(round(height * ratio), 1)
    interpolation = cv2.INTER_AREA if ratio < 1 else cv2.INTER_CUBIC
    small = cv2.resize(pyramid.at_least(longest_side), (small_width, small_height), interpolation=interpolation)
    padded = (1, 3, -(-small_height // STEP) * STEP, -(-small_width // STEP) * STEP)
    tensor = np.zeros(padded, dtype=np.float32)
    # The networks were trained on BGR. Channel by channel, nothing as large as the page is copied.
    for shown, channel in zip(tensor[0, :, :small_height, :small_width], cv2.split(small)[::-1], strict=True):
        np.divide(channel, 127.5, out=shown)
        np.subtract(shown, 1, out=shown)
    scale = np.array([small_width / width, small_height / height], dtype=np.float32)
    return tensor, scale, (small_width, small_height)


def _quads(probabilities: NDArray[np.float32]) -> list[Quad]:
    cores = cv2.dilate((probabilities > CORE_THRESHOLD).astype(np.uint8), np.ones((2, 2), dtype=np.uint8))
    contours, _ = cv2.findContours(cores, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    for contour in contours:
        center, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < MIN_CORE:
            continue
        if _mean_inside(probabilities, cv2.boxPoints((center, (width, height), angle))) < LINE_THRESHOLD:
            continue
        growth = 2 * GROWTH * width * height / (2 * (width + height))
        quads.append(_ordered(cv2.boxPoints((center, (width + growth, height + growth), angle))))
    return quads


def _mean_inside(probabilities: NDArray[np.float32], corners: NDArray[np.float32]) -> float:
    height, width = probabilities.shape
    left, top = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    right, bottom = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    mask = np.zeros((bottom - top + 1, right - left + 1), dtype=np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], (1,))
    return float(cv2.mean(probabilities[top : bottom + 1, left : right + 1], mask)[0])


def _ordered(corners: NDArray[np.float32]) -> Quad:
    """Return the corners from the top left, clockwise."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    top_left, bottom_left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    top_right, bottom_right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([top_left, top_right, bottom_right, bottom_left], dtype=np.float32)


def quad_size(quad: Quad) -> tuple[float, float]:
    """Return width and height of a quadrilateral in pixels, each the longer of its two sides."""
    top_left, top_right, bottom_right, bottom_left = quad
    width = max(np.linalg.norm(top_right - top_left), np.linalg.norm(bottom_right - bottom_left))
    height = max(np.linalg.norm(bottom_left - top_left), np.linalg.norm(bottom_right - top_right))
    return float(width), float(height)
