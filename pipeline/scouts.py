"""Processes that look at dossiers before the batch does: which folders have a form, and how they lie.

Whether a dossier is done is told by a glance at its files and at its report. A disk that has not been asked for them
for a while answers several askers sooner than one, and where it has, a second core does half. Without scouts
everything comes out the same (docs/adr/0003-resume-by-content.md).
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from subprocess import Popen

from pipeline.launch import launch, see_off
from pipeline.marks import uptime
from pipeline.outputs import DATABASE, STATE
from pipeline.scout import Scout, Told

SCOUTS = 4
"""On a disk that had not been asked, four took a third of the time of one."""
FROM_BYTES = 4_000_000
"""Of a journal: of some thousands of dossiers. Fewer are looked at sooner than a process starts."""
MOST_AHEAD = 10_000
"""Folders that one scout has told of and nobody has asked for, from which it is not listened to."""
PATIENCE_SECONDS = 10.0
"""Without a word from anybody; then they are done without."""


class Scouts:
    """What some scouts tell. They go on while nobody asks, as far as there is room in their pipes."""

    def __init__(self, connections: Sequence[Connection], began_at: float) -> None:
        """Begin with the pipes to some, of whom each tells of its share (`scout.Scout`).

        Args:
            connections: The pipes.
            began_at: Before the first of them was sent, by the clock of `marks.uptime`.
        """
        self.began_at = began_at
        self._open = list(connections)
        self._told: dict[str, tuple[str | None, Connection]] = {}
        self._ahead: Counter[Connection] = Counter()

    def glimpse(self, folder: str) -> str | None:
        """Return the mark of a folder that has a form; None where none is told, so that it has to be looked at."""
        while folder not in self._told and (behind := self._behind()):
            ready = wait(behind, timeout=PATIENCE_SECONDS)
            for connection in behind:
                if connection in ready:
                    self._hear(connection)
            if not ready:
                self.close()
        mark, teller = self._told.pop(folder, (None, None))
        if teller:
            self._ahead[teller] -= 1
        return mark

    def close(self) -> None:
        """Listen to nobody any more, and forget what was told."""
        for connection in self._open:
            connection.close()
        self._open.clear()
        self._told.clear()

    def _behind(self) -> list[Connection]:
        return [each for each in self._open if self._ahead[each] < MOST_AHEAD]

    def _hear(self, connection: Connection) -> None:
        try:
            told: list[Told] = connection.recv()
        except (EOFError, OSError):  # it has told all, or is gone
            self._open.remove(connection)
            connection.close()
            return
        for folder, mark in told:
            before = self._told.get(folder)
            if before:  # the folder that it is in changes, and others took it for theirs as well
                self._ahead[before[1]] -= 1
            self._told[folder] = mark, connection
        self._ahead[connection] += len(told)


@contextmanager
def scouting(folder: Path, out: Path, *, is_wanted: bool = True) -> Iterator[Scouts]:
    """Yield scouts where a journal tells by its size that many dossiers may be done, and elsewhere none.

    Args:
        folder: The batch folder.
        out: The output folder, which need not be there.
        is_wanted: Whether a glance may tell that a dossier is done.
    """
    launched: list[tuple[Popen[bytes], Connection]] = []
    began_at = uptime()
    try:
        with suppress(OSError):  # nothing depends on it
            if is_wanted and (out / STATE).stat().st_size >= FROM_BYTES:
                shares = (Scout(str(folder), str(out / "reports"), at, SCOUTS) for at in range(SCOUTS))
                launched.extend(map(launch, shares))
                _ask_for(out / STATE, out / DATABASE)
        yield Scouts([connection for _, connection in launched], began_at)
    finally:
        for process, connection in launched:
            process.kill()
            connection.close()
        see_off(process for process, _ in launched)


def _ask_for(*files: Path) -> None:
    """Have the system fetch files from the disk that will be read from end to end in a moment."""
    for path in files if hasattr(os, "posix_fadvise") else ():
        with suppress(OSError), path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)
