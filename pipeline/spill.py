"""Mappings of which there may be a million entries: SQLite holds them, and puts them on the disk past a bound.

They are of one run and no result of it: a file of theirs lies in the system's temporary folder, has no name, and goes
with the process.
"""

import sqlite3
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import TypeVar

from pipeline.errors import UsageError

V = TypeVar("V", int, str)

CACHE_KILOBYTES = 16_000
"""Of each database that are held in memory: those of some hundred thousand dossiers."""
AT_ONCE = 1_000
"""Entries that are fetched in one go."""


def open_spill() -> sqlite3.Connection:
    """Return a database of its own that is gone once it is closed. Call, use and close it in one thread."""
    connection = sqlite3.connect("", isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KILOBYTES}"):
        connection.execute(f"PRAGMA {pragma}")
    # Never ended: nothing has to outlive the process, and each statement is done sooner.
    connection.execute("BEGIN")
    return connection


@contextmanager
def spilling() -> Iterator[None]:
    """Say what is wrong where the temporary folder has no room.

    Raises:
        UsageError: It has none.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise UsageError(
            f"cannot use the temporary folder ({error}); make room there, or name another in TMPDIR. What is done stays"
        ) from error


class Spilled(MutableMapping[str, V]):
    """A mapping whose keys are gone through in their order; it may change meanwhile."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._database = open_spill()
        self._database.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, value) WITHOUT ROWID")

    def close(self) -> None:
        """Let go of everything."""
        self._database.close()

    def put_all(self, entries: Iterable[tuple[str, V]]) -> None:
        """Set many at once; of those with one key the last counts."""
        self._database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", entries)

    def __getitem__(self, name: str) -> V:
        found = self._database.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        if found is None:
            raise KeyError(name)
        value: V = found[0]
        return value

    def __setitem__(self, name: str, value: V) -> None:
        self.put_all([(name, value)])

    def __delitem__(self, name: str) -> None:
        if not self._database.execute("DELETE FROM kept WHERE name = ?", (name,)).rowcount:
            raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        last, wanted = "", "SELECT name FROM kept WHERE name >= ? ORDER BY name LIMIT ?"
        while names := [name for (name,) in self._database.execute(wanted, (last, AT_ONCE))]:
            yield from names
            last, wanted = names[-1], "SELECT name FROM kept WHERE name > ? ORDER BY name LIMIT ?"

    def __len__(self) -> int:
        counted: int = self._database.execute("SELECT count(*) FROM kept").fetchone()[0]
        return counted

    def clear(self) -> None:
        """Remove everything."""
        self._database.execute("DELETE FROM kept")
