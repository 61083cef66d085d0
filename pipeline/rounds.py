"""In which order a batch takes its dossiers: claimed first, so that two batches share the work and do nothing twice.

All are gone through once. Then come those that were in hand when a batch died (one at a time, so that the guilty is
known), those that another batch had in hand, and those that were judged beside something else than what is on record
now, until nothing is left.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import partial

from pipeline.ingest import Found
from pipeline.jobs import Answer, Job
from pipeline.ledger import Ledger, Order, is_deadly
from pipeline.model import FailureCode
from pipeline.report.json import Report
from pipeline.settings import Settings
from pipeline.store.claims import ATTEMPTS, Claim, Claims
from pipeline.supervisor import Lost
from pipeline.version import product_version
from pipeline.worker import Trouble

CROWD = 100
"""Dossiers that are claimed at once where it is not known how many workers there are."""
MOST_FILES = 1_000
"""Of a dossier, by which it is told whether it has changed since it was given up."""


class Rounds:
    """Takes dossiers for a batch and settles them."""

    def __init__(
        self, ledger: Ledger, claims: Claims, found: Sequence[Found], order: Order, settings: Settings
    ) -> None:
        """Begin with all that were found."""
        self._ledger = ledger
        self.tally = ledger.tally
        self._claims = claims
        self._found = found
        self._crowd = 2 * order.jobs or CROWD
        self._retry = order.retry_quarantined
        self._limits = settings.model_dump_json()
        self._serials = dict(claims.serials())
        self._heard_of = claims.settled()
        self._in_hand: set[str] = set()
        self._suspects: list[Found] = []
        self._held: list[Found] = []

    def jobs(self) -> Iterator[Job | None]:
        """Yield what is to be done, as workers ask for it; None while that is not known yet."""
        for at in range(0, len(self._found), self._crowd):
            yield from self._take(self._found[at : at + self._crowd])
        while True:
            while self._in_hand:
                yield None
            suspects, held = self._suspects, self._held
            self._suspects, self._held = [], []
            for dossier in suspects:
                yield from self._take([dossier], alone=True)
                while self._in_hand:
                    yield None
            for at in range(0, len(held), self._crowd):
                yield from self._take(held[at : at + self._crowd])
            while self._in_hand:
                yield None
            if self._held:
                yield None  # nothing to do but wait for another batch
            elif not self._suspects:
                self._hear_of_others()
                # Judged beside what is on record now. The first is right for good, so this comes to an end.
                again = [dossier for dossier in self._found if self._ledger.is_out_of_step(dossier.id)]
                if not again:
                    return
                for at in range(0, len(again), self._crowd):
                    yield from self._take(again[at : at + self._crowd], is_again=True)

    def settle(self, job: Job, came_of_it: tuple[Answer, Report | None] | Lost) -> None:
        """Write what came of one dossier, and free it."""
        given_up = None
        if isinstance(came_of_it, Lost) and is_deadly(came_of_it):
            given_up = json.dumps({"codes": came_of_it.codes, "mark": self._mark(job.found),
                                   "reason": came_of_it.trouble.reason})  # fmt: skip
        free = partial(self._claims.settle, job.found.id, quarantined=given_up)
        self._ledger.settle(job, came_of_it, free=free)
        self._serials[job.found.id] = self._serials.get(job.found.id, 0) + 1
        self._heard_of += 1
        self._in_hand.discard(job.found.id)

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
                self.settle(Job(dossier), lost)
            elif claim.attempts and not alone:
                self._claims.give_back(dossier.id, attempts=claim.attempts)
                self._in_hand.discard(dossier.id)
                self._suspects.append(dossier)
            else:
                is_news = claim.serial != self._serials.get(dossier.id, 0) or is_again
                self._serials[dossier.id] = claim.serial
                yield self._ledger.job(dossier, is_news=is_news)

    def _given_up(self, dossier: Found, claim: Claim) -> Lost | None:
        """Return why a dossier is not tried: each of two attempts ended a reader, or the whole batch."""
        if self._retry:
            return None
        if claim.quarantined is not None:
            before = json.loads(claim.quarantined)
            if before["mark"] == self._mark(dossier):
                codes = tuple(FailureCode(code) for code in before["codes"])
                return Lost(Trouble(code=codes[-1], reason=before["reason"]), len(codes), codes)
        elif claim.attempts >= ATTEMPTS:
            trouble = Trouble(code=FailureCode.CRASH, reason="the batch that read it was killed each time")
            return Lost(trouble, claim.attempts, (FailureCode.CRASH,) * claim.attempts)
        return None

    def _hear_of_others(self) -> None:
        """See whether another batch has put something on record."""
        settled = self._claims.settled()
        if settled != self._heard_of:
            self._heard_of = settled
            self._ledger.look_at_others()

    def _mark(self, dossier: Found) -> str:
        """Return what tells a dossier that was given up from one that has changed, without reading its bytes."""
        told = [product_version(), self._limits]
        if dossier.mark is not None:
            return hashlib.sha256("\n".join([*told, dossier.mark]).encode()).hexdigest()
        paths = [dossier.path] if dossier.path.is_file() else sorted(dossier.path.rglob("*"))[:MOST_FILES]
        for path in paths:
            status = path.lstat()
            told.append(f"{path.relative_to(dossier.path.parent)} {status.st_size} {status.st_mtime_ns}")
        return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()
