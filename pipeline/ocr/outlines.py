"""Which of the red regions of a page are seals: told by their outline.

A seal is a rim of ink around much empty paper. An emblem is as round, but full of ink; a word in red has no rim.
Measured on 30 real licences, see docs/adr/0010-seals-grammars-second-looks.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model import Box, Image, Seal, SealShape
from pipeline.ocr.pyramid import Pyramid
from pipeline.ocr.seals import PALE, REDNESS, SCALE, red_ink, red_regions, tint_of

LARGEST = 0.6
"""Longer side of a region, as a fraction of the page's, above which it is no seal but a frame, or the page."""
SIDE = 160
"""Pixels to which the longer side of a region is brought to look at its outline."""
DIRECTIONS = 48
"""Parts of the rim that are looked for one by one."""
CLOSED = 0.75
"""Share of the rim's parts that must be seen."""
FULL = 0.5
"""Share of ink within the rim above which it is an emblem or a picture. Seals have 0.06 to 0.4, emblems 0.78 to 1."""
FREE = 0.06
"""Share of ink just outside the rim above which the outline is part of something larger."""
THICKEST = 0.8
"""Share of ink in a band between middle and rim above which it is a disc or a ring, and no writing."""
ROUND = 0.8
"""Shorter over longer axis from which an outline is round; a tilted photo makes ovals of circles."""
RECTANGULAR = 0.9
"""Part of its rectangle that a hull must fill to be one."""
SQUARE = 0.8
"""Shorter over longer side from which a rectangle is a square."""

Ellipse = tuple[Sequence[float], Sequence[float], float]
"""Middle, both axes and angle in degrees, in pixels, as OpenCV gives it."""


@dataclass(frozen=True)
class Ring:
    """A round or oval outline in fractions of the page's width and height; what a ring of text is unwrapped by."""

    box: Box
    shape: SealShape


def find_seals(pyramid: Pyramid, *, page: int, regions: Sequence[Box] | None = None) -> tuple[Seal, ...]:
    """Return the red seals on an image, without their text.

    Args:
        pyramid: The page, upright.
        page: Number to stamp on each seal.
        regions: Its `red_regions`, where they are known already.
    """
    tint = tint_of(pyramid.at_least(SCALE))
    regions = red_regions(pyramid) if regions is None else regions
    found = _outermost(ring for region in regions for ring in _outlines(pyramid, region, tint))
    if not found:
        pale = red_regions(pyramid, redness=PALE)
        faded = (ring for region in pale for ring in _outlines(pyramid, region, tint, redness=PALE))
        # A frame is so common a thing that one in a pale tint is no seal.
        found = _outermost(ring for ring in faded if ring.shape in (SealShape.ROUND, SealShape.OVAL))
    return tuple(Seal(box=ring.box, shape=ring.shape, page=page) for ring in found)


def _outermost(rings: Iterable[Ring]) -> list[Ring]:
    """Return the outlines but for those inside another: the star of a seal is a region of its own."""
    by_size = sorted(rings, key=lambda ring: -ring.box.width * ring.box.height)
    kept: list[Ring] = []
    for ring in by_size:
        x, y = ring.box.center
        if not any(o.box.left < x < o.box.right and o.box.top < y < o.box.bottom for o in kept):
            kept.append(ring)
    return kept


def _outlines(pyramid: Pyramid, region: Box, tint: float, *, redness: int = REDNESS) -> Iterator[Ring]:
    """Yield the outline of one region, if it is a seal's."""
    if max(region.width, region.height) > LARGEST:
        return
    cut, part = _cut(pyramid, region)
    ink = red_ink(cut, tint=tint, redness=redness)
    points = cv2.findNonZero(ink)
    hull = cv2.convexHull(points) if points is not None else ()
    if len(hull) < 3:
        return
    rims = [(_rim(ink, ellipse), ellipse) for ellipse in _ellipses(ink, np.asarray(hull))]
    rim, found = max(rims, key=lambda pair: pair[0].closed, default=(None, None))
    if rim and found and rim.is_seals:
        ratio = min(found[1]) / max(*found[1], 1.0)
        yield Ring(_on_page(_bounds(found), cut, part), SealShape.ROUND if ratio >= ROUND else SealShape.OVAL)
    elif _is_frame(ink, np.asarray(hull)):
        sides = cv2.minAreaRect(hull)[1]
        shape = SealShape.SQUARE if min(sides) >= SQUARE * max(sides) else SealShape.OTHER
        yield Ring(_on_page(cv2.boundingRect(hull), cut, part), shape)


@dataclass(frozen=True)
class _Rim:
    """How the ink lies about an ellipse, each a share from 0 to 1."""

    closed: float
    inside: float
    outside: float
    densest: float
    """Of the bands between middle and rim; stars and emblems fill the very middle, so that does not count."""

    @property
    def is_seals(self) -> bool:
        """Whether it is a rim of ink around much empty paper."""
        is_emblem = self.inside > FULL or self.densest > THICKEST
        return self.closed >= CLOSED and self.outside <= FREE and not is_emblem


def _rim(ink: NDArray[np.uint8], ellipse: Ellipse) -> _Rim:
    (x, y), (width, height), angle = ellipse
    down, across = np.nonzero(ink)
    turn = np.deg2rad(angle)
    dx, dy = across - x, down - y
    u = (dx * np.cos(turn) + dy * np.sin(turn)) / max(width / 2, 1.0)
    v = (dy * np.cos(turn) - dx * np.sin(turn)) / max(height / 2, 1.0)
    reach, direction = np.hypot(u, v), (np.arctan2(v, u) / (2 * np.pi) * DIRECTIONS).astype(int) % DIRECTIONS
    area = max(np.pi * width * height / 4, 1.0)

    def share(low: float, high: float) -> float:
        return float(np.count_nonzero((reach >= low) & (reach < high))) / (area * (high**2 - low**2))

    seen = len(np.unique(direction[(reach > 0.88) & (reach < 1.06)]))
    return _Rim(
        closed=seen / DIRECTIONS,
        inside=share(0.0, 0.85),
        outside=share(1.08, 1.4),
        densest=max(share(low / 10, low / 10 + 0.1) for low in range(4, 9)),
    )


def _ellipses(ink: NDArray[np.uint8], hull: NDArray[np.int32]) -> Iterator[Ellipse]:
    """Yield what the outline may be: the ellipse around all ink, and circles, where other red ink touches the seal."""
    if len(hull) >= 5:  # an ellipse has five unknowns
        yield cv2.fitEllipse(hull)
    soft = cv2.GaussianBlur(ink * np.uint8(255), (3, 3), 0)
    low, high = min(ink.shape) // 5, max(ink.shape) // 2 + 4
    circles = cv2.HoughCircles(soft, cv2.HOUGH_GRADIENT, 1, 20, param1=100, param2=20, minRadius=low, maxRadius=high)
    for x, y, radius in circles[0][:4] if circles is not None else ():
        yield (float(x), float(y)), (2 * float(radius), 2 * float(radius)), 0.0


def _is_frame(ink: NDArray[np.uint8], hull: NDArray[np.int32]) -> bool:
    """Whether the ink is framed by a rectangle, all four sides of which are seen."""
    rectangle = cv2.minAreaRect(hull)
    (width, height) = rectangle[1]
    if min(width, height) < 0.15 * max(width, height) or cv2.contourArea(hull) < RECTANGULAR * width * height:
        return False
    corners = cv2.boxPoints(rectangle).astype(np.float32)
    goal = np.array([[0, 0], [47, 0], [47, 47], [0, 47]], dtype=np.float32)
    flat = cv2.warpPerspective(ink, cv2.getPerspectiveTransform(corners, goal), (48, 48))
    sides = (flat[:4].max(axis=0), flat[-4:].max(axis=0), flat[:, :4].max(axis=1), flat[:, -4:].max(axis=1))
    return all(float(side.mean()) >= CLOSED for side in sides) and float(flat[6:-6, 6:-6].mean()) > 0


def _cut(pyramid: Pyramid, region: Box) -> tuple[Image, Box]:
    """Return what the page shows of `region`, its longer side `SIDE` pixels, and the part that is exactly."""
    height, width = pyramid.image.shape[:2]
    share = max(region.width * width, region.height * height) / max(height, width)
    level = pyramid.at_least(round(SIDE / share))
    height, width = level.shape[:2]
    left, top = int(region.left * width), int(region.top * height)
    right, bottom = max(round(region.right * width), left + 1), max(round(region.bottom * height), top + 1)
    cut = level[top:bottom, left:right]
    ratio = SIDE / max(cut.shape[:2])
    size = (max(round(cut.shape[1] * ratio), 1), max(round(cut.shape[0] * ratio), 1))
    shown = cv2.resize(cut, size, interpolation=cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR)
    part = Box(left=left / width, top=top / height, right=min(right / width, 1.0), bottom=min(bottom / height, 1.0))
    return np.asarray(shown, dtype=np.uint8), part


def _bounds(ellipse: Ellipse) -> tuple[float, float, float, float]:
    """Return left, top, width and height of the upright rectangle around an ellipse."""
    (x, y), (width, height), angle = ellipse
    turn = np.deg2rad(angle)
    half = float(np.hypot(width / 2 * np.cos(turn), height / 2 * np.sin(turn)))
    tall = float(np.hypot(width / 2 * np.sin(turn), height / 2 * np.cos(turn)))
    return x - half, y - tall, 2 * half, 2 * tall


def _on_page(bounds: Sequence[float], cut: Image, part: Box) -> Box:
    left, top, width, height = bounds
    across, down = part.width / cut.shape[1], part.height / cut.shape[0]
    edges = (
        part.left + left * across,
        part.top + top * down,
        part.left + (left + width) * across,
        part.top + (top + height) * down,
    )
    left, top, right, bottom = (min(max(edge, 0.0), 1.0) for edge in edges)
    return Box(left=left, top=top, right=right, bottom=bottom)
