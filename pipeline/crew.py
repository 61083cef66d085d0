"""One worker process as its supervisor sees it: what it has in hand, what it said, how long it may go on."""

import math
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from pipeline.model import FailureCode
from pipeline.report.masking import mask_text
from pipeline.sealing import Seal
from pipeline.text import clean, clean_lines
from pipeline.worker import HEADER_BYTES, Kind, Trouble

J = TypeVar("J")

MAX_ANSWER_BYTES = 512_000_000
CHUNK_BYTES = 1 << 20
MOST_DIGITS = 6
"""Of the number of a part."""
MOST_LETTERS = 64
"""Of what a worker says of itself."""
WEIGH_SECONDS = 0.4
"""Between two looks at a worker's memory, which take a file of the system for each of its threads."""
MAX_TROUBLE_BYTES = 100_000
_TOLD = frozenset({FailureCode.UNREADABLE, FailureCode.INTERNAL, FailureCode.MEMORY})
"""What a worker may say that its trouble is; the rest is seen from outside."""


@dataclass(frozen=True)
class Limits:
    """What a worker may take. Seconds of wall clock, bytes of resident memory."""

    seconds: float
    """For one job, all attempts together; then the worker is killed, and what it did not get to is left out."""
    stall_seconds: float
    """Without a sign of life, within a job; then the worker is killed."""
    max_bytes: int
    """At any time, idle or not, with what it has started; then the worker is killed."""
    retire_bytes: int
    """Between two jobs; then the worker is replaced."""
    retire_jobs: int
    """Jobs after which a worker is replaced: image libraries keep memory for every size of picture they met."""


@dataclass(frozen=True)
class Try(Generic[J]):
    """A job that waits for a worker."""

    job: J
    attempt: int = 1
    """How often it was handed out, counting from 1, since a part of it was last left out."""
    left_out: int = 0
    """Parts that were left out because they brought their workers down."""
    codes: tuple[FailureCode, ...] = ()
    """What the earlier ones came to."""
    fell_at: tuple[int, ...] = ()
    """Parts that were in hand when their workers ended, since one was last left out."""
    spent: float = 0.0
    """Seconds that it has taken workers before."""
    is_last: bool = False
    """Whether its time was up once already."""


class Fault(NamedTuple):
    """Why a worker is killed."""

    code: FailureCode
    reason: str
    is_late: bool = False
    """Whether the time of its job as a whole is up."""


class Broken(ValueError):
    """A worker said something that is no answer."""


@dataclass(eq=False)
class WorkerProcess(Generic[J]):
    """A worker process and the pipe to it."""

    process: "subprocess.Popen[bytes]"
    connection: Connection
    deadline: float
    seal: Seal | None = None
    """What it says that holds it in."""
    ready: bool = False
    chore: Try[J] | None = None
    part: int | None = None
    """Of the job in hand, the part that was last begun."""
    stalls_at: float = math.inf
    weigh_at: float = -math.inf
    """When its memory is looked at again."""
    done: int = 0
    inbox: bytearray = field(default_factory=bytearray)

    @property
    def is_at_work(self) -> bool:
        """Whether it starts or has a job."""
        return not self.ready or self.chore is not None

    @property
    def patience_ends(self) -> float:
        """When it is to be killed."""
        return min(self.deadline, self.stalls_at)

    def frames(self) -> Iterator[tuple[Kind, bytes]]:
        """Take what has arrived and yield every frame that is complete; raises EOFError at the end."""
        chunk = os.read(self.connection.fileno(), CHUNK_BYTES)
        if not chunk:
            raise EOFError
        self.inbox += chunk
        while len(self.inbox) >= HEADER_BYTES:
            end = HEADER_BYTES + int.from_bytes(self.inbox[: HEADER_BYTES - 1], "big")
            if end > MAX_ANSWER_BYTES:
                raise Broken(f"an answer of {end} bytes")
            if len(self.inbox) < end:
                return
            try:
                kind = Kind(bytes(self.inbox[HEADER_BYTES - 1 : HEADER_BYTES]))
            except ValueError as error:
                raise Broken("an answer of no known kind") from error
            payload = bytes(self.inbox[HEADER_BYTES:end])
            del self.inbox[:end]
            yield kind, payload

    def kill(self) -> None:
        """End the process and whatever it started, at once; somebody has to see it off."""
        with suppress(ProcessLookupError, PermissionError):  # gone; macOS says the latter
            if self.process.returncode is None:  # or else its number may be somebody else's by now
                os.killpg(self.process.pid, signal.SIGKILL)
        self.connection.close()

    def fault(self, now: float, limits: Limits) -> Fault | None:
        """Return why it is to be killed, if it is; `now` is in seconds, by the clock of its deadline."""
        if self.is_at_work and now >= self.deadline:
            return Fault(FailureCode.TIMEOUT, f"it took more than {limits.seconds:g} seconds", is_late=True)
        if self.chore is not None and now >= self.stalls_at:
            return Fault(FailureCode.TIMEOUT, f"it made no progress for {limits.stall_seconds:g} seconds")
        # Also where it has nothing to do: what a file has left in it may go on.
        if now < self.weigh_at:
            return None
        self.weigh_at = now + WEIGH_SECONDS
        if (taken := self.resident_bytes()) > limits.max_bytes:
            return Fault(FailureCode.MEMORY, f"its worker process took {taken:,} bytes of memory")
        return None

    def resident_bytes(self) -> int:
        """Return the memory that it and what it has started hold; 0 where the system does not tell."""
        return sum(map(resident_bytes, _family_of(self.process.pid)))


def resident_bytes(process: int | str = "self") -> int:
    """Return the memory that a process holds, by its id; 0 where the system does not tell, or it is gone."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def trouble_in(payload: bytes, *, is_ready: bool) -> Trouble:
    """Return why a worker says that it has come to nothing; raises ValueError if that is no plain word on it.

    It goes into records and onto terminals, and who says it may have been taken over; not before it is ready, when a
    list of all that is wrong with a rulebook comes in lines.
    """
    if len(payload) > MAX_TROUBLE_BYTES:
        raise Broken(f"trouble of {len(payload)} bytes")
    trouble = Trouble.model_validate_json(payload)
    if trouble.code not in _TOLD:
        raise Broken("trouble that no worker can tell of")
    cleaned = clean(trouble.reason) if is_ready else clean_lines(trouble.reason)
    return trouble.model_copy(update={"reason": mask_text(cleaned)})


def introduction_of(payload: bytes) -> str:
    """Return what a worker says of itself; raises Broken if that is too much or no plain text."""
    if len(payload) > MOST_LETTERS or not payload.isascii():
        raise Broken("an introduction that is none")
    return payload.decode("ascii")


def part_of(payload: bytes) -> int:
    """Return the number of the part of a job that a worker begins; raises Broken if it is none."""
    if not payload.isdigit() or len(payload) > MOST_DIGITS:
        raise Broken("a part that is no number")
    return int(payload)


def _family_of(process: int) -> Iterator[str]:
    """Yield a process, those that it has started, such as Tesseract, and those that they have."""
    left = [str(process)]
    while left:
        each = left.pop()
        yield each
        with suppress(OSError):  # it has ended meanwhile
            for children in Path(f"/proc/{each}/task").glob("*/children"):
                left += children.read_text(encoding="ascii").split()
