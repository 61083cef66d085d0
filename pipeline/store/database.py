"""Where results are on record: an SQLite file, or a PostgreSQL server. Passwords are told to nobody."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError
from sqlalchemy import URL, Connection, Engine, create_engine, delete, event, inspect, make_url, select, text, tuple_
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipeline.errors import EngineUnavailable, UsageError
from pipeline.records import OnRecord
from pipeline.store.complaints import may_be_shown, reason_of
from pipeline.store.neighbours import Neighbours
from pipeline.store.tables import CLAIMS, DOSSIERS, HELD, HERE, META, METADATA, VERSION, insert_into

WAIT_SECONDS = 15
AT_ONCE = 1_000
"""Rows that are brought up to date in one go."""
READS = "reads"
"""Set on a connection while it opens a transaction that writes nothing."""
SIDE_FILES = ("-wal", "-shm")
SERVERS = ("postgresql", "postgresql+psycopg")


class Unusable(Exception):
    """A database cannot be relied on; it holds nothing that the reports do not."""


class TooNew(Unusable):
    """It was written by a later version of this program."""


@dataclass(frozen=True)
class Place:
    """Where a database is."""

    url: URL
    path: Path | None
    """Of an SQLite file; None on a server."""

    def __str__(self) -> str:
        """Say where, without user and password."""
        if self.path:
            return str(self.path)
        port = f":{self.url.port}" if self.url.port else ""
        return f"postgresql://{self.url.host or ''}{port}/{self.url.database or ''}"


def place_of(where: str | Path) -> Place:
    """Return where a database is: a path, or a URL `sqlite:///…` or `postgresql://…`.

    Raises:
        UsageError: It is neither.
    """
    if isinstance(where, Path) or "://" not in where:
        path = Path(where)
        return Place(URL.create("sqlite", database=str(path.absolute())), path)
    try:
        url = make_url(where.replace("postgres://", "postgresql://", 1))
    except (ArgumentError, ValueError):
        raise UsageError("the database's URL cannot be read; give one such as postgresql://user@host/name") from None
    if url.drivername == "sqlite" and url.database:
        return Place(url, Path(url.database))
    if url.drivername not in SERVERS:
        raise UsageError(f"no database of kind {url.drivername!r} is known; give sqlite:///FILE or postgresql://…")
    return Place(url.set(drivername="postgresql+psycopg"), None)


def connect(place: Place, *, read_only: bool = False) -> Engine:
    """Return an engine on a database; transactions of a writer take the lock at their beginning.

    Raises:
        EngineUnavailable: The driver of the server is not installed.
    """
    if place.path is None:
        return _on_server(place)
    url = place.url
    if read_only:
        named = f"file:{quote(place.path.resolve().as_posix())}"
        url = URL.create("sqlite", database=named, query={"mode": "ro", "uri": "true"})
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, hide_parameters=True)
    if not read_only:
        _listen(engine)
    return engine


def _on_server(place: Place) -> Engine:
    try:
        from pipeline.store.patience import be_patient, connection_options
    except ModuleNotFoundError as error:
        raise EngineUnavailable(
            f"to use {place}, install its driver: pip install 'dossier-verify[postgresql]'"
        ) from error
    engine = create_engine(place.url, connect_args=connection_options(place.url), hide_parameters=True)
    be_patient(engine)
    return engine


def _listen(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _(connection: object, _record: object) -> None:
        make_durable(connection)

    # A transaction that began as a reader's cannot wait for its turn to write.
    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if connection.info.get(READS) else "BEGIN IMMEDIATE")


def make_durable(connection: Any) -> None:  # of the driver, which has no types
    """Set up a fresh SQLite connection: what is written lasts, and what is removed is gone from the file, too.

    Transactions are begun by SQLAlchemy's event `begin`, not by the driver, which begins them too late.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def move_aside(path: Path) -> Path:
    """Move a database that cannot be relied on out of the way, for whoever wants to look at it; return where to."""
    target = next(
        name for number in count(1) if not (name := path.with_name(f"{path.name}.set-aside-{number}")).exists()
    )
    path.replace(target)
    for suffix in SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.replace(target.with_name(target.name + suffix))
    return target


@contextmanager
def reading(connection: Connection) -> Iterator[None]:
    """Read in a transaction that keeps nobody from writing: in the one that is open, or in one of its own."""
    if connection.in_transaction():
        yield
        return
    told = connection.info  # to ask for it once more would connect again, if the connection is lost meanwhile
    told[READS] = True
    try:
        with connection.begin():
            yield
    finally:
        told.pop(READS, None)


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """Write in a transaction: in the one that is open, if one is, or else in one of its own."""
    if connection.in_transaction():
        yield
    else:
        with connection.begin():
            yield


def version_of(connection: Connection) -> int:
    """Return the version of a database's tables; 0 where there is none of ours.

    Raises:
        Unusable: What stands there is none.
    """
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("PRAGMA user_version")).scalar()
    elif inspect(connection).has_table(META.name):
        found = connection.execute(select(META.c.value).where(META.c.name == "version")).scalar()
    else:
        return 0
    version = "0" if found is None else str(found)
    if not (version.isascii() and version.isdecimal()):
        raise Unusable("what stands there as its version is none")
    return int(version)


def make_ready(connection: Connection) -> None:
    """Make the tables, or bring those of an earlier version up to date.

    Raises:
        TooNew: A later version of this program made them.
        Unusable: They have none of its versions.
    """
    if connection.dialect.name == "postgresql":  # two batches may begin at once
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('dossier'))"))
    found = version_of(connection)
    if found > VERSION:
        raise TooNew(f"version {found}, not {VERSION}")
    with _unhurried(connection):
        for version in range(found + 1, VERSION + 1) if found else ():
            MIGRATIONS[version](connection)
        METADATA.create_all(connection)
        if found < VERSION:
            _set_version(connection)


@contextmanager
def _unhurried(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "postgresql":
        yield
        return
    from pipeline.store.patience import unhurried

    with unhurried(connection):
        yield


def _set_version(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA user_version = {VERSION}"))
    values = {"value": str(VERSION)}
    statement = insert_into(connection, META.name).values(name="version", **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=values))


def _to_2(connection: Connection) -> None:
    """Rows say which output folder they belong to; claims and the version have tables."""
    connection.execute(text("DROP INDEX IF EXISTS dossiers_by_company"))
    connection.execute(text("ALTER TABLE dossiers RENAME TO dossiers_1"))
    METADATA.create_all(connection)
    names = ", ".join(column.name for column in DOSSIERS.c if column.name != "folder")
    copied = f"INSERT INTO dossiers (folder, {names}) SELECT :here, {names} FROM dossiers_1"  # noqa: S608 - our own names
    connection.execute(text(copied), {"here": HERE})
    connection.execute(text("DROP TABLE dossiers_1"))


def _to_3(connection: Connection) -> None:
    """Entries are found by what they have in common, which was held in memory before; claims lose their count."""
    if "serial" in {column["name"] for column in inspect(connection).get_columns(CLAIMS.name)}:
        connection.execute(text("DROP INDEX IF EXISTS claims_by_owner"))
        connection.execute(text("ALTER TABLE claims RENAME TO claims_2"))
        METADATA.create_all(connection)
        names = ", ".join(column.name for column in CLAIMS.c)
        connection.execute(text(f"INSERT INTO claims ({names}) SELECT {names} FROM claims_2"))  # noqa: S608 - our own
        connection.execute(text("DROP TABLE claims_2"))
    METADATA.create_all(connection)


def _to_4(connection: Connection) -> None:
    """Entries keep pictures and numbers, by which they are found, too; those of before have none until judged again."""
    connection.execute(delete(HELD))
    last = ("", "")
    where = tuple_(DOSSIERS.c.folder, DOSSIERS.c.dossier_id)
    rows = select(DOSSIERS.c.folder, DOSSIERS.c.dossier_id, DOSSIERS.c.entry).order_by(*where.clauses).limit(AT_ONCE)
    while some := connection.execute(rows.where(where > tuple_(*last))).all():
        for folder, _, written in some:
            with suppress(ValidationError):  # a damaged one is made anew of its report
                Neighbours(connection, folder).put(None, OnRecord.model_validate_json(written))
        last = (some[-1].folder, some[-1].dossier_id)


MIGRATIONS = {2: _to_2, 3: _to_3, 4: _to_4}
"""Version → what brings a database of the one before up to it."""


def make_file(path: Path) -> None:
    """Make an empty file for a database, for the owner alone."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def unwritable(place: Place, error: OSError | DBAPIError) -> UsageError:
    """Say what keeps a database from being written to."""
    reason = reason_of(error)
    if place.path is None:
        remedy = "see that the server answers and has room, and that no other session of it holds locks for long"
    elif "locked" in reason:
        remedy = "wait for whoever uses it"
    else:
        remedy = "see that there is room and that it may be written to"
    return UsageError(
        f"cannot write to {place}: {reason}. What is done stays; {remedy}, and give the same command again to go on"
    )


@contextmanager
def telling(place: Place) -> Iterator[None]:
    """Say in one line what a database refuses."""
    try:
        yield
    except DBAPIError as error:
        raise unwritable(place, error) from (may_be_shown(error) if place.path else None)
