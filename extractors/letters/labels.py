"""Whether a text is a label of a letter's form, and what it asks for; spacing, punctuation and brackets aside."""

import re
import unicodedata

from extractors.letters.words import LABELS, Part
from extractors.spelling import bare
from pipeline.layout import Piece

LONGEST_LABEL = 48
_LABEL_WITH_SIGN = re.compile(
    r"^\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[)）、.．]\s*)?(?P<label>[^:：]{1,48}?)\s*[:：]"
)
_BRACKETS = re.compile(r"[（(【\[][^（()）】\]]*[)）】\]]")


def label_of(text: str) -> tuple[Part | None, bool]:
    """Return what the label `text` asks for, and whether it is a label at all; marks and brackets aside."""
    letters = bare(text)
    if letters in LABELS:
        return LABELS[letters], True
    letters = bare(_BRACKETS.sub("", text))
    if letters not in LABELS and letters.endswith(("名称", "姓名", "全称")):
        letters = letters[:-2]
    return LABELS.get(letters), letters in LABELS


def is_label(piece: Piece) -> bool:
    """Whether a piece is a label and nothing else."""
    return label_of(piece.text)[1] and len(piece.text) <= LONGEST_LABEL


def begins_with_label(text: str) -> bool:
    """Whether a line begins with a label and its colon."""
    match = _LABEL_WITH_SIGN.match(unicodedata.normalize("NFKC", text))
    return match is not None and label_of(match["label"])[1]
