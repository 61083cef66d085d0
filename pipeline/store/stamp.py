"""Whether an SQLite database is, byte for byte, as a batch left it that had seen all of it: it is not looked through.

To compare a hash takes a tenth of reading every row. What was left is vouched for together with a note of the batch: of
which output folder, and how that one's journal lay, so that rows and lines need not be compared either.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from pipeline.marks import hash_of, mark_of
from pipeline.model import Record

SUFFIX = "-stamp"
"""Of the name of the file that says so, beside the database."""
FROM_BYTES = 4_000_000
"""Of a database; a smaller one is looked through sooner than that would be noticed."""


class _Left(Record):
    """What stands in the file."""

    sha256: str
    """Of the whole database."""
    folder: str
    """Key of the output folder whose rows were seen to be sound."""
    note: str


class Stamp:
    """What a batch says of the database that it leaves. A stamp that is torn, or old, is as good as none."""

    def __init__(self, database: Path, folder: str) -> None:
        """Begin.

        Args:
            database: The file, which need not be there yet.
            folder: Key of the output folder whose rows are meant.
        """
        self._database = database
        self._path = database.with_name(database.name + SUFFIX)
        self._folder = folder
        self._mark: str | None = None
        self.seen = ""
        """What was noted by whoever left the database as `look` found it; empty where it is not as it was left."""
        self.note = ""
        """What is to be noted; nothing is left while it is empty."""

    def look(self) -> None:
        """See whether the database is as it was left; nobody else may use it meanwhile."""
        self.seen, self._mark = "", mark_of(str(self._database))
        with suppress(OSError, ValidationError):
            left = _Left.model_validate_json(self._path.read_bytes())
            if left.folder == self._folder and self._is_one_file() and hash_of(self._database) == left.sha256:
                self.seen = left.note

    def leave(self, is_sound: Callable[[], bool]) -> None:
        """Say that the database is as it should be; whoever is last does, once its connections are closed.

        Args:
            is_sound: Looks it through, since somebody else may have damaged it after it was looked through last.
        """
        is_said = self.note == self.seen and self._mark == mark_of(str(self._database))
        if is_said or not self.note:
            return
        with suppress(OSError):  # it costs the next batch a look at each row
            is_large = self._database.stat().st_size >= FROM_BYTES
            if is_large and is_sound() and self._is_one_file() and (sha256 := hash_of(self._database)):
                left = _Left(sha256=sha256, folder=self._folder, note=self.note)
                handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
                with os.fdopen(handle, "wb") as file:
                    file.write(left.model_dump_json().encode())

    def _is_one_file(self) -> bool:
        """Whether nothing of it stands in another file still, as after somebody was killed."""
        log = self._database.with_name(f"{self._database.name}-wal")
        return not (log.exists() and log.stat().st_size)
