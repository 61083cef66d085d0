"""Where the names of boxes go on a page, so that they hide as little as they can of what they name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import PageRecord
from pipeline.report.marks import Mark, Tone

_LANDSCAPE, _PORTRAIT = 0.0128, 0.0165
_GAP = 0.35


@dataclass(frozen=True)
class Area:
    """A rectangle in pixels of the page, from its top left."""

    x: float
    y: float
    width: float
    height: float

    def overlap(self, other: "Area") -> float:
        """Return the area that both cover, in square pixels."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(across, 0.0) * max(down, 0.0)


@dataclass(frozen=True)
class Tag:
    """The name of a box, as it is set on the page."""

    text: str
    tone: Tone
    area: Area
    length: float
    """How long the text is set, in pixels of the page."""


def letter_size(page: PageRecord) -> float:
    """Return the size of a tag's letters in pixels of the page; pages are shown about equally wide."""
    return page.width * (_LANDSCAPE if page.width >= page.height else _PORTRAIT)


def tags_on(page: PageRecord, marks: Sequence[Mark]) -> tuple[Tag, ...]:
    """Return a tag for every named mark: beside its box, above or below, wherever it covers least."""
    letter = letter_size(page)
    boxes = [_area(mark, page) for mark in marks if not mark.is_frame]
    tags: list[Tag] = []
    # What matters most chooses first.
    for mark in sorted((mark for mark in marks if mark.label), key=lambda mark: -list(Tone).index(mark.tone)):
        length = _length_in_ems(mark.label) * letter
        taken = [*boxes, *(tag.area for tag in tags)]
        places = _places(_area(mark, page), length + letter * 0.8, letter * 1.3, page)
        best = min(places, key=lambda place: sum(place.overlap(other) for other in taken))
        tags.append(Tag(mark.label, mark.tone, best, length))
    return tuple(tags)


def _places(box: Area, width: float, height: float, page: PageRecord) -> Iterator[Area]:
    """Yield where a tag of this size could stand, the best first, all of it on the page."""
    gap = height * _GAP
    for x, y in (
        (box.x + box.width + gap, box.y + (box.height - height) / 2),
        (box.x, box.y - height - gap / 2),
        (box.x, box.y + box.height + gap / 2),
        (box.x + box.width - width, box.y - height - gap / 2),
        (box.x - width - gap, box.y + (box.height - height) / 2),
    ):
        # What the page cuts off is pushed back onto it, where it may cover the box and then scores badly.
        yield Area(min(max(x, 0), page.width - width), min(max(y, 0), page.height - height), width, height)


def _area(mark: Mark, page: PageRecord) -> Area:
    box = mark.box
    return Area(
        box.left * page.width, box.top * page.height, box.width * page.width, box.height * page.height
    )  # fmt: skip


def _length_in_ems(text: str) -> float:
    """Estimate how long `text` is when set, in widths of a Chinese character."""
    return sum(1.0 if ord(character) > 0x2E7F else 0.62 for character in text)
