"""What an OCR engine is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.model import Image, TextLine


@dataclass(frozen=True)
class Reading:
    """What an engine read on one page image."""

    lines: Sequence[TextLine]
    """In any order; boxes are fractions of the image after turning it by `turned`."""
    turned: int = 0
    """Degrees, clockwise, by which the image had to be turned to stand upright: 0, 90, 180 or 270."""


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
