"""What is on record: in SQLite beside a batch's reports (`OUT/results.sqlite`), or on a PostgreSQL server.

It holds no result that the reports do not say, so that it is rebuilt from them whenever it is lost or garbled. Several
batches may write at once: every transaction is on the disk before it counts (docs/adr/0016-results-database.md).
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from pipeline.errors import UsageError
from pipeline.outputs import DATABASE as DATABASE
from pipeline.records import OnRecord, Records
from pipeline.store.claims import Claims
from pipeline.store.complaints import may_be_shown, reason_of
from pipeline.store.database import Place, Unusable, connect, place_of, reading, telling, version_of
from pipeline.store.entries import Entries
from pipeline.store.folder_key import FOLDER_ID, key_of, made_key
from pipeline.store.opening import is_sound, open_file, open_server
from pipeline.store.stamp import Stamp
from pipeline.store.tables import DOSSIERS, HERE, VERSION
from pipeline.store.usage import Use

__all__ = ["DATABASE", "FOLDER_ID", "Store", "open_store", "read_records", "read_store"]


class Store(Entries):
    """Decisions on record, and the claims of one batch."""

    claims: Claims
    stamp: Stamp | None
    """Of a file; a server has none."""
    left_out: str
    """What could not be relied on when it was opened, in words; the reports put it right."""


@contextmanager
def open_store(
    folder: Path, *, database: str | None = None, owner: str = "", is_alive: Callable[[str], bool] = lambda _: False
) -> Iterator[Store]:
    """Yield the database of a batch's output folder, made if need be.

    A file that cannot be relied on is set aside, or of one that folders share the rows of this one are removed; rows on
    a server that are not what was written are left out. The reports put all of them right.

    Args:
        folder: The output folder.
        database: URL of another database than the folder's own.
        owner: By which claims name this batch.
        is_alive: Whether another owner still works.

    Raises:
        UsageError: It cannot be written, or a later version wrote it.
    """
    place = place_of(database or folder / DATABASE)
    key = made_key(folder, owner=owner, is_alive=is_alive) if database else HERE
    stamp = Stamp(place.path, key) if place.path else None
    with _engine(place, key, stamp) as (engine, left_out), telling(place), engine.connect() as connection:
        # A file is checked, or new; of a server only what is read is.
        store = Store(connection, key, is_checked=place.path is not None)
        store.claims, store.stamp = Claims(connection, key, owner, is_alive), stamp
        store.left_out = left_out
        yield store


def read_store(where: str | Path, *, folder: Path | None = None) -> tuple[OnRecord, ...]:
    """Return what a results database holds.

    Args:
        where: A file, or a database's URL.
        folder: Output folder whose dossiers are meant; None for every one that is in it.

    Raises:
        UsageError: It is none that can be relied on, or the folder has nothing in it.
    """
    place = place_of(where)
    only = None if folder is None else key_of(folder)
    try:
        engine = connect(place, read_only=True)
        try:
            with engine.connect() as connection:
                with reading(connection):
                    found = version_of(connection)
                    keys = _keys_in(connection) if found == VERSION else []
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
        ) from (may_be_shown(error) if place.path else None)


def read_records(where: str | Path) -> Records:
    """Return what a results database holds, for a dossier to be judged beside.

    Raises:
        UsageError: It is none that can be relied on.
    """
    return Records(entries=read_store(where))


def _keys_in(connection: Connection) -> list[str]:
    return list(connection.execute(DOSSIERS.select().with_only_columns(DOSSIERS.c.folder).distinct()).scalars())


@contextmanager
def _engine(place: Place, key: str, stamp: Stamp | None) -> Iterator[tuple[Engine, str]]:
    """Yield an engine on a database that can be relied on, which nobody sets aside meanwhile, and what is left out."""
    with ExitStack() as stack:
        if place.path is None or stamp is None:
            engine, left_out = open_server(place), ""
        else:
            use = stack.enter_context(closing(Use(place.path, last=lambda: stamp.leave(lambda: is_sound(place, key)))))
            engine, left_out = open_file(place, place.path, key, use, stamp)
        stack.callback(engine.dispose)
        yield engine, left_out
