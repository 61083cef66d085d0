"""When two names or marks mean the same. Where they differ, and whether that was read for sure, is in differences.py.

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
_DOTS = re.compile(r"[·•‧∙⋅・･᛫●]")
_QUOTES = str.maketrans("‘’‛′`´“”‟″–—‐‑−", "''''''\"\"\"\"-----")
_SIGNS = re.compile(r"[®™℠©]|\((?:R|TM|SM)\)$|^\((?:R|TM|SM)\)", re.IGNORECASE)
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""A run of Chinese characters."""


_WORDS = re.compile(r"[^\W_]+")
_LEGAL_FORMS = {"limited": "ltd", "company": "co", "corporation": "corp", "incorporated": "inc"}
_LOOK_ALIKE = str.maketrans("l1|0", "iiio")


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


@lru_cache(maxsize=4096)
def canonical_person(text: str) -> str:
    """Return the form in which names of persons are compared: as for companies, with one kind of middle dot."""
    return canonical_name(_DOTS.sub("·", text))


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


def same_company(one: str, other: str) -> bool:
    """Whether two company names are the same.

    Nothing is set aside but width, brackets, spaces, case and variants, and in Latin letters how legal forms are
    written.
    """
    return canonical_company(one) == canonical_company(other)


def same_person(one: str, other: str) -> bool:
    """Whether two names of persons are the same."""
    return canonical_person(one) == canonical_person(other)


def same_mark(one: str, other: str) -> bool:
    """Whether two marks are the same word mark."""
    return canonical_mark(one) == canonical_mark(other)


def stands_in(mark: str, text: str) -> bool:
    """Whether a mark stands in a text, and not as a part of a longer word: `SUN` is not among `SUNRISE hats`."""
    words, wanted = canonical_words(text), canonical_mark(mark)
    letters = r"\s*".join(map(re.escape, wanted))
    begin, end = ("(?<![a-z0-9])" if wanted[:1].isascii() else "", "(?![a-z0-9])" if wanted[-1:].isascii() else "")
    return bool(wanted) and re.search(begin + letters + end, simplified(words)) is not None


def marks_may_be_the_same(one: str, other: str) -> bool:
    """Whether marks that are not the same differ only by what a reader of pictures cannot tell.

    That is punctuation and accents (`CAFÉ`, `CAFE`), letters that look alike in many typefaces (I, l, 1; O, 0), or a
    mark of two scripts of which the other gives one part (`星河 STARRIVER`, `STARRIVER`): a person must look.
    """
    if _letters(one) and _letters(one) == _letters(other):
        return True
    return canonical_mark(one) in _parts_by_script(other) or canonical_mark(other) in _parts_by_script(one)


def has_letters(mark: str) -> bool:
    """Whether there is anything to read in a mark but punctuation."""
    return bool(_letters(mark))


def _letters(mark: str) -> str:
    split = unicodedata.normalize("NFKD", canonical_mark(mark))
    return "".join(character for character in split if character.isalnum()).translate(_LOOK_ALIKE)


def _parts_by_script(mark: str) -> tuple[str, ...]:
    text = canonical_mark(mark)
    chinese, other = "".join(HAN.findall(text)), HAN.sub("", text)
    return (chinese, other) if chinese and other else ()
