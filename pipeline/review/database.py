"""The desk's database: `OUT/desk.sqlite`, or a PostgreSQL that the operator names.

Whatever in it nobody could do without stands in `OUT/desk.jsonl` too, so that a database which is lost or damaged is
set aside and filled again.
"""

import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.schema import CreateSchema

from pipeline.errors import UsageError
from pipeline.folders import make_folder
from pipeline.store.database import make_durable, move_aside

DATABASE = "desk.sqlite"
VERSION = 1
WAIT_SECONDS = 5

_log = logging.getLogger(__name__)


def open_engine(out: Path, url: str | None = None) -> Engine:
    """Return the engine of a batch's output folder, its database made or set aside if need be.

    Args:
        out: A batch's output folder.
        url: Of a PostgreSQL; each output folder has a schema of its own there. None is `OUT/desk.sqlite`.

    Raises:
        UsageError: It cannot be opened or written.
    """
    try:
        return _postgresql(url, out) if url else _sqlite(out)
    except (OSError, DatabaseError, ArgumentError) as error:
        # The library's own text may repeat the address, and with it the password.
        reason = error.strerror if isinstance(error, OSError) else type(error).__name__
        place = "the database" if url else str(out / DATABASE)
        raise UsageError(f"cannot open {place}: {reason}; see that it is there and may be written to") from error


@contextmanager
def writing(engine: Engine, *, lasting: bool = True) -> Iterator[Connection]:
    """Yield a connection in a transaction that may write, and so has to wait its turn before it reads.

    A transaction of SQLite's that reads first is refused once another has written meanwhile.

    Args:
        engine: The desk's.
        lasting: Whether it must outlive the machine's losing power. What is made again anyway need not, and
            then nobody waits for the disk.
    """
    with engine.execution_options(immediate=True, lasting=lasting).begin() as connection:
        yield connection


def _postgresql(url: str, out: Path) -> Engine:
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    schema = f"desk_{hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]}"
    engine = create_engine(address, pool_pre_ping=True, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # As in SQLite, whoever writes waits for their turn, and sees what was written before.
        if connection.get_execution_options().get("immediate"):
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext(%s))", (schema,))

    with engine.begin() as connection:
        connection.execute(CreateSchema(schema, if_not_exists=True))
    return engine.execution_options(schema_translate_map={None: schema})


def _sqlite(out: Path) -> Engine:
    make_folder(out)
    path = out / DATABASE
    if path.exists() and not _is_sound(path):
        _log.warning("%s cannot be relied on and is set aside; it is filled again", DATABASE)
        move_aside(path)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = _sqlite_engine(path)
    with writing(engine) as connection:
        connection.execute(text(f"PRAGMA user_version = {VERSION}"))
    return engine


def _sqlite_engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _(connection: object, _record: object) -> None:
        make_durable(connection)

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        options = connection.get_execution_options()
        immediate = options.get("immediate")
        if immediate:
            connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options['lasting'] else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _is_sound(path: Path) -> bool:
    engine = _sqlite_engine(path)
    try:
        with engine.connect() as connection:
            version = connection.execute(text("PRAGMA user_version")).scalar()
            return version in (0, VERSION) and connection.execute(text("PRAGMA quick_check")).scalar() == "ok"
    except DatabaseError:
        return False
    finally:
        engine.dispose()
