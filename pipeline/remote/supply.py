"""Dossiers for workers on this machine that lie elsewhere: each is fetched before its turn, and removed after it."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from pipeline.jobs import Job
from pipeline.remote.fetching import NotFetched, empty, fetch
from pipeline.remote.folder import RemoteFolder
from pipeline.retrying import Lost
from pipeline.settings import Settings

A = TypeVar("A")

LOOK_SECONDS = 0.05
"""How long a crew waits for the next dossier before it looks after what it has."""
END_SECONDS = 3.0
"""How long the end waits for what is on its way."""


class Crew(Protocol[A]):
    """Whoever does jobs: a supervisor, or what stands before one."""

    @property
    def introduction(self) -> str | None:
        """What workers judge by; None until one is ready, empty if they differ."""

    def groups(self, jobs: Iterable[Job | None]) -> Generator[list[tuple[Job, A | Lost]]]:
        """Yield each job once, with its answer or what became of it; those together that end at the same time."""


@dataclass(frozen=True)
class Fetcher:
    """Fetches dossiers into folders of their own. Threads may share it."""

    source: RemoteFolder
    folder: Path
    """Where those go; workers may read it."""
    settings: Settings

    def fetched(self, job: Job, number: int) -> Job:
        """Return the job as workers on this machine can do it; `put_away` is to be called after it.

        Raises:
            Unreachable: The store does not answer.
        """
        try:
            path = fetch(job.found, self.source, self.folder / str(number), self.settings)
        except NotFetched as error:
            return replace(job, unread=f"it could not be fetched from {self.source.shown}: {error}")
        return replace(job, found=replace(job.found, where=str(path)))

    def put_away(self, number: int) -> None:
        """Remove what was fetched under a number."""
        empty(self.folder / str(number))


class Supply(Generic[A]):
    """Stands before a supervisor and fetches for it, some jobs ahead."""

    def __init__(self, crew: Crew[A], fetcher: Fetcher, *, ahead: int) -> None:
        """Begin with nothing fetched.

        Args:
            crew: Does the jobs.
            fetcher: Fetches their dossiers.
            ahead: How many are fetched at once, and lie ready.
        """
        self._crew = crew
        self._fetcher = fetcher
        self._ahead = ahead
        self._numbers = count()
        self._coming: deque[tuple[int, Job, Future[Job]]] = deque()
        self._in_hand: dict[str, tuple[int, Job]] = {}

    @property
    def introduction(self) -> str | None:
        """What workers judge by; see `Supervisor.introduction`."""
        return self._crew.introduction

    def groups(self, jobs: Iterable[Job | None]) -> Generator[list[tuple[Job, A | Lost]]]:
        """Yield each job once, as it was given, with its answer or what became of it; otherwise as the crew does.

        Raises:
            Unreachable: The store does not answer.
        """
        pool = ThreadPoolExecutor(self._ahead, thread_name_prefix="fetch")
        try:
            with closing(self._crew.groups(self._fetched(iter(jobs), pool))) as groups:
                for group in groups:
                    yield [(self._given(job), came_of_it) for job, came_of_it in group]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            wait([coming for _, _, coming in self._coming if not coming.cancelled()], timeout=END_SECONDS)

    def _given(self, job: Job) -> Job:
        """Return a job that has ended as it was given, and remove what was fetched for it."""
        number, given = self._in_hand.pop(job.found.id)
        self._fetcher.put_away(number)
        return given

    def _fetched(self, jobs: Iterator[Job | None], pool: ThreadPoolExecutor) -> Iterator[Job | None]:
        """Yield jobs in the order in which they were given, and None while the next one is not there."""
        is_more = True
        while is_more or self._coming:
            while is_more and len(self._coming) < self._ahead:
                job = next(jobs, _END)
                if isinstance(job, _End):
                    is_more = False
                elif job is None:
                    break
                else:
                    number = next(self._numbers)
                    self._coming.append((number, job, pool.submit(self._fetcher.fetched, job, number)))
            if self._coming and wait([self._coming[0][2]], timeout=LOOK_SECONDS).done:
                number, given, coming = self._coming.popleft()
                self._in_hand[given.found.id] = number, given
                yield coming.result()
            elif is_more or self._coming:
                yield None


class _End:
    """Stands for the end of jobs."""


_END = _End()
