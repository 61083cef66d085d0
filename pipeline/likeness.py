"""How alike a claimed text and what OCR read are, apart from what is written one way or the other."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import TextLine
from pipeline.scripts import LONG_SENTENCE, is_ideograph, reads_like_text

if TYPE_CHECKING:
    import opencc
    from rapidfuzz.distance import Opcodes

_ALIKE = tuple(
    map(
        frozenset,
        ("0oDQ〇", "1lIi|!丨", "5s", "8b", "2z", "6gb", "9gq", "uv", "c(", "一-—–_", "口曰日", "己已巳", "未末", "土士",
         "人入", "千干于", ".,", "天夭", "大太犬", "戊戌戍", "王玉", "o口", "l1", "x×乂", "田由甲申", "手毛", "冶治"),
    )
)  # fmt: skip
"""Characters that even careful readers take for each other, folded as `bare` folds."""
_AS_ONE = {ord(sign): min(group) for group in reversed(_ALIKE) for sign in group}
"""One for all of a group, to lay two texts side by side."""
_SPECKS = frozenset("1li丨一口〇o0")
"""What a rule, a box to tick or a bullet is taken for."""
_MARKS = frozenset(".,")
"""Signs that change a number."""
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

    def __init__(self, lines: Sequence[TextLine]) -> None:
        """Join the lines in their order."""
        self.lines = lines
        self.printed = " ".join(line.text for line in lines)
        self.text, self._sureness = _joined(lines)

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
        from rapidfuzz.fuzz import partial_ratio_alignment

        place = partial_ratio_alignment(claimed, self.text) if len(claimed) <= len(self.text) else None
        begin, end = (place.dest_start, place.dest_end) if place else (0, len(self.text))
        found = self._in_piece(claimed, begin, end)
        if found and place:
            # The best piece of the claim's length cuts off what goes on after characters that are not claimed.
            more = len(claimed) // 4 + 2
            wider = self._in_piece(claimed, max(begin - more, 0), min(end + more, len(self.text)))
            return min(wider, found, key=lambda some: sum(each.length for each in some))
        return found

    def _in_piece(self, claimed: str, begin: int, end: int) -> list[Difference]:
        from rapidfuzz.distance import Levenshtein

        piece, sureness = self.text[begin:end], self._sureness[begin:end]
        found = []
        for start, stop, first, last in _stretches(
            Levenshtein.opcodes(claimed.translate(_AS_ONE), piece.translate(_AS_ONE))
        ):
            gone, here = claimed[start:stop], piece[first:last]
            if not gone and (first == 0 or last == len(piece)):
                continue
            around = sureness[first:last] or sureness[max(first - 1, 0) : last + 1]
            difference = _trimmed(Difference(gone, here, start, min(around, default=0.0)))
            if _matters(difference):
                found.append(difference)
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
            if not is_sure or _look_alike(part[step.src_pos], shown[step.dest_pos]):
                continue
            if not drawn and is_ideograph(shown[step.dest_pos]) and part[step.src_pos].isascii():
                continue
            if run and step.dest_pos != last + 1:
                yield run
                run = ""
            run, last = run + shown[step.dest_pos], step.dest_pos
        if run:
            yield run


def bare(text: str) -> str:
    """Return letters and figures only, half-width, in simplified characters and one case.

    A point or comma between figures is kept: without them 1,000.00 is 100,000.
    """
    kept = "".join(_kept(text))
    plain: str = _simplifier().convert(kept)
    return (plain if len(plain) == len(kept) else kept).casefold()


def _kept(text: str) -> Iterator[str]:
    """Yield what `bare` keeps of each character, before scripts and cases are made one."""
    for at, sign in enumerate(text):
        plain = unicodedata.normalize("NFKC", sign)
        if plain in _MARKS:
            yield plain if text[:at].rstrip()[-1:].isdecimal() and text[at + 1 :].lstrip()[:1].isdecimal() else ""
        else:
            yield "".join(each for each in plain if each.isalnum())


def _is_sentence(text: str) -> bool:
    """Whether a text is Latin alone, mostly in long words."""
    if not reads_like_text(bare(text)):
        return False
    words = _WORD.findall(text)
    letters, in_long = sum(map(len, words)), sum(len(word) for word in words if len(word) >= _LONG_WORD)
    return letters >= LONG_SENTENCE and 2 * in_long >= letters and not any(map(is_ideograph, text))


def is_speck(text: str) -> bool:
    """Whether bare text is one character that may be no print."""
    return len(text) == 1 and text in _SPECKS


def _look_alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= group for group in _ALIKE)


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


def _trimmed(difference: Difference) -> Difference:
    """Return a difference without what looks alike at its ends."""
    gone, here, start = difference.claimed, difference.shown, difference.start
    while gone and here and _look_alike(gone[0], here[0]):
        gone, here, start = gone[1:], here[1:], start + 1
    while gone and here and _look_alike(gone[-1], here[-1]):
        gone, here = gone[:-1], here[:-1]
    return Difference(gone, here, start, difference.sureness)


def _matters(difference: Difference) -> bool:
    """Whether a difference is more than a letter that OCR lost or made up."""
    one = difference.claimed or difference.shown
    if len(one) != 1 or (difference.claimed and difference.shown):
        return bool(one)
    return not (one.isascii() and one.isalpha())


def _joined(lines: Sequence[TextLine]) -> tuple[str, list[float]]:
    """Return the bare text of several lines with the probability of each character."""
    text, sureness = "", list[float]()
    for line in lines:
        given = line.characters if len(line.characters) == len(line.text) else (line.confidence,) * len(line.text)
        for sign, probability in zip(_kept(line.text), given, strict=True):
            plain = _folded(sign)
            text += plain
            sureness += [probability] * len(plain)
    return text, sureness


@cache
def _folded(sign: str) -> str:
    plain: str = _simplifier().convert(sign)
    return (plain if len(plain) == len(sign) else sign).casefold()


@cache
def _simplifier() -> "opencc.OpenCC":
    import opencc

    return opencc.OpenCC("t2s")
