"""A dossier's identity numbers whole: the reviewer's single view on demand, once it is on record who looked."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from pipeline.report.record import Report
from pipeline.review.shelf import Shelf
from pipeline.review.values import SEALED_FIELDS


@dataclass(frozen=True)
class Number:
    """A number and where it stands."""

    document: str
    """Id of the document; empty for the form."""
    number: str


@dataclass(frozen=True)
class Numbers:
    """All of a dossier's."""

    numbers: tuple[Number, ...]
    pictures: tuple[str, ...]
    """`data:` addresses of what is painted over on the pages."""


def numbers_of(shelf: Shelf, dossier_id: str) -> Numbers:
    """Read them out of the report as the batch wrote it, with `--reveal`."""
    return Numbers(tuple(_read(shelf.whole(dossier_id))), shelf.patches(dossier_id))


def has_numbers(report: Report) -> bool:
    """Whether a report has identity numbers, masked or not."""
    return next(_read(report), None) is not None


def _read(report: Report) -> Iterator[Number]:
    declared = _declared(report.application)
    if declared:
        yield Number("", declared)
    for document in report.documents:
        for name in SEALED_FIELDS & document.entities.keys():
            yield Number(document.id, str(document.entities[name].value))


def _declared(application: dict[str, JsonValue]) -> str:
    found: JsonValue = application
    for key in ("applicant", "legal_person", "id_number"):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""
