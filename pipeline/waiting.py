"""Jobs that wait for whoever does them, and where more of them come from."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

from pipeline.crew import Try

J = TypeVar("J")

SEARCH_SECONDS = 0.1
"""Who takes so long to say that there is no job at the moment is at work on finding one."""


class Waiting(Generic[J]):
    """Jobs in the order in which they are done; false while there are none."""

    is_searching = False
    """Whether who was asked last for a job looks for one, and is to be asked again at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; `clock` gives seconds, of which only differences are used."""
        self._source: Iterator[J | None] | None = None
        self._tries: deque[Try[J]] = deque()
        self._clock = clock

    def __len__(self) -> int:
        """Return how many jobs wait."""
        return len(self._tries)

    @property
    def is_open(self) -> bool:
        """Whether others may come from where they come from."""
        return self._source is not None

    def come_from(self, jobs: Iterable[J | None]) -> None:
        """Have jobs come from somewhere; None in their stead says that there is none at the moment."""
        self._source = iter(jobs)

    def fill_up(self, most: int) -> bool:
        """Take jobs until so many wait, as far as there are any, and return whether there may be others."""
        self.is_searching = False
        while self._source is not None and len(self._tries) < most:
            asked = self._clock()
            try:
                job = next(self._source)
            except StopIteration:
                self._source = None
                break
            if job is None:
                self.is_searching = self._clock() - asked >= SEARCH_SECONDS
                break
            self._tries.append(Try(job))
        return self.is_open

    def take(self) -> Try[J]:
        """Return the next one, which waits no longer."""
        return self._tries.popleft()

    def put(self, again: Try[J]) -> None:
        """Have a job wait once more, behind all others."""
        self._tries.append(again)
