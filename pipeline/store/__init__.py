"""What is on record: in SQLite beside a batch's reports (`OUT/results.sqlite`), or on a PostgreSQL server.

It holds no result that the reports do not say, so that it is rebuilt from them whenever it is lost or garbled. Several
batches may write at once: every transaction is on the disk before it counts (docs/adr/0016-results-database.md).
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import UsageError
from pipeline.records import OnRecord, Records
from pipeline.store.claims import Claims
from pipeline.store.database import (
    SIDE_FILES,
    Place,
    TooNew,
    Unusable,
    connect,
    make_file,
    make_ready,
    move_aside,
    place_of,
    reason_of,
    telling,
    unwritable,
    version_of,
)
from pipeline.store.entries import Entries
from pipeline.store.tables import DOSSIERS, HERE, METADATA, VERSION

DATABASE = "results.sqlite"
FOLDER_ID = ".folder-id"
"""File with the key under which an output folder's rows stand in a database that it shares with others."""


class Store(Entries):
    """Decisions on record, and the claims of one batch."""

    claims: Claims


@contextmanager
def open_store(
    folder: Path, *, database: str | None = None, owner: str = "", is_alive: Callable[[str], bool] = lambda _: False
) -> Iterator[Store]:
    """Yield the database of a batch's output folder, made if need be.

    A file that cannot be relied on is set aside; rows on a server that are not what was written are left out, to be
    put right from the reports.

    Args:
        folder: The output folder.
        database: URL of another database than the folder's own.
        owner: By which claims name this batch.
        is_alive: Whether another owner still works.

    Raises:
        UsageError: It cannot be written, or a later version wrote it.
    """
    place = place_of(database or folder / DATABASE)
    key = _key(folder) if database else HERE
    engine = _ready(place, key)
    try:
        with telling(place), engine.connect() as connection:
            # A file is checked, or new; of a server only what is read is.
            store = Store(connection, key, is_checked=place.path is not None)
            store.claims = Claims(connection, key, owner, is_alive)
            yield store
    finally:
        engine.dispose()


def read_store(where: str | Path, *, folder: Path | None = None) -> tuple[OnRecord, ...]:
    """Return what a results database holds.

    Args:
        where: A file, or a database's URL.
        folder: Output folder whose dossiers are meant; None for every one that is in it.

    Raises:
        UsageError: It is none that can be relied on, or the folder has nothing in it.
    """
    place = place_of(where)
    only = None if folder is None else _key_of(folder)
    try:
        engine = connect(place, read_only=True)
        try:
            with engine.connect() as connection:
                with connection.begin():
                    found = version_of(connection)
                    keys = _keys_in(engine) if found == VERSION else ()
                if found != VERSION:
                    raise Unusable(f"version {found}, not {VERSION}")
                if only is not None and only not in keys:
                    raise UsageError(f"{place} holds nothing of {folder}")
                chosen = keys if only is None else [only]
                return tuple(entry for key in chosen for entry, _ in Entries(connection, key).entries())
        finally:
            engine.dispose()
    except (Unusable, DBAPIError) as error:
        raise UsageError(
            f"{place} is no results database of this version: {reason_of(error)}; give OUT/{DATABASE}, or the URL that "
            "`dossier batch --database` was given"
        ) from (error if place.path else None)


def read_records(where: str | Path) -> Records:
    """Return what a results database holds, for a dossier to be judged beside.

    Raises:
        UsageError: It is none that can be relied on.
    """
    return Records(entries=read_store(where))


def _keys_in(engine: Engine) -> list[str]:
    with engine.connect() as connection, connection.begin():
        return list(connection.execute(DOSSIERS.select().with_only_columns(DOSSIERS.c.folder).distinct()).scalars())


def _ready(place: Place, key: str) -> Engine:
    """Return an engine on a database that can be relied on."""
    if place.path is None:
        return _opened(place)
    try:
        if place.path.exists():
            return _checked(place, key)
    except (Unusable, DBAPIError) as error:
        if _is_busy(error):
            raise UsageError(f"cannot write to {place}: {reason_of(error)}; wait for whoever uses it") from error
        _set_aside(place.path)
    try:
        make_file(place.path)
    except OSError as error:
        raise unwritable(place, error) from error
    return _opened(place)


def _is_busy(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and "locked" in reason_of(error)


def _opened(place: Place) -> Engine:
    engine = connect(place)
    try:
        with telling(place), engine.begin() as connection:
            make_ready(connection)
    except TooNew as error:
        engine.dispose()
        raise UsageError(f"{place} was written by a later version of dossier ({error}); use that") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _checked(place: Place, key: str) -> Engine:
    engine = connect(place)
    try:
        with engine.begin() as connection:
            _check(connection)
            make_ready(connection)
        with engine.connect() as connection:
            Entries(connection, key).check()
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check(connection: Connection) -> None:
    if version_of(connection) == 0:
        raise Unusable("it was never finished")
    if connection.execute(text("PRAGMA quick_check")).scalar() != "ok":
        raise Unusable("its structure is damaged")


def _key_of(folder: Path) -> str:
    """Return the key of an output folder in a database that it shares.

    Raises:
        UsageError: It has none.
    """
    try:
        return (folder / FOLDER_ID).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{folder} is no output folder of `dossier batch --database`") from error


def _key(folder: Path) -> str:
    """Return the key of an output folder, made at its first use; a folder that moves takes it along."""
    path = folder / FOLDER_ID
    try:
        if not path.exists():
            made = path.with_name(f"{FOLDER_ID}-{uuid.uuid4().hex}")
            make_file(made)
            made.write_text(uuid.uuid4().hex, encoding="ascii")
            try:
                path.hardlink_to(made)  # the first of two batches that begin at once names it
            except FileExistsError:
                pass
            finally:
                made.unlink()
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from error


def _set_aside(path: Path) -> None:
    """Move what cannot be relied on out of the way, for whoever wants to look at it; what was never finished goes."""
    if _was_never_made(path):
        for suffix in ("", *SIDE_FILES):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return
    move_aside(path)


def _was_never_made(path: Path) -> bool:
    """Whether a batch was stopped while it made this database: it has no version, which is set last, and no entry."""
    engine = connect(Place(place_of(path).url, path))
    try:
        with engine.connect() as connection, connection.begin():
            if version_of(connection) != 0:
                return False
            tables = set(inspect(connection).get_table_names())
            counts = [
                connection.execute(select(func.count()).select_from(METADATA.tables[name])).scalar()
                for name in tables & set(METADATA.tables)
            ]
            return tables <= set(METADATA.tables) and not any(counts)
    except DBAPIError:
        return False
    finally:
        engine.dispose()
