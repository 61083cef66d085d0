"""Text as it comes in: what nobody can see is taken out, once, at the border."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

# Control characters, lone surrogates, bidirectional controls, and what has no width (joiners, soft
# hyphen, fillers, variation selectors, tags): two texts that look the same must be the same.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """Return `text` on one line, in Unicode NFC, without unseen characters and without space at its ends.

    Called wherever text enters: file names, the application form, PDF text layers, barcodes, what OCR reads.
    Width and brackets stay as they are; making values comparable is for the extractors.
    """
    return unicodedata.normalize("NFC", _UNSEEN.sub("", _BREAKS.sub(" ", text))).strip()


def meant_by(name: str, known: Iterable[str], *, least: float = 0.6) -> str | None:
    """Return which known name somebody may have meant who wrote this one; None where none is near.

    Args:
        name: What was written; its case makes no difference.
        known: The names there are.
        least: How alike the two are at least, 0 to 1.
    """
    folded = {each.casefold(): each for each in known}
    near = get_close_matches(name.casefold(), folded, n=1, cutoff=least)
    return folded[near[0]] if near else None


def clean_lines(text: str) -> str:
    """Return `text` without unseen characters, its line breaks and tabs kept: for text that is still to be parsed."""
    return _UNSEEN.sub("", text)


def is_seen(text: str) -> bool:
    """Whether there is no unseen character in `text`."""
    return _UNSEEN.search(text) is None
