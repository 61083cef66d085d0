"""What one scout does: walk through a batch folder, see which folders have a form and how those lie.

It reads no content and follows no link. It is imported by processes that are to be there at once, so that it needs next
to nothing (`pipeline.scouts`).
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection

from pipeline.launch import fall_silent
from pipeline.lists import parts
from pipeline.marks import mark_of
from pipeline.names import FORM_NAMES

AT_ONCE = 64
"""Folders that are told of together."""
FEW = 4
"""Folders for each scout, from which they are divided among them."""
MOST_VAIN = 1_000
"""Folders without a form one after the other: what a stranger has put there may have no end."""

Told = tuple[str, str | None]
"""Path of a folder, and its mark if it has a form and can be told by one."""


def has_form(folder: str) -> bool:
    """Whether an application form lies in a folder, by name alone; raises OSError."""
    with os.scandir(folder) as listed:
        return any(child.name.casefold() in FORM_NAMES and not child.is_dir(follow_symlinks=False) for child in listed)


@dataclass(frozen=True)
class Scout:
    """The share of one scout; picklable, since its process gets it so."""

    folder: str
    max_depth: int
    """Of folders without a form that are gone into."""
    reports: str
    """A folder of which all is asked for at the end, so that it is at hand."""
    at: int
    of: int
    """It is one of so many, counting from 0."""

    def __call__(self, parent: Connection) -> None:
        """Tell the parent in lists of `Told`, and end."""
        fall_silent()
        with suppress(OSError):  # nobody listens any more
            for some in parts(self.told(), AT_ONCE):
                parent.send(some)
        parent.close()
        _ask_below(self.reports, at=self.at, of=self.of)

    def told(self) -> Iterator[Told]:
        """Yield this scout's share of the folders in the batch folder and in its groups, in the order of their listing.

        All scouts together tell of every one, of some more than once. Where for long there is no form, it ends.
        """
        vain = 0
        for folder, mark, has_form in self._walk(self.folder, 0, is_shared=True):
            yield folder, mark
            vain = 0 if has_form else vain + 1
            if vain > MOST_VAIN:
                return

    def _walk(self, folder: str, depth: int, *, is_shared: bool) -> Iterator[tuple[str, str | None, bool]]:
        # By the names that the batch knows them by (`discovery.Disk`).
        above = "" if folder == os.curdir else f"{folder.rstrip(os.sep)}{os.sep}"
        with suppress(OSError), os.scandir(folder) as listed:
            children = (above + child.name for child in listed if child.is_dir(follow_symlinks=False))
            first = list(islice(children, FEW * self.of))
            # Everybody goes into all of a few folders and shares what is in them, or one would be left with most.
            is_divided = is_shared and len(first) == FEW * self.of
            chosen = islice(chain(first, children), self.at, None, self.of) if is_divided else chain(first, children)
            for child in chosen:
                is_dossier = _is_sure(child)
                yield child, mark_of(child) if is_dossier else None, is_dossier
                if not is_dossier and depth < self.max_depth:
                    yield from self._walk(child, depth + 1, is_shared=is_shared and not is_divided)


def _is_sure(folder: str) -> bool:
    with suppress(OSError):
        return has_form(folder)
    return False


def _ask_below(folder: str, *, at: int = 0, of: int = 1) -> None:
    """Ask for the status of a share of what lies in a folder, with all that is below."""
    with suppress(OSError), os.scandir(folder) as listed:
        for child in islice(listed, at, None, of):
            if child.is_dir(follow_symlinks=False):
                _ask_below(child.path)
            else:
                child.stat(follow_symlinks=False)
