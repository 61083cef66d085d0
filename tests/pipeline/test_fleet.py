"""What a batch makes of what machines of a cluster say, in whatever order: machines that only talk, without Ray."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.cluster.fleet import Fleet, Outcome
from pipeline.cluster.muster import NoMachineLeft
from pipeline.cluster.session import Machine, Session, Vanished
from pipeline.cluster.words import Duty, Word, lost_to_json
from pipeline.errors import UsageError
from pipeline.jobs import Job
from pipeline.model import FailureCode
from pipeline.retrying import Lost
from pipeline.roster import Found
from pipeline.settings import Settings
from pipeline.worker import Trouble
from tests.pipeline.parts import build

BROKEN = Word(broken=Trouble(code=FailureCode.INTERNAL, reason="its store is gone", exit_code=2))
DONE = Word(lost=lost_to_json(Lost(Trouble(code=FailureCode.TIMEOUT, reason="as told"), 1, (FailureCode.TIMEOUT,))))
"""A job that has ended; what came of it tells it from one that this side gave up."""
GONE = Word(introduction="gone")
"""Stands for a machine that is lost before it answers."""


@dataclass(eq=False)
class Call:
    """What was asked of a machine."""

    actor: "Actor"
    job: Job | None = None


@dataclass(eq=False)
class Method:
    """A method of an actor, as Ray has it."""

    ask: Callable[..., Call]

    def remote(self, *asked: Any) -> Call:
        return self.ask(*asked)


@dataclass(eq=False)
class Actor:
    """A machine that answers all jobs it has together, once it has so many, by its script."""

    together: int
    script: list[Word]
    jobs: list[Call] = field(default_factory=list)
    given: list[Found] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begin = Method(lambda *_: Call(self))
        self.ping = Method(lambda: Call(self, Job(Found("ping", "ping"))))
        self.close = Method(lambda: Call(self))
        self.do = Method(self._do)

    def _do(self, job: Job) -> Call:
        self.given.append(job.found)
        self.jobs.append(Call(self, job))
        return self.jobs[-1]

    def says(self, call: Call) -> Word | None:
        """Return what comes of a call by now."""
        if call.job is None:
            return Word(introduction="judged")
        if call not in self.jobs or len(self.jobs) < self.together:
            return None
        at = self.jobs.index(call)
        return self.script[at] if at < len(self.script) else DONE


class Stage(Session):
    """A cluster of such machines; one after the other comes when the one before it is gone."""

    def __init__(self, *actors: Actor) -> None:
        self.actors = list(actors)
        self.at = 0

    def machines(self) -> list[Machine]:
        return [Machine(str(self.at), f"machine {self.at}", 2)] if self.at < len(self.actors) else []

    def start(self, machine: Machine, *, cores: int, threads: int) -> Any:
        return self.actors[int(machine.id)]

    def ready(self, promised: Sequence[Any], *, seconds: float) -> set[Any]:
        return {call for call in promised if call.actor.says(call)}

    def get(self, promised: Any) -> Any:
        word = promised.actor.says(promised)
        if word is GONE:
            raise Vanished
        said = word.model_dump_json()
        return said if promised.job is None else (said, b"")

    def end(self, actors: Sequence[Any]) -> None:
        pass

    def kill(self, actor: Any) -> None:
        self.at += actor is self.actors[self.at]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster.fleet.POLL_SECONDS", 0.0)
    monkeypatch.setattr("pipeline.cluster.muster.LOOK_SECONDS", 0.0)


def fleet(*actors: Actor, url: str | None = "s3://somewhere") -> Fleet:
    duty = Duty(build, Settings(cache=False), 2, False, False, url, Path("in"), None, ())
    return Fleet(Stage(*actors), duty, patience=0.0)


def jobs(count: int) -> list[Job]:
    return [Job(Found(f"d{number}", f"in/d{number}")) for number in range(count)]


def outcomes(crew: Fleet, given: Iterable[Job]) -> dict[str, Outcome]:
    came = [each for group in crew.groups(given) for each in group]
    assert len({job.found.id for job, _ in came}) == len(came), "none comes twice"
    return {job.found.id: outcome for job, outcome in came}


def codes(came: dict[str, Outcome]) -> dict[str, tuple[FailureCode, ...]]:
    return {name: outcome.codes for name, outcome in came.items() if isinstance(outcome, Lost)}


@pytest.mark.parametrize(
    ("script", "again"),
    [
        pytest.param([BROKEN] * 4, 4, id="all refused"),
        pytest.param([DONE, BROKEN, BROKEN, DONE], 2, id="some are done"),
        pytest.param([BROKEN, GONE, GONE, GONE], 4, id="and then it is gone"),
    ],
)
def test_a_machine_that_refuses_several_jobs_at_once_costs_none_of_them(script: list[Word], again: int) -> None:
    sick, sound = Actor(4, script), Actor(1, [])
    crew = fleet(sick, sound)
    assert codes(outcomes(crew, jobs(4))) == {f"d{number}": (FailureCode.TIMEOUT,) for number in range(4)}
    assert len(sound.given) == again, "what was done is not done again"
    assert crew.troubles == ["machine 0: its store is gone"]


def test_where_every_machine_refuses_all_that_is_the_batchs_end() -> None:
    with pytest.raises(UsageError, match="machine machine 0: its store is gone"):
        outcomes(fleet(Actor(4, [BROKEN] * 4)), jobs(4))


def test_what_may_have_taken_a_machine_down_is_known_for_it_when_the_next_one_refuses_it() -> None:
    given = jobs(1)
    with pytest.raises(NoMachineLeft) as raised:
        outcomes(fleet(Actor(1, [GONE]), Actor(1, [BROKEN])), given)
    assert [job.found.id for job in raised.value.begun] == ["d0"]


@pytest.mark.parametrize("url", [None, "s3://somewhere"])
def test_machines_are_sent_paths_that_lead_there_from_wherever_they_work(
    url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    machine = Actor(1, [])
    given = jobs(1)
    assert set(outcomes(fleet(machine, url=url), given)) == {"d0"}
    here = given[0].found
    assert machine.given == [here if url else replace(here, where=str(tmp_path / "in" / "d0"))]
