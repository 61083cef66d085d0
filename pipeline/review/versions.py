"""The versions of a dossier's report: the machine's, and those with reviewers' values, judged again.

A version is made of the machine's report and the journal whenever it is asked for, and written beside the machine's
for whoever wants it: `OUT/reviewed/ID/vN.json`, N being the dossier's version.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from pipeline.folders import write_whole
from pipeline.report.json import to_json, without_numbers
from pipeline.report.record import Report
from pipeline.review.events import Event
from pipeline.review.judging import Judge, Rejudged
from pipeline.review.shelf import Shelf, gist_of
from pipeline.review.values import with_values

REVIEWED = "reviewed"
_KEPT_IN_MEMORY = 64

T = TypeVar("T")


@dataclass(frozen=True)
class Recorded:
    """A report as the machine judged it."""

    report: Report
    gist: str
    """See `gist_of`."""
    reveals: bool
    """Whether the batch wrote identity numbers whole; here they are masked."""


class Versions:
    """Reports by dossier; the last ones stay in memory."""

    def __init__(self, shelf: Shelf, judge: Judge) -> None:
        """Read from `shelf`, and judge again by `judge`."""
        self._shelf, self._judge = shelf, judge
        self._recorded: _Kept[Recorded] = _Kept()
        self._rejudged: _Kept[Rejudged] = _Kept()

    def recorded(self, dossier_id: str) -> Recorded:
        """Return the report as the machine judged it.

        Raises:
            UsageError: It cannot be read.
        """
        stamp = self._shelf.stamp(dossier_id)
        return self._recorded.get((dossier_id, stamp), lambda: _recorded(self._shelf.whole(dossier_id)))

    def judged(self, recorded: Report, values: Sequence[Event]) -> Rejudged:
        """Return the report with what reviewers read in it."""
        if not values:
            return Rejudged(recorded)
        key = (gist_of(recorded), recorded.dossier_id, tuple(event.seal for event in values))
        return self._rejudged.get(key, lambda: self._judge.rejudge(recorded, with_values(recorded, values)))

    def write(self, version: int, report: Report) -> None:
        """Write a version beside the machine's report.

        Raises:
            OSError: There is no room.
        """
        target = self._shelf.out / REVIEWED / report.dossier_id / f"v{version}.json"
        unfinished = self._shelf.out / f".{REVIEWED}-{os.getpid()}-{version}-{id(report):x}"
        write_whole(target, to_json(report).encode(), unfinished)


def _recorded(whole: Report) -> Recorded:
    report = without_numbers(whole)
    return Recorded(report, gist_of(report), reveals=report is not whole)


class _Kept(Generic[T]):
    """The values that were asked for last. Threads may ask at once."""

    def __init__(self) -> None:
        self._values: OrderedDict[object, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > _KEPT_IN_MEMORY:
                self._values.popitem(last=False)
        return made
