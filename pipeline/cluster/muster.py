"""Which machines of a cluster a batch has: those that come are taken on, and those that are lost or useless let go."""

import time
from collections.abc import Iterator

from pipeline.cluster.member import Member
from pipeline.cluster.session import Session
from pipeline.cluster.words import Duty
from pipeline.errors import UsageError
from pipeline.events import Event, tell
from pipeline.jobs import Job
from pipeline.model import FailureCode
from pipeline.worker import Trouble

LOOK_SECONDS = 2.0
"""How often it is seen which machines there are, and whether they live."""


class NoMachineLeft(UsageError):
    """The cluster has no machine that works."""

    def __init__(self, message: str, begun: tuple[Job, ...]) -> None:
        """Say so, and which jobs were in the hands of a machine that is lost."""
        super().__init__(message)
        self.begun = begun


class Muster:
    """The machines that have work, or are about to. One that was let go does not come back."""

    def __init__(self, session: Session, duty: Duty, *, patience: float) -> None:
        """Begin with none; see `Fleet`."""
        self._session = session
        self._duty = duty
        self._patience = patience
        self._members: dict[str, Member] = {}
        self._known: set[str] = set()
        self._looked_at = float("-inf")
        self._alone_since: float | None = None
        self._refused: Trouble | None = None
        self.troubles: list[str] = []
        """What befell machines, for the operator."""

    def __iter__(self) -> Iterator[Member]:
        """Yield those that there are now, whoever is let go meanwhile."""
        return iter(tuple(self._members.values()))

    @property
    def in_hand(self) -> int:
        """How many jobs they have."""
        return sum(len(member.in_hand) for member in self)

    @property
    def room(self) -> int:
        """How many more jobs they may have."""
        return sum(member.room for member in self)

    def look(self) -> list[Member]:
        """See which machines there are, take on those that are new, and return those that are gone."""
        now = time.monotonic()
        if now - self._looked_at < LOOK_SECONDS and self._members:
            return []
        self._looked_at = now
        machines = self._session.machines()
        if machines is None:
            machines = [member.machine for member in self]
        for machine in machines:
            if machine.id not in self._known:
                self._known.add(machine.id)
                self._members[machine.id] = Member.begin(self._session, machine, self._duty)
        return [member for member in self if not member.lives(machines, now)]

    def wait_for_one(self, suspects: tuple[Job, ...]) -> None:
        """See that there is a machine, or that there may be one soon.

        Args:
            suspects: Jobs that may have taken machines down.

        Raises:
            NoMachineLeft: There has been none for too long.
            DossierError: Each that there was says that it cannot do it at all.
        """
        if self._members:
            self._alone_since = None
            return
        if self._refused and not suspects:
            raise self._refused.as_error()
        now = time.monotonic()
        self._alone_since = self._alone_since or now
        if now - self._alone_since >= self._patience:
            raise NoMachineLeft(
                "no machine of the cluster is left. What is done stays; see what `ray status` says, and give the same "
                "command again to go on",
                suspects,
            )

    def lose(self, member: Member) -> None:
        """Do without a machine that is gone."""
        tell(Event.NODE_LOST, code=FailureCode.CRASH, counts={"in_hand": len(member.in_hand)})
        if member.ready:  # or else it had gone before, and the cluster had not seen it yet
            self.troubles.append(f"{member.machine.shown}: it was lost, with {len(member.in_hand)} dossiers in hand")
        self._drop(member)

    def dismiss(self, member: Member, why: Trouble) -> None:
        """Do without a machine that cannot do any job."""
        tell(Event.NODE_LOST, code=why.code, counts={"in_hand": len(member.in_hand)})
        self._refused = why.model_copy(update={"reason": f"machine {member.machine.shown}: {why.reason}"})
        self.troubles.append(f"{member.machine.shown}: {why.reason}")
        self._drop(member)

    def end(self) -> None:
        """Let all go."""
        for member in self:
            if not member.ready:
                self._drop(member)
        self._session.end([member.actor for member in self])
        self._members.clear()

    def _drop(self, member: Member) -> None:
        self._members.pop(member.machine.id, None)
        self._session.kill(member.actor)
