"""Worker processes on this machine, each with one job at a time: none lost, none done twice.

Every worker has a pipe of its own, so that one that is killed in the middle of a word takes nothing along; why no
pool of a library does the same is written in docs/adr/0002-own-worker-processes.md.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from pipeline.crew import Broken, Limits, Try, WorkerProcess, introduction_of, part_of, trouble_in
from pipeline.entrance import check_in
from pipeline.events import Event, tell
from pipeline.launch import SEND_SECONDS, hand_over, launch
from pipeline.model import FailureCode
from pipeline.retrying import LeaveOut, Lost, next_try
from pipeline.sealing import Access, seal, seal_of
from pipeline.waiting import Waiting
from pipeline.worker import Kind, Trouble
from pipeline.workers import Workers

J = TypeVar("J")
A = TypeVar("A")

AWAY_SECONDS = 5.0
"""If nothing was heard for so long, this process was busy or stopped, and nobody is charged for that time."""
POLL_SECONDS = 0.5
"""How often deadlines and memory are looked at while nothing arrives."""


class Supervisor(Generic[J, A]):
    """Hands jobs to workers and gives back what became of each, in the order of finishing."""

    _heard_at = 0.0

    def __init__(
        self,
        serve: Callable[[Connection], None],
        *,
        workers: int,
        limits: Limits,
        read: Callable[[J, bytes], A],
        access: Access | None = None,
        leave_out: LeaveOut[J] | None = None,
        name: Callable[[J], str | None] = lambda _: None,
        wake: Connection | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is started yet.

        Args:
            serve: What each worker process runs; picklable. It speaks the frames of `worker.Serve`.
            workers: How many processes at most.
            limits: What each may take.
            read: Makes of a worker's bytes what `run` yields; if it raises ValueError they are no answer, and the
                attempt failed with code `protocol`.
            access: What each process may touch, sealed before all else; None seals nothing.
            leave_out: Returns a job without what brought down two workers, or had no time; None gives it all up.
            name: Returns what the log calls a job.
            wake: Gets a message whenever there may be a job after there was none; once it is closed, `run` raises
                EOFError and leaves everything as it is.
            clock: Gives seconds; only differences are used.
        """
        start = partial(launch, serve, partial(seal, access) if access else None)
        self._crew: Workers[J] = Workers(start, most=workers, clock=clock)
        self._waiting: Waiting[J] = Waiting(clock)
        self._most = workers
        self._limits = limits
        self._read = read
        self._access = access
        self._leave_out = leave_out
        self._name = name
        self._wake = wake
        self._clock = clock
        self._introductions: set[str] = set()

    @property
    def introduction(self) -> str | None:
        """What workers said before they got their first job; None until one is ready, empty if they differ."""
        return next(iter(self._introductions)) if len(self._introductions) == 1 else "" if self._introductions else None

    @property
    def processes(self) -> tuple[int, ...]:
        """Ids of the worker processes that there are."""
        return self._crew.processes

    def run(self, jobs: Iterable[J | None]) -> Generator[tuple[J, A | Lost]]:
        """Yield each job once, with its answer or what became of it; see `groups`."""
        with closing(self.groups(jobs)) as groups:
            for group in groups:
                yield from group

    def groups(self, jobs: Iterable[J | None]) -> Generator[list[tuple[J, A | Lost]]]:
        """Yield each job once, with its answer or what became of it; those together that end at the same time.

        Jobs are taken as workers come free; None says that there is none at the moment, and is asked again.

        Call from the main thread: workers die with the thread that started them. However this generator ends, no
        process of its own is left.

        Raises:
            DossierError: No worker can be started.
        """
        self._waiting.come_from(jobs)
        self._heard_at = self._clock()
        try:
            while self._waiting.fill_up(self._most) or self._waiting or self._crew.busy:
                # While more jobs may come there is one that says by what it judges.
                self._crew.fill_up(max(len(self._waiting) + self._crew.busy, self._waiting.is_open))
                heard = [self._wake] if self._wake else []
                arrived = wait([*heard, *(worker.connection for worker in self._crew)], timeout=self._patience())
                self._charge_nobody()
                if self._wake and self._wake in arrived:
                    self._wake.recv_bytes()
                finished = [done for worker in self._crew.at(arrived) for done in self._listen(worker)]
                finished += [done for worker in self._crew for done in self._check(worker)]
                finished += self._hand_out()
                if finished:
                    yield finished
        finally:
            self.close()

    def _charge_nobody(self) -> None:
        """Let time pass for no worker in which it could not be heard."""
        heard_at, self._heard_at = self._heard_at, self._clock()
        away = self._heard_at - heard_at
        for worker in self._crew if away > AWAY_SECONDS else ():
            worker.deadline += away
            worker.stalls_at += away

    def begin(self) -> None:
        """Start a first worker, which gets ready while there is no job yet. Call from the main thread, as `groups`."""
        self._crew.fill_up(1)

    def close(self) -> None:
        """End all workers, at once."""
        self._crew.close()

    def _patience(self) -> float:
        """Return the seconds until somebody's time is up, or memory is to be looked at."""
        if self._waiting.is_searching:
            return 0.0
        now = self._clock()
        return max(
            0.0, min([POLL_SECONDS, *(worker.patience_ends - now for worker in self._crew if worker.is_at_work)])
        )

    def _hand_out(self) -> Iterator[tuple[J, A | Lost]]:
        for worker in self._crew:
            if not self._waiting:
                return
            # Who died while it was idle, or says what nobody asked for, gets nothing and is heard at once.
            if worker.is_at_work or worker.connection.poll():
                continue
            worker.chore, worker.part = self._waiting.take(), None
            worker.deadline = self._clock() + self._limits.seconds - worker.chore.spent
            worker.stalls_at = self._clock() + self._limits.stall_seconds
            try:
                hand_over(worker.connection, worker.chore.job)
            except TimeoutError:
                reason = f"its worker process did not take it within {SEND_SECONDS} seconds"
                yield from self._died(worker, FailureCode.TIMEOUT, reason)
            except OSError:
                yield from self._died(worker, FailureCode.CRASH, "its worker process died while it took it")
            else:
                self._crew.took_a_job()

    def _listen(self, worker: WorkerProcess[J]) -> Iterator[tuple[J, A | Lost]]:
        try:
            for kind, payload in worker.frames():
                if not worker.ready:
                    self._greeted(worker, kind, payload)
                elif worker.chore is None or kind in (Kind.SEAL, Kind.READY):
                    raise Broken("what nobody asked for")
                elif kind is Kind.PART:
                    worker.part = part_of(payload)
                    worker.stalls_at = self._clock() + self._limits.stall_seconds
                else:
                    yield from self._answered(worker, worker.chore, kind, payload)
        except (EOFError, ConnectionError):
            yield from self._died(worker, FailureCode.CRASH, "its worker process died")
        except ValueError:
            yield from self._died(worker, FailureCode.PROTOCOL, "its worker process answered what is no answer")

    def _greeted(self, worker: WorkerProcess[J], kind: Kind, payload: bytes) -> None:
        # Said before it has seen a stranger's bytes, so that it is worth something.
        if kind is Kind.SEAL:
            worker.seal = seal_of(payload)
        elif kind is Kind.READY:
            check_in(worker.seal, self._access)
            self._introductions.add(introduction_of(payload))
            worker.ready = True
        else:
            raise trouble_in(payload, is_ready=False).as_error()

    def _answered(
        self, worker: WorkerProcess[J], chore: Try[J], kind: Kind, payload: bytes
    ) -> Iterator[tuple[J, A | Lost]]:
        trouble = trouble_in(payload, is_ready=True) if kind is Kind.TROUBLE else None
        outcome = self._again(worker, chore, trouble) if trouble else [(chore.job, self._read(chore.job, payload))]
        worker.chore = None
        worker.done += 1
        yield from outcome
        if worker.done >= self._limits.retire_jobs or worker.resident_bytes() > self._limits.retire_bytes:
            self._crew.dismiss(worker)

    def _check(self, worker: WorkerProcess[J]) -> Iterator[tuple[J, A | Lost]]:
        if fault := worker.fault(self._clock(), self._limits):
            yield from self._died(worker, fault.code, fault.reason, is_late=fault.is_late)

    def _died(
        self, worker: WorkerProcess[J], code: FailureCode, reason: str, *, is_late: bool = False
    ) -> Iterator[tuple[J, A | Lost]]:
        chore, part = worker.chore, worker.part
        tell(Event.WORKER_LOST, dossier=self._name(chore.job) if chore else None, code=code)
        self._crew.dismiss(worker)
        if not worker.ready or (chore is None and not worker.done and self._waiting):
            self._crew.failed_to_start()
        elif chore is not None:
            yield from self._again(worker, chore, Trouble(code=code, reason=reason), part, is_late=is_late)

    def _again(
        self,
        worker: WorkerProcess[J],
        chore: Try[J],
        trouble: Trouble,
        part: int | None = None,
        *,
        is_late: bool = False,
    ) -> Iterator[tuple[J, A | Lost]]:
        spent = self._limits.seconds - (worker.deadline - self._clock())
        following = next_try(chore, trouble, part, self._leave_out, spent=spent, is_late=is_late)
        if isinstance(following, Lost):
            yield chore.job, following
        else:
            self._waiting.put(following)
