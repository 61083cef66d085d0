"""The one form in which names of companies and marks are compared, wherever they were read or stated.

Names are compared through one canonical form, since papers and forms write the same name in many ways: width of
brackets and letters, spaces, traditional and rare variants of characters that a reader or an old licence gives.
Nothing is forgiven beyond that: one other character is another name.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BRACKETS = str.maketrans("[]{}〔〕【】〈〉〖〗", "()()()()()()")
_QUOTES = str.maketrans("‘’‛′`´“”‟″–—‐‑−", "''''''\"\"\"\"-----")
_SIGNS = re.compile(r"[®™℠©]|\((?:R|TM|SM)\)$|^\((?:R|TM|SM)\)", re.IGNORECASE)
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""A run of Chinese characters."""


_WORDS = re.compile(r"[^\W_]+")
_LEGAL_FORMS = {"limited": "ltd", "company": "co", "corporation": "corp", "incorporated": "inc"}


@cache
def _converter() -> "OpenCC":
    # Imported on use: it loads its dictionaries, which `dossier rules` has no need of.
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Return `text` with traditional characters as simplified ones."""
    if not HAN.search(text):
        return text
    # Some variants lead to another traditional character first (薴, 苧, 苎).
    once = str(_converter().convert(text))
    return once if once == text else str(_converter().convert(once))


def is_chinese(text: str) -> bool:
    """Whether Chinese characters stand in `text`."""
    return HAN.search(text) is not None


@lru_cache(maxsize=4096)
def canonical_name(text: str) -> str:
    """Return the form in which names of companies and places are compared.

    Half-width (NFKC), simplified, one kind of brackets, no spaces, Latin letters in lower case. Not for display.
    """
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_BRACKETS).translate(_QUOTES)
    # Once more, since an accent may stand apart from its letter until the space between them is gone.
    return unicodedata.normalize("NFKC", "".join(simplified(plain).casefold().split()))


def without_signs(mark: str) -> str:
    """Return a mark without ® and its kin and without space around it."""
    return _SIGNS.sub("", mark.strip()).strip()


@lru_cache(maxsize=4096)
def canonical_mark(text: str) -> str:
    """Return the form in which marks are compared.

    As for names, without ® and its kin. Spaces are set aside because a mark is a picture: where its words are set on
    two lines or far apart, no reader can tell a space. Punctuation counts (`A.B` is not `AB`).
    """
    return canonical_name(without_signs(text))


@lru_cache(maxsize=4096)
def canonical_company(text: str) -> str:
    """Return the form in which names of companies are compared.

    As `canonical_name`; in a name of Latin letters legal forms are abbreviated (`Company Limited`, `CO., LTD.`) and
    punctuation is set aside, as both are written in many ways.
    """
    if is_chinese(text):
        return canonical_name(text)
    words = _WORDS.findall(canonical_words(text).replace("&", " and "))
    if not words:
        return canonical_name(text)
    return "".join(_LEGAL_FORMS.get(word, word) for word in words)


def canonical_words(text: str) -> str:
    """Return a text half-width and in lower case, its words apart."""
    return " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold().split())


def figures_of(number: str) -> str:
    """Return the figures of a number without leading zeros, or what stands there instead of figures.

    Two numbers of marks that are the same, however they are written, have the same figures.
    """
    return "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", number))).lstrip("0") or canonical_name(number)
