"""Where a letter lets the right be used: platforms and territory, told by the rulebook's words."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from validators.chain.exceptions import SPEAKS_OF_ONE, split_reach
from validators.equality import simplified
from validators.policy import Policy

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
    PARTLY = "partly"
    """It is taken in, but for a market in which it sells."""
    LEFT_OUT = "left_out"
    UNCLEAR = "unclear"


def platforms_cover(platforms: Iterable[str], policy: Policy) -> Coverage:
    """Tell whether a letter's platforms take in this marketplace; unknown wording is unclear."""
    told = [_platform_covers(platform, policy) for platform in platforms]
    if Coverage.INCLUDED in told:
        return Coverage.INCLUDED
    return Coverage.LEFT_OUT if told and set(told) == {Coverage.LEFT_OUT} else Coverage.UNCLEAR


def territory_covers(territory: str, policy: Policy) -> Coverage:
    """Tell whether a letter's territory takes in where this marketplace sells; unknown wording is unclear.

    What is taken away from the whole world matters only as far as this marketplace sells there.
    """
    whole = _whole(territory)
    if _is_one_of(whole, policy.territories_inside):
        return Coverage.INCLUDED
    if _is_one_of(whole, policy.territories_outside):
        return Coverage.LEFT_OUT
    split = split_reach(territory)
    if split is None or not is_everywhere(split.base, policy):
        return Coverage.UNCLEAR
    if any(_is_one_of(name, policy.territories_inside) for name in split.taken):
        return Coverage.LEFT_OUT
    if markets_taken(territory, policy):
        return Coverage.PARTLY
    known = all(_is_one_of(name, policy.territories_outside) for name in split.taken)
    return Coverage.INCLUDED if known else Coverage.UNCLEAR


def markets_taken(territory: str, policy: Policy) -> tuple[str, ...]:
    """Return which markets of this marketplace a territory takes away, as the letter writes them."""
    split = split_reach(territory)
    return tuple(name for name in split.taken if _is_one_of(name, policy.markets)) if split else ()


def _whole(territory: str) -> str:
    """Return a territory's name without what goes around it and without the usual addition."""
    return _EDGES.sub("", _plain(_WITHOUT_ISLANDS.sub("", territory)))


def _is_one_of(name: str, known: tuple[str, ...]) -> bool:
    return _EDGES.sub("", _plain(name)) in _plain_words(known)


@lru_cache(maxsize=64)
def _plain_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_plain, words))


def is_everywhere(territory: str, policy: Policy) -> bool:
    """Whether a territory is the whole world."""
    text = _plain(territory)
    return not SPEAKS_OF_ONE.search(text) and any(_plain(word) in text for word in policy.anywhere_words)


def is_any_platform(platforms: Iterable[str], policy: Policy) -> bool:
    """Whether a letter's platforms are all there are."""
    texts = [_plain(platform) for platform in platforms]
    wide = [text for text in texts if not SPEAKS_OF_ONE.search(text) and not _NARROWED.search(text)]
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
    if SPEAKS_OF_ONE.search(_plain(_WITHOUT_ISLANDS.sub("", outer))):
        # What stands in it may be just what it takes away.
        return None
    if _plain(inner) in _plain(outer):
        return True
    named = {_plain(word) for word in (*policy.territories_inside, *policy.territories_outside)}
    return False if is_everywhere(inner, policy) and _whole(outer) in named else None


def _platform_covers(platform: str, policy: Policy) -> Coverage:
    text = _plain(platform)
    if SPEAKS_OF_ONE.search(text):
        return _all_but(platform, policy)
    if any(_plain(word) in text for word in policy.marketplace_names) or is_any_platform((platform,), policy):
        return Coverage.INCLUDED
    others = {_plain(word) for word in policy.platform_names}
    return Coverage.LEFT_OUT if _names_only(text, others) else Coverage.UNCLEAR


def _all_but(platform: str, policy: Policy) -> Coverage:
    """Tell of platforms of which some are taken away whether this marketplace is left."""
    split = split_reach(platform)
    if split is None or not is_any_platform((split.base,), policy):
        return Coverage.UNCLEAR
    ours = [_plain(word) for word in policy.marketplace_names]
    if any(_names_only(_plain(name), ours) for name in split.taken):
        return Coverage.LEFT_OUT
    others = {_plain(word) for word in policy.platform_names} - set(ours)
    return Coverage.INCLUDED if all(_names_only(_plain(name), others) for name in split.taken) else Coverage.UNCLEAR


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
