"""Workers that do not take a job, do not go on starting, or do not go away."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from pipeline import launch
from pipeline.crew import Limits, WorkerProcess
from pipeline.errors import EngineUnavailable
from pipeline.model import FailureCode
from pipeline.retrying import Lost
from pipeline.supervisor import Supervisor
from pipeline.worker import Serve
from pipeline.workers import Workers
from tests.commands import wait_until
from tests.pipeline import crew

LIMITS = Limits(seconds=60, stall_seconds=60, max_bytes=300_000_000, retire_bytes=1_000_000_000, retire_jobs=100)
LONG = "echo:" + "x" * 5_000_000
"""More than fits into a pipe."""


def supervisor(serve: Callable[[Connection], None]) -> Supervisor[str, str]:
    return Supervisor(serve, workers=1, limits=LIMITS, read=lambda _, answer: answer.decode())


@pytest.mark.parametrize(
    ("serve", "code"),
    [
        pytest.param(crew.bite, FailureCode.CRASH, id="dies of its first bytes"),
        pytest.param(crew.nibble, FailureCode.TIMEOUT, id="takes ever so little of it"),
    ],
)
def test_a_job_that_is_not_taken_is_given_up_after_two_attempts(
    monkeypatch: pytest.MonkeyPatch, serve: Callable[[Connection], None], code: FailureCode
) -> None:
    monkeypatch.setattr("pipeline.launch.SEND_SECONDS", 2)
    began = time.monotonic()
    ((_, lost),) = supervisor(serve).run([LONG])
    assert isinstance(lost, Lost)
    assert (lost.attempts, lost.codes) == (2, (code, code))
    assert time.monotonic() - began < 30


def test_workers_that_speak_before_they_are_asked_are_not_started_for_ever() -> None:
    with pytest.raises(EngineUnavailable, match="before they took a job"):
        list(supervisor(crew.interrupt).run(["echo:a"]))


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EMFILE])
def test_a_system_that_starts_no_process_is_told_of(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(EngineUnavailable, match=r"starts no process.*fewer --jobs"):
        list(supervisor(Serve(crew.make_obedient)).run(["echo:a"]))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell of memory")
def test_a_worker_that_fills_memory_while_it_has_nothing_to_do_is_ended() -> None:
    readers = supervisor(Serve(crew.make_obedient))

    def jobs() -> Iterator[str | None]:
        yield "later:400000000"
        (worker,) = readers.processes
        ends = time.monotonic() + 30
        while readers.processes == (worker,):
            assert time.monotonic() < ends, "it lives"
            yield None

    ((_, answer),) = readers.run(jobs())
    assert isinstance(answer, str)


def test_who_does_not_go_away_when_it_is_killed_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Held(subprocess.Popen[bytes]):
        """As by a disk that does not answer."""

        is_back = False

        def poll(self) -> int | None:
            return super().poll() if self.is_back else None

        def wait(self, timeout: float | None = None) -> int:
            assert timeout is not None, "waits for ever"
            raise subprocess.TimeoutExpired("worker", timeout)

    monkeypatch.setattr(launch, "KILLED_SECONDS", 0.5)
    readers: Workers[str] = Workers(partial(launch.launch, Serve(crew.make_obedient)), most=4)
    held = [Held([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, process_group=0) for _ in range(4)]
    readers._crew += [WorkerProcess(process, Pipe()[0], deadline=0) for process in held]
    began = time.monotonic()
    readers.close()
    assert 0.5 <= time.monotonic() - began < 1.5  # for all of them together
    Held.is_back = True
    wait_until(lambda: all(process.poll() is not None for process in held))
    for process in held:
        assert process.stdin
        process.stdin.close()
