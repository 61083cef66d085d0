"""A database brought into a state that can be relied on, or out of the way, before a batch works with it.

What several output folders share is not taken from all of them for what befell the rows of one.
"""

import logging
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import UsageError
from pipeline.store.complaints import is_undecodable, may_be_shown, reason_of
from pipeline.store.database import (
    SIDE_FILES,
    Place,
    TooNew,
    Unusable,
    connect,
    make_file,
    make_ready,
    move_aside,
    reading,
    telling,
    unwritable,
    version_of,
)
from pipeline.store.entries import AT_ONCE, Entries
from pipeline.store.stamp import Stamp
from pipeline.store.tables import CLAIMS, DOSSIERS, HELD, HERE, METADATA, VERSION
from pipeline.store.usage import Use

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 1_000
"""More than anybody makes; each is told."""


def open_server(place: Place) -> Engine:
    """Return an engine on a server's database with its tables made.

    Raises:
        UsageError: It cannot be written to, or a later version wrote it.
    """
    engine = connect(place)
    try:
        with telling(place):
            _make_ready(engine)
    except TooNew as error:
        engine.dispose()
        raise _newer(place, error) from error
    except Unusable as error:
        engine.dispose()
        raise UsageError(f"{place} cannot be relied on: {error}; give another database") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _newer(place: Place, error: TooNew) -> UsageError:
    return UsageError(f"{place} was written by a later version of dossier ({error}); use that")


def _in_use(place: Place, error: Exception) -> UsageError:
    return UsageError(
        f"{place} cannot be relied on ({reason_of(error)}), and is not set aside while another batch uses it; wait "
        "until that has ended, and give the same command again"
    )


def open_file(place: Place, path: Path, key: str, use: Use, stamp: Stamp) -> tuple[Engine, str]:
    """Return an engine on an SQLite file that can be relied on, in use together with others.

    Whoever comes first makes it, checks it, brings it up to date or sets it aside, alone. Whoever finds others at work
    only looks, as a reader, so that nobody has to wait to write.

    Args:
        place: Where it is.
        path: The file of it, which need not be there yet.
        key: Of the output folder whose rows are looked at.
        use: The file's, not taken yet.
        stamp: The file's; what is as it was left is not looked through.

    Returns:
        The engine, and in words what could not be relied on and is left out now; empty for nothing.

    Raises:
        UsageError: It cannot be written, is damaged while others use it, or is shared and of a later version.
    """
    left_out = ""
    while True:
        is_alone = _take(use, place, alone=True)
        if is_alone:
            left_out = _prepare(place, path, key, stamp)
        _take(use, place, alone=False)
        try:
            return _connected(place, key, is_seen=is_alone), left_out
        except (Unusable, DBAPIError) as error:
            _refuse(place, key, error)
            if is_alone or not _take(use, place, alone=True):
                raise _in_use(place, error) from may_be_shown(error)


def is_sound(place: Place, key: str) -> bool:
    """Whether an SQLite file can be relied on in whole, also in what a batch makes good in silence as it begins."""
    engine = connect(place)
    try:
        _see_all(engine, key)
        with engine.connect() as connection:
            return Entries(connection, key).are_neighbours_sound()
    except (Unusable, DBAPIError):
        return False
    finally:
        engine.dispose()


def _connected(place: Place, key: str, *, is_seen: bool) -> Engine:
    """Return an engine on a file that can be relied on; one that was just seen to be so is only asked its version.

    Raises:
        Unusable, DBAPIError: It cannot be relied on.
    """
    engine = connect(place)
    try:
        if is_seen:
            _see_version(engine)
        else:
            _see_all(engine, key)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _take(use: Use, place: Place, *, alone: bool) -> bool:
    try:
        return use.take(alone=alone)
    except OSError as error:
        raise unwritable(place, error) from error


def _prepare(place: Place, path: Path, key: str, stamp: Stamp) -> str:
    """Make a file that can be relied on, of what is there if possible; nobody else uses it."""
    stamp.look()
    left_out = ""
    engine = connect(place)
    try:
        if path.exists():
            if not stamp.seen:
                _see_structure(engine)
            _make_ready(engine)
            return "" if stamp.seen else _see_or_remove_entries(engine, place, key)
    except (Unusable, DBAPIError) as error:
        _refuse(place, key, error)
        engine.dispose()
        left_out = _set_aside(place, path, error)
    finally:
        engine.dispose()
    try:
        make_file(path)
        with telling(place):
            _make_ready(engine)
    except OSError as error:
        raise unwritable(place, error) from error
    finally:
        engine.dispose()
    return left_out


def _see_or_remove_entries(engine: Engine, place: Place, key: str) -> str:
    """See that a folder's rows are what was written; where others have rows beside them, only these are removed."""
    try:
        _see_entries(engine, key)
    except (Unusable, DBAPIError) as error:
        if key == HERE or (isinstance(error, DBAPIError) and not is_undecodable(error)):
            raise
        with engine.connect() as connection, connection.begin():
            for table in (DOSSIERS, HELD, CLAIMS):
                connection.execute(delete(table).where(table.c.folder == key))
        return _told(
            f"rows of this output folder in {place} could not be relied on ({reason_of(error)}) and are removed"
        )
    return ""


def _told(what: str) -> str:
    log.warning("%s", what)
    return what


def _make_ready(engine: Engine) -> None:
    with engine.connect() as connection:
        with reading(connection):
            is_ready = version_of(connection) == VERSION
        if not is_ready:
            with connection.begin():
                make_ready(connection)


def _refuse(place: Place, key: str, error: Exception) -> None:
    """Raise UsageError where a file is in order, and only not for us, or not now."""
    if isinstance(error, TooNew) and key != HERE:
        raise _newer(place, error) from error
    if isinstance(error, DBAPIError) and "locked" in reason_of(error):
        raise unwritable(place, error) from error


def _see_all(engine: Engine, key: str) -> None:
    _see_structure(engine)
    _see_version(engine)
    _see_entries(engine, key)


def _see_version(engine: Engine) -> None:
    with engine.connect() as connection, reading(connection):
        if (found := version_of(connection)) != VERSION:
            raise (TooNew if found > VERSION else Unusable)(f"version {found}, not {VERSION}")


def _see_structure(engine: Engine) -> None:
    with engine.connect() as connection, reading(connection):
        if version_of(connection) == 0:
            raise Unusable("it was never finished")
        # Seventeen seconds for a million dossiers: whoever works with it must be able to write meanwhile.
        if connection.execute(text("PRAGMA quick_check")).scalar() != "ok":
            raise Unusable("its structure is damaged")


def _see_entries(engine: Engine, key: str) -> None:
    """See that rows are what was written, as far as that can be told: SQLite's own check asks structure alone."""
    with engine.connect() as connection:
        Entries(connection, key).check()
        with reading(connection):
            if not _are_claims_sound(connection, key):
                raise Unusable("claims are not what was written")


def _are_claims_sound(connection: Connection, key: str) -> bool:
    columns = (CLAIMS.c.attempts, CLAIMS.c.dossier_id, CLAIMS.c.owner, CLAIMS.c.quarantined)
    statement = select(*columns).where(CLAIMS.c.folder == key).execution_options(yield_per=AT_ONCE)
    with connection.execute(statement) as rows:
        # To fetch a text is to decode it.
        return all(
            isinstance(attempts, int)
            and 0 <= attempts <= MOST_ATTEMPTS
            and isinstance(dossier_id, str)
            and all(each is None or isinstance(each, str) for each in may_be_none)
            for attempts, dossier_id, *may_be_none in rows
        )


def _set_aside(place: Place, path: Path, error: Exception) -> str:
    """Move what cannot be relied on out of the way, for whoever wants to look at it; what was never finished goes."""
    if _was_never_made(place):
        for suffix in ("", *SIDE_FILES):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return ""
    return _told(f"{place} could not be relied on ({reason_of(error)}) and is set aside as {move_aside(path).name}")


def _was_never_made(place: Place) -> bool:
    """Whether a batch was stopped while it made this database: it has no version, which is set last, and no entry."""
    engine = connect(place)
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
    except (Unusable, DBAPIError):
        return False
    finally:
        engine.dispose()
