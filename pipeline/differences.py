"""Where two renderings of a page differ, and whether something that was to be seen no longer is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.boxes import Box
from pipeline.model import Image

Mask: TypeAlias = NDArray[np.bool_]

_LEAST_CHANGE = 32
"""In a colour, of 255. Two renderings of the same page are the same in every pixel; this is what an eye sees."""
LEAST_PIXELS = 6
"""Fewer are nothing that could be read: a comma has more."""
_NEAR = 15
"""Pixels across which two differences count as one place: the letters of a word, the words of a line."""
_MOST_PLACES = 12
"""On one page; of more, one rectangle around all is told."""
_INK = 64
"""How much darker than the paper something is that was to be seen."""
_GONE = 0.6
"""Share of its contrast that it has lost when it is gone; under a translucent stamp it loses less."""


@dataclass(frozen=True)
class Place:
    """A rectangle, in pixels, in which two renderings differ."""

    left: int
    top: int
    right: int
    bottom: int

    def of(self, mask: Mask) -> Mask:
        """Return what of a mask lies in it."""
        return mask[self.top : self.bottom, self.left : self.right]

    def box(self, mask: Mask) -> Box:
        """Return it in fractions of the page that the mask measures."""
        height, width = mask.shape
        return Box(left=self.left / width, top=self.top / height, right=self.right / width, bottom=self.bottom / height)


def differing(before: Image, after: Image) -> Mask:
    """Return the pixels in which two pictures of one size differ so that it can be seen."""
    return np.asarray(cv2.absdiff(before, after).max(axis=2) >= _LEAST_CHANGE)


def hidden(before: Image, after: Image, changed: Mask) -> Mask:
    """Return the changed pixels where something stood out from the paper and no longer does."""
    was, now = (image.mean(axis=2, dtype=np.float32) for image in (before, after))
    contrast = float(np.median(was)) - was
    return np.asarray(changed & (contrast >= _INK) & (now - was >= _GONE * contrast))


def places(changed: Mask) -> Iterator[Place]:
    """Yield the rectangles that hold the changed pixels, those near each other in one; specks are left out."""
    joined = cv2.dilate(changed.astype(np.uint8), np.ones((_NEAR, _NEAR), dtype=np.uint8))
    count, labels = cv2.connectedComponents(joined)
    labels = np.where(changed, labels, 0)
    sizes = np.bincount(labels.ravel(), minlength=count)
    found = [number for number in range(1, count) if sizes[number] >= LEAST_PIXELS]
    if len(found) > _MOST_PLACES:
        yield _around(np.isin(labels, found))
        return
    for number in found:
        yield _around(labels == number)


def _around(mask: Mask) -> Place:
    rows, columns = (np.flatnonzero(mask.any(axis=axis)) for axis in (1, 0))
    return Place(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
