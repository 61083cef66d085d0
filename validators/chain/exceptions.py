"""What a letter's territory or platforms take away again: `worldwide, except Russia`, 除速卖通以外的电商平台."""

import re
import unicodedata
from dataclasses import dataclass

from validators.equality import simplified

SPEAKS_OF_ONE = re.compile(
    r"除|剔|不含|不包括|不包含|不得|禁|以外|之外|(?<![海境国内])外(?:的|\)|$)|不在|不适用|另行|[不未]授权|不可(?!撤)|不能|"
    r"except|exclud|exclusion|barring|omit|other\s*than|apart\s*from|aside\s*from|outside|save\s*(?:for|that|in)|minus|\bless\b|"
    r"without(?!\s*(?:any\s*)?(?:territor|geograph|region|limit|restrict))|"
    r"not\s*(?:includ|in|for|valid|applicable|available|permitted|allowed|authori[sz]ed)|but\s*not",
    re.IGNORECASE,
)
"""Words by which a text tells that something is taken away, whether it can be worked out what or not."""
_BEHIND = re.compile(
    r"(?P<base>[^,(]+?)[\s,(]*(?:除了?|剔除|不含|不包含|不包括|\b(?:except(?:ing)?(?: for)?|excluding|other than|"
    r"but not|apart from|aside from|outside(?: of)?|without|save for|minus|with the exception of))[\s:]*"
    r"(?P<taken>[^()]+?)(?:以外|之外|外)?\)?\.?"
)
_BEFORE = re.compile(r"除了?(?P<taken>[^()]+?)(?:以外|之外|外)的?(?P<base>[^,()]+)")
_OUTSIDE = re.compile(r"(?P<taken>[^(),]+?)(?:以外|之外)的?(?P<base>[^,()]+)")
_LAST = re.compile(
    r"(?P<base>[^,(]+?)[\s,(]+(?P<taken>[^()]+?)(?:除外|(?:不在|未在)(?:本?授权)?(?:范围|区域|地域)?之?内?|不授权|禁售|禁止销售)\)?"
)
_BETWEEN = re.compile(r"[、,/]|以及|[及和与或]|\b(?:and|or)\b")
_EDGES = re.compile(r"^(?:但是?|而|but\b|the\b)\s*|(?:市场|(?<!大陆)地区|境内)$")
"""Around the name of what is taken away."""


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
    for form in (_BEFORE, _LAST, _BEHIND, _OUTSIDE):
        match = form.fullmatch(plain)
        if match and not any(SPEAKS_OF_ONE.search(part) for part in match.groups()):
            names = (_EDGES.sub("", each.strip()) for each in _BETWEEN.split(match["taken"]))
            return Reach(match["base"].strip(), tuple(each for each in names if each))
    return None
