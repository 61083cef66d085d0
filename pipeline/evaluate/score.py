"""How one document was read, compared with what a person read on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import JsonValue

from pipeline.evaluate.truth import Label
from pipeline.model import Document, Entity, Record


@dataclass(frozen=True)
class Comparison:
    """How a value that was read stands to the true one."""

    exact: bool
    """The same in normal form, kinds of punctuation and spaces aside."""
    errors: int
    """Characters to insert, delete or replace."""
    characters: int
    """Of the true value."""


class Yardstick(Protocol):
    """Knows the fields of the document types and how their values are compared."""

    def field_of(self, kind: str, name: str, wanted: JsonValue) -> str | None:
        """Return the field of document type `kind` that a label's entity speaks of.

        None if the type has no such, or if the value is written so that nothing can be compared with it.
        """

    def problem_with(self, kind: str, name: str, wanted: JsonValue) -> str | None:
        """Say why a label's value cannot be that field's in its normal form; None if it can."""

    def compare(self, name: str, wanted: JsonValue, value: Any) -> Comparison:
        """Compare what was read, None if nothing was, with a label's entity."""


class FieldScore(Record):
    """One field of one document."""

    field: str
    exact: bool
    errors: int
    """Characters that are wrong; all of them if the field was not read."""
    characters: int
    confidence: float | None
    """None if the field was not read."""
    wanted: JsonValue = None
    """What is true; only if values are to be shown."""
    read: str | None = None
    """What the page says as it was read; only if values are to be shown."""


class DocumentScore(Record):
    """One document of the set."""

    id: str
    dossier: str | None
    quality: str
    type: str | None
    """Null for a look-alike."""
    told: str
    """The type that it was told for."""
    reason: str
    """Why."""
    fields: tuple[FieldScore, ...] = ()
    not_scored: tuple[str, ...] = ()
    """Entities of the label that are no field of its type, or whose type is not read."""
    lost: str | None = None
    """Code of what kept the file from being read."""


def chosen(label: Label, documents: Sequence[Document]) -> Document | None:
    """Return the document that the label speaks of: one of its type if there is, else one that was recognised."""
    here = [
        document
        for document in documents
        if label.page is None or not document.pages or any(page.page == label.page for page in document.pages)
    ]
    ranked = sorted(here, key=lambda document: (document.type != label.type, document.type == "other"))
    return ranked[0] if ranked else None


def score(
    label: Label,
    documents: Sequence[Document],
    yardstick: Yardstick,
    *,
    only: Sequence[str] = (),
    show: bool = False,
) -> DocumentScore:
    """Compare the documents of the label's file with it.

    Args:
        label: What is true.
        documents: Every document that was found in the label's file.
        yardstick: How values are compared.
        only: Fields that count; empty for all.
        show: Keep values in the result.
    """
    document = chosen(label, documents)
    told = document.type if document else "other"
    entities = document.fields.entities() if document and document.fields and told == label.type else {}
    fields, not_scored = [], []
    for name, wanted in label.entities.items():
        target = yardstick.field_of(label.type or "", name, wanted)
        if target is None:
            not_scored.append(name)
        elif not {name, target} & set(label.uncertain) and (not only or target in only):
            fields.append(_field(target, name, wanted, entities.get(target), yardstick, show=show))
    failures = document.failures if document else ()
    return DocumentScore(
        id=label.id,
        dossier=label.dossier,
        quality=label.quality,
        type=label.type,
        told=told,
        reason=document.type_reason if document else "no such page",
        fields=tuple(fields),
        not_scored=tuple(not_scored),
        lost=failures[0].code.value if failures else None,
    )


def _field(
    target: str, name: str, wanted: JsonValue, entity: Entity[Any] | None, yardstick: Yardstick, *, show: bool
) -> FieldScore:
    comparison = yardstick.compare(name, wanted, entity.value if entity else None)
    return FieldScore(
        field=target,
        exact=comparison.exact,
        errors=comparison.errors,
        characters=comparison.characters,
        confidence=entity.confidence if entity else None,
        wanted=wanted if show else None,
        read=entity.raw if entity and show else None,
    )
