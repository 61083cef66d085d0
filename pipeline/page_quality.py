"""How well a picture of a page can be read: the figures alone; pipeline/quality.py measures them."""

from typing import Literal

from pydantic import Field

from pipeline.boxes import Record

Side = Literal["left", "top", "right", "bottom"]
"""An edge of a picture."""

BLANK_INK = 0.001
BLANK_BRIGHTNESS = 128


class PageQuality(Record):
    """How well a picture of a page can be read, measured on its pixels (pipeline/quality.py)."""

    ink: float = Field(ge=0, le=1)
    """Share of the picture on which anything stands out from its surroundings."""
    sharpest: float = Field(ge=0, le=1)
    """Steepest step in brightness from pixel to pixel, of the whole range, on a copy of about 640 px."""
    brightness: float = Field(ge=0, le=255)
    """Of the paper between the letters; of the picture where there are none."""
    text_height: float | None = None
    """Median height of the lines in pixels; None where there are none, and so for what follows."""
    contrast: float | None = Field(default=None, ge=0, le=1)
    """Difference between paper and letters, of the whole range."""
    edge: float | None = Field(default=None, ge=0, le=1)
    """Width of the letters' edges in text heights: how blurred they are, whatever their size."""
    glare: float = Field(default=0, ge=0, le=1)
    """Share of the text's area that is burnt out, on paper that is not white itself."""
    cut: tuple[Side, ...] = ()
    """Edges of the picture that cut through lines."""
    legible: float | None = Field(default=None, ge=0, le=1)
    """Share of the characters that were read surely."""

    @property
    def blank(self) -> bool:
        """Whether it is an empty sheet: bright, and nothing stands on it."""
        return self.text_height is None and self.ink <= BLANK_INK and self.brightness >= BLANK_BRIGHTNESS
