"""When two names or marks mean the same. Where they differ, and whether that was read for sure, is in differences.py.

The form in which they are compared is in pipeline/sameness.py.
"""

import re
import unicodedata
from functools import lru_cache

from pipeline.sameness import HAN as HAN
from pipeline.sameness import canonical_company as canonical_company
from pipeline.sameness import canonical_mark as canonical_mark
from pipeline.sameness import canonical_name as canonical_name
from pipeline.sameness import canonical_words as canonical_words
from pipeline.sameness import is_chinese as is_chinese
from pipeline.sameness import simplified as simplified
from pipeline.sameness import without_signs as without_signs

_DOTS = re.compile(r"[·•‧∙⋅・･᛫●]")
_LOOK_ALIKE = str.maketrans("l1|0", "iiio")


@lru_cache(maxsize=4096)
def canonical_person(text: str) -> str:
    """Return the form in which names of persons are compared: as for companies, with one kind of middle dot."""
    return canonical_name(_DOTS.sub("·", text))


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
