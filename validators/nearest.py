"""What somebody may have meant who chose what does not exist."""

from collections.abc import Sequence

from rapidfuzz import fuzz, utils

from validators.wording import Choice

_CLOSE = 60
"""Likeness of two names, 0 to 100, from which one is suggested for the other."""


def nearest(text: str, offered: Sequence[Choice]) -> Sequence[Choice]:
    """Return up to three whose ids or names come closest, best first."""
    scores = {each.id: max(_likeness(text, name) for name in (each.id, each.en, each.zh)) for each in offered}
    close = [each for each in offered if scores[each.id] >= _CLOSE]
    return sorted(close, key=lambda each: -scores[each.id])[:3]


def _likeness(one: str, other: str) -> float:
    """Return 0 to 100: the best partial match, tempered by the whole, so that `Shoe` is shoes before sport shoes."""
    partial, whole = (match(one, other, processor=utils.default_process) for match in (fuzz.WRatio, fuzz.ratio))
    return (partial + whole) / 2
