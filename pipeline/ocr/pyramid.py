"""One image in halves of halves: shrinking a large scan anew for each use costs as much as reading a line."""

import cv2
import numpy as np

from pipeline.model import Image


class Pyramid:
    """An image and its halves; level 0 is the image itself, each further level half as wide and high."""

    def __init__(self, image: Image) -> None:
        self._levels = [image]

    @property
    def image(self) -> Image:
        """The image itself."""
        return self._levels[0]

    def level(self, level: int) -> Image:
        """Return the image halved `level` times; pixels are averaged, so that nothing aliases."""
        while len(self._levels) <= level:
            height, width = self._levels[-1].shape[:2]
            size = (max(width // 2, 1), max(height // 2, 1))
            half = cv2.resize(self._levels[-1], size, interpolation=cv2.INTER_AREA)
            self._levels.append(np.asarray(half, dtype=np.uint8))
        return self._levels[level]

    def at_least(self, longest_side: int) -> Image:
        """Return the smallest level whose longest side has `longest_side` pixels or more; the image if none has."""
        level = 0
        while max(self.image.shape[:2]) >> (level + 1) >= longest_side:
            level += 1
        return self.level(level)
