"""Which pages deserve a second, closer look: where something that must be there was not read, or not for sure.

Measured on real licences: a finer scale finds codes that touch other print, at twice the time; so only doubt pays it.
"""

from collections.abc import Iterable, Mapping, Sequence

from pipeline.classify import DocumentType
from pipeline.model import Document, Fields

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
