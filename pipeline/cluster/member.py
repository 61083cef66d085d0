"""One machine of a cluster as a batch sees it: what it has in hand, what it was asked, whether it lives."""

import pickle
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pipeline.cluster.session import Machine, Session, Vanished
from pipeline.cluster.words import Duty, Word, version
from pipeline.crew import Try
from pipeline.jobs import Job

if TYPE_CHECKING:
    from ray import ObjectRef
    from ray.actor import ActorHandle

SILENT_SECONDS = 120.0
"""So long a node may leave a call unanswered that asks nothing of it."""
READY_SECONDS = 300.0
"""So long a machine may take until it has cores for us and is ready."""


@dataclass(eq=False)
class Member:
    """A machine that has work, or is about to."""

    session: Session
    machine: Machine
    actor: "ActorHandle[Any]"
    workers: int
    call: "ObjectRef[Any]"
    """What was asked last that is no job: to begin, then whether it lives."""
    asked_at: float
    ready: bool = False
    in_hand: "dict[ObjectRef[Any], Try[Job]]" = field(default_factory=dict)
    has_suspect: bool = False

    @classmethod
    def begin(cls, session: Session, machine: Machine, duty: Duty) -> "Member":
        """Ask a machine to begin its duty, with as many workers as it has cores for."""
        workers = min(duty.workers or machine.cores, machine.cores)
        actor = session.start(machine, cores=workers, threads=2 * workers + 2)
        task = pickle.dumps(replace(duty, workers=workers))
        return cls(session, machine, actor, workers, actor.begin.remote(version(), task), time.monotonic())

    @property
    def calls(self) -> "list[ObjectRef[Any]]":
        """What is waited for."""
        return [*self.in_hand, *([] if self.ready else [self.call])]

    @property
    def room(self) -> int:
        """How many more jobs it may have: one in work and one to follow for each worker."""
        return 2 * self.workers - len(self.in_hand) if self.ready and not self.has_suspect else 0

    def begun(self) -> Word:
        """Return what it says to its duty, now that it has; it is ready unless that says that it is not.

        Raises:
            Vanished: It is gone.
        """
        word = Word.model_validate_json(self.session.get(self.call))
        if word.broken is None:
            self.ready = True
            self._ask(time.monotonic())
        return word

    def lives(self, machines: Sequence[Machine], now: float) -> bool:
        """Whether it is there; one that says nothing is lost, whatever the cluster thinks of it.

        Args:
            machines: Those that the cluster tells of.
            now: In seconds, as of `time.monotonic`.
        """
        if all(machine.id != self.machine.id for machine in machines):
            return False
        if self.ready and self.session.ready([self.call], seconds=0):
            try:
                self.session.get(self.call)
            except Vanished:
                return False
            self._ask(now)
        return now - self.asked_at <= (SILENT_SECONDS if self.ready else READY_SECONDS)

    def _ask(self, now: float) -> None:
        self.call, self.asked_at = self.actor.ping.remote(), now
