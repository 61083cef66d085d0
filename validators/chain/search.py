"""Which of several letters make the chain: the complete one, else the one that comes nearest to it.

Every order of letters is weighed by what is wrong with it; there are few letters, so all orders are tried. A break
weighs most, so that one wrong name costs one break wherever the letter stands, and the other letters keep their places.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, permutations
from operator import itemgetter

from extractors.letters.fields import Exclusivity
from pipeline.model import LONG_TERM
from validators.chain.letters import Claim, Letter
from validators.parties import Agreement

LONGEST = 4
"""Letters of a chain at most; no store type on record takes more than three."""
MOST = 6
"""Letters of one brand that are tried in every order; of more, those at either end of a chain that run longest."""

_BREAK = 1.0
"""Weight of a step from one party to another one."""
_UNCLAIMED = 0.5
"""Weight of a letter that does not name the brand: less than the break that it mends."""
_EMPTY = 2.0
"""Weight of having no letter at all: one that has neither parties nor mark in common with the brand is none of its."""


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
    weighed = ((_weights(path, question), path) for path in _paths(question))
    weights, best = min(weighed, key=itemgetter(0), default=((_EMPTY,), ()))
    return () if weights[0] > _EMPTY else tuple(letter for letter, _ in best)


def _paths(question: Question) -> Iterator[tuple[tuple[Letter, Claim], ...]]:
    candidates = sorted(
        (each for each in question.letters if each[1] is not Claim.ANOTHERS),
        key=lambda each: _relevance(each[0], each[1], question),
    )[:MOST]
    for length in range(1, min(len(candidates), LONGEST) + 1):
        yield from permutations(candidates, length)


def _relevance(letter: Letter, claim: Claim, question: Question) -> tuple[float, ...]:
    ends = (question.starts(letter), question.arrives(letter))
    return (Agreement.SAME not in ends, claim is not Claim.NAMED, -_last_day(letter).toordinal())


def _weights(path: Sequence[tuple[Letter, Claim]], question: Question) -> tuple[float, ...]:
    """Return how a path compares with others, the lightest being the best.

    What is certainly wrong with it comes first. Of several that are broken alike, the one that uses more letters is
    meant, whatever could not be read; of several that hold, the surer, then the one in force, then the shorter.
    """
    letters = [letter for letter, _ in path]
    steps = [question.starts(letters[0]), question.arrives(letters[-1])]
    steps += [question.joins(one, other) for one, other in pairwise(letters)]
    unclaimed = sum(claim is not Claim.NAMED for _, claim in path)
    wrong = _BREAK * steps.count(Agreement.OTHER) + _UNCLAIMED * unclaimed
    unclear = steps.count(Agreement.UNCLEAR)
    lapsed = sum(not _runs(letter, question.as_of) for letter in letters)
    weak = question.exclusive and any(
        letter.fields.exclusivity is not None and letter.fields.exclusivity.value is not Exclusivity.EXCLUSIVE
        for letter in letters
    )
    return (
        wrong,
        -len(letters) if wrong else 0,
        unclear,
        lapsed,
        weak,
        -len(letters) if unclear else len(letters),
        -min(_last_day(letter).toordinal() for letter in letters),
    )


def _runs(letter: Letter, day: date) -> bool:
    begins = letter.fields.valid_from
    return (begins is None or begins.value <= day) and day <= _last_day(letter)


def _last_day(letter: Letter) -> date:
    ends = letter.fields.valid_to
    return date.max if ends is None or ends.value == LONG_TERM else ends.value
