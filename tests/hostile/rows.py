"""What loops of faults count, and the batch that they try to break."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.hostile.small import SmallBatch


@dataclass
class Row:
    """One line of the summary."""

    what: str
    runs: int = 0
    seconds: float = 0.0
    notes: dict[str, object] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)

    def count(self, found: Iterator[str]) -> None:
        """Take up what one run came to."""
        started = time.monotonic()
        self.losses += [f"{self.what} {self.runs}: {what}" for what in found]
        self.seconds += time.monotonic() - started
        self.runs += 1


@dataclass(frozen=True)
class Survivor:
    """A batch that is to survive, with what an undisturbed run of it took."""

    batch: SmallBatch
    dice: random.Random
    before: dict[str, tuple[str, int]]
    """Its inputs."""
    seconds: float
    """Of a run that nobody disturbs, from its start on."""

    @property
    def names(self) -> list[str]:
        """Its dossiers."""
        return sorted(path.stem for path in (self.batch.quiet / "reports").glob("*.json"))
