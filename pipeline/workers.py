"""The worker processes that a supervisor has: started as they are wanted, and ended at once."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

from pipeline.crew import WorkerProcess
from pipeline.errors import EngineUnavailable
from pipeline.launch import see_off

J = TypeVar("J")

START_SECONDS = 300.0
"""How long a worker may take to load its models."""
FAILED_STARTS = 3
"""So many workers in a row that die before they have taken a job: the machine cannot do it."""


class Workers(Generic[J]):
    """Some worker processes. They die with the thread that starts them."""

    def __init__(
        self,
        start: "Callable[[], tuple[subprocess.Popen[bytes], Connection]]",
        *,
        most: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with none.

        Args:
            start: Starts one, as `pipeline.launch.launch` does.
            most: How many there may be.
            clock: Gives seconds; only differences are used.
        """
        self._start = start
        self._most = most
        self._clock = clock
        self._crew: list[WorkerProcess[J]] = []
        self._failed_starts = 0

    def __iter__(self) -> Iterator[WorkerProcess[J]]:
        """Yield those that there are now, whoever is dismissed meanwhile."""
        return iter(tuple(self._crew))

    @property
    def processes(self) -> tuple[int, ...]:
        """Their ids."""
        return tuple(worker.process.pid for worker in self._crew)

    @property
    def busy(self) -> int:
        """How many have a job in hand."""
        return sum(worker.chore is not None for worker in self._crew)

    def at(self, connections: Iterable[object]) -> list[WorkerProcess[J]]:
        """Return those at the other ends of some pipes."""
        return [worker for worker in self._crew if any(worker.connection is connection for connection in connections)]

    def fill_up(self, wanted: int) -> None:
        """Start as many as are wanted and may be.

        Raises:
            EngineUnavailable: The system starts none.
        """
        while len(self._crew) < min(self._most, wanted):
            self._start_one()

    def _start_one(self) -> None:
        # A Ctrl-C between here and the worker's own settings must not print its traceback.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            process, connection = self._start()
            self._crew.append(WorkerProcess(process, connection, deadline=self._clock() + START_SECONDS))
        except OSError as error:
            raise EngineUnavailable(f"the system starts no process ({error}); try fewer --jobs") from error
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def took_a_job(self) -> None:
        """Remember that the machine can do it."""
        self._failed_starts = 0

    def failed_to_start(self) -> None:
        """Remember that one ended before it had taken a job.

        Raises:
            EngineUnavailable: So did too many in a row.
        """
        self._failed_starts += 1
        if self._failed_starts >= FAILED_STARTS:
            raise EngineUnavailable(
                f"{FAILED_STARTS} worker processes in a row ended before they took a job; "
                "see what `dossier doctor` says, and try with fewer --jobs if memory is short"
            )

    def dismiss(self, worker: WorkerProcess[J]) -> None:
        """End one, if that has not been done."""
        if worker in self._crew:
            self._crew.remove(worker)
            worker.kill()
            see_off([worker.process])

    def close(self) -> None:
        """End all."""
        for worker in self._crew:
            worker.kill()
        see_off(worker.process for worker in self._crew)
        self._crew.clear()
