"""Pages drawn with the font that Pillow brings, so that tests need nothing from the operating system."""

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.model import Image

DRAWN = ("STARRIVER TRADING LIMITED", "Registered No. 12345678", "valid until 2034-11-06", "Class 25 clothing, hats")


def draw(lines: tuple[str, ...] = DRAWN, *, size: int = 36, width: int = 900, ink: str = "black") -> Image:
    """Draw lines of text on white paper."""
    page = Pillow.new("RGB", (width, 80 * len(lines) + 200), "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        pen.text((80, 100 + 80 * number), line, fill=ink, font=ImageFont.load_default(size))
    return np.asarray(page)
