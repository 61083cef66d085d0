"""The likeliest string that a field's grammar allows, searched in the reader's own probabilities.

The best string is now and then no word of the field's language: a code that does not add up, a 13th month. Often the
best string that *is* one was printed. It is never used against the page: a character that was read clearly stays, a
substitute must have been seen by the reader too, and of two about equal strings none is taken. So a printed code that
is wrong comes out wrong (`python -m bench.wrong_codes` shows it on rendered ones).
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log

from pipeline.layout import Piece
from pipeline.model import Correction

CLEAR = 0.9
"""Probability from which a character counts as clearly read."""
BEAM = 600
"""Strings that are followed side by side."""
TOO_CLOSE = 0.2
"""Likelihood of the second best string, by that of the best, above which none is taken."""
FORCED = 0.1
"""Weight of a sign that looks like the impossible one that was read, where the reader named no other."""
MOST_OPEN = 8
"""Unclear characters that are searched, the least sure ones: a line of noise is not searched for long."""
MOST_OTHERS = 5
_LEAST = 1e-4


@dataclass(frozen=True)
class Spelling:
    """A text as it was read, half-width, upper case, without spaces, with what is known of each character."""

    text: str
    probabilities: tuple[float, ...]
    alternatives: tuple[tuple[tuple[str, float], ...], ...]


@dataclass(frozen=True)
class Grammar:
    """The language of one field."""

    forms: tuple[Sequence[str], ...]
    """What a text may look like: which characters are allowed at each of its places."""
    holds: Callable[[str], bool]
    """Whether a string of such a form is one: check characters, the calendar."""
    why: str
    """Completes a correction: why no other character can stand there."""
    most_changes: int = 3
    rival: float = 0.02
    """Share of the read character's probability that a substitute needs; more where no check character helps."""
    like: Mapping[str, str] = field(default_factory=dict)
    """Characters that readers confuse, for a sign that cannot stand there or an engine that names no others."""
    never: frozenset[str] = frozenset()
    """Signs that no text of this field has: one that was read is misread, however clearly."""


@dataclass(frozen=True)
class Fit:
    """A string that satisfies the grammar, and where it differs from what was read."""

    text: str
    changed: tuple[int, ...]
    likelihood: float
    """By that of what was read: the product of substitute by read character."""

    def corrections(self, read: str, why: str) -> tuple[Correction, ...]:
        """Return the changes as corrections of a value that is `text` itself."""
        return tuple(Correction(position=at, read=read[at], meant=self.text[at], why=why) for at in self.changed)


def spelling(pieces: Iterable[Piece], *, without: str = "") -> Spelling:
    """Return what stands on some pieces as one spelling, `without` some signs that mean nothing in it."""
    signs = [
        (folded, probability, others)
        for piece in pieces
        for sign, probability, others in zip(piece.text, piece.characters, piece.alternatives, strict=True)
        if len(folded := fold(sign)) == 1 and not folded.isspace() and folded not in without
    ]
    return Spelling(
        text="".join(sign for sign, _, _ in signs),
        probabilities=tuple(probability for _, probability, _ in signs),
        alternatives=tuple(others for _, _, others in signs),
    )


def fold(sign: str) -> str:
    """Return a character half-width and upper case."""
    return unicodedata.normalize("NFKC", sign).upper()


def fit(read: Spelling, grammar: Grammar) -> Fit | None:
    """Return the likeliest string of the grammar, of those with the fewest changes.

    None if what was read satisfies it, if no string does that the reader may have seen, or if several do that are about
    equally likely.
    """
    forms = [form for form in grammar.forms if len(form) == len(read.text)]
    if any(_is_of(form, read.text) for form in forms) and grammar.holds(read.text):
        return None
    found = {fitted.text: fitted for form in forms for fitted in _strings(read, form, grammar)}
    fewest = min((len(fitted.changed) for fitted in found.values()), default=0)
    ranked = sorted(
        (fitted for fitted in found.values() if len(fitted.changed) == fewest), key=lambda fitted: -fitted.likelihood
    )
    if not ranked or (len(ranked) > 1 and ranked[1].likelihood > TOO_CLOSE * ranked[0].likelihood):
        return None
    return ranked[0]


def _strings(read: Spelling, form: Sequence[str], grammar: Grammar) -> Iterator[Fit]:
    """Yield the strings of one form that the grammar allows and the reader may have seen, by a beam search."""
    open_places = _open_places(read, form, grammar)
    beam: list[tuple[float, str, tuple[int, ...]]] = [(0.0, "", ())]
    for place, sign in enumerate(read.text):
        options = _options(read, place, form[place], grammar) if place in open_places else {sign: 1.0}
        grown = [
            (score + log(weight), text + other, changed if other == sign else (*changed, place))
            for score, text, changed in beam
            for other, weight in options.items()
        ]
        grown = [path for path in grown if len(path[2]) <= grammar.most_changes]
        beam = sorted(grown, key=lambda path: (-path[0], path[1]))[:BEAM]
    for score, text, changed in beam:
        if _is_of(form, text) and grammar.holds(text):
            yield Fit(text, changed, exp(score))


def _open_places(read: Spelling, form: Sequence[str], grammar: Grammar) -> set[int]:
    """Return the places of signs that cannot stand there, and the least clear of the others."""
    forced = {place for place, sign in enumerate(read.text) if _is_forced(sign, form[place], grammar)}
    unclear = [place for place, p in enumerate(read.probabilities) if p < CLEAR and place not in forced]
    return forced | set(sorted(unclear, key=lambda place: read.probabilities[place])[:MOST_OPEN])


def _is_forced(sign: str, allowed: str, grammar: Grammar) -> bool:
    return sign in grammar.never and sign not in allowed


def _options(read: Spelling, place: int, allowed: str, grammar: Grammar) -> dict[str, float]:
    """Return the characters that may have been printed, each with its weight by that of the read one."""
    sign, probability = read.text[place], max(read.probabilities[place], _LEAST)
    forced = _is_forced(sign, allowed, grammar)
    weights: dict[str, float] = {}
    for other, seen in read.alternatives[place]:
        other = fold(other)
        if other in allowed and other != sign and seen >= grammar.rival * probability:
            weights[other] = max(seen / probability, weights.get(other, 0.0))
    if forced or not read.alternatives[place]:
        for other in grammar.like.get(sign, ""):
            if other in allowed:
                weights.setdefault(other, FORCED if forced else grammar.rival)
    likely = sorted(weights, key=lambda other: (-weights[other], other))[:MOST_OTHERS]
    # What was read stays possible, but for a sign that cannot be.
    return {**({} if forced else {sign: 1.0}), **{other: weights[other] for other in likely}}


def _is_of(form: Sequence[str], text: str) -> bool:
    return all(sign in allowed for sign, allowed in zip(text, form, strict=True))
