"""The machines of a cluster as a batch sees them: whoever is free gets a job, and whoever is lost is done without.

A job that was in the hands of a machine that is lost has cost one attempt. It is tried once more, alone on another
machine, so that one that takes machines down is known for it and no other dossier is.
"""

import pickle
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.answers import read_answer
from pipeline.cluster.session import Machine, Session, Vanished
from pipeline.cluster.words import Duty, Word, lost_from_json, version
from pipeline.crew import Try
from pipeline.errors import UsageError
from pipeline.events import Event, tell
from pipeline.jobs import Answer, Job
from pipeline.model import FailureCode
from pipeline.report.json import Report
from pipeline.retrying import ATTEMPTS, Lost
from pipeline.roster import Found
from pipeline.worker import Trouble

if TYPE_CHECKING:
    from ray import ObjectRef
    from ray.actor import ActorHandle

POLL_SECONDS = 0.5
LOOK_SECONDS = 2.0
"""How often it is seen which machines there are, and whether they live."""
SILENT_SECONDS = 120.0
"""So long a node may leave a call unanswered that asks nothing of it."""
READY_SECONDS = 300.0
"""So long a machine may take until it has cores for us and is ready."""

VANISHED = Trouble(code=FailureCode.CRASH, reason="the machine of the cluster that read it was lost")
NO_ANSWER = Trouble(code=FailureCode.PROTOCOL, reason="a machine of the cluster answered what is no answer")

Outcome = tuple[Answer, Report | None] | Lost


class NoMachineLeft(UsageError):
    """The cluster has no machine that works."""

    def __init__(self, message: str, begun: tuple[Job, ...]) -> None:
        """Say so, and which jobs were in the hands of a machine that is lost."""
        super().__init__(message)
        self.begun = begun


@dataclass(eq=False)
class _Member:
    """A machine that has work, or is about to."""

    machine: Machine
    actor: "ActorHandle[Any]"
    workers: int
    call: "ObjectRef[Any]"
    """What was asked last that is no job: to begin, then whether it lives."""
    asked_at: float
    ready: bool = False
    in_hand: "dict[ObjectRef[Any], Try[Job]]" = field(default_factory=dict)
    has_suspect: bool = False

    @property
    def calls(self) -> "list[ObjectRef[Any]]":
        """What is waited for."""
        return [*self.in_hand, *([] if self.ready else [self.call])]

    @property
    def room(self) -> int:
        """How many more jobs it may have: one in work and one to follow for each worker."""
        return 2 * self.workers - len(self.in_hand) if self.ready and not self.has_suspect else 0


class Fleet:
    """Hands jobs to machines, as `Supervisor` does to workers on one."""

    def __init__(self, session: Session, duty: Duty, *, patience: float) -> None:
        """Prepare; nothing is started yet.

        Args:
            session: The connection to the cluster.
            duty: What each machine is there for; `workers` is how many it may have at most, 0 one for each core.
            patience: Seconds to wait for another machine once none is left.
        """
        self._session = session
        self._duty = duty
        self._patience = patience
        self._members: dict[str, _Member] = {}
        self._known: set[str] = set()
        self._waiting: deque[Try[Job]] = deque()
        self._suspects: deque[Try[Job]] = deque()
        self._source: Iterator[Job | None] | None = None
        self._looked_at = float("-inf")
        self._alone_since: float | None = None
        self._refused: Trouble | None = None
        self._introductions: set[str] = set()
        self._came: list[tuple[Job, Outcome]] = []
        self.troubles: list[str] = []
        """What befell machines, for the operator."""

    @property
    def introduction(self) -> str | None:
        """What workers judge by; None until a machine is ready, empty if they differ."""
        return next(iter(self._introductions)) if len(self._introductions) == 1 else "" if self._introductions else None

    def groups(self, jobs: Iterable[Job | None]) -> Generator[list[tuple[Job, Outcome]]]:
        """Yield each job once, with its answer or what became of it, as `Supervisor.groups` does.

        Raises:
            NoMachineLeft: There is nobody who could go on.
            DossierError: No machine can do it at all.
        """
        self._source = iter(jobs)
        try:
            while self._has_more() or self._waiting or self._suspects or self._in_hand():
                self._look()
                self._hand_out()
                came = self._wait()
                for member in list(self._members.values()):
                    self._listen(member, came)
                if self._came:
                    group, self._came = self._came, []
                    yield group
        finally:
            for member in [member for member in self._members.values() if not member.ready]:
                self._drop(member)
            self._session.end([member.actor for member in self._members.values()])
            self._members.clear()

    def _in_hand(self) -> int:
        return sum(len(member.in_hand) for member in self._members.values())

    def _has_more(self) -> bool:
        """Take jobs as far as there is room for them, and say whether there may be others."""
        # One at least, since the last machine may be lost with the last job.
        room = max(1, sum(member.room for member in self._members.values()))
        while self._source is not None and len(self._waiting) < room:
            try:
                job = next(self._source)
            except StopIteration:
                self._source = None
                break
            if job is None:
                break
            self._waiting.append(Try(job))
        return self._source is not None

    def _wait(self) -> "set[ObjectRef[Any]]":
        calls = [call for member in self._members.values() for call in member.calls]
        if not calls:
            time.sleep(POLL_SECONDS)
        return self._session.ready(calls, seconds=POLL_SECONDS)

    def _look(self) -> None:
        """See which machines there are."""
        now = time.monotonic()
        if now - self._looked_at < LOOK_SECONDS and self._members:
            return
        self._looked_at = now
        machines = self._session.machines()
        if machines is None:
            machines = [member.machine for member in self._members.values()]
        for machine in machines:
            if machine.id not in self._known:
                self._known.add(machine.id)
                self._members[machine.id] = self._begin(machine)
        for member in list(self._members.values()):
            if not self._lives(member, machines, now):
                self._lose(member)
        if self._members:
            self._alone_since = None
        else:
            self._wait_for_another(now)

    def _lives(self, member: _Member, machines: Sequence[Machine], now: float) -> bool:
        """Whether a machine is there; one that says nothing is lost, whatever the cluster thinks of it."""
        if all(machine.id != member.machine.id for machine in machines):
            return False
        if member.ready and self._session.ready([member.call], seconds=0):
            try:
                self._session.get(member.call)
            except Vanished:
                return False
            member.call, member.asked_at = member.actor.ping.remote(), now
        return now - member.asked_at <= (SILENT_SECONDS if member.ready else READY_SECONDS)

    def _wait_for_another(self, now: float) -> None:
        if self._refused and not self._suspects:
            raise self._refused.as_error()
        self._alone_since = self._alone_since or now
        if now - self._alone_since >= self._patience:
            raise NoMachineLeft(
                "no machine of the cluster is left. What is done stays; see what `ray status` says, and give the same "
                "command again to go on",
                tuple(chore.job for chore in self._suspects),
            )

    def _begin(self, machine: Machine) -> _Member:
        workers = min(self._duty.workers or machine.cores, machine.cores)
        actor = self._session.start(machine, cores=workers, threads=2 * workers + 2)
        duty = pickle.dumps(replace(self._duty, workers=workers))
        return _Member(machine, actor, workers, actor.begin.remote(version(), duty), time.monotonic())

    def _hand_out(self) -> None:
        while self._waiting and (free := max(self._members.values(), key=lambda member: member.room, default=None)):
            if free.room <= 0:
                return
            self._give(free, self._waiting.popleft())
        idle = (member for member in self._members.values() if member.ready and not member.in_hand)
        for member in idle:
            if self._suspects and not self._waiting:
                member.has_suspect = True
                self._give(member, self._suspects.popleft())

    def _give(self, member: _Member, chore: Try[Job]) -> None:
        # Where earlier reports lie only the driver knows: what is not whole there is done again.
        done = chore.job.done if chore.job.still_stands else None
        job = replace(chore.job, found=self._there(chore.job.found), out=None, done=done)
        member.in_hand[member.actor.do.remote(job)] = chore

    def _there(self, found: Found) -> Found:
        """Return a dossier as a machine finds it: it works in another folder than we do."""
        return found if self._duty.url else replace(found, where=str(found.path.absolute()))

    def _listen(self, member: _Member, came: "set[ObjectRef[Any]]") -> None:
        broken: Trouble | None = None
        try:
            if not member.ready and member.call in came:
                broken = self._begun(member)
            # Several may say that the machine is of no use, beside others that are done.
            for call in [call for call in member.in_hand if call in came]:
                said, answer = self._session.get(call)
                broken = self._heard(member, member.in_hand.pop(call), said, answer) or broken
        except Vanished:
            if broken is None:
                self._lose(member)
        if broken is not None:
            self._dismiss(member, broken)
        member.has_suspect = member.has_suspect and bool(member.in_hand)

    def _begun(self, member: _Member) -> Trouble | None:
        word = Word.model_validate_json(self._session.get(member.call))
        if word.broken is None:
            member.ready = True
            self._introductions.add(word.introduction)
            member.call, member.asked_at = member.actor.ping.remote(), time.monotonic()
        return word.broken

    def _heard(self, member: _Member, chore: Try[Job], said: str, answer: bytes) -> Trouble | None:
        """Take up what a machine said of a job, and return why it does none, if it said that."""
        try:
            word = Word.model_validate_json(said)
            if word.broken:
                self._put_back(member, chore)
                return word.broken
            lost = None if word.lost is None else lost_from_json(word.lost)
            self._came.append((chore.job, lost or read_answer(chore.job, answer)))
        except ValueError:
            tell(Event.WORKER_LOST, dossier=chore.job.found.id, code=FailureCode.PROTOCOL)
            self._again(chore, NO_ANSWER, self._waiting)
        return None

    def _lose(self, member: _Member) -> None:
        """Do without a machine that is gone; what it had in hand has cost an attempt."""
        tell(Event.NODE_LOST, code=FailureCode.CRASH, counts={"in_hand": len(member.in_hand)})
        if member.ready:  # or else it had gone before, and the cluster had not seen it yet
            self.troubles.append(f"{member.machine.shown}: it was lost, with {len(member.in_hand)} dossiers in hand")
        self._drop(member)
        for chore in member.in_hand.values():
            self._again(chore, VANISHED, self._suspects)

    def _dismiss(self, member: _Member, why: Trouble) -> None:
        """Do without a machine that cannot do any job; none is to blame for it."""
        tell(Event.NODE_LOST, code=why.code, counts={"in_hand": len(member.in_hand)})
        self._refused = why.model_copy(update={"reason": f"machine {member.machine.shown}: {why.reason}"})
        self.troubles.append(f"{member.machine.shown}: {why.reason}")
        self._drop(member)
        for chore in member.in_hand.values():
            self._put_back(member, chore)

    def _put_back(self, member: _Member, chore: Try[Job]) -> None:
        """Have another machine do what was not begun; what was to be alone on its machine is to be so there, too."""
        (self._suspects if member.has_suspect else self._waiting).append(chore)

    def _drop(self, member: _Member) -> None:
        self._members.pop(member.machine.id, None)
        self._session.kill(member.actor)

    def _again(self, chore: Try[Job], why: Trouble, queue: deque[Try[Job]]) -> None:
        codes = (*chore.codes, why.code)
        if chore.attempt < ATTEMPTS:
            queue.append(replace(chore, attempt=chore.attempt + 1, codes=codes))
        else:
            self._came.append((chore.job, Lost(why, chore.attempt, codes)))
