"""A second, closer look at pages where something that must be there was not read, or not for sure.

Measured on real licences: a finer scale finds codes that touch other print, at twice the time; so only doubt pays it.
It also loses lines that the first look had, so each entity is taken from the look that is surer of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.classify import DocumentType
from pipeline.model import Document, Fields, PageRecord

SURE = 0.8
"""Confidence from which an entity counts as read."""


def pages_in_doubt(
    documents: Iterable[Document], types: Sequence[DocumentType[Fields]]
) -> Mapping[str, frozenset[int]]:
    """Return the numbers of the pages to look at again, by file.

    They are those of documents that lack an essential entity, and of those that could not be told but may be of a
    type that has any.
    """
    essential = {kind.name: kind.essential for kind in types}
    pages: dict[str, frozenset[int]] = {}
    for document in documents:
        if _is_in_doubt(document, essential):
            for page in document.pages:
                pages[page.file] = pages.get(page.file, frozenset()) | {page.page}
    return pages


def _is_in_doubt(document: Document, essential: Mapping[str, tuple[tuple[str, ...], ...]]) -> bool:
    if document.type not in essential:
        return any(essential.get(name) for name in document.candidates)
    entities = document.fields.entities() if document.fields else {}
    sure = {name for name, entity in entities.items() if entity.confidence >= SURE}
    return any(sure.isdisjoint(group) for group in essential[document.type])


def best_of_both(first: Iterable[Document], second: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents of the second look, each with what the first look read better or alone."""
    before, now = _by_place(first), _by_place(second)
    return tuple(_with_surer_entities(document, _as_seen(document, before, now)) for document in second)


_Places = Mapping[tuple[str, tuple[PageRecord, ...]], Sequence[Document]]


def _by_place(documents: Iterable[Document]) -> _Places:
    places: dict[tuple[str, tuple[PageRecord, ...]], list[Document]] = {}
    for document in documents:
        places.setdefault((document.type, document.pages), []).append(document)
    return places


def _as_seen(document: Document, before: _Places, now: _Places) -> Document | None:
    """Return the document as the first look saw it, or None.

    Two papers of one type in one picture are told by their order. Where one look sees more of them than the other,
    it is not sure which is which, and the values of two papers must not mix.
    """
    place = (document.type, document.pages)
    twins, old = now[place], before.get(place, ())
    return old[[twin is document for twin in twins].index(True)] if len(old) == len(twins) else None


def _with_surer_entities(document: Document, before: Document | None) -> Document:
    if before is None or before.fields is None or document.fields is None:
        return document
    pairs = (
        (name, getattr(before.fields, name), getattr(document.fields, name))
        for name in type(before.fields).model_fields
    )
    surer = {
        name: old for name, old, new in pairs if old is not None and (new is None or new.confidence < old.confidence)
    }
    return replace(document, fields=document.fields.model_copy(update=surer))
