"""A batch folder → the dossiers in it, by the contract's rules: its children, groups of them, and zips."""

import logging
import os
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import UsageError
from pipeline.files import read_head
from pipeline.names import FORM_NAMES, clean_path, is_junk, unique_ids
from pipeline.refusal import Refusal
from pipeline.signatures import is_zip, media_type

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier that was found in a batch folder and not opened yet. There may be a million: it holds strings."""

    id: str
    """Unlike that of any other dossier in the batch, case and Unicode form ignored."""
    where: str
    mark: str | None = None
    """For one at a URL, what tells it from an earlier state of itself; None: its files are asked."""

    @property
    def path(self) -> Path:
        """Of the folder or zip."""
        return Path(self.where)


@dataclass(frozen=True, slots=True)
class Child:
    """What lies in a folder."""

    path: str
    is_folder: bool
    is_file: bool
    """Neither of the two is a link, a pipe, a device."""


class Shelf(Protocol):
    """Where batch folders lie: on this machine, or elsewhere."""

    def children(self, folder: str) -> Sequence[Child]:
        """Return what lies in a folder; raises OSError."""

    def has_file(self, folder: str, names: Collection[str]) -> bool:
        """Whether something in a folder that is no folder bears one of these names, case aside; raises OSError."""

    def head(self, path: str) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""


class Disk:
    """What lies on this machine."""

    def children(self, folder: str) -> Sequence[Child]:
        """Return what lies in a folder; raises OSError."""
        with os.scandir(folder) as listed:
            return [
                Child(child.path, child.is_dir(follow_symlinks=False), child.is_file(follow_symlinks=False))
                for child in listed
            ]

    def has_file(self, folder: str, names: Collection[str]) -> bool:
        """Whether something in a folder that is no folder bears one of these names, case aside; raises OSError."""
        with os.scandir(folder) as listed:
            return any(child.name.casefold() in names and not child.is_dir(follow_symlinks=False) for child in listed)

    def head(self, path: str) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""
        return read_head(Path(path))


DISK = Disk()


def find_dossiers(folder: Path, *, max_depth: int = 20) -> tuple[Found, ...]:
    """Return the dossiers in a batch folder, in the order of their names; see `survey`."""
    return survey(folder, max_depth=max_depth)[0]


def find_strays(folder: Path, *, max_depth: int = 20) -> tuple[str, ...]:
    """Return the files and links in a batch folder that belong to no dossier; see `survey`."""
    return survey(folder, max_depth=max_depth)[1]


def survey(folder: Path, *, max_depth: int = 20, shelf: Shelf = DISK) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """Return the dossiers in a batch folder, and the files and links that belong to none: their cleaned paths below it.

    Every child folder is a dossier, even an empty one: its report then says that there is no form. Only a folder
    with neither a form nor a document of its own, but with folders or zips, is a group and is descended into.

    Raises:
        UsageError: The folder cannot be listed.
    """
    try:
        children = _children(str(folder), shelf)
    except OSError as error:
        raise UsageError(f"the batch folder {folder} cannot be read ({error.strerror}); give another") from error
    dossiers: list[str] = []
    strays: list[str] = []
    for child in _descend(children, max_depth, shelf):
        (dossiers if _is_dossier(child, shelf) else strays).append(child.path)
    if strays:
        _log.warning("%d files in the batch folder belong to no dossier", len(strays))
    dossiers.sort(key=_order)
    ids = unique_ids(dossiers, folder)
    below = [clean_path(Path(path).relative_to(folder).as_posix()) for path in sorted(strays, key=_order)]
    return tuple(map(Found, ids, dossiers)), tuple(below)


def _order(path: str) -> tuple[str, str]:
    return unicodedata.normalize("NFC", path), path


def _descend(children: list[Child], max_depth: int, shelf: Shelf) -> Iterator[Child]:
    for child in children:
        below = _children_of_group(child, shelf) if child.is_folder and max_depth > 0 else None
        if below is None:
            yield child
        else:
            yield from _descend(below, max_depth - 1, shelf)


def _children(folder: str, shelf: Shelf) -> list[Child]:
    return [child for child in shelf.children(folder) if not is_junk((_name(child.path),))]


def _children_of_group(folder: Child, shelf: Shelf) -> list[Child] | None:
    """Return what a group holds; None if it is a dossier, as a folder that cannot be listed is: it gets its report."""
    try:
        # By name first: most dossiers are told without opening a file, and without looking at all that is there.
        if shelf.has_file(folder.path, FORM_NAMES):
            return None
        children = _children(folder.path, shelf)
    except OSError:
        return None
    if any(_is_document(child.path, shelf) for child in children if not child.is_folder):
        return None
    return children if any(_is_dossier(child, shelf) for child in children) else None


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _is_document(path: str, shelf: Shelf) -> bool:
    try:
        return media_type(shelf.head(path)) is not None
    except Refusal:
        return False


def _is_dossier(child: Child, shelf: Shelf) -> bool:
    return child.is_folder or _is_archive(child, shelf)


def _is_archive(child: Child, shelf: Shelf) -> bool:
    """Whether a file is a zip by its content, or calls itself one: a damaged zip still gets its report."""
    if not child.is_file:
        return False
    try:
        return child.path.casefold().endswith(".zip") or is_zip(shelf.head(child.path))
    except Refusal:
        return False
