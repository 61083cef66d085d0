"""Tables and mappings of which there may be a million entries: SQLite holds them, on the disk past a bound.

They are of one run and no result of it: a file of theirs lies in the system's folder for temporary files, has no name,
and goes with the process. Ids and paths of dossiers stand in it as they are.
"""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from typing import Any, TypeVar

from pipeline.errors import UsageError
from pipeline.lists import parts

V = TypeVar("V", int, str)

MOST_HELD = 1 << 17
"""Entries that a mapping holds in memory before SQLite does, which takes ten times as long for one."""
CACHE_KILOBYTES = 8_000
"""So much of each database is in memory."""
AT_ONCE = 1_000
"""Entries that are fetched or written in one go."""
_FAILING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT)
"""The last is what each statement after the first that failed says."""
_PUT = "INSERT OR REPLACE INTO kept VALUES (?, ?)"


class Spill:
    """A database of its own. Whatever is asked of it raises UsageError where there is no room for temporary files."""

    def __init__(self, *tables: str) -> None:
        """Make its tables, each by its statement."""
        # It goes with its holder where nobody comes to close it, in whichever thread that is.
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._connection.close)
        pragmas = ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KILOBYTES}")
        # Never ended: nothing has to outlive the process, and each statement is done sooner.
        for statement in (*(f"PRAGMA {pragma}" for pragma in pragmas), "BEGIN", *tables):
            self.put(statement)

    def close(self) -> None:
        """Let go of everything."""
        self._connection.close()

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Return all rows that a statement finds; limit them."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise _without_room(error) from error

    def each(self, statement: str, *values: object) -> Iterator[Any]:
        """Yield the rows that a statement finds one by one, while nothing else is written to their tables."""
        try:
            # `yield from` would close the cursor, at a time when its database may be closed already.
            for row in self._connection.execute(statement, values):  # noqa: UP028
                yield row
        except sqlite3.DatabaseError as error:
            raise _without_room(error) from error

    def put(self, statement: str, *values: object) -> int:
        """Return how many rows a statement has written or removed."""
        try:
            return self._connection.execute(statement, values).rowcount
        except sqlite3.DatabaseError as error:
            raise _without_room(error) from error

    def put_all(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row."""
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.DatabaseError as error:
            raise _without_room(error) from error


class Spilled(MutableMapping[str, V]):
    """A mapping that is held in memory up to a bound, and past it by SQLite.

    Its keys are gone through in their order; whether what comes or goes meanwhile is met is not said.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._held: dict[str, V] = {}
        self._spill: Spill | None = None

    def close(self) -> None:
        """Let go of everything."""
        self._held.clear()
        if self._spill:
            self._spill.close()

    def put_all(self, entries: Iterable[tuple[str, V]]) -> None:
        """Set many; of those with one key the last counts."""
        for some in parts(entries, AT_ONCE):
            if self._spill:
                self._spill.put_all(_PUT, some)
            else:
                self._held.update(some)
                self._bound()

    def __getitem__(self, name: str) -> V:
        if not self._spill:
            return self._held[name]
        for (value,) in self._spill.rows("SELECT value FROM kept WHERE name = ?", name):
            found: V = value
            return found
        raise KeyError(name)

    def __setitem__(self, name: str, value: V) -> None:
        if self._spill:
            self._spill.put(_PUT, name, value)
        else:
            self._held[name] = value
            self._bound()

    def __delitem__(self, name: str) -> None:
        if not self._spill:
            del self._held[name]
        elif not self._spill.put("DELETE FROM kept WHERE name = ?", name):
            raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        # As it comes with the class it costs an exception for each name that is not there.
        return self.get(name) is not None if self._spill and isinstance(name, str) else name in self._held

    def __iter__(self) -> Iterator[str]:
        if not self._spill:
            yield from sorted(self._held)
            return
        names = self._spill.rows("SELECT name FROM kept ORDER BY name LIMIT ?", AT_ONCE)
        while names:
            yield from (name for (name,) in names)
            names = self._spill.rows("SELECT name FROM kept WHERE name > ? ORDER BY name LIMIT ?", *names[-1], AT_ONCE)

    def __len__(self) -> int:
        if not self._spill:
            return len(self._held)
        ((count,),) = self._spill.rows("SELECT count(*) FROM kept")
        return int(count)

    def __bool__(self) -> bool:
        return bool(self._spill.rows("SELECT 1 FROM kept LIMIT 1") if self._spill else self._held)

    def clear(self) -> None:
        """Remove everything."""
        self.close()
        self._spill = None

    def _bound(self) -> None:
        if len(self._held) > MOST_HELD:
            spill = Spill("CREATE TABLE kept (name TEXT PRIMARY KEY, value) WITHOUT ROWID")
            spill.put_all(_PUT, self._held.items())
            self._spill, self._held = spill, {}


def _without_room(error: sqlite3.DatabaseError) -> UsageError:
    """Return what to say of a disk that is full or fails; raises what is a defect."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _FAILING:
        raise error
    return UsageError(
        f"there is no room for temporary files ({error}); they lie in SQLITE_TMPDIR, TMPDIR, /var/tmp or /tmp, the "
        "first that is there. What is done stays; make room and give the same command again to go on"
    )
