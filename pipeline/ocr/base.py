"""What an OCR engine is."""

import math
import os
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from pipeline.model import Box, Image, Record, Seal, TextLine


class Reading(Record):
    """What an engine read on one page image."""

    lines: tuple[TextLine, ...]
    """In any order; boxes are fractions of the image after turning it by `turned`."""
    turned: int = 0
    """Degrees, clockwise, by which the image had to be turned to stand upright: 0, 90, 180 or 270."""
    seals: tuple[Seal, ...] = ()
    """Seals and stamps, in any order; boxes as for the lines."""


class Engine(Protocol):
    """Reads the text on one page image.

    An engine is made once per worker process and is called from one thread. It must not
    start threads of its own beyond those it was made with: the batch runner already keeps every core busy.
    """

    name: str
    """As given to `--engine`, such as `ppocr`."""

    @property
    def models(self) -> Mapping[str, str]:
        """Model file name → SHA-256, for the report's provenance and as part of the cache's key."""

    @property
    def fingerprint(self) -> str:
        """Everything that may change what is read (models, precision, settings), as one short text."""

    def read(self, image: Image, *, page: int) -> Reading:
        """Return the lines on `image`.

        Args:
            image: RGB, EXIF orientation applied, of any size from 32 × 32 up; it may still lie on its side.
            page: Number to stamp on each line, counting from 1.
        """

    def read_closer(self, image: Image, *, page: int, known: Sequence[TextLine]) -> tuple[TextLine, ...]:
        """Look again, in another way, at a page on which something that must be there was not found.

        Args:
            image: RGB, upright.
            page: Number to stamp on each line.
            known: What the first look read. Lines of it that are beyond doubt need not be read again.

        Returns:
            What this look read, on boxes of the same image; the caller merges the two.
        """

    def read_part(
        self, image: Image, *, page: int, part: Box, known: Sequence[TextLine], without_red: bool
    ) -> tuple[TextLine, ...]:
        """Read one part of a page again, enlarged, since a field that stands there is in doubt.

        Args:
            image: RGB, upright, the whole page.
            page: Number to stamp on each line.
            part: What to look at; lines that it cuts may be read in part.
            known: What was read of the page. Lines of it that are beyond doubt need not be read again.
            without_red: Whether to suppress red ink first.

        Returns:
            The lines of that part, on boxes of the page; none if `without_red` and there is no red in it.
        """


def cut(image: Image, part: Box) -> tuple[Image, Box]:
    """Return the pixels of `part` of a page, and the part that whole pixels make of it."""
    height, width = image.shape[:2]
    left, top = int(part.left * width), int(part.top * height)
    right, bottom = min(math.ceil(part.right * width), width), min(math.ceil(part.bottom * height), height)
    shown = Box(left=left / width, top=top / height, right=right / width, bottom=bottom / height)
    return image[top:bottom, left:right], shown


def turn(image: Image, degrees: int) -> Image:
    """Return `image` turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(image, -degrees // 90))


def usable_cores() -> int:
    """Return how many cores this process may use, which in a container is fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
