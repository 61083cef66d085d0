"""Who has an SQLite database open: a lock beside the file, which the system lets go however a process ends.

SQLite's own locks tell who writes at the moment. A file that others have open must be neither removed nor replaced, or
two batches would work on two databases, each sure of its claims.
"""

import os
from collections.abc import Callable
from pathlib import Path

from pipeline.locks import is_ours

SUFFIX = "-lock"
"""Of the lock's name; the file is there while somebody uses the database."""


class Use:
    """The use of a database file by this process, shared with others or not."""

    def __init__(self, database: Path, *, last: Callable[[], None] = lambda: None) -> None:
        """Begin.

        Args:
            database: The file, which need not be there yet.
            last: Called at the end by whoever is the last to use it, while nobody else can come.
        """
        self._last = last
        self._path = database.with_name(database.name + SUFFIX)
        self._handle = -1

    def take(self, *, alone: bool) -> bool:
        """Use the database from now on, in place of how it was used before, and return whether that is so.

        Args:
            alone: Return at once, False if somebody else uses it, who may have come just now. Else wait until nobody
                uses it alone.

        Raises:
            OSError: The folder cannot be written to.
        """
        while True:
            if self._handle < 0:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            if not is_ours(self._handle, is_waited_for=not alone, is_shared=not alone):
                return False
            if self._is_in_place():
                return True
            self._let_go()

    def close(self) -> None:
        """End the use; whoever is last takes the lock away."""
        if self._handle < 0:
            return
        try:
            if self.take(alone=True):
                self._last()
                self._path.unlink()
        except OSError:  # an empty file stays, which the next one takes
            pass
        finally:
            self._let_go()

    def _is_in_place(self) -> bool:
        """Whether the file that is locked still bears its name: the last to go may have removed it meanwhile."""
        try:
            return os.path.samestat(os.fstat(self._handle), self._path.stat())
        except FileNotFoundError:
            return False

    def _let_go(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
