"""How alike a claimed text and what OCR read are, apart from what is written one way or the other."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model import TextLine

if TYPE_CHECKING:
    import opencc

_ALIKE = tuple(
    map(
        frozenset,
        ("0oDQ〇", "1lIi|!丨", "5s", "8b", "2z", "6gb", "9gq", "uv", "c(", "一-—–_", "口曰日", "己已巳", "未末", "土士",
         "人入", "千干于", "天夭", "大太犬", "戊戌戍", "王玉", "o口", "l1", "x×乂", "田由甲申", "手毛", "冶治"),
    )
)  # fmt: skip
"""Characters that even careful readers take for each other, folded as `bare` folds."""
_COMMON = range(0xB0, 0xD8)
"""First byte in GB 2312 of the 3,755 most frequent characters."""
_VOWELS = frozenset("aeiouyäöüáéíóúàèìòùâêîôûãõåæøıİ")
_FEW_IDEOGRAPHS = 3
"""Characters below which a line is not Chinese at all."""
_WORD = re.compile(r"[A-Za-z]+")
_LONG_WORD, _LONG_SENTENCE, _FEWEST_KINDS = 4, 20, 8
"""Letters of a word that strokes do not make by chance; of a sentence; different ones that one has at least."""
_FEWEST_LETTERS = 8
"""Latin letters below which the share of vowels says nothing."""


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

    def in_order(self, claimed: str) -> float:
        """Return the share of the characters of `claimed` that stand here in their order, whatever is between them."""
        from rapidfuzz.distance import LCSseq

        return LCSseq.similarity(claimed, self.text) / max(len(claimed), 1)

    def without_strokes(self, claimed: str) -> str:
        """Return `claimed` bare, without the Latin letters that another OCR makes of the strokes of characters.

        Where this shows Chinese, those are words that do not stand here, unless they make an English sentence.
        """
        if sum(map(_is_ideograph, self.text)) < _FEW_IDEOGRAPHS or _is_sentence(claimed):
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
            if not drawn and _is_ideograph(shown[step.dest_pos]) and part[step.src_pos].isascii():
                continue
            if run and step.dest_pos != last + 1:
                yield run
                run = ""
            run, last = run + shown[step.dest_pos], step.dest_pos
        if run:
            yield run


def bare(text: str) -> str:
    """Return letters and figures only, half-width, in simplified characters and one case."""
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())
    plain: str = _simplifier().convert(kept)
    return (plain if len(plain) == len(kept) else kept).casefold()


def reads_like_text(text: str) -> bool:
    """Whether bare text could be words or numbers, and is not what a font with a code of its own gives."""
    chinese = [sign for sign in text if _is_ideograph(sign)]
    latin = [sign for sign in text if sign.isalpha() and sign < "\u0250"]
    if is_chinese(text):
        return sum(map(_is_common, chinese)) >= 0.7 * len(chinese)
    if len(latin) > max(len(text) / 2, _FEWEST_LETTERS):
        if len(latin) >= _LONG_SENTENCE and len(set(latin)) < _FEWEST_KINDS:
            return False
        return 0.2 <= sum(sign in _VOWELS for sign in latin) / len(latin) <= 0.6
    return True


def _is_sentence(text: str) -> bool:
    """Whether a text is Latin alone, mostly in long words."""
    if not reads_like_text(bare(text)):
        return False
    words = _WORD.findall(text)
    letters, in_long = sum(map(len, words)), sum(len(word) for word in words if len(word) >= _LONG_WORD)
    return letters >= _LONG_SENTENCE and 2 * in_long >= letters and not any(map(_is_ideograph, text))


def is_chinese(text: str) -> bool:
    """Whether at least half of a text is Chinese."""
    return 2 * sum(map(_is_ideograph, text)) >= len(text)


def _is_ideograph(sign: str) -> bool:
    return "\u2e80" <= sign <= "\ufaff"


def _is_common(sign: str) -> bool:
    code = sign.encode("gb2312", errors="ignore")
    return bool(code) and code[0] in _COMMON


def _look_alike(one: str, other: str) -> bool:
    return any({one, other} <= group for group in _ALIKE)


def _joined(lines: Sequence[TextLine]) -> tuple[str, list[float]]:
    """Return the bare text of several lines with the probability of each character."""
    text, sureness = "", list[float]()
    for line in lines:
        given = line.characters if len(line.characters) == len(line.text) else (line.confidence,) * len(line.text)
        for sign, probability in zip(line.text, given, strict=True):
            plain = bare(sign)
            text += plain
            sureness += [probability] * len(plain)
    return text, sureness


@cache
def _simplifier() -> "opencc.OpenCC":
    import opencc

    return opencc.OpenCC("t2s")
