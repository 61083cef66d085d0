"""Processes that look at dossiers before the batch does: which folders have a form, and how they lie.

Whether a dossier is done is told by a glance at its files and at its report. A disk that has not been asked for them
for a while answers several askers sooner than one, and where it has, a second core does half. Without scouts
everything comes out the same.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from subprocess import Popen

from pipeline.launch import launch
from pipeline.scout import Scout, Told

SCOUTS = 4
"""On a disk that had not been asked, four took a third of the time of one (docs/reliability.md)."""
FROM_BYTES = 4_000_000
"""Of a journal: of some thousands of dossiers. Fewer are looked at sooner than a process starts."""
MOST_AHEAD = 10_000
"""Folders that one scout has told of and nobody has asked for, from which it has to wait for the others."""


class Scouts:
    """What some scouts tell. They go on while nobody asks, as far as there is room in their pipes."""

    def __init__(self, connections: Sequence[Connection]) -> None:
        """Begin with the pipes to some, of whom each tells of its share (`scout.Scout`)."""
        self._open = list(connections)
        self._seen: dict[str, tuple[str | None, Connection]] = {}
        self._ahead: Counter[Connection] = Counter()

    def glimpse(self, folder: str) -> str | None:
        """Return the mark of a folder that has a form; None where none was seen, so that it has to be looked at."""
        while folder not in self._seen and self._open:
            behind = [each for each in self._open if self._ahead[each] < MOST_AHEAD]
            for connection in wait(behind or self._open):
                self._hear(connection)  # type: ignore[arg-type]  # one of those
        mark, teller = self._seen.pop(folder, (None, None))
        if teller:
            self._ahead[teller] -= 1
        return mark

    def _hear(self, connection: Connection) -> None:
        try:
            told: list[Told] = connection.recv()
        except (EOFError, OSError):  # it is done, or gone
            self._open.remove(connection)
            return
        self._seen.update((folder, (mark, connection)) for folder, mark in told)
        self._ahead[connection] += len(told)


@contextmanager
def scouting(folder: Path, reports: Path, journal: Path | None, *, max_depth: int) -> Iterator[Scouts]:
    """Yield scouts where a journal tells by its size that many dossiers may be done, and elsewhere none.

    Args:
        folder: The batch folder.
        reports: What is asked for afterwards, so that it is at hand.
        journal: It need not be there; None where no glance can tell that a dossier is done.
        max_depth: Of groups in groups.
    """
    launched: list[tuple[Popen[bytes], Connection]] = []
    with suppress(OSError):  # nothing depends on it
        if journal and journal.stat().st_size >= FROM_BYTES:
            shares = (Scout(str(folder), max_depth, str(reports), at, SCOUTS) for at in range(SCOUTS))
            launched.extend(map(launch, shares))
    try:
        yield Scouts([connection for _, connection in launched])
    finally:
        for process, connection in launched:
            process.kill()
            process.wait()
            connection.close()
