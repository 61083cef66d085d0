"""How alike a claimed text and what OCR read are, apart from what is written one way or the other."""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.alike import AS_ONE, look_alike, mean_the_same
from pipeline.folding import MARKS, bare, joined
from pipeline.model import TextLine
from pipeline.scripts import LONG_SENTENCE, is_ideograph, is_latin, reads_like_text

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcodes

_FEW_IDEOGRAPHS = 3
"""Characters below which a line is not Chinese at all."""
_WORD = re.compile(r"[A-Za-z]+")
_PART = 0.7
"""Likeness to a part of a longer text from which a reading is of that part."""
_LONG_WORD = 4
"""Letters of a word that strokes do not make by chance."""


@dataclass(frozen=True)
class Difference:
    """A stretch of a claimed text where something else stands, or nothing, or something that is not claimed."""

    claimed: str
    """Empty where more stands there than is claimed."""
    shown: str
    """Empty where less does."""
    start: int
    """Of `claimed` in the claim, in bare characters."""
    sureness: float
    """Lowest probability of what is shown; where nothing is, of the characters on both sides."""

    @property
    def length(self) -> int:
        """Characters of the longer one."""
        return max(len(self.claimed), len(self.shown))


class Shown:
    """What OCR read in one place."""

    def __init__(self, lines: Sequence[TextLine], *, without: Container[str] = ()) -> None:
        """Join the lines in their order, as bare text without some of its characters."""
        self.lines = lines
        self.printed = " ".join(line.text for line in lines)
        self._without = without
        text, sureness, owners = joined(lines)
        kept = [at for at, sign in enumerate(text) if sign not in without]
        self.text = "".join(text[at] for at in kept)
        self._sureness, self._owners = [sureness[at] for at in kept], [owners[at] for at in kept]
        self._found: dict[str, list[Difference]] = {}

    @cached_property
    def without_marks(self) -> "Shown":
        """The same without the signs within its numbers."""
        return Shown(self.lines, without=MARKS)

    @cached_property
    def alone(self) -> "list[Shown]":
        """Each line by itself."""
        return [self] if len(self.lines) == 1 else [Shown([line], without=self._without) for line in self.lines]

    @property
    def sureness(self) -> float:
        """Mean probability of the characters."""
        return sum(self._sureness) / len(self._sureness) if self._sureness else 0.0

    def least(self, start: int, end: int) -> float:
        """Return the lowest probability of the characters of a stretch."""
        return min(self._sureness[start:end], default=0.0)

    def likeness(self, claimed: str) -> float:
        """Return how much of `claimed` stands here in one piece, 0 to 1."""
        from rapidfuzz.fuzz import partial_ratio, ratio

        if not self.text:
            return 0.0
        if len(claimed) <= len(self.text):
            return float(partial_ratio(claimed, self.text)) / 100
        # Where OCR read less than is claimed, only what it read can be compared, unless that is next to nothing.
        part = float(partial_ratio(self.text, claimed)) / 100
        return part if 2 * len(self.text) >= len(claimed) else float(ratio(claimed, self.text)) / 100

    def is_half_of(self, claimed: str) -> bool:
        """Whether what stands here is a part of `claimed`, or less than half of it and much like a part."""
        from rapidfuzz.fuzz import partial_ratio

        is_less = 2 * len(self.text) < len(claimed)
        return self.text in claimed or (is_less and partial_ratio(self.text, claimed) >= 100 * _PART)

    def in_order(self, claimed: str) -> float:
        """Return the share of the characters of `claimed` that stand here in their order, whatever is between them."""
        from rapidfuzz.distance import LCSseq

        return LCSseq.similarity(claimed, self.text) / max(len(claimed), 1)

    def differences(self, claimed: str) -> list[Difference]:
        """Return where `claimed` differs from what stands here; what stands here on either side of it is no part of it.

        Characters that look alike do not differ, nor is a lone Latin letter missed or added: OCR does as much.
        """
        found = (_trimmed(each, look_alike) for each in self._all_differences(claimed))
        return [each for each in found if _matters(each)]

    def differences_in_whole(self, claimed: str) -> list[Difference]:
        """Return the same where `claimed` is laid beside all that stands here, and not beside what is most like it."""
        found = (_trimmed(each, look_alike) for each in self._in_piece(claimed, 0, len(self.text)))
        return [each for each in found if _matters(each)]

    def matched(self, claimed: str) -> dict[int, int]:
        """Return for each character of `claimed` that stands here where it does, the two laid beside each other."""
        return {
            step.src_start + number: step.dest_start + number
            for step in _steps(claimed, self.text)
            if step.tag == "equal"
            for number in range(step.src_end - step.src_start)
        }

    def passed_over(self, claimed: str) -> list[Difference]:
        """Return where other characters stand here of which `differences` does not tell.

        A figure and the letter of the same shape are not among them: which of the two it is, nobody sees.
        """
        found = (_trimmed(each, mean_the_same) for each in self._all_differences(claimed))
        return [each for each in found if each.length and not _matters(_trimmed(each, look_alike))]

    def parted(self, claimed: str) -> tuple[list[TextLine], list[TextLine]]:
        """Return the lines that hold some of the piece which is most like `claimed`, and those that hold none of it."""
        begin, end = self._piece(claimed)
        numbers = set(self._owners[begin:end])
        held = [line for number, line in enumerate(self.lines) if number in numbers]
        return held, [line for number, line in enumerate(self.lines) if number not in numbers]

    def _piece(self, claimed: str) -> tuple[int, int]:
        """Return from where to where that piece goes; all that stands here, where that is less than is claimed."""
        from rapidfuzz.fuzz import partial_ratio_alignment

        place = partial_ratio_alignment(claimed, self.text) if len(claimed) <= len(self.text) else None
        return (place.dest_start, place.dest_end) if place else (0, len(self.text))

    def _all_differences(self, claimed: str) -> list[Difference]:
        """Return the differences, those of characters that look alike as well; sought once for each text."""
        if claimed not in self._found:
            self._found[claimed] = self._apart(claimed) if claimed != self.text else []
        return self._found[claimed]

    def _apart(self, claimed: str) -> list[Difference]:
        begin, end = self._piece(claimed)
        found = self._in_piece(claimed, begin, end)
        if found and len(claimed) <= len(self.text):
            # The best piece of the claim's length cuts off what goes on after characters that are not claimed.
            more = len(claimed) // 4 + 2
            wider = self._in_piece(claimed, max(begin - more, 0), min(end + more, len(self.text)))
            return min(wider, found, key=_amount)
        return found

    def _in_piece(self, claimed: str, begin: int, end: int) -> list[Difference]:
        piece, sureness = self.text[begin:end], self._sureness[begin:end]
        steps = _steps(claimed, piece)
        found = []
        for start, stop, first, last in (*_stretches(steps), *_pairs(steps, claimed, piece)):
            gone, here = claimed[start:stop], piece[first:last]
            if not gone and (first == 0 or last == len(piece)):
                continue
            around = sureness[first:last] or sureness[max(first - 1, 0) : last + 1]
            found.append(Difference(gone, here, start, min(around, default=0.0)))
        return found

    def without_strokes(self, claimed: str) -> str:
        """Return `claimed` bare, without the Latin letters that another OCR makes of the strokes of characters.

        Where this shows Chinese, those are words that do not stand here, unless they make an English sentence.
        """
        if sum(map(is_ideograph, self.text)) < _FEW_IDEOGRAPHS or _is_sentence(claimed):
            return bare(claimed)
        return bare(_WORD.sub(lambda word: word[0] if bare(word[0]) in self.text else " ", claimed))

    def sure_runs(self, claimed: str, least: float, *, drawn: bool) -> Iterator[str]:
        """Yield what stands here, surely and in a row, where `claimed` has something that does not look like it.

        Unless `claimed` is `drawn`, Latin letters for Chinese characters are what another OCR makes of strokes.
        """
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.fuzz import partial_ratio_alignment

        place = partial_ratio_alignment(claimed, self.text)
        if place is None:
            return
        # As far as both go on around what they share: the best piece alone would leave out the ends that differ.
        is_end = place.dest_end == len(self.text) and place.dest_start > 0
        shift = place.dest_end - place.src_end if is_end else place.dest_start - place.src_start
        begin, here = max(-shift, 0), max(shift, 0)
        length = min(len(claimed) - begin, len(self.text) - here)
        part, shown = claimed[begin : begin + length], self.text[here : here + length]
        sureness = self._sureness[here : here + length]
        run, last = "", -1
        for step in Levenshtein.editops(part, shown):
            is_sure = step.tag == "replace" and sureness[step.dest_pos] >= least
            if not is_sure or look_alike(part[step.src_pos], shown[step.dest_pos]):
                continue
            if not drawn and is_ideograph(shown[step.dest_pos]) and part[step.src_pos].isascii():
                continue
            if run and step.dest_pos != last + 1:
                yield run
                run = ""
            run, last = run + shown[step.dest_pos], step.dest_pos
        if run:
            yield run


def _is_sentence(text: str) -> bool:
    """Whether a text is Latin alone, mostly in long words."""
    if not reads_like_text(bare(text)):
        return False
    words = _WORD.findall(text)
    letters, in_long = sum(map(len, words)), sum(len(word) for word in words if len(word) >= _LONG_WORD)
    return letters >= LONG_SENTENCE and 2 * in_long >= letters and not any(map(is_ideograph, text))


def _steps(one: str, other: str) -> "Opcodes":
    """Return how two texts become the same, those that look alike being so already."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.opcodes(one.translate(AS_ONE), other.translate(AS_ONE))


def _stretches(steps: "Opcodes") -> Iterator[tuple[int, int, int, int]]:
    """Yield where two texts differ, from and to in either; steps that touch are one stretch."""
    open_one: tuple[int, int, int, int] | None = None
    for step in steps:
        if step.tag != "equal":
            start, first = (open_one[0], open_one[2]) if open_one else (step.src_start, step.dest_start)
            open_one = (start, step.src_end, first, step.dest_end)
        elif open_one:
            yield open_one
            open_one = None
    if open_one:
        yield open_one


def _pairs(steps: "Opcodes", one: str, other: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield where characters stand side by side that only look alike."""
    for step in steps:
        if step.tag == "equal":
            for at, here in zip(
                range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True
            ):
                if one[at] != other[here]:
                    yield at, at + 1, here, here + 1


def _trimmed(difference: Difference, are_same: Callable[[str, str], bool]) -> Difference:
    """Return a difference without what is the same at its ends."""
    gone, here, start = difference.claimed, difference.shown, difference.start
    while gone and here and are_same(gone[0], here[0]):
        gone, here, start = gone[1:], here[1:], start + 1
    while gone and here and are_same(gone[-1], here[-1]):
        gone, here = gone[:-1], here[:-1]
    return Difference(gone, here, start, difference.sureness)


def _matters(difference: Difference) -> bool:
    """Whether a difference is more than a letter that OCR lost or made up."""
    one = difference.claimed or difference.shown
    if len(one) != 1 or (difference.claimed and difference.shown):
        return bool(one)
    return not is_latin(one)


def _amount(differences: Sequence[Difference]) -> tuple[int, int]:
    """Return how many characters differ so that it matters, and how many at all."""
    found = (_trimmed(each, look_alike) for each in differences)
    return sum(each.length for each in found if _matters(each)), sum(each.length for each in differences)
