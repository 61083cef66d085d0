"""What a letter's territory or platforms take away again: `worldwide, except Russia`, 除速卖通以外的电商平台."""

import re
import unicodedata
from dataclasses import dataclass

from validators.equality import simplified

SPEAKS_OF_ONE = re.compile(
    r"除|不含|不包括|不包含|不得|禁止|except|exclud|other\s*than|not\s*includ|but\s*not", re.IGNORECASE
)
"""Words by which a text tells that something is taken away, whether it can be worked out what or not."""
_BEHIND = re.compile(
    r"(?P<base>[^,(]+?)[\s,(]*(?:除了?|不含|不包含|不包括|\b(?:except(?:ing)?(?: for)?|excluding|other than|but not|"
    r"with the exception of))[\s:]*(?P<taken>[^()]+?)(?:以外|之外|外)?\)?\.?"
)
_BEFORE = re.compile(r"除了?(?P<taken>[^()]+?)(?:以外|之外|外)的?(?P<base>[^,()]+)")
_LAST = re.compile(r"(?P<base>[^,(]+?)[\s,(]+(?P<taken>[^()]+?)除外\)?")
_BETWEEN = re.compile(r"[、,/]|以及|[及和与或]|\b(?:and|or)\b")


@dataclass(frozen=True)
class Reach:
    """A territory or a group of platforms, and what is taken away from it."""

    base: str
    taken: tuple[str, ...]


def split_reach(text: str) -> Reach | None:
    """Return what a text names; None where it takes something away in words that are not understood."""
    plain = simplified(unicodedata.normalize("NFKC", text)).casefold().strip().rstrip("。.;")
    if not SPEAKS_OF_ONE.search(plain):
        return Reach(plain, ())
    for form in (_BEFORE, _LAST, _BEHIND):
        match = form.fullmatch(plain)
        if match and not any(SPEAKS_OF_ONE.search(part) for part in match.groups()):
            names = (each.strip() for each in _BETWEEN.split(match["taken"]))
            return Reach(match["base"].strip(), tuple(each for each in names if each))
    return None
