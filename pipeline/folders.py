"""Folders and files for personal data: open to their owner alone, whatever the umask says, and whole or not there."""

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, wait
from pathlib import Path
from typing import BinaryIO


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
    write_wholes({target: content}, {target: unfinished})


def write_wholes(
    contents: Mapping[Path, bytes | Iterable[bytes]], unfinished: Mapping[Path, Path], pool: Executor | None = None
) -> None:
    """Write files as `write_whole` does, all of them before the first bears its name.

    Args:
        contents: Final name → all of it, or its parts.
        unfinished: Final name → a name that nobody else uses, on the same file system.
        pool: Writes several at once, for which a disk needs little more time than for one.
    """
    folders = {target.parent for target in contents}
    for folder in folders:
        make_folder(folder)
    try:
        if pool is None or len(contents) == 1:
            for target, content in contents.items():
                _write(unfinished[target], content)
        else:
            written = [pool.submit(_write, unfinished[target], content) for target, content in contents.items()]
            wait(written)
            for each in written:
                each.result()
        for target in contents:
            unfinished[target].replace(target)
        for folder in folders:
            _sync(folder)
    finally:
        for target in contents:
            unfinished[target].unlink(missing_ok=True)


def create(path: Path) -> BinaryIO:
    """Open a file to write that is not there yet, for the owner alone; raises OSError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _write(path: Path, content: bytes | Iterable[bytes]) -> None:
    with create(path) as file:
        file.writelines([content] if isinstance(content, bytes) else content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
