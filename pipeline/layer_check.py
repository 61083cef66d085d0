"""A page's text layer held against what OCR sees, where need be at a second look at what the first one did not find."""

from collections.abc import Sequence

from pipeline.agreement import Agreement, compare
from pipeline.model import Box, Page, TextLine
from pipeline.ocr.base import Engine, Reading
from pipeline.ocr.cleaning import clean_read
from pipeline.ocr.merging import merged

_MOST_UNREAD = 8
"""Lines of a text layer that are looked for again on a page; where OCR finds fewer of them, it cannot read it."""


def compared(page: Page, reading: Reading, engine: Engine) -> tuple[Reading, Agreement | None]:
    """Return what was read, with what a second look adds, and how the page's text layer agrees with it.

    Args:
        page: With its text layer, if it has one.
        reading: What OCR read on it.
        engine: Looks again.
    """
    agreement = compare(page, reading)
    if agreement and 0 < len(agreement.unread) <= _MOST_UNREAD and not reading.turned:
        reading = _with_unread(page, reading, agreement.unread, engine)
        agreement = compare(page, reading)
    return reading, agreement


def _with_unread(page: Page, reading: Reading, places: Sequence[Box], engine: Engine) -> Reading:
    """Return a reading with a closer look at what a text layer says and OCR did not find: it may just be small.

    Looked at is a line's place and as much as its height around it.
    """
    lines: Sequence[TextLine] = reading.lines
    height, width = page.image.shape[:2]
    for place in places:
        part = place.grown(across=place.height * height / width, down=place.height)
        seen = engine.read_part(page.image, page=page.number, part=part, known=lines, without_red=False)
        lines = merged(lines, clean_read(seen))
    return reading.model_copy(update={"lines": tuple(lines)})
