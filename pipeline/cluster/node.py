"""What runs on each machine of a cluster, in a process of Ray's: one supervisor with workers, as in any batch.

That process holds credentials and a network, and opens no dossier: it fetches, and its sealed workers read.
"""

import multiprocessing
import pickle
import queue
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from itertools import count

from pipeline.answers import read_answer
from pipeline.cluster.words import Duty, Word, hashes, lost_to_json, version
from pipeline.errors import ConfigurationError, EngineUnavailable, UsageError
from pipeline.jobs import Desk, Job, access_of, leave_out, limits_of, name_of
from pipeline.remote.folder import RemoteFolder
from pipeline.remote.supply import Fetcher
from pipeline.retrying import Lost
from pipeline.scratch import scratch_folder
from pipeline.supervisor import Supervisor
from pipeline.worker import Serve, Trouble, trouble_of

Said = tuple[str, bytes]
"""JSON of a `Word`, and the answer of a worker."""

END_SECONDS = 10.0
LOOK_SECONDS = 0.05


@dataclass(eq=False)
class _Task:
    job: Job
    said: "Future[bytes | Lost]" = field(default_factory=Future)


class Node:
    """An actor; Ray calls its methods in threads, as many at once as jobs may be in hand."""

    def __init__(self) -> None:
        self._tasks: queue.SimpleQueue[_Task] = queue.SimpleQueue()
        self._woken, self._wake = multiprocessing.Pipe(duplex=False)
        self._waking = threading.Lock()
        self._in_hand: dict[str, _Task] = {}
        self._numbers = count()
        self._fetcher: Fetcher | None = None
        self._broken: Trouble | None = None
        self._ready: Future[None] = Future()
        self._supervised: Supervisor[Job, bytes] | None = None
        self._thread: threading.Thread | None = None

    def begin(self, driver: str, duty: bytes) -> str:
        """Get ready, and return JSON of a `Word`: broken, if this node is of no use.

        Args:
            driver: What `words.version` is where the batch runs.
            duty: A pickled `Duty`.
        """
        try:
            _be_the_same(driver)
            # Workers die with the thread that starts them, so that it has to live as long as this actor.
            self._thread = threading.Thread(target=self._serve, args=(pickle.loads(duty),), daemon=True)  # noqa: S301 - of our own driver, as is all that Ray runs here
            self._thread.start()
            self._ready.result()
            introduction = self._introduction()
        except Exception as error:
            self._broken = trouble_of(error)
            introduction = ""
        return Word(broken=self._broken, introduction=introduction).model_dump_json()

    def do(self, job: Job) -> Said:
        """Do one job and say what came of it. Never raises: Ray would quote what it choked on."""
        number = next(self._numbers)
        try:
            if self._fetcher:
                job = self._fetcher.fetched(job, number)
            task = _Task(job)
            self._tasks.put(task)
            with self._waking:
                self._wake.send_bytes(b"")
            if self._broken:  # nobody may be left who looks into the queue
                return Word(broken=self._broken).model_dump_json(), b""
            came_of_it = task.said.result()
        except Exception as error:
            return Word(broken=trouble_of(error)).model_dump_json(), b""
        finally:
            if self._fetcher:
                self._fetcher.put_away(number)
        if isinstance(came_of_it, Lost):
            return Word(lost=lost_to_json(came_of_it)).model_dump_json(), b""
        return Word().model_dump_json(), came_of_it

    def ping(self) -> None:
        """Show that somebody is there."""

    def close(self) -> None:
        """End the workers at once and leave nothing behind."""
        with self._waking:
            self._wake.close()
        if self._thread:
            self._thread.join(END_SECONDS)

    def _introduction(self) -> str:
        """Wait for the first worker, and return by what it judges."""
        while self._broken is None and self._supervised is not None:
            if (introduction := self._supervised.introduction) is not None:
                return introduction
            time.sleep(LOOK_SECONDS)
        return ""

    def _serve(self, duty: Duty) -> None:
        """Keep a supervisor at work until the end; runs in one thread, which owns the workers."""
        try:
            with ExitStack() as stack:
                supervisor = self._supervised = self._supervisor(duty, stack)
                self._ready.set_result(None)
                for job, came_of_it in supervisor.run(self._jobs()):
                    self._in_hand.pop(job.found.id).said.set_result(came_of_it)
        except Exception as error:
            self._end(error)

    def _supervisor(self, duty: Duty, stack: ExitStack) -> Supervisor[Job, bytes]:
        _check(duty)
        read = [path for path, _ in duty.judged_by]
        if duty.url:
            folder = stack.enter_context(scratch_folder())
            self._fetcher = Fetcher(RemoteFolder(duty.url), folder, duty.settings)
            read.append(folder)
        else:
            read.append(duty.folder)
        try:
            access = stack.enter_context(access_of(duty.settings, *read))
        except OSError as error:
            raise ConfigurationError(
                f"the cache of readings cannot be made there ({error.strerror}); set DOSSIER_CACHE_FOLDER, where the "
                "batch is started, to a path that every machine can write to, or DOSSIER_CACHE=false"
            ) from error
        return Supervisor(
            Serve(Desk(duty.build, html=duty.html), talk=duty.debug),
            access=access,
            workers=duty.workers,
            limits=limits_of(duty.settings),
            read=_checked,
            leave_out=leave_out,
            name=name_of,
            wake=self._woken,
        )

    def _jobs(self) -> Iterator[Job | None]:
        while True:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                yield None
                continue
            self._in_hand[task.job.found.id] = task
            yield task.job

    def _end(self, error: Exception) -> None:
        """Say why to whoever waits, and to whoever comes."""
        self._broken = self._broken or trouble_of(error)
        if not self._ready.done():
            self._ready.set_exception(error)
        with suppress(queue.Empty):
            while True:
                self._tasks.get_nowait().said.set_exception(error)
        for task in self._in_hand.values():
            task.said.set_exception(error)


def _be_the_same(driver: str) -> None:
    if driver != version():
        raise EngineUnavailable(
            "another version of dossier is installed there than where the batch was started; install the same"
        )


def _check(duty: Duty) -> None:
    """See that this machine sees what the driver sees."""
    for path, digest in hashes(path for path, _ in duty.judged_by):
        if (path, digest) not in duty.judged_by:
            raise ConfigurationError(f"{path} is missing there, or is another one; copy it to every machine")
    if not duty.url and duty.example and not duty.example.exists():
        raise UsageError(
            f"{duty.folder} is not there; put dossiers where every machine sees them under the same path, "
            "or give their s3://… or gs://…"
        )


def _checked(job: Job, answer: bytes) -> bytes:
    """Return a worker's answer as it is, if it is one; the driver looks again."""
    read_answer(job, answer)
    return answer
