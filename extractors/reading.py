"""What stands on the page as one value: its text with the probabilities and the lines behind it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from pipeline.layout import Piece
from pipeline.model import Correction, Entity, TextLine

T = TypeVar("T")

_LEAST = 0.02
_SHARPNESS = 0.45
"""How much of the characters' doubt counts, divided by the root of their number: doubts about neighbours have one
cause, a seal or a fold, so they do not multiply. Fitted on real licences, where it gave the best likelihood."""


@dataclass(frozen=True)
class Reading:
    """Pieces of lines that are one value, in reading order."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        """The pieces as one text; a space only between Latin words."""
        text = ""
        for piece in self.pieces:
            glue = " " if text[-1:].isascii() and text[-1:].isalpha() and piece.text[:1].isascii() else ""
            text += glue + piece.text.strip()
        return text

    @property
    def listed(self) -> str:
        """The text of a list: a colon that may be a semicolon is one, unless it ends a heading (项目：, 类：)."""
        text = ""
        for piece in self.pieces:
            for sign, probability, others in zip(piece.text, piece.characters, piece.alternatives, strict=True):
                if sign in ":：" and not text.endswith(("项目", "类")) and _may_part(probability, others):
                    text += "；"
                else:
                    text += sign
        return text

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """The lines behind it, each once."""
        return tuple({id(piece.line): piece.line for piece in self.pieces}.values())

    @property
    def sureness(self) -> float:
        """How likely the text is right in every character, 0 to 1, by the reader's own probabilities."""
        return sureness(probability for piece in self.pieces for probability in piece.characters)

    def entity(
        self,
        value: T,
        *,
        trust: float = 1.0,
        raw: str | None = None,
        corrections: Sequence[Correction] = (),
        besides: Iterable[TextLine] = (),
    ) -> Entity[T]:
        """Return `value` as an entity with these lines as evidence.

        Args:
            value: In its normal form.
            trust: 0 to 1, how far to trust that the text is this field's and its grammar holds.
            raw: What the page says, if less than all of the text.
            corrections: What was put right in it.
            besides: Further lines that prove it, such as a barcode.
        """
        return Entity(
            value=value,
            raw=self.text if raw is None else raw,
            confidence=round(min(max(self.sureness * trust, 0.0), 1.0), 3),
            evidence=(*self.lines, *besides),
            corrections=tuple(corrections),
        )


def _may_part(probability: float, others: Sequence[tuple[str, float]]) -> bool:
    """Whether a colon of this probability may be a semicolon, which in lists is a hundred times as frequent."""
    return sum(other for sign, other in others if sign in ";；") >= 0.02 * probability


def sureness(probabilities: Iterable[float]) -> float:
    """Return how likely a text is right altogether, from the probability of each of its characters."""
    doubts = [math.log(max(probability, _LEAST)) for probability in probabilities]
    return math.exp(_SHARPNESS * sum(doubts) / math.sqrt(max(len(doubts), 1)))
