"""The journal of what reviewers do: a table, and `OUT/desk.jsonl`, of which either is filled again from the other.

An event counts once its line is on the disk. Lines are added and never changed; a half line that a crash left was
never acknowledged, and goes.
"""

import fcntl
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DatabaseError

from pipeline.errors import DossierError, UsageError
from pipeline.folders import write_whole
from pipeline.review.database import writing
from pipeline.review.events import FIRST, Body, Event, sealed
from pipeline.review.tables import EVENTS

JOURNAL = "desk.jsonl"

_log = logging.getLogger(__name__)

Then = Callable[[Connection, Sequence[Event]], None]
"""Told of all events of a dossier, in the transaction that adds one."""


def version_of(events: Sequence[Event]) -> int:
    """Return the version that a dossier is in after these events."""
    return events[-1].version if events else 0


class Overtaken(DossierError):
    """Somebody else was quicker: the dossier is no longer as it was seen."""

    def __init__(self, since: Sequence[Event]) -> None:
        """Take the events that were added since it was seen."""
        super().__init__("the dossier has changed since it was shown; look at it again")
        self.since = tuple(since)


@dataclass(frozen=True)
class Act:
    """What somebody wants to do to a dossier that they saw in one version."""

    dossier_id: str
    seen: int
    """Version that was seen; 0 before the first event."""
    by: str
    at: datetime
    body: Body


class Journal:
    """The journal of one output folder. Any number of threads and processes may add to it."""

    def __init__(self, engine: Engine, out: Path) -> None:
        """Work on an open database whose tables exist; `restore` makes file and table agree."""
        self._engine = engine
        self.path = out / JOURNAL
        self._known = 0
        """Bytes of the file that are in the table."""

    def append(self, act: Act, *, then: Then) -> Event:
        """Add an event.

        Raises:
            Overtaken: The dossier has events that were not seen.
            UsageError: There is no room, or the file is no longer writable.
        """
        with self._alone() as file, writing(self._engine) as connection:
            self._take_up(file, connection, then)
            before = self.of(act.dossier_id, connection)
            if version_of(before) != act.seen:
                raise Overtaken([event for event in before if event.version > act.seen])
            number, previous = _last(connection)
            event = sealed(
                number + 1, act.dossier_id, act.seen + 1, at=act.at, by=act.by, body=act.body, previous=previous
            )
            _insert(connection, [event])
            then(connection, [*before, event])
            self._known = _write(file, event)
        return event

    def of(self, dossier_id: str, connection: Connection | None = None) -> list[Event]:
        """Return what was done to a dossier, in order."""
        if connection is None:
            with self._engine.connect() as own:
                return self.of(dossier_id, own)
        query = select(EVENTS.c.written).where(EVENTS.c.dossier_id == dossier_id).order_by(EVENTS.c.version)
        return [Event.model_validate_json(written) for written in connection.execute(query).scalars()]

    def all(self, kinds: Iterable[str] = ()) -> Iterator[Event]:
        """Yield every event in order, or those of some kinds."""
        query = select(EVENTS.c.written).order_by(EVENTS.c.number)
        wanted = tuple(kinds)
        with self._engine.connect() as connection:
            chosen = query.where(EVENTS.c.kind.in_(wanted)) if wanted else query
            for written in connection.execute(chosen).scalars():
                yield Event.model_validate_json(written)

    def restore(self) -> int:
        """Make file and table hold the same, whichever of them was lost or damaged; return how many events are lost.

        Raises:
            UsageError: The file cannot be written.
        """
        with self._alone() as file:
            _cut_half_line(file)
            lines = _read(file)
            filed = {event.number: event for event in _whole(lines)}
            with writing(self._engine) as connection:
                stored = _stored(connection)
                merged = [event for _, event in sorted({**stored, **filed}.items())]
                if merged != list(stored.values()):
                    connection.execute(EVENTS.delete())
                    _insert(connection, merged)
            # Once all of it is safe in the database: writing the file anew may be cut short.
            if [event.line() for event in merged] != lines:
                self._rewrite(merged, had=bool(lines))
            self._known = self.path.stat().st_size
        lost = _gaps(merged)
        if lost:
            _log.error("%d events are missing from %s and from the database", lost, JOURNAL)
        return lost

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """Yield the file, which no other process adds to meanwhile."""
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise UsageError(f"cannot write to {self.path}: {error.strerror}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)

    def _take_up(self, file: int, connection: Connection, then: Then) -> None:
        """Add to the table what is in the file alone: another process's, or what was written as the database failed."""
        if os.fstat(file).st_size == self._known:
            return
        _cut_half_line(file)
        number, _ = _last(connection)
        newer = [event for event in _whole(_read(file, start=self._known)) if event.number > number]
        _insert(connection, newer)
        for dossier_id in {event.dossier_id for event in newer}:
            then(connection, self.of(dossier_id, connection))
        self._known = os.fstat(file).st_size

    def _rewrite(self, events: Sequence[Event], *, had: bool) -> None:
        """Write the file anew, and keep the one that was damaged beside it."""
        if had:
            names = (self.path.with_name(f"{JOURNAL}.set-aside-{number}") for number in count(1))
            aside = next(name for name in names if not name.exists())
            write_whole(aside, self.path.read_bytes(), aside.with_name(f".{aside.name}-{os.getpid()}"))
            _log.warning("%s was not whole and is written anew; the old one is kept as %s", JOURNAL, aside.name)
        content = "".join(f"{event.line()}\n" for event in events).encode()
        # In place: others hold the lock on this very file.
        with self.path.open("r+b") as file:
            file.write(content)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())


def _write(file: int, event: Event) -> int:
    """Add a line, on the disk before it counts; return the file's size."""
    before = os.fstat(file).st_size
    line = f"{event.line()}\n".encode()
    try:
        _write_all(file, line)
    except OSError as error:
        os.ftruncate(file, before)
        raise UsageError(f"cannot write to {JOURNAL}: {error.strerror}; nothing was changed") from error
    return before + len(line)


def _write_all(file: int, content: bytes) -> None:
    # A disk that gets full takes a part, and refuses the rest.
    while content:
        content = content[os.write(file, content) :]
    os.fsync(file)


def _cut_half_line(file: int) -> None:
    content = os.pread(file, os.fstat(file).st_size, 0)
    if content and not content.endswith(b"\n"):
        os.ftruncate(file, content.rfind(b"\n") + 1)


def _read(file: int, *, start: int = 0) -> list[str]:
    content = os.pread(file, max(0, os.fstat(file).st_size - start), start)
    # Not `splitlines`: a note may hold other signs that end a line.
    return content.decode("utf-8", errors="replace").split("\n")[:-1]


def _whole(lines: Iterable[str]) -> Iterator[Event]:
    for line in lines:
        try:
            event = Event.model_validate_json(line)
        except ValidationError:
            continue
        if event.is_whole:
            yield event


def _stored(connection: Connection) -> dict[int, Event]:
    try:
        written = connection.execute(select(EVENTS.c.written).order_by(EVENTS.c.number)).scalars().all()
    except DatabaseError:
        return {}
    return {event.number: event for event in _whole(written)}


def _last(connection: Connection) -> tuple[int, str]:
    number = connection.execute(select(func.max(EVENTS.c.number))).scalar()
    if number is None:
        return 0, FIRST
    written = connection.execute(select(EVENTS.c.written).where(EVENTS.c.number == number)).scalar_one()
    return number, Event.model_validate_json(written).seal


def _insert(connection: Connection, events: Sequence[Event]) -> None:
    if events:
        connection.execute(
            EVENTS.insert(),
            [
                {
                    "number": event.number,
                    "dossier_id": event.dossier_id,
                    "version": event.version,
                    "kind": event.body.kind,
                    "written": event.line(),
                }
                for event in events
            ],
        )


def _gaps(events: Sequence[Event]) -> int:
    """Return how many events are missing before the last one, by number; a broken seal counts as one."""
    lost, number, previous = 0, 0, FIRST
    for event in events:
        missing = event.number - number - 1
        lost += missing or (event.previous != previous)
        number, previous = event.number, event.seal
    return lost
