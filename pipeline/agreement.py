"""Whether a PDF's text layer says what its page shows: each of its lines against what OCR read in the same place.

A text layer is a claim. An honest one differs from what is read by OCR's errors: ours, and where another program laid
the layer over a scan, its own. So a difference counts as far as we are sure of what stands there instead, and as it
reads like text at all. What the page shows beyond the layer (seals, pictures) is no disagreement. See docs/adr/0015.
"""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from pipeline.likeness import Shown, bare, is_chinese, reads_like_text
from pipeline.model import WHOLE_PAGE, Box, Image, Page, TextDisagreement, TextLine
from pipeline.ocr.base import Reading

_LEAST = 3
"""Characters of a line of the layer from which it says anything."""
_SHARED = 0.3
"""Part of the smaller of two lines' heights that both must cover to stand in one place."""
_SURE = 0.95
"""Probability of a character from which OCR is not taken to have misread it."""
_FOREIGN = 0.6
"""Likeness of a line, or of most lines of a layer, under which it is another text."""
_SAME, _FOUND, _MOSTLY_FOUND = 0.97, 0.9, 0.75
"""Likeness from which a line's text stands elsewhere on the page, misplaced and not made up: of one that is drawn, of
one that another OCR read, and of most lines of a layer."""
_GARBLED, _IN_PLACE = 0.6, 0.75
"""Share of a line's characters that stand there in their order, from which a line that differs as a whole, and one that
differs in a part, is a poor reading and no other text."""
_WHOLE = 0.8
"""Length and likeness, of those of a claim, from which one of several readings of its place reads it all."""
_RUN = 4
"""Characters in a row that another OCR does not get wrong without getting more wrong beside them."""
_LEAST_HEIGHT = 5
"""Pixels below which a line is no text but a speck."""
_CONTRAST = 40
"""Least difference in a colour, of 255, between print and its ground."""
_LEGIBLE = 0.8
"""Mean probability of what is shown, below which OCR could not read it and nothing can be compared."""
_SHORT, _LONG, _SENTENCE = 6, 10, 20
"""Characters up to which text in white may be a mark for a signing program; from which ink should have been read;
from which even words in another script are none that OCR makes up."""
_OTHER, _UNSEEN, _HIDDEN, _DOUBTFUL = 0.95, 0.9, 0.7, 0.6
"""How sure it is that layer and page differ: another text, nothing to be seen, off the page, a person must look."""
_MOST = 12
"""Disagreements that are told of one page."""


def disagreements(page: Page, reading: Reading) -> tuple[TextDisagreement, ...] | None:
    """Return where the text layer of a page says something else than it shows, in the layer's order.

    Args:
        page: With its text layer.
        reading: What OCR read on it.

    Returns:
        None if there is no text layer. Boxes are of the page as OCR turned it upright.
    """
    if not page.text_lines and not page.text_outside:
        return None
    found = [*_beside_the_page(page, reading), *_Comparison(page, reading).differences()]
    turned = (each.model_copy(update={"box": _turned(each.box, reading.turned)}) for each in found[:_MOST])
    return tuple(each.model_copy(update={"box": each.box.rounded()}) for each in turned)


def _beside_the_page(page: Page, reading: Reading) -> Iterator[TextDisagreement]:
    """Yield what the layer says off the page; what the page shows as well, as a title in a bleed, is passed over."""
    shown = Shown(reading.lines)
    for text in page.text_outside:
        if len(bare(text)) > _SHORT and shown.likeness(bare(text)) < _FOUND:
            yield TextDisagreement(
                file=page.file, page=page.number, box=WHOLE_PAGE, claimed=text, seen="", confidence=_HIDDEN
            )


class _Comparison:
    """One page's layer against what was read on it."""

    def __init__(self, page: Page, reading: Reading) -> None:
        self._page = page
        self._lines = [
            line.model_copy(update={"box": _turned(line.box, -reading.turned)})
            for line in (*reading.lines, *(seal.text for seal in reading.seals if seal.text))
        ]
        self._everything = Shown(self._lines)

    def differences(self) -> Iterator[TextDisagreement]:
        """Yield the lines of the layer that the page does not show; of a layer in a code of its own, nothing."""
        claims = [(line, bare(line.text)) for line in self._page.text_lines if len(bare(line.text)) >= _LEAST]
        places = [Shown(_beside(line.box, self._lines)) for line, _ in claims]
        if self._page.text_is_recognised:
            claims = [(line, shown.without_strokes(line.text)) for (line, _), shown in zip(claims, places, strict=True)]
        likeness = [shown.likeness(text) for (_, text), shown in zip(claims, places, strict=True)]
        read = [similar for similar, shown in zip(likeness, places, strict=True) if shown.text]
        is_foreign = len(read) >= _LEAST and median(read) < _FOREIGN
        if is_foreign and (not reads_like_text("".join(text for _, text in claims)) or self._is_displaced(claims)):
            return
        for (line, text), shown, similar in zip(claims, places, likeness, strict=True):
            sure = self._sureness(line, text, shown, similar) if len(text) >= _LEAST else 0.0
            if sure:
                yield TextDisagreement(
                    file=self._page.file,
                    page=self._page.number,
                    box=line.box,
                    claimed=line.text,
                    seen=shown.printed,
                    confidence=sure,
                )

    def _is_displaced(self, claims: Sequence[tuple[TextLine, str]]) -> bool:
        """Whether the layer says what the page shows, only not where."""
        return median(self._everything.likeness(text) for _, text in claims) >= _MOSTLY_FOUND

    def _sureness(self, line: TextLine, text: str, shown: Shown, similar: float) -> float:
        """Return how sure it is that the page does not show a line of the layer; 0 if nothing speaks for it."""
        if not shown.text:
            return self._unseen(line, text)
        if similar < _FOREIGN:
            return self._other(text, shown)
        runs = list(shown.sure_runs(text, _SURE, drawn=not self._page.text_is_recognised))
        if self._page.text_is_recognised:
            is_other = any(len(run) >= _RUN for run in runs) and shown.in_order(text) < _IN_PLACE
            return _DOUBTFUL if is_other else 0.0
        if runs and any(self._reads_the_same(text, Shown([each])) for each in shown.lines):
            return 0.0  # of two readings of one line, joined they differ from anything
        wrong = sum(map(len, runs))
        if any(len(run) > 1 for run in runs) and wrong >= max(2, len(text) / 8):
            return _OTHER
        return _DOUBTFUL if wrong else 0.0

    def _reads_the_same(self, text: str, alone: Shown) -> bool:
        """Whether one line alone says what is claimed, a lost character aside."""
        is_whole = len(alone.text) >= _WHOLE * len(text) and alone.likeness(text) >= _WHOLE
        return is_whole and not any(alone.sure_runs(text, _SURE, drawn=not self._page.text_is_recognised))

    def _other(self, text: str, shown: Shown) -> float:
        is_recognised = self._page.text_is_recognised
        if not reads_like_text(text) or shown.sureness < _LEGIBLE:
            return 0.0
        if is_recognised and (len(text) < (_SHORT if is_chinese(text) else _LONG) or shown.in_order(text) >= _GARBLED):
            return 0.0
        # An OCR set to another language, or before characters of some style, makes words of strokes.
        if is_recognised and len(text) < _SENTENCE and is_chinese(shown.text) and not is_chinese(text):
            return 0.0
        if is_recognised and shown.text in text:
            return _DOUBTFUL  # it may be we who read half of it
        if self._everything.likeness(text) >= _FOUND:
            return 0.0 if is_recognised or len(text) < _SHORT else _DOUBTFUL
        return _OTHER if len(text) >= _SHORT else _DOUBTFUL

    def _unseen(self, line: TextLine, text: str) -> float:
        """Return the same for a line where OCR read nothing."""
        if self._everything.likeness(text) >= (_FOUND if self._page.text_is_recognised else _SAME):
            return 0.0
        if not _has_ink(self._page.image, line.box):
            if len(text) > _SHORT:
                return _UNSEEN
            return 0.0 if self._page.text_is_recognised else _DOUBTFUL
        # Print that OCR did not find, unless a picture may lie over it.
        is_odd = not self._page.text_is_visible and len(text) >= _LONG and reads_like_text(text)
        return _DOUBTFUL if is_odd else 0.0


def _has_ink(image: Image, box: Box) -> bool:
    """Whether there is contrast in the middle of a line's place; one too low for letters has none.

    At its edges there may be the frame of what lies over it.
    """
    height, width = image.shape[:2]
    edge = box.height / 5
    top, bottom = int((box.top + edge) * height), int((box.bottom - edge) * height) + 1
    aside = min(edge * height / width, box.width / 5)
    left, right = int((box.left + aside) * width), int((box.right - aside) * width) + 1
    part = image[top:bottom, left:right].reshape(-1, 3)
    return box.height * height >= _LEAST_HEIGHT and int((part.max(axis=0) - part.min(axis=0)).max()) >= _CONTRAST


def _beside(box: Box, lines: Iterable[TextLine]) -> list[TextLine]:
    """Return the lines that share the place of `box`, from left to right."""
    return sorted((line for line in lines if _share(box, line.box)), key=lambda line: (line.box.left, line.box.top))


def _share(one: Box, other: Box) -> bool:
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    wide = min(one.right, other.right) - max(one.left, other.left)
    return high >= _SHARED * min(one.height, other.height) and wide > 0


def _turned(box: Box, degrees: int) -> Box:
    """Return where a box lies once its page is turned clockwise."""
    for _ in range(degrees // 90 % 4):
        box = Box(left=1 - box.bottom, top=box.left, right=1 - box.top, bottom=box.right)
    return box
