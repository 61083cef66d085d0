"""A batch folder → the dossiers in it, by the contract's rules: its children, groups of them, and zips."""

import logging
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import UsageError
from pipeline.files import read_head
from pipeline.names import clean_path, is_junk, start_of
from pipeline.refusal import Refusal
from pipeline.roster import Found, Roster
from pipeline.scout import has_form
from pipeline.signatures import is_zip, media_type

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Child:
    """What lies in a folder."""

    path: str
    is_folder: bool
    is_file: bool
    """Neither of the two is a link, a pipe, a device."""


class Shelf(Protocol):
    """Where batch folders lie: on this machine, or elsewhere."""

    def children(self, folder: str) -> Iterable[Child]:
        """Return what lies in a folder; raises OSError, then or when it is gone through."""

    def has_form(self, folder: str) -> bool:
        """Whether something in a folder that is no folder bears a form's name, case aside; raises OSError."""

    def head(self, path: str) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""


class Disk:
    """What lies on this machine."""

    def children(self, folder: str) -> Iterator[Child]:
        """Yield what lies in a folder; raises OSError."""
        start = start_of(folder)
        with os.scandir(folder) as listed:
            for child in listed:
                yield Child(
                    start + child.name, child.is_dir(follow_symlinks=False), child.is_file(follow_symlinks=False)
                )

    def has_form(self, folder: str) -> bool:
        """Whether something in a folder that is no folder bears a form's name, case aside; raises OSError."""
        return has_form(folder)

    def head(self, path: str) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""
        return read_head(Path(path))


DISK = Disk()
MOST_HELD = 10_000
"""Children of a group, which are listed once; there may be a million, which are listed again."""

Glimpse = Callable[[str], str | None]
"""Returns the mark of a folder that has a form, if somebody else has looked at it."""


def find_dossiers(folder: Path, *, max_depth: int = 20) -> tuple[Found, ...]:
    """Return the dossiers in a batch folder, in the order of their names; see `survey`."""
    roster, _ = survey(folder, max_depth=max_depth)
    with closing(roster):
        return tuple(roster)


def find_strays(folder: Path, *, max_depth: int = 20) -> tuple[str, ...]:
    """Return the files and links in a batch folder that belong to no dossier; see `survey`."""
    roster, strays = survey(folder, max_depth=max_depth)
    roster.close()
    return strays


def survey(
    folder: Path,
    *,
    max_depth: int = 20,
    shelf: Shelf = DISK,
    mark: Callable[[str], str | None] = lambda _: None,
    glimpse: Glimpse = lambda _: None,
) -> tuple[Roster, tuple[str, ...]]:
    """Return the dossiers in a batch folder, and the files and links that belong to none: their cleaned paths below it.

    Every child folder is a dossier, even an empty one: its report then says that there is no form. Only a folder
    with neither a form nor a document of its own, but with folders or zips, is a group and is descended into.

    Args:
        folder: The batch folder.
        max_depth: Of groups in groups.
        shelf: Where the folder lies.
        mark: Returns `Found.mark` of a dossier's path.
        glimpse: Tells what somebody else has seen (`Scouts.glimpse`); where that is nothing, it is looked at here.

    Raises:
        UsageError: The folder, or a group, cannot be listed.
    """
    strays: list[str] = []

    def places() -> Iterator[tuple[str, str | None]]:
        children = _readable(str(folder), _children(str(folder), shelf), may_be_gone=False)
        for child, mark_seen in _descend(children, max_depth, shelf, glimpse):
            if _is_dossier(child, shelf):
                yield child.path, mark_seen
            else:
                strays.append(child.path)

    roster = Roster(places(), folder, mark=mark)
    if strays:
        _log.warning("%d files in the batch folder belong to no dossier", len(strays))
    if roster.named_by_numbers:
        _log.warning("%d dossiers are named by identity numbers, which their ids mask", roster.named_by_numbers)
    once = sorted(set(strays), key=lambda path: (unicodedata.normalize("NFC", path), path))
    return roster, tuple(clean_path(Path(path).relative_to(folder).as_posix()) for path in once)


def _descend(
    children: Iterable[Child], max_depth: int, shelf: Shelf, glimpse: Glimpse
) -> Iterator[tuple[Child, str | None]]:
    """Yield what lies in a folder and its groups, with the mark of what was seen to have a form."""
    # None of them is held: there may be a million in one folder.
    for child in children:
        mark = glimpse(child.path) if child.is_folder else None
        is_open = mark is None and child.is_folder and max_depth > 0
        below = _children_of_group(child.path, shelf) if is_open else None
        if below is None:
            yield child, mark
        else:
            yield from _descend(below, max_depth - 1, shelf, glimpse)


def _children_of_group(folder: str, shelf: Shelf) -> Iterable[Child] | None:
    """Return what a group holds; None if it is a dossier, as a folder that cannot be listed is: it gets its report."""
    try:
        return _listed_group(folder, shelf)
    except OSError:
        return None


def _listed_group(folder: str, shelf: Shelf) -> Iterable[Child] | None:
    """Return what lies in a folder if it has dossiers and is none; raises OSError."""
    # By name first: most dossiers are told without opening a file, and without looking at all that is there.
    if shelf.has_form(folder):
        return None
    has_dossiers, count, held = False, 0, list[Child]()
    for count, child in enumerate(_children(folder, shelf), start=1):
        if not child.is_folder and _is_document(child.path, shelf):
            return None
        has_dossiers = has_dossiers or _is_dossier(child, shelf)
        if count <= MOST_HELD:
            held.append(child)
    if not has_dossiers:
        return None
    return held if count == len(held) else _readable(folder, _children(folder, shelf))


def _readable(folder: str, children: Iterable[Child], *, may_be_gone: bool = True) -> Iterator[Child]:
    try:
        yield from children
    except OSError as error:
        if may_be_gone and isinstance(error, FileNotFoundError):  # it was a group just now, and holds nothing any more
            return
        remedy = "see that it may be read, and give the same command again"
        raise UsageError(f"the folder {folder} cannot be read ({error.strerror}); {remedy}") from error


def _children(folder: str, shelf: Shelf) -> Iterator[Child]:
    for child in shelf.children(folder):
        if not is_junk((_name(child.path),)):
            yield child


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
