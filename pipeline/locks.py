"""Locks on folders and files, which the system lets go when a process ends, however it ends."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

AGAIN_SECONDS = 0.05
"""After that a lock is asked for once more."""


class TooLong(Exception):
    """There is no time left for something that can be done later."""


@contextmanager
def alone_in(folder: Path, *, until: float | None = None, is_over: Callable[[], bool] | None = None) -> Iterator[None]:
    """Hold the lock on a folder.

    Args:
        folder: Which.
        until: How long to wait for others, by `time.monotonic`; None for as long as they need.
        is_over: Asked again and again while others are waited for: whether there is no more time for that.

    Raises:
        TooLong: They had it still.
    """
    handle = open_folder(folder)
    try:
        while not is_ours(handle, is_waited_for=until is None and is_over is None):
            if (until is not None and time.monotonic() > until) or (is_over and is_over()):
                raise TooLong
            time.sleep(AGAIN_SECONDS)
        yield
    finally:
        os.close(handle)


def is_locked(folder: Path) -> bool:
    """Whether somebody holds the lock on a folder; not if it is gone."""
    try:
        handle = open_folder(folder)
    except OSError:
        return False
    try:
        # Shared, or two that ask at once would take each other for the owner.
        return not is_ours(handle, is_shared=True)
    finally:
        os.close(handle)


def open_folder(folder: Path) -> int:
    """Return a descriptor of a folder, for its lock; workers do not inherit it."""
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def is_ours(handle: int, *, is_waited_for: bool = False, is_shared: bool = False) -> bool:
    """Whether the lock on what is open is ours from now on; if not, one that was ours before is lost.

    Args:
        handle: A descriptor.
        is_waited_for: Wait until it is.
        is_shared: Share it with others who want that, too.
    """
    lock = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
    try:
        fcntl.flock(handle, lock if is_waited_for else lock | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
