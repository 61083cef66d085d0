"""Where a PDF page's own coordinates lie on the page as it is shown upright."""

from dataclasses import dataclass
from typing import Any

from pipeline.boxes import Edges as Edges


@dataclass(frozen=True)
class Frame:
    """The visible part of a page in PDF coordinates (points, from the bottom left), and how it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int = 0
    """Degrees, clockwise, from the PDF's `/Rotate`."""

    @classmethod
    def of(cls, page: Any) -> "Frame":
        """Return the frame of a pypdfium2 page: its media box cut by its crop box."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, page.get_rotation())

    @property
    def width(self) -> float:
        """Width of the page as shown, in points."""
        return self.right - self.left if self.turned % 180 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Height of the page as shown, in points."""
        return self.top - self.bottom if self.turned % 180 == 0 else self.right - self.left

    def edges(self, left: float, bottom: float, right: float, top: float) -> Edges:
        """Return where a rectangle in PDF coordinates is shown."""
        wide, high = self.right - self.left, self.top - self.bottom
        x0, x1 = (left - self.left) / wide, (right - self.left) / wide
        y0, y1 = (self.top - top) / high, (self.top - bottom) / high
        if self.turned == 90:
            return 1 - y1, x0, 1 - y0, x1
        if self.turned == 180:
            return 1 - x1, 1 - y1, 1 - x0, 1 - y0
        if self.turned == 270:
            return y0, 1 - x1, y1, 1 - x0
        return x0, y0, x1, y1

    def part(self, area: Edges) -> "Part":
        """Return this frame with edges measured on a part of the page instead of on the whole."""
        return Part(self.left, self.bottom, self.right, self.top, self.turned, area)


@dataclass(frozen=True)
class Part(Frame):
    """A frame of which only a part is shown, such as a scan that leaves the page's margin free."""

    area: Edges = (0.0, 0.0, 1.0, 1.0)

    @property
    def width(self) -> float:
        """Width of the part as shown, in points."""
        return super().width * (self.area[2] - self.area[0])

    @property
    def height(self) -> float:
        """Height of the part as shown, in points."""
        return super().height * (self.area[3] - self.area[1])

    def edges(self, left: float, bottom: float, right: float, top: float) -> Edges:
        """Return where a rectangle in PDF coordinates is shown on the part."""
        x0, y0, x1, y1 = super().edges(left, bottom, right, top)
        wide, high = self.area[2] - self.area[0], self.area[3] - self.area[1]
        return (
            (x0 - self.area[0]) / wide,
            (y0 - self.area[1]) / high,
            (x1 - self.area[0]) / wide,
            (y1 - self.area[1]) / high,
        )
