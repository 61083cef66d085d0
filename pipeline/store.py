"""What is on record, in SQLite beside a batch's reports: `OUT/results.sqlite`.

It holds nothing that the reports do not say, so that it is rebuilt from them whenever it is lost, garbled or of another
version. One connection, in the batch's parent process, writes (write-ahead log, every commit on the disk before it
counts); others may read meanwhile.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DatabaseError

from pipeline.errors import UsageError
from pipeline.records import OnRecord, Records

DATABASE = "results.sqlite"
VERSION = 1
WAIT_SECONDS = 5
SIDE_FILES = ("-wal", "-shm")

_METADATA = MetaData()
_DOSSIERS = Table(
    "dossiers",
    _METADATA,
    Column("dossier_id", String, primary_key=True),
    Column("as_of", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("company_code", String),
    Column("store_type", String),
    Column("category", String),
    Column("report_sha256", String, nullable=False),
    Column("entry", String, nullable=False),
    Column("entry_sha256", String, nullable=False),
    Index("dossiers_by_company", "company_code"),
)


class Unusable(Exception):
    """The database cannot be relied on; it holds nothing that the reports do not."""


class Store:
    """Entries by dossier, each with the hash of the report that it was made from."""

    def __init__(self, connection: Connection) -> None:
        """Work on an open connection; `open_store` makes it."""
        self._connection = connection

    def entries(self) -> Iterator[tuple[OnRecord, str]]:
        """Yield every entry with the hash of its report.

        Raises:
            Unusable: What is stored is not what was written.
        """
        columns = (_DOSSIERS.c.entry, _DOSSIERS.c.entry_sha256, _DOSSIERS.c.report_sha256)
        for entry, digest, report in self._connection.execute(select(*columns).order_by(_DOSSIERS.c.dossier_id)):
            # SQLite's own checks do not see flipped bytes.
            if _sha256(entry) != digest:
                raise Unusable("an entry has changed since it was written")
            try:
                yield OnRecord.model_validate_json(entry), report
            except ValidationError as error:
                raise Unusable("an entry of another shape") from error

    def put(self, entry: OnRecord, report_sha256: str) -> None:
        """Write an entry, in place of the dossier's earlier one."""
        written = entry.model_dump_json()
        values = {
            "dossier_id": entry.dossier_id,
            "as_of": entry.as_of.isoformat(),
            "decision": entry.decision.value,
            "company_code": entry.company_code,
            "store_type": entry.store_type,
            "category": entry.category,
            "report_sha256": report_sha256,
            "entry": written,
            "entry_sha256": _sha256(written),
        }
        self._connection.execute(
            insert(_DOSSIERS).values(values).on_conflict_do_update(index_elements=["dossier_id"], set_=values)
        )
        self._connection.commit()

    def remove(self, dossier_id: str) -> None:
        """Forget a dossier."""
        self._connection.execute(delete(_DOSSIERS).where(_DOSSIERS.c.dossier_id == dossier_id))
        self._connection.commit()


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """Yield the database of a batch's output folder, made if need be; one that cannot be relied on is set aside.

    Raises:
        UsageError: It cannot be written.
    """
    path = folder / DATABASE
    try:
        engine = _ready(path)
    except (Unusable, DatabaseError):
        _set_aside(path)
        engine = _made_anew(path)
    try:
        with engine.connect() as connection:
            yield Store(connection)
    except DatabaseError as error:
        raise _unwritable(path, error) from error
    finally:
        engine.dispose()


def read_store(path: Path) -> tuple[OnRecord, ...]:
    """Return what a results database holds.

    Raises:
        UsageError: It is none that can be relied on.
    """
    engine = create_engine(f"sqlite:///file:{path.resolve().as_posix()}?mode=ro&uri=true")
    try:
        with engine.connect() as connection:
            _check(connection)
            return tuple(entry for entry, _ in Store(connection).entries())
    except (Unusable, DatabaseError) as error:
        reason = error.orig if isinstance(error, DatabaseError) else error
        raise UsageError(f"{path} is no results database of this version: {reason}; give OUT/{DATABASE}") from error
    finally:
        engine.dispose()


def read_records(path: Path) -> Records:
    """Return what a results database holds, for a dossier to be judged beside.

    Raises:
        UsageError: It is none that can be relied on.
    """
    return Records(entries=read_store(path))


def _ready(path: Path) -> Engine:
    is_new = not path.exists()
    engine = _made_anew(path) if is_new else _engine(path)
    try:
        with engine.connect() as connection:
            _check(connection)
            for _ in Store(connection).entries():
                pass
    except Exception:
        engine.dispose()
        raise
    return engine


def _check(connection: Connection) -> None:
    found = connection.execute(text("PRAGMA user_version")).scalar()
    if found != VERSION:
        raise Unusable(f"version {found}, not {VERSION}")
    if connection.execute(text("PRAGMA quick_check")).scalar() != "ok":
        raise Unusable("its structure is damaged")


def _made_anew(path: Path) -> Engine:
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        engine = _engine(path)
        with engine.begin() as connection:
            _METADATA.create_all(connection)
            connection.execute(text(f"PRAGMA user_version = {VERSION}"))
    except (OSError, DatabaseError) as error:
        raise _unwritable(path, error) from error
    return engine


def _unwritable(path: Path, error: OSError | DatabaseError) -> UsageError:
    # SQLAlchemy's own text runs over several lines and links to its manual.
    reason = error.orig if isinstance(error, DatabaseError) else error.strerror
    return UsageError(
        f"cannot write to {path}: {reason}. What is done stays; see that the disk has room and may be written to, "
        "and give the same command again to go on"
    )


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    return engine


def _set_aside(path: Path) -> None:
    """Move what cannot be relied on out of the way, for whoever wants to look at it; what was never finished goes."""
    if _was_never_made(path):
        for suffix in ("", *SIDE_FILES):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return
    target = next(
        name for number in count(1) if not (name := path.with_name(f"{path.name}.set-aside-{number}")).exists()
    )
    path.replace(target)
    for suffix in SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.replace(target.with_name(target.name + suffix))


def _was_never_made(path: Path) -> bool:
    """Whether a batch was stopped while it made this database: it has no version, which is set last, and no entry."""
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            if connection.execute(text("PRAGMA user_version")).scalar() != 0:
                return False
            tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
            return not tables or (tables == ["dossiers"] and not next(Store(connection).entries(), None))
    except (Unusable, DatabaseError):
        return False
    finally:
        engine.dispose()


def _sha256(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()
