"""A folder for temporary files that goes with its process: at its end, or, if that was killed, once the next starts."""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        os.close(handle)
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove what killed processes of the same user left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            _remove_if_left(folder)


def _locked_folder() -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        handle = _open(folder)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if folder.is_dir():
            return folder, handle
        # Another process swept it between the two lines above.
        os.close(handle)


def _remove_if_left(folder: Path) -> None:
    handle = _open(folder)
    try:
        status = os.fstat(handle)
        if status.st_uid != os.geteuid() or stat.S_IMODE(status.st_mode) != 0o700:
            return
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _open(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
