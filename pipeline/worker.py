"""What runs inside a worker process: take a job, answer it, until there are none.

A worker answers in frames (eight bytes of length, one of kind, the payload) instead of pickles, so that a
worker that a hostile file took over can make its parent refuse an answer, and nothing more.
"""

import os
import signal
import traceback
from collections.abc import Callable
from enum import Enum
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import Field

from pipeline.errors import ConfigurationError, DossierError, EngineUnavailable, UsageError
from pipeline.launch import fall_silent
from pipeline.model import FailureCode, Record
from pipeline.sealing import held_by

J = TypeVar("J")

Tell = Callable[[int], None]
"""Says which part of a job is in hand, counting from 0; said again at each step of it, as a sign of life."""

Handler = Callable[[J, Tell], bytes]
"""Does one job and returns the answer. Its `introduction`, if it has one, tells its supervisor by what it judges."""

HEADER_BYTES = 9
GIVES_WAY = 10
"""Added to a worker's niceness: whoever waits for a page of the desk goes first. An idle machine does as much."""


MAX_REASON_LETTERS = 20_000


class Kind(Enum):
    """What a frame carries."""

    SEAL = b"S"
    """What holds the worker in; comes first."""
    READY = b"R"
    PART = b"P"
    ANSWER = b"A"
    TROUBLE = b"T"


class Trouble(Record):
    """Why a worker, or one job, came to nothing. Holds no text out of a document."""

    code: FailureCode
    reason: str = Field(max_length=MAX_REASON_LETTERS)
    exit_code: int = 70
    """What the command would exit with if this stopped it as a whole."""

    def as_error(self) -> DossierError:
        """Return the error that stops the command, as it was raised in the worker."""
        known = {kind.exit_code: kind for kind in (UsageError, EngineUnavailable, ConfigurationError)}
        return known.get(self.exit_code, DossierError)(self.reason)


class Serve(Generic[J]):
    """The body of a worker process; picklable, since its process gets it by pickle."""

    def __init__(self, make: Callable[[], Handler[J]], *, talk: bool = False) -> None:
        """Remember how to `make` the handler: it is made in the worker, once.

        Args:
            make: Picklable, such as a `functools.partial` of a module's function.
            talk: Leave standard error open. What native libraries say about hostile files goes there.
        """
        self._make = make
        self._talk = talk

    def __call__(self, connection: Connection) -> None:
        """Serve until the parent closes the connection."""
        _stand_apart(talk=self._talk)
        _send(connection, Kind.SEAL, held_by().told())
        try:
            handler = self._make()
        except Exception as error:
            _send(connection, Kind.TROUBLE, trouble_of(error).model_dump_json().encode())
            return
        _send(connection, Kind.READY, getattr(handler, "introduction", b""))
        while True:
            try:
                job: J = connection.recv()
            except EOFError:
                return
            try:
                answer = handler(job, partial(_tell, connection))
            except Exception as error:
                _send(connection, Kind.TROUBLE, trouble_of(error).model_dump_json().encode())
            else:
                _send(connection, Kind.ANSWER, answer)


def trouble_of(error: Exception) -> Trouble:
    """Say what `error` means for the job without quoting what it choked on."""
    if isinstance(error, DossierError):
        code = FailureCode.UNREADABLE if error.exit_code == 2 else FailureCode.INTERNAL
        return Trouble(code=code, reason=str(error)[:MAX_REASON_LETTERS], exit_code=error.exit_code)
    code = FailureCode.MEMORY if isinstance(error, MemoryError) else FailureCode.INTERNAL
    return Trouble(code=code, reason=place_of(error))


def place_of(error: BaseException) -> str:
    """Return kind and place of an unexpected error; its message may hold personal data and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    path = Path(frames[-1].filename)
    return f"{type(error).__name__} in {path.parent.name}/{path.name}:{frames[-1].lineno}"


def _tell(connection: Connection, part: int) -> None:
    _send(connection, Kind.PART, str(part).encode())


def _send(connection: Connection, kind: Kind, payload: bytes) -> None:
    frame = memoryview(len(payload).to_bytes(HEADER_BYTES - 1, "big") + kind.value + payload)
    while frame:
        frame = frame[os.write(connection.fileno(), frame) :]


def _stand_apart(*, talk: bool) -> None:
    """Leave Ctrl-C and standard streams to the parent, and give way to whoever waits for a page."""
    os.nice(GIVES_WAY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    fall_silent(talk=talk)
