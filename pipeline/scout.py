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
from pipeline.marks import mark_of, uptime
from pipeline.names import FORM_NAMES, is_junk, start_of

AT_ONCE = 64
"""Folders that are told of together."""
SOON_SECONDS = 1.0
"""Nothing waits longer for others to be told of."""
MOST_DEPTH = 20
"""Of folders without a form that are gone into."""
MOST_VAIN = 1_000
"""Folders without a form one after the other: what a stranger has put there may have no end."""
GIVES_WAY = 15
"""Added to its niceness once nobody waits for it any more: workers that start go first."""

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
    reports: str
    """A folder of which all is asked for at the end, so that it is at hand."""
    at: int
    of: int
    """It is one of so many, counting from 0."""

    def __call__(self, parent: Connection) -> None:
        """Tell the parent in lists of `Told` as long as it listens, and end soon after it has ended."""
        began_under = os.getppid()
        fall_silent()
        with suppress(OSError):  # it has heard enough
            for some in _soon(_Walk(self).below(self.folder)):
                parent.send(some)
        parent.close()
        os.nice(GIVES_WAY)
        with suppress(OSError), os.scandir(self.reports) as listed:
            for child in islice(listed, self.at, None, self.of):
                if os.getppid() != began_under:
                    return
                _ask(child)


def _soon(told: Iterator[Told]) -> Iterator[list[Told]]:
    """Yield what is told, some together, but nothing late: a disk may be slow."""
    some: list[Told] = []
    since = uptime()
    for each in told:
        some.append(each)
        if len(some) == AT_ONCE or uptime() - since > SOON_SECONDS:
            yield some
            some, since = [], uptime()
    yield some


class _Walk:
    """A scout's way through the batch folder and its groups, in the order of their listing."""

    def __init__(self, scout: Scout) -> None:
        self._scout = scout
        self._vain = 0

    def below(self, folder: str, depth: int = 0, *, is_shared: bool = True) -> Iterator[Told]:
        """Yield this scout's share of what lies in a folder and its groups: all scouts together tell of each once."""
        scout, children = self._scout, _folders_in(folder)
        first = list(islice(children, scout.of))
        # Everybody goes into each of a few folders and shares what is in it, or one would be left with most.
        is_divided = is_shared and len(first) == scout.of
        for at, child in enumerate(chain(first, children)):
            is_ours = not is_shared or at % scout.of == scout.at
            if is_divided and not is_ours:
                continue
            # In one look, since looks are all that this takes time for.
            mark = mark_of(child, holds=FORM_NAMES)
            self._vain = 0 if mark else self._vain + 1
            if is_ours:
                yield child, mark
            is_open = not mark and depth < MOST_DEPTH and self._vain <= MOST_VAIN
            if is_open and not _is_sure(child):  # or it has more files than a mark tells of
                yield from self.below(child, depth + 1, is_shared=is_shared and not is_divided)
            if self._vain > MOST_VAIN:
                if depth:  # the rest of what lies in this child of the batch folder is left out
                    return
                self._vain = 0


def _is_sure(folder: str) -> bool:
    with suppress(OSError):
        return has_form(folder)
    return False


def _folders_in(folder: str) -> Iterator[str]:
    start = start_of(folder)
    with suppress(OSError), os.scandir(folder) as listed:
        for child in listed:
            if child.is_dir(follow_symlinks=False) and not is_junk((child.name,)):
                yield start + child.name


def _ask(entry: "os.DirEntry[str]") -> None:
    with suppress(OSError):
        if not entry.is_dir(follow_symlinks=False):
            entry.stat(follow_symlinks=False)
            return
        with os.scandir(entry) as listed:
            for child in listed:
                _ask(child)
