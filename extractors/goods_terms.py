"""Which kinds of goods an item of a goods list is: terms of a rulebook that stand at the head of its wording.

An item is what its last word says in Chinese (儿童连衣裙 is a 连衣裙, 帽子用衬里 no 帽子), and in English what stands
before `for`, `of`, `with` (`dresses for children`), or behind `namely`. spaCy's phrase matcher finds the terms.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.names import TERM_PARTS, blank_pipeline
from extractors.spacy_offline import load_spacy
from extractors.spelling import is_chinese, tidy

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher

_BRACKETS = re.compile(r"[（(\[][^（()）\[\]]*[)）\]]")
_BREAKS = re.compile(
    r"[;；,，、&]|及|\band\b|\bor\b|(?:\bnamely\b|\bincluding\b|\bin particular\b|\bbeing\b|即|包括)[:：,，]?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\b(?:for|of|with|made|in|incorporating|containing|featuring|as|to|not|other than|except)\b.*", re.IGNORECASE
)


class GoodsTerms:
    """Terms by kind of goods; made once per rulebook."""

    def __init__(self, terms: Mapping[str, Iterable[str]]) -> None:
        """Index the terms.

        Args:
            terms: Key of a kind of goods → what it is called, in Chinese and English.
        """
        self._matchers = {language: _matcher(terms, language) for language in ("zh", "en")}
        self._found: dict[str, frozenset[str]] = {}

    def kinds_of(self, item: str) -> frozenset[str]:
        """Return the keys of which a term is the head of an item; empty where its wording is not known."""
        if item not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[item] = frozenset(kind for phrase in _phrases(item) for kind in self._kinds(phrase))
        return self._found[item]

    def _kinds(self, phrase: str) -> Iterator[str]:
        language = "zh" if is_chinese(phrase) else "en"
        pipeline = blank_pipeline(language)
        doc = pipeline.make_doc(phrase)
        for match, _, end in self._matchers[language](doc):
            if end == len(doc):
                yield pipeline.vocab.strings[match]


_REMEMBERED = 10_000
"""Items of goods lists whose kinds are kept; lists repeat the same standard terms."""


def _matcher(terms: Mapping[str, Iterable[str]], language: str) -> "PhraseMatcher":
    load_spacy()
    from spacy.matcher import PhraseMatcher

    pipeline = blank_pipeline(language)
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    for kind, names in terms.items():
        parts = {part.strip() for name in names for part in TERM_PARTS.split(name) if part.strip()}
        own = sorted(part for part in parts if is_chinese(part) == (language == "zh"))
        if own:
            matcher.add(kind, [pipeline.make_doc(_plain(part)) for part in own])
    return matcher


def _phrases(item: str) -> tuple[str, ...]:
    """Return the phrases of an item that say what it is, each ending with its head."""
    parts = (part for part in _BREAKS.split(_BRACKETS.sub(" ", tidy(item))) if part and part.strip())
    heads = (part if is_chinese(part) else _TAIL.sub("", part) for part in parts)
    return tuple(plain for head in heads if (plain := _plain(head)))


def _plain(text: str) -> str:
    """Return a phrase in the form of the index: English words in the singular, hyphens as spaces."""
    text = re.sub(r"[\s\-*]+", " ", tidy(text)).strip(" .。")
    return text if is_chinese(text) else " ".join(_singular(word) for word in text.casefold().split())


@lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
