"""Parties, marks, periods and grants in the text of a letter: a spaCy pipeline made of rules of our own.

Why rules and no trained model: docs/adr/0007-letters-by-rules-or-training.md. spaCy is imported when the first letter
is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from extractors.letters.grants import find_grants
from extractors.letters.labels import LONGEST_LABEL, label_of
from extractors.letters.parties import find_parties, find_signer
from extractors.letters.words import Part
from extractors.spacy_offline import load_spacy
from extractors.spelling import bare, is_chinese

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

GROUP = "letter"
"""Key of our spans in a spaCy document."""

_COMPONENT = "dossier_letter"
_NAME_LABELS = frozenset({"名称", "公司名称", "企业名称", "单位名称", "NAME", "COMPANYNAME", "COMPANY"})
_TOKEN = re.compile(r"[A-Za-z]+|\d+|\s|.", re.DOTALL)
_IN_LABEL = re.compile(r"[\w()/.\- &']")


@dataclass(frozen=True)
class LetterSpan:
    """A stretch of a letter's text that says one thing."""

    part: Part
    start: int
    """Index of its first character."""
    stop: int
    sure: float
    labelled: bool = False
    """Whether a label says what it is; else its words in running text do."""
    signed: bool = False
    """Whether it is the name under the letter."""


@dataclass(frozen=True)
class _Labelled:
    start: int
    colon: int
    part: Part | None


def find_spans(text: str) -> tuple[LetterSpan, ...]:
    """Return what the text says, in order; spans may overlap, and several may say the same or contradict each other.

    Args:
        text: Half-width, simplified, one paragraph or row of a form to a line.
    """
    doc = _pipeline("zh" if is_chinese(text) else "en")(text)
    group = doc.spans[GROUP]
    spans = (
        LetterSpan(Part(span.label_), span.start_char, span.end_char, *group.attrs["said"][number])
        for number, span in enumerate(group)
    )
    return tuple(sorted(spans, key=lambda span: (span.start, span.stop)))


@cache
def _pipeline(language: str) -> "Language":
    load_spacy()
    import spacy
    from spacy.language import Language

    if not Language.has_factory(_COMPONENT):
        Language.component(_COMPONENT, func=_mark)
    pipeline = spacy.blank(language)
    vocab = pipeline.vocab

    def tokenize(text: str) -> "Doc":
        # Words and signs one by one: a value may begin and end anywhere but within a word.
        from spacy.tokens import Doc

        words = _TOKEN.findall(text)
        return Doc(vocab, words=words, spaces=[False] * len(words))

    pipeline.tokenizer = tokenize
    pipeline.add_pipe(_COMPONENT)
    return pipeline


def _mark(doc: "Doc") -> "Doc":
    """Lay the spans over the document; sureness and origin of each stand in the group's attributes."""
    from spacy.tokens import SpanGroup

    spans, said = [], []
    for found in _all(doc.text):
        span = doc.char_span(found.start, found.stop, label=str(found.part), alignment_mode="expand")
        if span is not None:
            spans.append(span)
            said.append((found.sure, found.labelled, found.signed))
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=spans, attrs={"said": said})
    return doc


def _all(text: str) -> Iterator[LetterSpan]:
    yield from _labelled(text)
    parties = [party for party in find_parties(text) if party.part is not None]
    yield from (LetterSpan(party.part, party.start, party.stop, party.sure) for party in parties if party.part)
    if signer := find_signer(text):
        parties.append(signer)
        yield LetterSpan(Part.LICENSOR, signer.start, signer.stop, signer.sure, signed=True)
    for part, start, stop, sure in find_grants(text):
        # A company's name may hold what looks like a mark, or a country.
        if not any(party.start <= start and stop <= party.stop for party in parties):
            yield LetterSpan(part, start, stop, sure)


def _labelled(text: str) -> Iterator[LetterSpan]:
    """Yield what stands after each label, up to the next label or the end of its line.

    `授权方（甲方）：` with nothing after it is a heading: the name below it is the party's.
    """
    offset, heading = 0, None
    for line in text.split("\n"):
        labels = _labels(line)
        for number, label in enumerate(labels):
            stop = labels[number + 1].start if number + 1 < len(labels) else len(line)
            start = label.colon + 1
            value = line[start:stop]
            start += len(value) - len(value.lstrip(" :;,"))
            stop = start + len(line[start:stop].rstrip(" ,;"))
            part = label.part
            if start >= stop:
                heading = part if part in (Part.LICENSOR, Part.LICENSEE) else heading
            elif heading and bare(line[label.start : label.colon]) in _NAME_LABELS:
                part, heading = heading, None
            if part is not None and start < stop:
                yield LetterSpan(part, offset + start, offset + stop, 0.98, labelled=True)
        offset += len(line) + 1


def _labels(line: str) -> list[_Labelled]:
    found: list[_Labelled] = []
    for match in re.finditer(":", line):
        colon = match.start()
        least = found[-1].colon + 1 if found else 0
        for start in range(max(least, colon - LONGEST_LABEL), colon):
            if _may_begin(line, start) and label_of(line[start:colon])[1]:
                found.append(_Labelled(start, colon, label_of(line[start:colon])[0]))
                break
    return found


def _may_begin(line: str, start: int) -> bool:
    """Whether a label may begin here: not in the middle of a Latin word."""
    here, before = line[start], line[start - 1 : start] if start else ""
    if not (here.isalnum() or is_chinese(here)):
        return False
    return not before or is_chinese(here) or not (before.isascii() and before.isalnum())
