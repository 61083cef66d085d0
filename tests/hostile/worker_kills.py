"""Workers that are killed with a dossier in hand, each time another one: everything comes out as ever."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.commands import workers
from tests.hostile.rows import Row, Survivor
from tests.hostile.small import complaints, is_like, left_behind

MOST_IDLE = 2
"""Workers of one batch that are killed with nothing in hand: the third that dies as it starts ends a batch, rightly."""

HUNT_SECONDS = 1_800.0
"""Within which a batch of 2,000 dossiers is long over, however often its workers are killed."""


@dataclass
class Hunt:
    """Kills workers of one batch, and reads in its log what they had in hand."""

    process: "subprocess.Popen[bytes]"
    log: Path
    dice: random.Random
    since: dict[int, float] = field(default_factory=dict)
    killed: set[int] = field(default_factory=set)
    young: float | None = None
    """Seconds within which a worker may still be loading."""
    read: int = 0
    """Bytes of the log that were."""
    told: list[dict[str, object]] = field(default_factory=list)

    def kill(self) -> bool:
        """Kill a worker drawn by lot, if one is old enough; says whether.

        One that has been there for less than the first needed to finish something may still load what it works with.
        """
        now, there = time.monotonic(), workers(self.process.pid)
        for each in there:
            self.since.setdefault(each, now)
        if self.young is None and self.since and any(event["event"] == "finished" for event in self.events()):
            self.young = now - min(self.since.values())
        if self.young is None or len(self.killed) - len(self.hit()) >= MOST_IDLE:
            return False
        victims = [each for each in there if now - self.since[each] > self.young and each not in self.killed]
        if not victims:
            return False
        victim = self.dice.choice(victims)
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        self.killed.add(victim)
        return True

    def events(self) -> list[dict[str, object]]:
        """Return what the log says so far."""
        with self.log.open("rb") as log:
            log.seek(self.read)
            lines = log.read().rpartition(b"\n")[0]
        if lines:
            self.read += len(lines) + 1
            self.told += [json.loads(line) for line in lines.splitlines()]
        return self.told

    def hit(self) -> list[object]:
        """Return the dossiers whose workers were lost, each as often as they were."""
        lost = (event for event in self.events() if event["event"] == "worker_lost")
        return [event["dossier"] for event in lost if "dossier" in event]

    def is_over(self, losses: int) -> bool:
        """Whether the log tells of so many lost workers, and every dossier that they had in hand is done since."""
        pending: set[object] = set()
        for event in self.events():
            if event["event"] == "worker_lost":
                losses -= 1
                pending |= {event["dossier"]} if "dossier" in event else set()
            elif event["event"] == "finished":
                pending.discard(event["dossier"])
        return losses <= 0 and not pending


def kills_of_workers(survivor: Survivor, wanted: int) -> Row:
    """Kill workers until so many had a dossier in hand, none of them twice over the same; all must be as ever."""
    row, landed, idle, batches = Row("worker killed"), 0, 0, 0
    while landed < wanted:
        batches += 1
        batch = replace(survivor.batch, jobs=2, is_lowered=bool(batches % 2))
        hits: list[object] = []
        kills: list[int] = []
        row.count(_hunted(replace(survivor, batch=batch), batches, wanted - landed, hits, kills))
        landed, idle = landed + len(hits), idle + sum(kills) - len(hits)
        if not hits:
            row.losses.append("a batch ended before a worker of it was hit")
            break
    row.notes, row.runs = {"batches": batches, "killed with nothing in hand, not counted": idle}, landed
    return row


def _hunted(survivor: Survivor, turn: int, most: int, hits: list[object], kills: list[int]) -> Iterator[str]:
    batch, dice = survivor.batch, survivor.dice
    out, log = batch.home / f"workers-{turn}", batch.home / f"workers-{turn}.log"
    hunt, count = Hunt(batch.start(out, log=log), log, dice), 0
    end = time.monotonic() + HUNT_SECONDS
    while hunt.process.poll() is None:
        if time.monotonic() > end:
            hunt.process.kill()
            hunt.process.wait()
            yield "a batch did not come to its end"
        if hunt.is_over(count) and len(hunt.hit()) < most:
            count += hunt.kill()
        time.sleep(dice.uniform(0.005, 0.05))
    kills.append(count)
    hits += hunt.hit()
    if hunt.process.returncode != 0:
        yield f"a batch ended with {hunt.process.returncode}"
    if len(set(hits)) < len(hits):
        yield "a dossier lost two workers by this test's own fault"
    if not is_like(out, batch.quiet):
        yield "a dossier whose worker was killed once is not what it is undisturbed"
    yield from complaints(batch, out, survivor.before)
    yield from left_behind(batch)
    shutil.rmtree(out, ignore_errors=True)
