"""The machines of a cluster as a batch sees them: whoever is free gets a job, and whoever is lost is done without.

A job that was in the hands of a machine that is lost has cost one attempt. It is tried once more, alone on another
machine, so that one that takes machines down is known for it and no other dossier is.
"""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pipeline.answers import read_answer
from pipeline.cluster.member import Member
from pipeline.cluster.muster import Muster
from pipeline.cluster.session import Session, Vanished
from pipeline.cluster.words import Duty, Word, lost_from_json
from pipeline.crew import Try
from pipeline.events import Event, tell
from pipeline.jobs import Answer, Job
from pipeline.model import FailureCode
from pipeline.report.json import Report
from pipeline.retrying import ATTEMPTS, Lost
from pipeline.roster import Found
from pipeline.waiting import Waiting
from pipeline.worker import Trouble

if TYPE_CHECKING:
    from ray import ObjectRef

POLL_SECONDS = 0.5

VANISHED = Trouble(code=FailureCode.CRASH, reason="the machine of the cluster that read it was lost")
NO_ANSWER = Trouble(code=FailureCode.PROTOCOL, reason="a machine of the cluster answered what is no answer")

Outcome = tuple[Answer, Report | None] | Lost


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
        self._muster = Muster(session, duty, patience=patience)
        self._waiting: Waiting[Job] = Waiting()
        self._suspects: deque[Try[Job]] = deque()
        self._introductions: set[str] = set()
        self._came: list[tuple[Job, Outcome]] = []

    @property
    def troubles(self) -> list[str]:
        """What befell machines, for the operator."""
        return self._muster.troubles

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
        self._waiting.come_from(jobs)
        try:
            while self._has_more() or self._waiting or self._suspects or self._muster.in_hand:
                for member in self._muster.look():
                    self._lose(member)
                self._muster.wait_for_one(tuple(chore.job for chore in self._suspects))
                self._hand_out()
                came = self._wait()
                for member in self._muster:
                    self._listen(member, came)
                if self._came:
                    group, self._came = self._came, []
                    yield group
        finally:
            self._muster.end()

    def _has_more(self) -> bool:
        # One at least, since the last machine may be lost with the last job.
        return self._waiting.fill_up(max(1, self._muster.room))

    def _wait(self) -> "set[ObjectRef[Any]]":
        calls = [call for member in self._muster for call in member.calls]
        if not calls:
            time.sleep(POLL_SECONDS)
        return self._session.ready(calls, seconds=POLL_SECONDS)

    def _hand_out(self) -> None:
        while self._waiting and (free := max(self._muster, key=lambda member: member.room, default=None)):
            if free.room <= 0:
                return
            self._give(free, self._waiting.take())
        idle = (member for member in self._muster if member.ready and not member.in_hand)
        for member in idle:
            if self._suspects and not self._waiting:
                member.has_suspect = True
                self._give(member, self._suspects.popleft())

    def _give(self, member: Member, chore: Try[Job]) -> None:
        # Where earlier reports lie only the driver knows: what is not whole there is done again.
        done = chore.job.done if chore.job.still_stands else None
        job = replace(chore.job, found=self._there(chore.job.found), out=None, done=done)
        member.in_hand[member.actor.do.remote(job)] = chore

    def _there(self, found: Found) -> Found:
        """Return a dossier as a machine finds it: it works in another folder than we do."""
        return found if self._duty.url else replace(found, where=str(found.path.absolute()))

    def _listen(self, member: Member, came: "set[ObjectRef[Any]]") -> None:
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

    def _begun(self, member: Member) -> Trouble | None:
        word = member.begun()
        if word.broken is None:
            self._introductions.add(word.introduction)
        return word.broken

    def _heard(self, member: Member, chore: Try[Job], said: str, answer: bytes) -> Trouble | None:
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
            self._again(chore, NO_ANSWER, self._waiting.put)
        return None

    def _lose(self, member: Member) -> None:
        """Do without a machine that is gone; what it had in hand has cost an attempt."""
        self._muster.lose(member)
        for chore in member.in_hand.values():
            self._again(chore, VANISHED, self._suspects.append)

    def _dismiss(self, member: Member, why: Trouble) -> None:
        """Do without a machine that cannot do any job; none is to blame for it."""
        self._muster.dismiss(member, why)
        for chore in member.in_hand.values():
            self._put_back(member, chore)

    def _put_back(self, member: Member, chore: Try[Job]) -> None:
        """Have another machine do what was not begun; what was to be alone on its machine is to be so there, too."""
        (self._suspects.append if member.has_suspect else self._waiting.put)(chore)

    def _again(self, chore: Try[Job], why: Trouble, put: Callable[[Try[Job]], None]) -> None:
        codes = (*chore.codes, why.code)
        if chore.attempt < ATTEMPTS:
            put(replace(chore, attempt=chore.attempt + 1, codes=codes))
        else:
            self._came.append((chore.job, Lost(why, chore.attempt, codes)))
