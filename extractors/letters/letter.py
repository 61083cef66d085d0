"""A letter's text together with what was found in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractors.letters.spans import LetterSpan
from extractors.letters.text import LetterText
from extractors.letters.words import Part
from pipeline.model import Entity

T = TypeVar("T")


@dataclass(frozen=True)
class Letter:
    """A letter's text with what was found in it."""

    text: LetterText
    spans: tuple[LetterSpan, ...]
    trust: float = 1.0

    def of(self, *parts: Part) -> list[LetterSpan]:
        """Return the spans of these parts; where labels say it, the labelled ones alone."""
        spans = [span for span in self.spans if span.part in parts]
        return [span for span in spans if span.labelled] or spans

    def said(self, span: LetterSpan) -> str:
        """Return the text of a span."""
        return self.text.text[span.start : span.stop]

    def entity(self, value: T, spans: Sequence[LetterSpan], *, trust: float = 1.0) -> Entity[T]:
        """Return a value with the lines of the spans behind it."""
        ordered = sorted(spans, key=lambda span: span.start)
        reading = self.text.reading(ordered[0].start, ordered[0].stop)
        besides = [line for span in ordered[1:] for line in self.text.reading(span.start, span.stop).lines]
        others = [line for line in {id(line): line for line in besides}.values() if line not in reading.lines]
        raw = " ".join(dict.fromkeys(self.said(span) for span in ordered))
        sure = min(span.sure for span in ordered)
        return reading.entity(value, trust=trust * sure * self.trust, raw=raw, besides=others)
