"""What each report was made from, one line of `OUT/state.jsonl` a dossier: by it a later run knows what is done.

There may be a million lines. Kept is only where each begins; what has been added by others is found by the size.
"""

import os
import re
from collections.abc import KeysView
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pydantic import ValidationError

from pipeline.model import Record
from pipeline.report.row import Row
from pipeline.spill import Spilled
from pipeline.verdict import Decision

_ID = re.compile(rb'\{"id":"([^"\\]+)",')
_LENGTH_BITS = 24
"""Of a line's place, the lower ones: how long it is. No line of ours has 16 MB."""
_LENGTH = (1 << _LENGTH_BITS) - 1
_AT_ONCE = 1 << 22
_BLOCK = 1 << 15
"""Bytes that are read where one line is asked for."""


class Glance(Record):
    """By what it is seen, without opening anything, that a report would come out the same again."""

    judged: str
    """Hash of what judged: code, models, rulebook, lists, day, limits."""
    dossier: str
    """Mark of the dossier as it lay before it was opened (`pipeline.marks`)."""
    beside: str
    """Hash of what is on record and it was judged beside; empty for nothing."""
    kept: str
    """Mark of the files that were written."""


class Done(Record):
    """A dossier that has its report, and what that was made from."""

    id: str
    fingerprint: str
    """Of the dossier's content and of everything else that its report depends on."""
    files: dict[str, str]
    """Path below the output folder → SHA-256."""
    page: str | None = None
    """Language of the page for people; None if there is none."""
    row: Row | None = None
    """Its line of the summary; None in journals of earlier versions."""
    glance: Glance | None = None
    """None where its content has to be looked at."""

    def line(self) -> bytes:
        """Return it as the journal has it."""
        return self.model_dump_json(by_alias=True).encode() + b"\n"


class Seen(NamedTuple):
    """Of a dossier's line, what tells at a glance whether it is done; to read all of it takes five times as long.

    What is damaged in the rest of it is not seen. The summary reads the whole line, and the report where that fails.
    """

    id: str
    files: tuple[str, ...]
    """Paths below the output folder."""
    page: str | None
    decision: Decision | None
    judged: str
    """This and what follows: as in `Glance`."""
    dossier: str
    beside: str
    kept: str


_SEEN = re.compile(
    r'\{"id":"([^"\\]+)","fingerprint":"[0-9a-f]{64}","files":\{([^{}\\]*)\},"page":(?:null|"([^"\\]*)"),'
    r'"row":\{"dossier_id":"[^"\\]*","decision":(?:null|"([a-z_]+)"),.*\},'
    r'"glance":\{"judged":"([^"\\]*)","dossier":"([^"\\]*)","beside":"([^"\\]*)","kept":"([^"\\]*)"\}\}'
)
"""A whole line as `Done.line` writes it. Within a text a quotation mark has a backslash before it."""
_DECISIONS = {each.value: each for each in Decision}


class Journal:
    """The last line of each dossier. A line that a crash tore is as good as absent."""

    def __init__(self, path: Path) -> None:
        """Name the file, which need not be there yet."""
        self._path = path
        self._file: BinaryIO | None = None
        self._inode = 0
        self._begun = 0
        self._is_another = False
        self._places: Spilled[int] = Spilled()
        self._lines = 0
        self._end = 0
        self._is_clean = True
        self._block = b""
        self._block_at = 0

    def close(self) -> None:
        """Let go of everything."""
        if self._file is not None:
            self._file.close()
        self._places.close()

    def refresh(self) -> None:
        """Take up what has been added, or all of it if the file was written anew."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._forget()
            return
        is_another = self._file is not None and (status.st_ino != self._inode or status.st_size < self._end)
        if self._file is None or is_another:
            self._forget()
            self._file = self._path.open("rb", buffering=0)
            self._inode = os.fstat(self._file.fileno()).st_ino
        if status.st_size > self._end:
            self._index(self._file)
        if is_another:  # which of its lines are news is not known any more; none costs work, and no result
            self._begun, self._is_another = self._end, True

    def begin(self) -> None:
        """Call news, from now on, what is added after this moment."""
        self.refresh()
        self._begun, self._is_another = self._end, False

    def is_news(self, dossier_id: str) -> bool:
        """Whether something has come of a dossier since `begin`."""
        place = self._places.get(dossier_id)
        return place is not None and place >> _LENGTH_BITS >= self._begun

    @property
    def added(self) -> int | None:
        """Bytes that have come since `begin`; None where the file was written anew meanwhile."""
        return None if self._is_another else self._end - self._begun

    @property
    def is_clean(self) -> bool:
        """Whether it has one whole line for each dossier and nothing else."""
        return self._is_clean and self._lines == len(self._places)

    @property
    def is_empty(self) -> bool:
        """Whether no dossier has a line."""
        return not self._places

    def ids(self) -> KeysView[str]:
        """Return the dossiers that have a line."""
        return self._places.keys()

    def get(self, dossier_id: str) -> Done | None:
        """Return a dossier's line; None if it has none that is whole."""
        line = self.line(dossier_id)
        if line is None:
            return None
        try:
            done = Done.model_validate_json(line)
        except ValidationError:
            return None
        return done if done.id == dossier_id else None

    def seen(self, dossier_id: str) -> Seen | None:
        """Return what a glance asks of a dossier's line; None if it has none that says so."""
        found = _SEEN.fullmatch((self.line(dossier_id) or b"").decode("utf-8", "replace"))
        if found is None:
            return None
        its_id, files, page, decision, *marks = found.groups()
        if its_id != dossier_id or (decision and decision not in _DECISIONS):
            return None
        # Names and hashes in turn, each between quotation marks.
        names = tuple(files.split('"')[1::4])
        return Seen(its_id, names, page, _DECISIONS[decision] if decision else None, *marks)

    def line(self, dossier_id: str) -> bytes | None:
        """Return a dossier's line as it stands there."""
        place = self._places.get(dossier_id)
        if place is None or self._file is None:
            return None
        begin, length = place >> _LENGTH_BITS, place & _LENGTH
        at = begin - self._block_at
        if at < 0 or at + length > len(self._block):
            # Lines are mostly asked for one after the other.
            self._block, self._block_at, at = os.pread(self._file.fileno(), max(length, _BLOCK), begin), begin, 0
        return self._block[at : at + length]

    def _forget(self) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None
        self._places.clear()
        self._inode = self._end = self._begun = self._lines = 0
        self._block, self._block_at = b"", 0
        self._is_clean = True

    def _index(self, file: BinaryIO) -> None:
        file.seek(self._end)
        rest = b""
        while chunk := file.read(_AT_ONCE):
            *lines, rest = (rest + chunk).split(b"\n")
            ends = list(accumulate((len(line) + 1 for line in lines), initial=self._end))
            places = [each for begin, line in zip(ends, lines, strict=False) if (each := _place_of(line, begin))]
            self._places.put_all(places)
            self._lines += len(places)
            self._end = ends[-1]
            self._is_clean = self._is_clean and len(places) == len(lines)
        # Torn, or not yet written to its end: looked at again as soon as there is more.
        self._is_clean = self._is_clean and not rest


def _place_of(line: bytes, begin: int) -> tuple[str, int] | None:
    """Return whose line it is, and where it begins and how long it is; None if it is not whole."""
    found = _ID.match(line)
    if not (found and line.endswith(b"}")):
        return None
    return found[1].decode("utf-8", "replace"), begin << _LENGTH_BITS | len(line)
