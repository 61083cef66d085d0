"""In which order a batch takes its dossiers: claimed first, so that two batches share the work and do nothing twice.

All are gone through once; those that a glance tells to be done are not even claimed. One that would be approved, and
has something in common with others that was not known when it was begun, is done again at once, before anything is
written: whenever a batch is stopped, no report approves what was on record against it by then. Then come those that
were in hand when a batch died (one at a time, so that the guilty is known), those that another batch had in hand, and
those that were judged beside something else than what is on record now, until nothing is left.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from pipeline.events import Event, tell
from pipeline.given_up import is_deadly, note, read_note
from pipeline.jobs import Job
from pipeline.ledger import Ledger
from pipeline.lists import parts
from pipeline.marks import mark_of
from pipeline.model import FailureCode
from pipeline.order import Order, Tally
from pipeline.retrying import Lost
from pipeline.roster import Found, Roster
from pipeline.settings import Settings
from pipeline.signals import held_back
from pipeline.store.claims import ATTEMPTS, Claim, Claims
from pipeline.version import product_version
from pipeline.worker import Trouble
from pipeline.writing import Outcome, Settled

CROWD = 100
"""Dossiers that are claimed at once where it is not known how many workers there are."""
PASSING_SECONDS = 0.2
"""So long dossiers are passed over before workers and progress are looked at again."""


class Rounds:
    """Takes dossiers for a batch and settles them."""

    def __init__(
        self,
        ledger: Ledger,
        claims: Claims,
        found: Roster,
        order: Order,
        settings: Settings,
        *,
        watch: Callable[[Tally], None] = lambda _: None,
    ) -> None:
        """Begin with all that were found; `watch` is called now and then while nothing has to be done."""
        self._ledger = ledger
        self.tally = ledger.tally
        self._claims = claims
        self._found = found
        self._crowd = 2 * order.jobs or CROWD
        self._retry = order.retry_quarantined
        self._limits = settings.model_dump_json()
        self._watch = watch
        self._judged: Callable[[], str | None] = lambda: ""
        self._in_hand: set[str] = set()
        self._suspects: list[Found] = []
        self._held: list[Found] = []
        self._hasty: list[Found] = []

    def jobs(self, judged: Callable[[], str | None]) -> Iterator[Job | None]:
        """Yield what is to be done, as workers ask for it; None while that is not known yet.

        Args:
            judged: Returns the hash of what workers judge by; None until one says so, empty if they differ.
        """
        self._judged = judged
        for job in self._in_order():
            while (dossier := self._next_hasty()) is not None:
                yield self._ledger.job(dossier)
            yield job

    def _next_hasty(self) -> Found | None:
        """Return one that is to be done again, once nothing is in hand that comes before it and may change it again."""
        first = min(self._hasty, key=lambda each: each.id, default=None)
        if first is None or min(self._in_hand) < first.id:
            return None
        self._hasty.remove(first)
        return first

    def _in_order(self) -> Iterator[Job | None]:
        while self._ledger.may_know and self._judged() is None:
            yield None
        for crowd in self._not_done():
            if crowd:
                yield from self._take(crowd)
            else:
                yield None
        while True:
            while self._in_hand:
                yield None
            suspects, held = self._suspects, self._held
            self._suspects, self._held = [], []
            for dossier in suspects:
                yield from self._take([dossier], alone=True)
                while self._in_hand:
                    yield None
            for crowd in parts(held, self._crowd):
                yield from self._take(crowd)
            while self._in_hand:
                yield None
            if self._held:
                yield None  # nothing to do but wait for another batch
            elif not self._suspects:
                # Judged beside what is on record now. The first is right for good, so this comes to an end.
                again = self._ledger.out_of_step()
                if not again:
                    return
                for crowd in parts((each for each in self._found if each.id in again), self._crowd):
                    yield from self._take(crowd, is_again=True)

    def settle(self, group: Sequence[tuple[Job, Outcome]]) -> list[tuple[Job, Outcome]]:
        """Write what came of some dossiers, and free them; return those of which something is written now."""
        hasty = self._ledger.settle([self._settled(job, outcome) for job, outcome in group], self._judged() or "")
        self._hasty += hasty
        again = {each.id for each in hasty}
        written = [(job, outcome) for job, outcome in group if job.found.id not in again]
        self._in_hand.difference_update(job.found.id for job, _ in written)
        return written

    def _settled(self, job: Job, outcome: Outcome) -> Settled:
        given_up = None
        if isinstance(outcome, Lost) and is_deadly(outcome):
            given_up = note(outcome.codes, self._mark(job.found), outcome.trouble.reason)
        return Settled(job, outcome, partial(self._claims.settle, job.found.id, quarantined=given_up))

    def _not_done(self) -> Iterator[list[Found]]:
        """Yield crowds of dossiers of which a glance does not tell that they are done.

        After a while of passing over they are smaller, or empty: workers have to be looked after meanwhile.
        """
        crowd: list[Found] = []
        since = time.monotonic()
        for dossier in self._found:
            if self._ledger.is_done(dossier, self._judged() or ""):
                tell(Event.UNCHANGED, dossier=dossier.id)
            else:
                crowd.append(dossier)
            if len(crowd) == self._crowd or time.monotonic() - since > PASSING_SECONDS:
                yield crowd
                self._watch(self.tally)
                crowd, since = [], time.monotonic()
        if crowd:
            yield crowd

    def was_begun(self, job: Job) -> None:
        """Free a dossier that is left as it is, but took along whoever had it in hand: that was an attempt."""
        self._claims.leave(job.found.id)
        self._in_hand.discard(job.found.id)

    def _take(self, crowd: Sequence[Found], *, alone: bool = False, is_again: bool = False) -> Iterator[Job]:
        claims = self._claims.take([dossier.id for dossier in crowd], alone=alone)
        for dossier in crowd:
            claim = claims[dossier.id]
            if not claim.is_ours:
                self._held.append(dossier)
                continue
            self._in_hand.add(dossier.id)
            if (lost := self._given_up(dossier, claim)) is not None:
                with held_back():
                    self.settle([(Job(dossier), lost)])
            elif claim.attempts and not alone:
                self._claims.give_back(dossier.id, attempts=claim.attempts)
                self._in_hand.discard(dossier.id)
                self._suspects.append(dossier)
            else:
                yield self._ledger.job(dossier, is_again=is_again)

    def _given_up(self, dossier: Found, claim: Claim) -> Lost | None:
        """Return why a dossier is not tried: each of two attempts ended a reader, or the whole batch."""
        if self._retry:
            return None
        if claim.quarantined is not None:
            before, mark = read_note(claim.quarantined), self._mark(dossier)
            if before is not None and mark is not None and before.mark == mark:
                codes = before.codes
                return Lost(Trouble(code=codes[-1], reason=before.reason), len(codes), codes)
        if claim.attempts >= ATTEMPTS:  # since that note, too, or it could kill its batch for ever
            trouble = Trouble(code=FailureCode.CRASH, reason="the batch that read it was killed each time")
            return Lost(trouble, claim.attempts, (FailureCode.CRASH,) * claim.attempts)
        return None

    def _mark(self, dossier: Found) -> str | None:
        """Return what tells a dossier that was given up from one that has changed; None if a glance cannot tell."""
        mark = dossier.mark or mark_of(dossier.where)
        if mark is None:
            return None
        return hashlib.sha256(f"{product_version()}\n{self._limits}\n{mark}".encode()).hexdigest()
