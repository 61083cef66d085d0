"""Looks at files before the batch does, from a process of its own, and finds out nothing.

Whether a dossier is done is told by a glance at its files and at its report. A disk that has not been asked for them
for a while takes most of that time, and answers several askers as quickly as one; a disk whose files are still in
memory loses nothing by it.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock

from pipeline.launch import launch

ASKERS = 2
GIVES_WAY = 15
"""Added to its niceness: workers that start, which give way themselves, go first."""
FROM_BYTES = 4_000_000
"""Of a journal: of some thousands of dossiers. Fewer are looked at sooner than a process starts."""


@contextmanager
def looking_ahead(folders: Sequence[Path], journal: Path) -> Iterator[None]:
    """Have folders looked at meanwhile, with all that is below them, if there is much to see.

    Args:
        folders: One after the other.
        journal: Its size tells how many dossiers may be done. It need not be there.
    """
    try:
        is_worth_it = journal.stat().st_size >= FROM_BYTES
    except OSError:
        is_worth_it = False
    if not is_worth_it:
        yield
        return
    process, connection = launch(partial(look_at, tuple(map(str, folders))))
    with connection:
        try:
            yield
        finally:
            process.kill()
            process.wait()


def look_at(folders: Sequence[str], _: Connection) -> None:
    """Ask for the status of everything below some folders; links are not followed."""
    os.nice(GIVES_WAY)
    with ThreadPoolExecutor(ASKERS) as pool:
        for folder in folders:
            with suppress(OSError), os.scandir(folder) as children:
                lock = Lock()
                for asked in [pool.submit(_share, children, lock) for _ in range(ASKERS)]:
                    asked.result()


def _share(children: "Iterator[os.DirEntry[str]]", lock: Lock) -> None:
    while True:
        with lock:
            child = next(children, None)
        if child is None:
            return
        below = [child] if child.is_dir(follow_symlinks=False) else []
        while below:
            with suppress(OSError), os.scandir(below.pop()) as listed:
                for each in listed:
                    if each.is_dir(follow_symlinks=False):
                        below.append(each)
                    else:
                        each.stat(follow_symlinks=False)
