"""Decisions on record: what earlier dossiers were found to be, as far as a later one may ask.

A dossier is judged beside those that come before it: judged as of an earlier day, or on the same day with a lesser id.
So neither the order in which a batch gets through its dossiers nor a second run changes what comes out.
"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

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


class PictureOnRecord(Record):
    """A picture that a file showed."""

    page: int
    pixels: str
    """As `pipeline.pixels.pictures_of` tells them."""


class FileOnRecord(Record):
    """A file that a document of a dossier lay in; one for each of its files."""

    sha256: str
    type: str
    file: str
    document: str | None = None
    """Its id in the report; None where a version put it on record that kept the first file of each document alone."""
    pictures: tuple[PictureOnRecord, ...] = ()
    """None of what many may share."""
    own: bool | None = None
    """Whether it names the company that applied; None where that was not told."""


class NumberOnRecord(Record):
    """A number that is given out once, and who it was given to."""

    series: str
    """In which it is given out once, as `pipeline.belonging` tells them."""
    number: str
    holder: str
    document: str
    """Id in the report of the document that says so."""
    file: str

    @property
    def is_told_once_approved(self) -> bool:
        """Whether others are told of it only by a dossier that was approved: all who sell a brand bear its number."""
        return self.series.startswith("trademark/")


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
    stated_code: str | None = None
    """As the form says; None where a version put it on record that did not keep it."""
    stated_name: str | None = None
    store_type: str | None = None
    category: str | None = None
    marks: tuple[MarkOnRecord, ...] = ()
    files: tuple[FileOnRecord, ...] = ()
    numbers: tuple[NumberOnRecord, ...] = ()
    """None of them where a version put it on record that did not keep them."""
    terms: tuple[TermOnRecord, ...] | None = None
    """None where a version put it on record that did not keep them."""

    @property
    def place(self) -> tuple[date, str]:
        """By which it stands before others."""
        return self.as_of, self.dossier_id


Held = tuple[tuple[OnRecord, FileOnRecord], ...]
"""Files of dossiers on record, in order."""


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

    def holders_of(self, sha256: str) -> Held:
        """Return who handed in a file with these bytes, and as what."""
        return self._by_file.get(sha256, ())

    def showers_of(self, pixels: str) -> Held:
        """Return who handed in a file that shows this picture, and as what."""
        return self._by_picture.get(pixels, ())

    def bearers_of(self, series: str, number: str) -> tuple[tuple[OnRecord, NumberOnRecord], ...]:
        """Return whose papers bear a number, and who they say holds it."""
        return self._by_number.get((series, number), ())

    @cached_property
    def _by_file(self) -> Mapping[str, Held]:
        return _gathered((held.sha256, (each, held)) for each in self.entries for held in each.files)

    @cached_property
    def _by_picture(self) -> Mapping[str, Held]:
        return _gathered(
            (picture.pixels, (each, held)) for each in self.entries for held in each.files for picture in held.pictures
        )

    @cached_property
    def _by_number(self) -> Mapping[tuple[str, str], tuple[tuple[OnRecord, NumberOnRecord], ...]]:
        return _gathered(((said.series, said.number), (each, said)) for each in self.entries for said in each.numbers)


K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def _gathered(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    found: dict[K, list[V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
