"""Whether a seal stands by the signature of a letter's licensor.

Words such as （盖章） or 公章 prove no seal: they ask for one. Only a seal that was seen on the page counts.
"""

from collections.abc import Sequence

from extractors.letters.letter import Letter
from extractors.letters.words import Part
from pipeline.model import Entity, Seal, TextLine

_REACH = 0.12
"""How far from the lines of the signature the middle of a seal may stand, as a fraction of the page."""
_NONE_SEEN = 0.6
"""Trust in that there is none: black copies of red seals are easily overlooked."""


def seal_near(letter: Letter, seals: Sequence[Seal] | None) -> Entity[bool] | None:
    """Return whether a seal stands by the licensor's name or the day under the letter.

    Args:
        letter: The letter.
        seals: Those on its pages; None where nobody looked for seals, and then nothing is said.
    """
    spans = [span for span in letter.spans if span.part is Part.LICENSOR]
    days = [span for span in letter.spans if span.part is Part.SIGNED]
    lines = [line for span in spans[-2:] + days[-1:] for line in letter.text.reading(span.start, span.stop).lines]
    if seals is None or not lines:
        return None
    near = next((line for line in reversed(lines) if any(_by(line, seal) for seal in seals)), None)
    proof = near or lines[-1]
    confidence = 0.9 if near else 0.5 if seals else _NONE_SEEN
    return Entity(value=near is not None, raw=proof.text, confidence=confidence, evidence=(proof,))


def _by(line: TextLine, seal: Seal) -> bool:
    if (line.file, line.page) != (seal.file, seal.page):
        return False
    x, y = seal.box.center
    across = max(line.box.left - x, x - line.box.right, 0.0)
    down = max(line.box.top - y, y - line.box.bottom, 0.0)
    return across <= _REACH and down <= _REACH
