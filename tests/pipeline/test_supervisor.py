import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import repeat
from pathlib import Path

import pytest

from pipeline.crew import Limits
from pipeline.errors import ConfigurationError, EngineUnavailable
from pipeline.model import FailureCode
from pipeline.retrying import Lost
from pipeline.supervisor import Supervisor
from pipeline.worker import GIVES_WAY, Serve
from tests.commands import wait_until, workers
from tests.pipeline import crew

LIMITS = Limits(seconds=30, stall_seconds=30, max_bytes=2_000_000_000, retire_bytes=1_000_000_000, retire_jobs=100)


def text_of(job: str, answer: bytes) -> str:
    """Return the text after the process id; anything but it is no answer."""
    text = answer.decode().partition(" ")[2]
    if text == "nonsense":
        raise ValueError(text)
    return text


def process_of(job: str, answer: bytes) -> str:
    return answer.decode().partition(" ")[0]


def run(*jobs: str, workers: int = 2, limits: Limits = LIMITS) -> dict[str, str | Lost]:
    supervisor = Supervisor(Serve(crew.make_obedient), workers=workers, limits=limits, read=text_of)
    finished = list(supervisor.run(jobs))
    assert sorted(job for job, _ in finished) == sorted(jobs), "a job was lost or came twice"
    return dict(finished)


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def code_of(outcome: str | Lost) -> FailureCode:
    assert isinstance(outcome, Lost)
    return outcome.trouble.code


def test_every_job_is_answered_once() -> None:
    jobs = [f"echo:{number}" for number in range(40)]
    assert run(*jobs) == {job: job.partition(":")[2] for job in jobs}


def test_workers_give_way_to_whatever_else_the_machine_has_to_do() -> None:
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert run("niceness") == {"niceness": str(min(19, ours + GIVES_WAY))}


def test_no_process_is_left() -> None:
    run("echo:a", "die")
    assert not workers(os.getpid())


def test_a_job_whose_worker_died_is_tried_once_more(tmp_path: Path) -> None:
    once = f"once:{tmp_path / 'flag'}"
    assert run(once, "echo:a") == {once: str(tmp_path / "flag"), "echo:a": "a"}


@pytest.mark.parametrize(
    ("job", "limits", "code"),
    [
        pytest.param("die", LIMITS, FailureCode.CRASH, id="killed"),
        pytest.param("fail", LIMITS, FailureCode.INTERNAL, id="exception"),
        pytest.param("hang", Limits(1, 30, 2 * 10**9, 10**9, 100), FailureCode.TIMEOUT, id="hung"),
        pytest.param("eat", Limits(30, 30, 300_000_000, 10**9, 100), FailureCode.MEMORY, id="too much memory"),
        pytest.param(
            "children:400000000", Limits(30, 30, 300_000_000, 10**9, 100), FailureCode.MEMORY, id="too much in a child"
        ),
        pytest.param(
            "grandchildren:400000000", Limits(30, 30, 300_000_000, 10**9, 100), FailureCode.MEMORY, id="in its child"
        ),
        pytest.param("echo:nonsense", LIMITS, FailureCode.PROTOCOL, id="not an answer"),
    ],
)
def test_poison_is_given_up_after_two_attempts_and_spares_the_rest(job: str, limits: Limits, code: FailureCode) -> None:
    outcomes = run(job, "echo:a", "echo:b", workers=1, limits=limits)
    lost = outcomes.pop(job)
    assert code_of(lost) is code
    assert isinstance(lost, Lost)
    assert lost.attempts == 2
    assert outcomes == {"echo:a": "a", "echo:b": "b"}


def without_part(job: str, part: int, code: FailureCode, *, onwards: bool) -> str:
    assert (code, onwards) == (FailureCode.CRASH, False)
    verb, _, text = job.partition(":")
    return f"{verb}:{text[:part]}{text[part + 1 :]}"


@pytest.mark.parametrize(
    ("job", "left"),
    [
        pytest.param("parts:AXBXC", "parts:ABC", id="two of five"),
        pytest.param("parts:X", "parts:", id="the only one"),
        pytest.param("parts:XXXXXX", "parts:X", id="more than is borne"),
    ],
)
def test_a_part_that_kills_twice_is_left_out_and_the_rest_is_done(job: str, left: str) -> None:
    supervisor = Supervisor(Serve(crew.make_obedient), workers=1, limits=LIMITS, read=text_of, leave_out=without_part)
    (finished,) = supervisor.run([job])
    assert finished[0] == left
    assert isinstance(finished[1], Lost) == ("X" in left)


def run_cut(job: str, limits: Limits) -> tuple[str | Lost, list[tuple[int, FailureCode, bool]]]:
    """Return what comes of a job that becomes `echo:rest` once its time is up, and what was left out of it."""
    calls = []

    def cut(job: str, part: int, code: FailureCode, *, onwards: bool) -> str:
        calls.append((part, code, onwards))
        return "echo:rest" if onwards else job

    supervisor = Supervisor(Serve(crew.make_obedient), workers=1, limits=limits, read=text_of, leave_out=cut)
    ((_, outcome),) = supervisor.run([job])
    return outcome, calls


def test_parts_that_each_lose_one_worker_are_all_done(tmp_path: Path) -> None:
    """Two workers died, but no part was in hand at both deaths."""
    outcome, calls = run_cut(f"falls:{tmp_path}:2", LIMITS)
    assert (outcome, calls) == (f"{tmp_path}:2", [])


def test_a_job_that_falls_at_ever_other_parts_is_given_up(tmp_path: Path) -> None:
    outcome, calls = run_cut(f"falls:{tmp_path}:9", LIMITS)
    assert isinstance(outcome, Lost)
    assert (outcome.attempts, outcome.codes, calls) == (4, (FailureCode.CRASH,) * 4, [])


def test_a_job_whose_time_is_up_is_done_without_what_it_did_not_get_to() -> None:
    outcome, calls = run_cut("stuck:3", Limits(1, 30, 2 * 10**9, 10**9, 100))
    assert (outcome, calls) == ("rest", [(3, FailureCode.TIMEOUT, True)])


def test_all_attempts_of_a_job_share_its_time() -> None:
    """A part that hangs takes 2 s in each of two attempts, and the job has 5 s."""
    outcome, calls = run_cut("stuck:3", Limits(5, 2, 2 * 10**9, 10**9, 100))
    assert (outcome, calls) == ("rest", [(3, FailureCode.TIMEOUT, False), (3, FailureCode.TIMEOUT, True)])


def test_a_job_is_not_tried_a_third_time_for_want_of_time() -> None:
    outcome, calls = run_cut("hang", Limits(1, 30, 2 * 10**9, 10**9, 100))
    assert isinstance(outcome, Lost)
    assert (outcome.attempts, outcome.codes, calls) == (2, (FailureCode.TIMEOUT,) * 2, [])


def test_a_worker_that_shows_no_sign_of_life_is_killed() -> None:
    assert code_of(run("hang", limits=Limits(30, 0.5, 2 * 10**9, 10**9, 100))["hang"]) is FailureCode.TIMEOUT


def test_a_slow_worker_that_shows_signs_of_life_is_let_alone() -> None:
    assert run("slow:AAAA", limits=Limits(30, 0.8, 2 * 10**9, 10**9, 100)) == {"slow:AAAA": "AAAA"}


def test_the_text_of_a_foreign_error_is_not_repeated() -> None:
    lost = run("fail")["fail"]
    assert isinstance(lost, Lost)
    assert crew.SECRET not in lost.trouble.reason
    assert "ValueError in pipeline/crew.py" in lost.trouble.reason


@pytest.mark.parametrize(
    "frame",
    [
        crew.huge,
        crew.unknown_kind,
        crew.no_trouble,
        crew.ready_again,
        crew.sealed_again,
        pytest.param(partial(crew.trouble, "internal", "x" * 30_000), id="a long word"),
        pytest.param(partial(crew.trouble, "internal", "x" * 30_000_000), id="a very long word"),
        pytest.param(partial(crew.trouble, "timeout", "x"), id="what is seen from outside"),
    ],
)
def test_garbage_on_the_pipe_is_refused(frame: Callable[[], bytes]) -> None:
    supervisor = Supervisor(partial(crew.babble, frame), workers=1, limits=LIMITS, read=text_of)
    ((_, lost),) = supervisor.run(["echo:a"])
    assert code_of(lost) is FailureCode.PROTOCOL


def test_what_a_worker_says_of_its_trouble_is_cleaned_and_masked() -> None:
    said = f"\x1b]0;owned\x07no {crew.SECRET}\n"
    serve = partial(crew.gabble, crew.trouble_of("internal", said), kind=b"T")
    supervisor = Supervisor(serve, workers=1, limits=LIMITS, read=text_of)
    ((_, lost),) = supervisor.run(["echo:a"])
    assert isinstance(lost, Lost)
    assert lost.trouble.reason == "]0;ownedno 440300***********5"


def test_a_worker_is_not_charged_for_time_in_which_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.supervisor.AWAY_SECONDS", 0.5)
    limits = Limits(30, 1, 2 * 10**9, 10**9, 100)
    supervisor = Supervisor(Serve(crew.make_obedient), workers=1, limits=limits, read=process_of)

    at_work: list[int] = []

    def jobs() -> Iterator[str | None]:
        yield "long:5000000"  # more than fits into the pipe, so that it stays in hand
        time.sleep(2)
        at_work.extend(supervisor.processes)
        yield from repeat(None)

    with closing(supervisor.run(jobs())) as answered:
        assert next(answered) == ("long:5000000", str(at_work[0]))


def test_workers_are_replaced_after_so_many_jobs() -> None:
    limits = Limits(30, 30, 2 * 10**9, 10**9, retire_jobs=2)
    supervisor = Supervisor(Serve(crew.make_obedient), workers=1, limits=limits, read=process_of)
    workers = {process for _, process in supervisor.run([f"echo:{number}" for number in range(5)])}
    assert len(workers) == 3


def test_what_stops_every_worker_stops_the_batch() -> None:
    supervisor = Supervisor(Serve(crew.make_refusing), workers=2, limits=LIMITS, read=text_of)
    with pytest.raises(ConfigurationError, match="the rulebook is not valid"):
        list(supervisor.run(["echo:a"]))
    assert not workers(os.getpid())


def test_workers_that_never_start_are_not_started_for_ever() -> None:
    supervisor = Supervisor(Serve(crew.make_stillborn), workers=1, limits=LIMITS, read=text_of)
    with pytest.raises(EngineUnavailable, match="before they took a job"):
        list(supervisor.run(["echo:a"]))


def test_leaving_early_kills_the_workers_at_once() -> None:
    supervisor = Supervisor(Serve(crew.make_obedient), workers=2, limits=LIMITS, read=text_of)
    finished = supervisor.run(["echo:a", "hang", "hang:2"])
    next(finished)
    started = time.monotonic()
    finished.close()
    assert time.monotonic() - started < 2
    assert not workers(os.getpid())


def test_descriptors_do_not_pile_up() -> None:
    run("echo:warm", "die")
    before = descriptors()
    run(*[f"echo:{number}" for number in range(20)], "die", limits=Limits(30, 30, 2 * 10**9, 10**9, 2))
    assert descriptors() == before


def test_a_worker_that_was_begun_does_the_first_job() -> None:
    supervisor = Supervisor(Serve(crew.make_obedient), workers=1, limits=LIMITS, read=process_of)
    supervisor.begin()
    supervisor.begin()
    wait_until(lambda: workers(os.getpid()))  # a process has no command line yet while the system makes it
    (begun,) = map(str, workers(os.getpid()))
    assert list(supervisor.run(["echo:a"])) == [("echo:a", begun)]
    assert not workers(os.getpid())


def test_a_worker_that_was_begun_for_nothing_is_ended_and_may_be_ended_twice() -> None:
    supervisor = Supervisor(Serve(crew.make_obedient), workers=1, limits=LIMITS, read=text_of)
    supervisor.begin()
    supervisor.close()
    supervisor.close()
    assert not workers(os.getpid())
