"""Whether a PDF's text layer says what its page shows: each of its lines against what OCR read in the same place.

A text layer is a claim. An honest one differs from what is read by OCR's errors: ours, and where another program laid
the layer over a scan, its own. So a difference counts as far as we are sure of what stands there instead, and as it
reads like text at all. What is not told is not believed for that: a layer stands for its page as far as the page bears
it out. See docs/adr/0015.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from pipeline.folding import bare, without_marks
from pipeline.in_step import out_of_step
from pipeline.layer_line import FOREIGN, LEAST, LEGIBLE, SURE, WHOLE, LayerLine
from pipeline.likeness import Shown
from pipeline.line_places import SHARED, WELL_SHARED, beside, has_ink
from pipeline.model import WHOLE_PAGE, Box, Page, TextDisagreement, TextLine
from pipeline.ocr.base import Reading
from pipeline.scripts import has_foreign, is_chinese, is_foreign, reads_like_text, says_more
from pipeline.unclaimed import Placed, ShownOnce, cut_words, placed, read_on, unclaimed

_SAME, _FOUND, _MOSTLY_FOUND = 0.97, 0.9, 0.75
"""Likeness from which a line's text stands elsewhere on the page, misplaced and not made up: of one that is drawn, of
one that another OCR read, and of most lines of a layer."""
_GARBLED, _IN_PLACE = 0.6, 0.75
"""Share of a line's characters that stand there in their order, from which a line that differs as a whole, and one that
differs in a part, is a poor reading and no other text."""
_RUN = 4
"""Characters in a row that another OCR does not get wrong without getting more wrong beside them; that ours does not
lose in a line."""
_SHORT, _LONG, _SENTENCE = 6, 10, 20
"""Characters up to which text in white may be a mark for a signing program; from which ink should have been read;
from which even words in another script are none that OCR makes up."""
_POINT = "."
_PURPOSE = ("复印件", "仅供", "仅限", "仅用")
"""What stamps say that are laid over copies: for which purpose they may be used."""
_LEAST_POINTS, _LEAST_PIXELS = 1.8, 5
"""Height below which nobody reads print, and below which we do not."""
_OTHER, _UNSEEN, _HIDDEN, _DOUBTFUL = 0.95, 0.9, 0.7, 0.6
"""How sure it is that layer and page differ: another text, nothing to be seen, off the page, a person must look."""
_MOST = 12
"""Disagreements that are told of one page."""
_UNREAD = 0.3
"""Confidence of what stands there in a script that OCR does not know: nobody has read it."""
_BORNE_OUT = 0.5
"""Share of a layer's characters that the page must bear out for the two to have been compared."""


@dataclass(frozen=True)
class Agreement:
    """What came of comparing a page's text layer with what it shows."""

    told: tuple[TextDisagreement, ...]
    """Where the two differ, in the layer's order. Boxes are of the page as OCR turned it upright."""
    lines: tuple[TextLine, ...] | None = None
    """What stands on the page as it came, the layer's words where it bears them out; None if none is to be believed."""
    is_compared: bool = True
    """Whether it could be told if the layer lies; one that could not be compared is not accused, nor believed: of its
    lines only those remain that nobody could read, at a confidence that says so."""
    unread: tuple[Box, ...] = ()
    """Where the layer says something that OCR did not read, on the page as it came."""


def compare(page: Page, reading: Reading) -> Agreement | None:
    """Return whether the text layer of a page says what it shows, and what therefore stands on it.

    Args:
        page: With its text layer.
        reading: What OCR read on it.

    Returns:
        None if there is no text layer.
    """
    if not page.text_lines and not page.text_outside and page.text_is_whole:
        return None
    comparison = _Comparison(page, reading)
    found = _surest([*_beside_the_page(page, reading), *comparison.differences()])
    upright = [each.model_copy(update={"box": each.box.turned(reading.turned).rounded()}) for each in found]
    if upright or comparison.is_alien or not page.text_is_visible or not page.text_lines:
        is_compared = bool(upright) or (page.text_is_whole and not comparison.is_alien)
        return Agreement(tuple(upright), is_compared=is_compared)
    return comparison.borne_out()


def _surest(found: Sequence[TextDisagreement]) -> list[TextDisagreement]:
    """Return as many as are told of one page, in their order.

    Decoys must not push out a lie: the surest are kept, and before any that lies off the page.
    """

    def rank(at: int) -> tuple[bool, float]:
        return found[at].box == WHOLE_PAGE, -found[at].confidence

    return [found[at] for at in sorted(sorted(range(len(found)), key=rank)[:_MOST])]


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
            line.model_copy(update={"box": line.box.turned(-reading.turned)})
            for line in (*reading.lines, *(seal.text for seal in reading.seals if seal.text))
        ]
        self._print = self._lines[: len(reading.lines)]
        self._everything = Shown(self._lines)
        self._shown = ShownOnce()
        self._claims = [self._claim(line) for line in page.text_lines if bare(line.text)]

    def _claim(self, line: TextLine) -> LayerLine:
        # Of a short line its place is all it has.
        is_short = len(bare(line.text)) < LEAST
        shown = self._shown.of(beside(line.box, self._lines, shared=WELL_SHARED if is_short else SHARED))
        text = shown.without_strokes(line.text) if self._page.text_is_recognised else bare(line.text)
        return LayerLine(line, text, shown)

    @cached_property
    def _placed(self) -> list[Placed]:
        return placed(self._print, self._page.text_lines)

    @cached_property
    def is_alien(self) -> bool:
        """Whether most of the layer is in a code of its own, or says what the page shows, only elsewhere."""
        long = [claim for claim in self._claims if len(bare(claim.line.text)) >= LEAST]
        read = [claim.likeness for claim in long if claim.shown.text]
        if len(read) < LEAST or median(read) >= FOREIGN:
            return False
        is_text = reads_like_text("".join(claim.text for claim in long))
        return not is_text or median(self._everything.likeness(claim.text) for claim in long) >= _MOSTLY_FOUND

    def differences(self) -> Iterator[TextDisagreement]:
        """Yield the lines of the layer that the page does not show; of an alien one, nothing."""
        if self.is_alien:
            return
        told = {id(claim.line): sure for claim in self._claims if (sure := self._bounded(claim))}
        for claim in self._claims:
            if id(claim.line) in told:
                yield self._told([claim.line], claim.shown.printed, told[id(claim.line)])
        if self._page.text_is_visible:
            for lines, seen in read_on(self._placed, least=SURE):
                if not any(id(line) in told for line in lines):
                    yield self._told(lines, seen, _DOUBTFUL)

    def _told(self, lines: Sequence[TextLine], seen: str, sure: float) -> TextDisagreement:
        return TextDisagreement(
            file=self._page.file,
            page=self._page.number,
            box=lines[0].box,
            claimed=" ".join(line.text for line in lines),
            seen=seen,
            confidence=sure,
        )

    def borne_out(self) -> Agreement:
        """Return what stands on a page of which nothing is told: the layer, unless OCR surely read something else.

        What OCR did not read is left out, but for scripts that it does not know.
        """
        if any(claim.is_denied for claim in self._claims):
            return Agreement((), is_compared=False)
        cut = {id(line) for lines in cut_words(self._placed, least=SURE) for line in lines}
        cut |= out_of_step(self._print, [claim for claim in self._claims if claim.is_shown], least=SURE)
        unread = [claim for claim in self._claims if not claim.is_shown or id(claim.line) in cut]
        foreign = {id(claim.line) for claim in unread if claim.shown.text and is_foreign(claim.text)}
        left_out = {id(claim.line) for claim in unread} - foreign
        like_shown = [claim for claim in self._claims if claim.is_like_shown]
        is_compared = _characters(like_shown) >= _BORNE_OUT * _characters(self._claims)
        kept = [
            line.model_copy(update={"confidence": _UNREAD}) if id(line) in foreign else line
            for line in self._page.text_lines
            if id(line) in foreign or (is_compared and id(line) not in left_out)
        ]
        return Agreement(
            (),
            lines=(*kept, *unclaimed(self._print, kept, least=SURE)) if kept or is_compared else None,
            is_compared=is_compared,
            unread=tuple(line.box for line in self._page.text_lines if id(line) in left_out),
        )

    def _bounded(self, claim: LayerLine) -> float:
        """Return `_sureness`; of what stands in place of letters that OCR does not know, no more than for a person."""
        sure = self._sureness(claim)
        return min(sure, _DOUBTFUL) if claim.shown.text and has_foreign(claim.text) else sure

    def _sureness(self, claim: LayerLine) -> float:
        """Return how sure it is that the page does not show a line of the layer; 0 if nothing speaks for it."""
        line, text, shown = claim.line, claim.text, claim.shown
        if claim.is_short:
            return self._short(claim)
        if not shown.text:
            return self._unseen(line, text)
        if claim.likeness < FOREIGN:
            return self._other(text, shown)
        sure = self._weigh(claim) if shown.likeness(text) >= FOREIGN else self._other(text, shown)
        if not sure or not claim.has_signs_apart:
            return sure
        # A sign that OCR lost shifts what follows it: other characters are what differs without signs as well.
        plain = self._weigh(claim.plain)
        return min(sure, plain) or (_DOUBTFUL if self._has_other_signs(claim) else 0.0)

    def _has_other_signs(self, claim: LayerLine) -> bool:
        """Whether a line's numbers are parted otherwise on the page: 1,000.00 and 100,000 are the same but for that."""
        if self._page.text_is_recognised:
            return False
        # A point that is lost makes another amount; what lies over the print may hide it.
        return claim.has_other_signs(but=_POINT if self._page.text_is_visible else "")

    def _weigh(self, claim: LayerLine) -> float:
        """Return the same for a line that is like what stands in its place."""
        text, shown = claim.text, claim.shown
        if self._page.text_is_visible:
            return self._differing(claim)
        runs = list(shown.sure_runs(text, SURE, drawn=not self._page.text_is_recognised))
        if self._page.text_is_recognised:
            is_other = any(len(run) >= _RUN for run in runs) and shown.in_order(text) < _IN_PLACE
            return _DOUBTFUL if is_other else 0.0
        if runs and any(self._reads_the_same(text, each) for each in shown.alone):
            return 0.0  # of two readings of one line, joined they differ from anything
        return _weighed(text, sum(map(len, runs)), is_clear=any(len(run) > 1 for run in runs))

    def _short(self, claim: LayerLine) -> float:
        """Return the same for a line of one or two characters, such as a class in a cell of its own."""
        if not self._page.text_is_visible or not claim.shown.text:
            return 0.0
        sure = (each for each in claim.differences if each.sureness >= SURE)
        return _DOUBTFUL if any(says_more(each.claimed + each.shown) for each in sure) else 0.0

    def _differing(self, claim: LayerLine) -> float:
        """Return the same for a line that differs in parts, on a page where nothing lies over the print.

        The few characters that OCR may have passed over, or read twice, are for a person.
        """
        sure = [each for each in claim.differences if each.sureness >= SURE and claim.is_looked_at(each)]
        # A sign alone OCR may have lost, or taken for a figure as a stroke for a 1.
        clear = [each for each in sure if not each.claimed or without_marks(each.claimed)]
        other = max((each.length for each in clear if each.claimed and each.shown), default=0)
        is_clear = other > 1 or sum(each.length for each in clear) >= _RUN
        return _weighed(claim.text, sum(each.length for each in sure), is_clear=is_clear)

    def _reads_the_same(self, text: str, alone: Shown) -> bool:
        """Whether one line alone says what is claimed, a lost character aside."""
        is_whole = len(alone.text) >= WHOLE * len(text) and alone.likeness(text) >= WHOLE
        return is_whole and not any(alone.sure_runs(text, SURE, drawn=not self._page.text_is_recognised))

    def _other(self, text: str, shown: Shown) -> float:
        """Return the same for a line in the place of which other text was read."""
        is_recognised = self._page.text_is_recognised
        if is_foreign(text) or not reads_like_text(text) or shown.sureness < LEGIBLE:
            return 0.0
        if is_recognised and (len(text) < (_SHORT if is_chinese(text) else _LONG) or shown.in_order(text) >= _GARBLED):
            return 0.0
        # An OCR set to another language, or before characters of some style, makes words of strokes.
        if is_recognised and len(text) < _SENTENCE and is_chinese(shown.text) and not is_chinese(text):
            return 0.0
        if is_recognised and any(words in shown.text and words not in text for words in _PURPOSE):
            return 0.0  # a stamp lies over the line, and hides it
        if is_recognised and shown.is_half_of(text):
            return _DOUBTFUL  # it may be we who read half of it
        if self._everything.likeness(text) >= _FOUND:
            return 0.0 if is_recognised or len(text) < _SHORT else _DOUBTFUL
        return _OTHER if len(text) >= _SHORT else _DOUBTFUL

    def _unseen(self, line: TextLine, text: str) -> float:
        """Return the same for a line where OCR read nothing."""
        if self._everything.likeness(text) >= (_FOUND if self._page.text_is_recognised else _SAME):
            return 0.0
        is_small = line.box.height * self._page.image.shape[0] < _LEAST_PIXELS
        is_tiny = is_small and line.box.height * self._page.points_high < _LEAST_POINTS
        if is_tiny or not has_ink(self._page.image, line.box):
            if len(text) > _SHORT:
                # What is no larger only since we made the page smaller may have faded as we did.
                return _DOUBTFUL if is_small and not is_tiny else _UNSEEN
            return 0.0 if self._page.text_is_recognised else _DOUBTFUL
        # Print that OCR did not find, unless a picture may lie over it.
        is_odd = not self._page.text_is_visible and len(text) >= _LONG and reads_like_text(text)
        return _DOUBTFUL if is_odd else 0.0


def _weighed(text: str, wrong: int, *, is_clear: bool) -> float:
    """Return how sure it is that a line is another text, by its wrong characters and whether they are no slip."""
    if is_clear and wrong >= max(2, len(text) / 8):
        return _OTHER
    return _DOUBTFUL if wrong else 0.0


def _characters(claims: Sequence[LayerLine]) -> int:
    return sum(len(claim.text) for claim in claims)
