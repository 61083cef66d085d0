"""One file of a folder, opened once: checked, then read from the descriptor that was checked."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pipeline.model import Failure, FailureCode
from pipeline.names import clean_path, is_junk
from pipeline.refusal import Refusal, too_large
from pipeline.signatures import HEAD_BYTES

# Never follow a link, never wait for a pipe's other end, never take a terminal.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

_KINDS = {
    stat.S_IFLNK: ("a symbolic link", "符号链接"),
    stat.S_IFDIR: ("a folder", "文件夹"),
    stat.S_IFIFO: ("a named pipe", "命名管道"),
    stat.S_IFSOCK: ("a socket", "套接字"),
    stat.S_IFBLK: ("a device", "设备文件"),
    stat.S_IFCHR: ("a device", "设备文件"),
}

_REASONS = {
    errno.ENOENT: ("it vanished while the dossier was read", "读取过程中文件已消失"),
    errno.EACCES: ("permission was denied", "没有读取权限"),
    errno.EPERM: ("permission was denied", "没有读取权限"),
}


@dataclass(frozen=True)
class Entry:
    """A file that was found and not read yet."""

    name: str
    """Path below the dossier, cleaned."""
    read: Callable[[int], bytes]
    """Returns the content if it has no more bytes than the given limit; raises `Refusal`."""


def read_file(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file.

    Raises:
        Refusal: It is a link, pipe, socket, device or folder, has more than `limit` bytes, or cannot be read.
    """
    with _opened(path) as (stream, size):
        if size > limit:
            raise too_large(size, limit)
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise too_large(None, limit)
    return content


def read_head(path: Path) -> bytes:
    """Return as much of a regular file's beginning as tells what it is; raises `Refusal` as `read_file` does."""
    with _opened(path) as (stream, _):
        return stream.read(HEAD_BYTES)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    try:
        # Opening a device can do something, so look first; what is open then is checked once more.
        _require_regular(path.lstat().st_mode)
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            _require_regular(status.st_mode)
            with open(descriptor, "rb", closefd=False) as stream:
                yield stream, status.st_size
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unreadable(error) from error


def _require_regular(mode: int) -> None:
    if not stat.S_ISREG(mode):
        en, zh = _KINDS.get(stat.S_IFMT(mode), ("no regular file", "非普通文件"))
        raise Refusal(
            FailureCode.UNREADABLE,
            en=f"it is {en}, only regular files are read; put the file itself here",
            zh=f"这是{zh}，只读取普通文件；请直接放入文件本身",
        )


def _unreadable(error: OSError) -> Refusal:
    if error.errno == errno.ELOOP:
        en, zh = "it became a symbolic link", "文件变成了符号链接"
    else:
        reason = error.strerror or type(error).__name__
        en, zh = _REASONS.get(error.errno or 0, (f"the system says {reason!r}", f"系统提示 {reason!r}"))
    return Refusal(
        FailureCode.UNREADABLE,
        en=f"the file cannot be read: {en}; check it and try again",
        zh=f"文件无法读取：{zh}；请检查后重试",
    )


def walk(folder: Path, max_depth: int) -> Iterator[Entry | Failure]:
    """Yield every file below `folder`, junk left out; links to folders are entries that refuse to be read.

    A folder that cannot be listed, or lies deeper than `max_depth`, is a failure of its own.
    """
    pending: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    while pending:
        here, parts = pending.pop()
        try:
            with os.scandir(here) as children:
                # Sorted, so that of two names that clean to the same one always the same gets the suffix.
                listed = sorted((child.name, child.is_dir(follow_symlinks=False)) for child in children)
        except OSError as error:
            yield _unreadable(error).failure(clean_path("/".join(parts)))
            continue
        for name, is_folder in listed:
            below = (*parts, name)
            if is_junk(below):
                continue
            if not is_folder:
                yield Entry(clean_path("/".join(below)), partial(read_file, here / name))
            elif len(below) > max_depth:
                yield too_deep(len(below), max_depth).failure(clean_path("/".join(below)))
            else:
                pending.append((here / name, below))


def too_deep(found: int, limit: int) -> Refusal:
    """Return the refusal of a folder that lies at a depth of `found`, counting from 1 in the dossier itself."""
    return Refusal(
        FailureCode.TOO_LARGE,
        en=f"the folder lies {found} folders deep, the limit is {limit}, and it was not opened; move its files up",
        zh=f"文件夹嵌套 {found} 层，上限为 {limit} 层，未打开；请将其中的文件上移",
    )
