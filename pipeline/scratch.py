"""A folder for temporary files that goes with its process: at its end, or, if that was killed, once the next starts.

What lies in it was made by readers of strangers' files, which may have been taken over: it is removed whatever it is.
"""

import fcntl
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

PREFIX = "dossier-scratch-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a new folder among the system's temporary ones, open to its owner alone.

    It is locked as long as its process lives; those that nobody locks any more are swept away first.
    """
    sweep()
    folder, handle = _locked_folder()
    try:
        yield folder
    finally:
        _remove(folder, handle)
        os.close(handle)


def sweep() -> None:
    """Remove what killed processes of the same user left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            _remove_if_left(folder)


def _locked_folder() -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        # Another process may sweep it before it is locked.
        with suppress(FileNotFoundError):
            handle = _open(folder)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if folder.is_dir():
                return folder, handle
            os.close(handle)


def _remove_if_left(folder: Path) -> None:
    handle = _open(folder)
    try:
        status = os.fstat(handle)
        if status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) != 0o700:
            return
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder, handle)
    finally:
        os.close(handle)


def _remove(folder: Path, handle: int) -> None:
    """Remove an open folder with all that is in it, as far as that can be done.

    Folders in folders are moved up before they are gone through, so that their depth takes neither room on the stack,
    nor descriptors, nor names that are too long for the system.
    """
    token = secrets.token_hex(8)
    names = (f"{token}-{number}" for number in count())
    left = _clear(handle, handle, names)
    while left:
        name = left.pop()
        with suppress(OSError):
            child = _open_any(name, handle)
            try:
                left += _clear(child, handle, names)
            finally:
                os.close(child)
        with suppress(OSError):
            os.rmdir(name, dir_fd=handle)
    with suppress(OSError):
        folder.rmdir()


def _clear(folder: int, top: int, names: Iterator[str]) -> list[str]:
    """Remove the files of an open folder, move its folders to `top` under other names, and return what they are there.

    What cannot be moved is removed if it is empty.
    """
    moved = []
    with os.scandir(folder) as listed:
        for entry in listed:
            with suppress(OSError):
                if not entry.is_dir(follow_symlinks=False):
                    os.unlink(entry.name, dir_fd=folder)
                    continue
                name = entry.name if folder == top else next(names)
                try:
                    os.rename(entry.name, name, src_dir_fd=folder, dst_dir_fd=top)
                except PermissionError:  # one that its owner may not write to
                    os.rmdir(entry.name, dir_fd=folder)
                else:
                    moved.append(name)
    return moved


def _open(folder: Path | str, *, within: int | None = None) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=within)


def _open_any(name: str, within: int) -> int:
    """Open a folder of our own that may have been made so that not even its owner can list it."""
    try:
        return _open(name, within=within)
    except PermissionError:
        if sys.platform != "linux":
            raise
        place = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=within)
        try:
            # By a way on which nobody can put a link.
            Path(f"/proc/self/fd/{place}").chmod(0o700)
        finally:
            os.close(place)
        return _open(name, within=within)
