"""One engine for all tests that read, and pages drawn with the font that Pillow brings."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.model import Image
from pipeline.ocr.ppocr import PpOcr

DRAWN = ("STARRIVER TRADING LIMITED", "Registered No. 12345678", "valid until 2034-11-06", "Class 25 clothing, hats")

Draw = Callable[..., Image]


@pytest.fixture(scope="session")
def ppocr() -> PpOcr:
    """The real engine, on all cores."""
    return PpOcr()


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Draws lines of text on white paper."""

    def drawn(lines: tuple[str, ...] = DRAWN, *, size: int = 36, width: int = 900, ink: str = "black") -> Image:
        page = Pillow.new("RGB", (width, 80 * len(lines) + 200), "white")
        pen = ImageDraw.Draw(page)
        for number, line in enumerate(lines):
            pen.text((80, 100 + 80 * number), line, fill=ink, font=ImageFont.load_default(size))
        return np.asarray(page)

    return drawn
