"""Looks at files before the batch does, from a process of its own, and finds out nothing.

Whether a dossier is done is told by a glance at its files and at its report. A disk that has not been asked for them
for a while takes most of that time, and answers several askers as quickly as one; a disk whose files are still in
memory loses nothing by it.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread

from pipeline.launch import fall_silent, launch

ASKERS = 2
"""Threads. On a disk that had not been asked, four were no quicker."""
GIVES_WAY = 15
"""Added to its niceness: workers that start, which give way themselves, go first."""
FROM_BYTES = 4_000_000
"""Of a journal: of some thousands of dossiers. Fewer are looked at sooner than a process starts."""
MOST_CHILDREN = 100_000
"""Of one folder: a stranger may have put millions into it."""


@contextmanager
def looking_ahead(folders: Sequence[Path], journal: Path) -> Iterator[None]:
    """Have folders looked at meanwhile, with all that is below them, if there is much to see.

    Args:
        folders: One after the other; none of them need be there.
        journal: Its size tells how many dossiers may be done. It need not be there.
    """
    launched = None
    with suppress(OSError):  # nothing depends on it
        if folders and journal.stat().st_size >= FROM_BYTES:
            launched = launch(partial(look_at, tuple(map(str, folders))))
    try:
        yield
    finally:
        if launched:
            process, connection = launched
            process.kill()
            process.wait()
            connection.close()


def look_at(folders: Sequence[str], parent: Connection) -> None:
    """Ask for the status of everything below some folders; links are not followed."""
    fall_silent()
    os.nice(GIVES_WAY)
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    with ThreadPoolExecutor(ASKERS) as pool:
        for folder in folders:
            with suppress(OSError), os.scandir(folder) as children:
                lock = Lock()
                # All of them, since what one listing is read by must not be closed while another thread reads it.
                wait([pool.submit(_share, children, lock) for _ in range(ASKERS)])


def _end_with(parent: Connection) -> None:
    with suppress(OSError, EOFError):
        parent.recv_bytes()
    os._exit(0)


def _share(children: "Iterator[os.DirEntry[str]]", lock: Lock) -> None:
    while True:
        with lock:
            child = next(children, None)
        if child is None:
            return
        asked = [child]
        while asked:
            with suppress(OSError):
                asked += _look(asked.pop())


def _look(entry: "os.DirEntry[str]") -> "list[os.DirEntry[str]]":
    """Ask for the status of a file, or of those in a folder, and return the folders in that."""
    if not entry.is_dir(follow_symlinks=False):
        entry.stat(follow_symlinks=False)
        return []
    with os.scandir(entry) as listed:
        children = list(islice(listed, MOST_CHILDREN))
    below = [child for child in children if child.is_dir(follow_symlinks=False)]
    for child in children:
        if not child.is_dir(follow_symlinks=False):
            child.stat(follow_symlinks=False)
    return below
