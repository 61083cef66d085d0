"""What becomes of a job whose worker came to nothing: tried again, tried without a part of it, or given up."""

from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from pipeline.crew import Try
from pipeline.model import FailureCode
from pipeline.worker import Trouble

J = TypeVar("J")

ATTEMPTS = 2
"""How often a job is tried: a worker may die by somebody else's fault."""
MOST_ATTEMPTS = 4
"""How often where each time another part of it was in hand, so that none is to blame yet."""
MOST_LEFT_OUT = 5
"""So many parts of one job may bring workers down; after that it is given up."""


@dataclass(frozen=True)
class Lost:
    """A job that came to nothing in every attempt."""

    trouble: Trouble
    attempts: int
    codes: tuple[FailureCode, ...] = ()
    """What each attempt came to."""


class LeaveOut(Protocol[J]):
    """Takes parts out of a job."""

    def __call__(self, job: J, part: int, code: FailureCode, *, onwards: bool) -> J:
        """Return `job` without a part.

        Args:
            job: As it was tried.
            part: What was in hand, counting from 0.
            code: What it came to.
            onwards: Whether all parts after it are left out, too: the time of the job as a whole was up.
        """


def next_try(
    tried: Try[J],
    trouble: Trouble,
    part: int | None,
    leave_out: LeaveOut[J] | None,
    *,
    spent: float,
    is_late: bool,
) -> Try[J] | Lost:
    """Return how a job is tried next, or that it is given up.

    A part is left out once it was in hand when two workers ended. A job has its time for all attempts together; when it
    is up, the job is tried once more for as long again, without what it did not get to.

    Args:
        tried: The attempt that came to nothing.
        trouble: What it came to.
        part: What was in hand; None if that is not known.
        leave_out: As for the supervisor.
        spent: Seconds that the job has taken workers so far.
        is_late: Whether the time of the job as a whole is up.
    """
    codes = (*tried.codes, trouble.code)
    lost = Lost(trouble, tried.attempt, codes)
    if is_late:
        if tried.is_last:
            return lost
        rest = leave_out(tried.job, part, trouble.code, onwards=True) if leave_out and part is not None else tried.job
        return Try(rest, attempt=tried.attempt + 1, left_out=tried.left_out, codes=codes, is_last=True)
    if part is not None and part in tried.fell_at:
        if leave_out is None or tried.left_out >= MOST_LEFT_OUT:
            return lost
        rest = leave_out(tried.job, part, trouble.code, onwards=False)
        return Try(rest, left_out=tried.left_out + 1, spent=spent, is_last=tried.is_last)
    if tried.attempt >= (ATTEMPTS if part is None or leave_out is None else MOST_ATTEMPTS):
        return lost
    fell_at = tried.fell_at if part is None else (*tried.fell_at, part)
    return replace(tried, attempt=tried.attempt + 1, codes=codes, fell_at=fell_at, spent=spent)
