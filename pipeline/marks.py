"""By what files are seen to be the same as before without being read: size, times, and the place on the disk.

As Git and make tell it. What is changed gets a new change time (ctime), which no program can set; what is copied or
unpacked anew gets one, too, and is then told by its content. A file that has changed just now says nothing: it could
change once more within what the disk takes for one moment. `hash_of` tells surely, and reads.
"""

import hashlib
import math
import os
import stat
import time
from collections.abc import Container, Iterable
from pathlib import Path

MOST_FILES = 1_000
"""Of more, nothing is seen at a glance."""
SETTLED_SECONDS = 2.0
"""Old enough for every file system: the coarsest counts by two seconds."""


def mark_of(path: str, *, settled_by: float | None = None, holds: Container[str] | None = None) -> str | None:
    """Return the mark of a file, or of a folder with all that is in it.

    Args:
        path: Links are not followed.
        settled_by: Seconds since 1970, as `now` gives; a file that has changed just before, or later, gives no mark.
        holds: Names of which, case aside, something in the folder must bear one that is no folder.

    Returns:
        None where a glance is not enough: too many files, one that has just changed or that cannot be looked at. None
        for a folder that does not hold what it must.
    """
    latest = math.inf if settled_by is None else settled_by - SETTLED_SECONDS
    try:
        status = os.lstat(path)
        told, changed = [_of("", status)], status.st_ctime
        folders = [(path, "")] if stat.S_ISDIR(status.st_mode) else []
        while folders:
            folder, name = folders.pop()
            is_held = holds is None
            with os.scandir(folder) as listed:
                for child in listed:
                    status = child.stat(follow_symlinks=False)
                    told.append(_of(f"{name}/{child.name}", status))
                    changed = max(changed, status.st_ctime)
                    if stat.S_ISDIR(status.st_mode):
                        folders.append((child.path, f"{name}/{child.name}"))
                    elif not is_held:
                        is_held = holds is not None and child.name.casefold() in holds
                    if len(told) > MOST_FILES + 1:  # with the folder itself
                        return None
            if not is_held:
                return None
            holds = None
    except OSError:
        return None
    if changed > latest:
        return None
    told.sort()
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()


def mark_of_files(paths: Iterable[str]) -> str | None:
    """Return the mark of some files together; None if one of them is not there."""
    try:
        told = [_of(str(at), os.lstat(path)) for at, path in enumerate(paths)]
    except OSError:
        return None
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def uptime() -> float:
    """Return seconds that nobody sets, and that go on while the machine sleeps; only differences mean something."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def now() -> float:
    """Return the time by which `mark_of` tells what has just changed."""
    return time.time()


def _of(name: str, status: os.stat_result) -> str:
    # A folder's own size and times tell what came and went; of a file, all of it.
    return f"{name}\0{status.st_mode:o} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def hash_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, by which it is surely the same; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
