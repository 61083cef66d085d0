"""A batch folder → the dossiers in it, by the contract's rules: its children, groups of them, and zips."""

import logging
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import UsageError
from pipeline.files import read_head
from pipeline.names import FORM_NAMES, clean_path, is_junk, unique_ids
from pipeline.refusal import Refusal
from pipeline.signatures import is_zip, media_type

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """A dossier that was found in a batch folder and not opened yet."""

    id: str
    """Unlike that of any other dossier in the batch, case and Unicode form ignored."""
    path: Path
    mark: str | None = None
    """For one that lies elsewhere, what tells it from an earlier state of itself; None: its files are asked."""


@dataclass(frozen=True)
class Child:
    """What lies in a folder."""

    path: Path
    is_folder: bool
    is_file: bool
    """Neither of the two is a link, a pipe, a device."""


class Shelf(Protocol):
    """Where batch folders lie: on this machine, or elsewhere."""

    def children(self, folder: Path) -> Sequence[Child]:
        """Return what lies in a folder; raises OSError."""

    def head(self, path: Path) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""


class Disk:
    """What lies on this machine."""

    def children(self, folder: Path) -> Sequence[Child]:
        """Return what lies in a folder; raises OSError."""
        with os.scandir(folder) as listed:
            return [
                Child(folder / child.name, child.is_dir(follow_symlinks=False), child.is_file(follow_symlinks=False))
                for child in listed
            ]

    def head(self, path: Path) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""
        return read_head(path)


DISK = Disk()


def find_dossiers(folder: Path, *, max_depth: int = 20, shelf: Shelf = DISK) -> tuple[Found, ...]:
    """Return the dossiers in a batch folder, in the order of their names.

    Every child folder is a dossier, even an empty one: its report then says that there is no form. Only a folder
    with neither a form nor a document of its own, but with folders or zips, is a group and is descended into.

    Raises:
        UsageError: The folder cannot be listed.
    """
    survey = list(_survey(folder, max_depth, shelf))
    found = sorted((child.path for child in survey if _is_dossier(child, shelf)), key=_order)
    if len(found) < len(survey):
        _log.warning("%d files in the batch folder belong to no dossier", len(survey) - len(found))
    ids = unique_ids(found, folder)
    return tuple(Found(identifier, path) for identifier, path in zip(ids, found, strict=True))


def find_strays(folder: Path, *, max_depth: int = 20, shelf: Shelf = DISK) -> tuple[str, ...]:
    """Return the files and links in a batch folder that belong to no dossier: their paths below it, cleaned."""
    strays = (child.path for child in _survey(folder, max_depth, shelf) if not _is_dossier(child, shelf))
    return tuple(clean_path(path.relative_to(folder).as_posix()) for path in sorted(strays, key=_order))


def _order(path: Path) -> tuple[str, str]:
    return unicodedata.normalize("NFC", path.as_posix()), path.as_posix()


def _survey(folder: Path, max_depth: int, shelf: Shelf) -> Iterator[Child]:
    try:
        children = _children(folder, shelf)
    except OSError as error:
        raise UsageError(f"the batch folder {folder} cannot be read ({error.strerror}); give another") from error
    yield from _descend(children, max_depth, shelf)


def _descend(children: list[Child], max_depth: int, shelf: Shelf) -> Iterator[Child]:
    for child in children:
        below = _children_of_group(child, shelf) if child.is_folder and max_depth > 0 else None
        if below is None:
            yield child
        else:
            yield from _descend(below, max_depth - 1, shelf)


def _children(folder: Path, shelf: Shelf) -> list[Child]:
    return [child for child in shelf.children(folder) if not is_junk((child.path.name,))]


def _children_of_group(folder: Child, shelf: Shelf) -> list[Child] | None:
    """Return what a group holds; None if it is a dossier, as a folder that cannot be listed is: it gets its report."""
    try:
        children = _children(folder.path, shelf)
    except OSError:
        return None
    files = [child.path for child in children if not child.is_folder]
    if any(path.name.casefold() in FORM_NAMES for path in files) or any(_is_document(path, shelf) for path in files):
        return None
    return children if any(_is_dossier(child, shelf) for child in children) else None


def _is_document(path: Path, shelf: Shelf) -> bool:
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
        return child.path.name.casefold().endswith(".zip") or is_zip(shelf.head(child.path))
    except Refusal:
        return False
