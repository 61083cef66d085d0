"""Worker processes on this machine, each with one job at a time: none lost, none done twice.

Every worker has a pipe of its own, so that one that is killed in the middle of a word takes nothing along; why no
pool of a library does the same is written in docs/adr/0002-own-worker-processes.md.
"""

import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from pipeline.crew import Broken, Limits, Try, WorkerProcess, introduction_of, part_of, trouble_in
from pipeline.entrance import check_in
from pipeline.errors import EngineUnavailable
from pipeline.events import Event, tell
from pipeline.launch import SEND_SECONDS, hand_over, launch, see_off
from pipeline.model import FailureCode
from pipeline.retrying import LeaveOut, Lost, next_try
from pipeline.sealing import Access, seal, seal_of
from pipeline.worker import Kind, Trouble

J = TypeVar("J")
A = TypeVar("A")

START_SECONDS = 300.0
"""How long a worker may take to load its models."""
FAILED_STARTS = 3
"""So many workers in a row that die before they have taken a job: the machine cannot do it."""
SEARCH_SECONDS = 0.1
"""Who takes so long to say that there is no job at the moment is at work on finding one."""
AWAY_SECONDS = 5.0
"""If nothing was heard for so long, this process was busy or stopped, and nobody is charged for that time."""
POLL_SECONDS = 0.5
"""How often deadlines and memory are looked at while nothing arrives."""


class Supervisor(Generic[J, A]):
    """Hands jobs to workers and gives back what became of each, in the order of finishing."""

    _source: Iterator[J | None] | None = None
    _is_searching = False
    _failed_starts = 0
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
        self._start = partial(launch, serve, partial(seal, access) if access else None)
        self._most = workers
        self._limits = limits
        self._read = read
        self._access = access
        self._leave_out = leave_out
        self._name = name
        self._wake = wake
        self._clock = clock
        self._crew: list[WorkerProcess[J]] = []
        self._waiting: deque[Try[J]] = deque()
        self._introductions: set[str] = set()

    @property
    def introduction(self) -> str | None:
        """What workers said before they got their first job; None until one is ready, empty if they differ."""
        return next(iter(self._introductions)) if len(self._introductions) == 1 else "" if self._introductions else None

    @property
    def processes(self) -> tuple[int, ...]:
        """Ids of the worker processes that there are."""
        return tuple(worker.process.pid for worker in self._crew)

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
        self._source = iter(jobs)
        self._heard_at = self._clock()
        try:
            while self._has_more() or self._waiting or self._busy():
                self._fill_up()
                heard = [self._wake] if self._wake else []
                arrived = wait([*heard, *(worker.connection for worker in self._crew)], timeout=self._patience())
                self._charge_nobody()
                if self._wake and self._wake in arrived:
                    self._wake.recv_bytes()
                finished = [done for worker in self._crew_of(arrived) for done in self._listen(worker)]
                finished += [done for worker in list(self._crew) for done in self._check(worker)]
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
        if not self._crew:
            self._start_one()

    def close(self) -> None:
        """End all workers, at once."""
        for worker in self._crew:
            worker.kill()
        see_off(worker.process for worker in self._crew)
        self._crew.clear()

    def _has_more(self) -> bool:
        """Take jobs as far as workers will soon want them, and say whether there may be others."""
        self._is_searching = False
        while self._source is not None and len(self._waiting) < self._most:
            asked = self._clock()
            try:
                job = next(self._source)
            except StopIteration:
                self._source = None
                break
            if job is None:
                # Who took long to say so looks for the next one, and is asked again at once.
                self._is_searching = self._clock() - asked >= SEARCH_SECONDS
                break
            self._waiting.append(Try(job))
        return self._source is not None

    def _patience(self) -> float:
        """Return the seconds until somebody's time is up, or memory is to be looked at."""
        if self._is_searching:
            return 0.0
        now = self._clock()
        return max(
            0.0, min([POLL_SECONDS, *(worker.patience_ends - now for worker in self._crew if worker.is_at_work)])
        )

    def _busy(self) -> int:
        return sum(worker.chore is not None for worker in self._crew)

    def _crew_of(self, connections: Iterable[object]) -> list[WorkerProcess[J]]:
        return [worker for worker in self._crew if any(worker.connection is connection for connection in connections)]

    def _fill_up(self) -> None:
        # While more jobs may come there is one that says by what it judges.
        wanted = max(len(self._waiting) + self._busy(), self._source is not None)
        while len(self._crew) < min(self._most, wanted):
            self._start_one()

    def _start_one(self) -> None:
        # A Ctrl-C between here and the worker's own settings must not print its traceback.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        try:
            try:
                process, connection = self._start()
            except OSError as error:
                raise EngineUnavailable(f"the system starts no process ({error}); try fewer --jobs") from error
            self._crew.append(WorkerProcess(process, connection, deadline=self._clock() + START_SECONDS))
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _hand_out(self) -> Iterator[tuple[J, A | Lost]]:
        for worker in list(self._crew):
            if not self._waiting:
                return
            # Who died while it was idle, or says what nobody asked for, gets nothing and is heard at once.
            if worker.is_at_work or worker.connection.poll():
                continue
            worker.chore, worker.part = self._waiting.popleft(), None
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
                self._failed_starts = 0

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
            self._dismiss(worker)

    def _check(self, worker: WorkerProcess[J]) -> Iterator[tuple[J, A | Lost]]:
        if fault := worker.fault(self._clock(), self._limits):
            yield from self._died(worker, fault.code, fault.reason, is_late=fault.is_late)

    def _died(
        self, worker: WorkerProcess[J], code: FailureCode, reason: str, *, is_late: bool = False
    ) -> Iterator[tuple[J, A | Lost]]:
        chore, part = worker.chore, worker.part
        tell(Event.WORKER_LOST, dossier=self._name(chore.job) if chore else None, code=code)
        self._dismiss(worker)
        if not worker.ready or (chore is None and not worker.done and self._waiting):
            self._failed_starts += 1
            if self._failed_starts >= FAILED_STARTS:
                raise EngineUnavailable(
                    f"{FAILED_STARTS} worker processes in a row ended before they took a job; "
                    "see what `dossier doctor` says, and try with fewer --jobs if memory is short"
                )
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
            self._waiting.append(following)

    def _dismiss(self, worker: WorkerProcess[J]) -> None:
        if worker in self._crew:
            self._crew.remove(worker)
            worker.kill()
            see_off([worker.process])
