"""Seals on photocopies: black rings, believed only if writing can be read in them.

Print is full of black arcs, so an outline alone proves nothing; a ring that reads as a row of Chinese characters does.
"""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from pipeline.model import Box, Seal, SealColour, SealShape
from pipeline.ocr.pyramid import Pyramid
from pipeline.ocr.recognition import Recogniser
from pipeline.ocr.rings import with_text

SIDE = 640
"""Pixels of the longest side on which rings are sought."""
SMALLEST, LARGEST = 22, 90
"""Pixels of a ring's radius at that size."""
CANDIDATES = 2
"""Rings of a page that are tried, the clearest first."""
CHARACTERS = 6
"""Chinese characters that must be read in a ring; the names of offices and companies are longer."""
SURE = 0.8
"""Mean probability, of at most 0.9, with which."""
HOPELESS = 0.7
"""Mean probability of the first look under which a ring is none: nearly all candidates are drawings and print."""


def black_seals(pyramid: Pyramid, recogniser: Recogniser, *, page: int, known: Sequence[Seal]) -> Iterator[Seal]:
    """Yield the black seals on an image whose ring can be read, but for those in the place of a known one."""
    for box in _rings(pyramid):
        x, y = box.center
        if any(seal.box.left < x < seal.box.right and seal.box.top < y < seal.box.bottom for seal in known):
            continue
        ring = Seal(box=box, shape=SealShape.ROUND, colour=SealColour.BLACK, page=page)
        seal = with_text(ring, pyramid, recogniser, hopeless=HOPELESS)
        if seal.text and seal.text.confidence >= SURE and _chinese_characters(seal.text.text) >= CHARACTERS:
            yield seal


def _chinese_characters(text: str) -> int:
    return sum("\u4e00" <= sign <= "\u9fff" for sign in text)


def _rings(pyramid: Pyramid) -> Iterator[Box]:
    height, width = pyramid.image.shape[:2]
    ratio = min(SIDE / max(height, width), 1.0)
    size = (max(round(width * ratio), 1), max(round(height * ratio), 1))
    grey = cv2.cvtColor(pyramid.at_least(SIDE), cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), (3, 3), 0)
    found = cv2.HoughCircles(
        soft, cv2.HOUGH_GRADIENT, 1, 25, param1=120, param2=45, minRadius=SMALLEST, maxRadius=LARGEST
    )
    for x, y, radius in np.asarray(found)[0][:CANDIDATES].tolist() if found is not None else ():
        # A ring that the page's edge cuts has lost characters.
        if radius <= x <= size[0] - radius and radius <= y <= size[1] - radius:
            yield Box(
                left=(x - radius) / size[0],
                top=(y - radius) / size[1],
                right=(x + radius) / size[0],
                bottom=(y + radius) / size[1],
            )
