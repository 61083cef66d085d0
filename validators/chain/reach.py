"""Where a letter lets the right be used: platforms and territory, told by the rulebook's words."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from validators.equality import simplified
from validators.policy import Policy

_EXCEPT = re.compile(r"除|不含|不包括|不得|禁止|except|exclud|otherthan|notinclud", re.IGNORECASE)
_NARROWED = re.compile(
    r"国内(?!外)|境内(?!外)|本地|其他|其它|部分|指定|主流|domestic|local|other|certain|selected|major|leading"
)
"""Before words for many platforms: which of them are meant is not said."""
_WITHOUT_ISLANDS = re.compile(
    r"[（(]?\s*(?:不含|不包括|不包含|除|excluding|except(?: for)?)\s*"
    r"(?:港|香港|澳门|台|hong ?kong|macau|macao|taiwan)[^（）()]*[）)]?",
    re.IGNORECASE,
)
"""中国大陆（不含港澳台）: the usual addition, which takes nothing away from 中国大陆."""
_FILLERS = re.compile(
    r"电商|电子商务|网络|线上|平台|店铺|商城|网站|网店|网|上|等|及|和|与|或|platforms?|stores?|shops?|online|marketplaces?|and|or|on|the|etc"
)


_EDGES = re.compile(r"^(?:在|于|inthe|in|the)|(?:范围|地区)?(?:之内|内)$")
"""Around the name of a territory."""


class Coverage(StrEnum):
    """Whether words about platforms or territory take in this marketplace."""

    INCLUDED = "included"
    LEFT_OUT = "left_out"
    UNCLEAR = "unclear"


def platforms_cover(platforms: Iterable[str], policy: Policy) -> Coverage:
    """Tell whether a letter's platforms take in this marketplace; unknown wording is unclear."""
    told = [_platform_covers(platform, policy) for platform in platforms]
    if Coverage.INCLUDED in told:
        return Coverage.INCLUDED
    return Coverage.LEFT_OUT if told and set(told) == {Coverage.LEFT_OUT} else Coverage.UNCLEAR


def territory_covers(territory: str, policy: Policy) -> Coverage:
    """Tell whether a letter's territory takes in where this marketplace sells; unknown wording is unclear."""
    text = _plain(_WITHOUT_ISLANDS.sub("", territory))
    if _EXCEPT.search(text):
        return Coverage.UNCLEAR
    if is_everywhere(territory, policy):
        return Coverage.INCLUDED
    whole = _EDGES.sub("", text)
    if whole in {_plain(word) for word in policy.territories_inside}:
        return Coverage.INCLUDED
    outside = {_plain(word) for word in policy.territories_outside}
    return Coverage.LEFT_OUT if whole in outside else Coverage.UNCLEAR


def is_everywhere(territory: str, policy: Policy) -> bool:
    """Whether a territory is the whole world."""
    text = _plain(territory)
    return not _EXCEPT.search(text) and any(_plain(word) in text for word in policy.anywhere_words)


def is_any_platform(platforms: Iterable[str], policy: Policy) -> bool:
    """Whether a letter's platforms are all there are."""
    texts = [_plain(platform) for platform in platforms]
    wide = [text for text in texts if not _EXCEPT.search(text) and not _NARROWED.search(text)]
    return any(_plain(word) in text for text in wide for word in policy.any_platform_words)


def platforms_lie_within(inner: Iterable[str], outer: Iterable[str], policy: Policy) -> bool | None:
    """Whether a letter's platforms are among those of the letter before; None where the wording does not tell."""
    inner, outer = tuple(inner), tuple(outer)
    if is_any_platform(outer, policy):
        return True
    known = {_plain(platform) for platform in outer}
    if all(any(_plain(platform) in each for each in known) for platform in inner):
        return True
    names = {_plain(word) for word in (*policy.marketplace_names, *policy.platform_names)}
    if is_any_platform(inner, policy):
        return False if all(_names_only(each, names) for each in known) else None
    return False if all(_names_only(_plain(each), names) for each in (*inner, *outer)) else None


def territory_lies_within(inner: str, outer: str, policy: Policy) -> bool | None:
    """Whether a letter's territory is within that of the letter before; None where the wording does not tell."""
    if is_everywhere(outer, policy) or _plain(inner) == _plain(outer):
        return True
    if _EXCEPT.search(_plain(_WITHOUT_ISLANDS.sub("", outer))):
        # What stands in it may be just what it takes away.
        return None
    if _plain(inner) in _plain(outer):
        return True
    named = {_plain(word) for word in (*policy.territories_inside, *policy.territories_outside)}
    whole = _EDGES.sub("", _plain(_WITHOUT_ISLANDS.sub("", outer)))
    return False if is_everywhere(inner, policy) and whole in named else None


def _platform_covers(platform: str, policy: Policy) -> Coverage:
    text = _plain(platform)
    if _EXCEPT.search(text):
        return Coverage.UNCLEAR
    if any(_plain(word) in text for word in policy.marketplace_names) or is_any_platform((platform,), policy):
        return Coverage.INCLUDED
    others = {_plain(word) for word in policy.platform_names}
    return Coverage.LEFT_OUT if _names_only(text, others) else Coverage.UNCLEAR


def _names_only(text: str, names: Iterable[str]) -> bool:
    """Whether a text is nothing but some of these names and words that go with any of them."""
    rest = text
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "")
    return rest != text and not _FILLERS.sub("", rest)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Return a text in one form: letters, digits and characters alone, simplified and in lower case."""
    return "".join(re.findall(r"[^\W_]+", simplified(unicodedata.normalize("NFKC", text)).casefold()))
