"""Which of several letters make the chain: the complete one, else the one that comes nearest to it.

Every order of letters is weighed by what is wrong with it; there are few letters, so all orders are tried. A break
weighs most, so that one wrong name costs one break wherever the letter stands, and the other letters keep their places.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, permutations

from extractors.authorization_letter import Exclusivity
from pipeline.model import LONG_TERM
from validators.chain.letters import Claim, Letter
from validators.parties import Agreement

LONGEST = 4
"""Letters of a chain at most; no store type on record takes more than three."""
MOST = 6
"""Letters of one brand that are tried in every order; of more, those at either end of a chain that run longest."""

_COSTS = {Agreement.SAME: 0.0, Agreement.UNCLEAR: 0.1, Agreement.OTHER: 1.0}
_UNCLAIMED = 0.5
"""Of a letter that does not name the brand: less than the break that it mends."""
_EMPTY = 2.0
"""Of having no letter at all: a letter that has neither parties nor mark in common with the brand is none of its."""


@dataclass(frozen=True)
class Question:
    """What a search is about: one brand, its letters, and who agrees with whom."""

    letters: Sequence[tuple[Letter, Claim]]
    starts: Callable[[Letter], Agreement]
    """Whether a letter's licensor is the registrant."""
    joins: Callable[[Letter, Letter], Agreement]
    """Whether the second letter's licensor is the first one's licensee."""
    arrives: Callable[[Letter], Agreement]
    """Whether a letter's licensee is the applicant."""
    as_of: date
    exclusive: bool
    """Whether the store type asks for an exclusive right."""


def best_path(question: Question) -> tuple[Letter, ...]:
    """Return the letters of the best chain, from the registrant on; empty where none of them is the brand's."""
    paths = list(_paths(question))
    if not paths:
        return ()
    weighed = [(_cost(path, question), path) for path in paths]
    cost, best = min(weighed, key=lambda each: (round(each[0], 3), *_quality(each[1], question, each[0])))
    return () if cost > _EMPTY else tuple(letter for letter, _ in best)


def _paths(question: Question) -> Iterator[tuple[tuple[Letter, Claim], ...]]:
    candidates = sorted(
        (each for each in question.letters if each[1] is not Claim.ANOTHERS),
        key=lambda each: _relevance(each[0], each[1], question),
    )[:MOST]
    for length in range(1, min(len(candidates), LONGEST) + 1):
        yield from permutations(candidates, length)


def _relevance(letter: Letter, claim: Claim, question: Question) -> tuple[float, ...]:
    ends = min(_COSTS[question.starts(letter)], _COSTS[question.arrives(letter)])
    return (ends, claim is not Claim.NAMED, -_last_day(letter).toordinal())


def _cost(path: Sequence[tuple[Letter, Claim]], question: Question) -> float:
    letters = [letter for letter, _ in path]
    steps = [question.starts(letters[0]), question.arrives(letters[-1])]
    steps += [question.joins(one, other) for one, other in pairwise(letters)]
    unclaimed = sum(claim is not Claim.NAMED for _, claim in path)
    return sum(_COSTS[step] for step in steps) + _UNCLAIMED * unclaimed


def _quality(path: Sequence[tuple[Letter, Claim]], question: Question, cost: float) -> tuple[float, ...]:
    """Order paths of one cost: a chain that holds is the better the fewer letters it has, another one the more."""
    letters = [letter for letter, _ in path]
    lapsed = sum(not _runs(letter, question.as_of) for letter in letters)
    weak = question.exclusive and any(
        letter.fields.exclusivity is not None and letter.fields.exclusivity.value is not Exclusivity.EXCLUSIVE
        for letter in letters
    )
    length = -len(letters) if cost else len(letters)
    return (lapsed, weak, length, -min(_last_day(letter).toordinal() for letter in letters))


def _runs(letter: Letter, day: date) -> bool:
    begins = letter.fields.valid_from
    return (begins is None or begins.value <= day) and day <= _last_day(letter)


def _last_day(letter: Letter) -> date:
    ends = letter.fields.valid_to
    return date.max if ends is None or ends.value == LONG_TERM else ends.value
