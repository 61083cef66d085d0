"""Decisions on record: what earlier dossiers were found to be, as far as a later one may ask.

A dossier is judged beside those that come before it: judged as of an earlier day, or on the same day with a lesser id.
So neither the order in which a batch gets through its dossiers nor a second run changes what comes out.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property

from pipeline.model import Record


class Decision(StrEnum):
    """What becomes of the dossier."""

    APPROVED = "approved"
    NEEDS_REVIEW = "needs_review"
    REJECTED = "rejected"


class MarkOnRecord(Record):
    """A mark that a dossier was about."""

    text: str | None = None
    office: str | None = None
    number: str | None = None
    classes: tuple[int, ...] = ()


class FileOnRecord(Record):
    """A document that a dossier held."""

    sha256: str
    type: str
    file: str


class TermOnRecord(Record):
    """A document that runs out."""

    document: str
    """Its id in the report."""
    type: str
    file: str
    ends: date
    """Last day of its term."""


class OnRecord(Record):
    """One dossier as its report tells it."""

    dossier_id: str
    as_of: date
    decision: Decision
    company_code: str | None = None
    """As the licence says, or else the form."""
    company_name: str | None = None
    store_type: str | None = None
    category: str | None = None
    marks: tuple[MarkOnRecord, ...] = ()
    files: tuple[FileOnRecord, ...] = ()
    terms: tuple[TermOnRecord, ...] | None = None
    """None where a version put it on record that did not keep them."""

    @property
    def place(self) -> tuple[date, str]:
        """By which it stands before others."""
        return self.as_of, self.dossier_id


class Records(Record):
    """What is on record when a dossier is judged; those that come after it are not asked."""

    entries: tuple[OnRecord, ...] = ()

    def before(self, as_of: date, dossier_id: str) -> "Records":
        """Return what comes before a dossier, in order."""
        earlier = (each for each in self.entries if each.place < (as_of, dossier_id) and each.dossier_id != dossier_id)
        return Records(entries=tuple(sorted(earlier, key=lambda each: each.place)))

    @cached_property
    def approved(self) -> tuple[OnRecord, ...]:
        """Those that were approved: they hold their marks, and have their stores."""
        return tuple(each for each in self.entries if each.decision is Decision.APPROVED)

    def holders_of(self, sha256: str) -> tuple[tuple[OnRecord, FileOnRecord], ...]:
        """Return who handed in a file with these bytes, and as what."""
        return self._by_file.get(sha256, ())

    @cached_property
    def _by_file(self) -> Mapping[str, tuple[tuple[OnRecord, FileOnRecord], ...]]:
        found: dict[str, list[tuple[OnRecord, FileOnRecord]]] = {}
        for each in self.entries:
            for held in each.files:
                found.setdefault(held.sha256, []).append((each, held))
        return {sha256: tuple(holders) for sha256, holders in found.items()}
