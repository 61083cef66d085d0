"""Folders and files for personal data: open to their owner alone, whatever the umask says, and whole or not there."""

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make `folder` and whatever is missing above it, for the owner alone: `mkdir` opens parents to everybody."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def write_whole(target: Path, content: bytes, unfinished: Path) -> None:
    """Write a file so that its name never bears half of it, whatever happens meanwhile.

    Args:
        target: The final name; its folder is made if need be.
        content: All of it.
        unfinished: A name that nobody else uses, on the same file system.
    """
    make_folder(target.parent)
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        _sync(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
