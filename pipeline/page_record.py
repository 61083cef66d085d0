"""A page that was read, without what stands on it: where it lies, how large it is, and what tells its picture."""

from pydantic import Field

from pipeline.boxes import Record


class PageRecord(Record):
    """A page as reports list it."""

    file: str
    page: int
    width: int
    """Pixels of the page as shown upright."""
    height: int
    turned: int
    """Degrees, clockwise, by which the page was turned to stand upright: 0, 90, 180 or 270."""
    pixels: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    """SHA-256 of its pixels as shown upright; absent where nothing was read on it."""
    rendered: bool | None = None
    """True where its pixels were drawn from a PDF's text and figures; absent of a photo or scan."""
