"""What is in doubt after a look at the pages, and which of two looks is believed; pure.

A field is in doubt if its entity's confidence is low since some character of it was not clear, or if its document's
reader says so (`DocumentType.contested`): its grammar is broken, or something else on the page contradicts it. So it is
if another document of the dossier nearly says the same (`disputes`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.classify import DocumentType
from pipeline.disputes import disputed
from pipeline.model import Box, Document, Entity, EvidenceSource, Fields, Look, PageRecord, TextLine, Way

SURE = 0.8
"""Confidence from which an entity counts as read."""
CLEAR = 0.9
"""Probability from which a character is clear; where all are, another look would read the same again."""
LARGEST = 0.06
"""Share of the page that a field's place may take: a scope of thirty rows is not read again for one character."""
MOST_PARTS = 8
"""Places on one page that are looked at again."""
OTHER_ENGINE = 0.8
"""How far a second engine is believed: it is the weaker one on Chinese."""
AGREEMENT = 0.5
"""What is left of the doubt when a second engine reads the same."""

Parts = Mapping[tuple[str, int], tuple[Box, ...]]
"""Places to look at again, by file and page."""


def doubtful(
    document: Document, types: Sequence[DocumentType[Fields]], *, rivalled: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Return the names of the document's fields that were read, but not for sure, and stand in a small place.

    Args:
        document: With its fields.
        types: What documents of each type must say.
        rivalled: Fields that another document nearly agrees with.
    """
    entities = document.fields.entities() if document.fields else {}
    contested = _contested(document, types) | rivalled
    return frozenset(
        name
        for name, entity in entities.items()
        if (_is_unclear(entity) or name in contested) and _places(entity, document)
    )


def matters(document: Document, types: Sequence[DocumentType[Fields]]) -> frozenset[str]:
    """Return the names of the fields that are worth a second engine: the essential and the contested ones."""
    kind = next((kind for kind in types if kind.name == document.type), None)
    essential = {name for group in kind.essential for name in group} if kind else set()
    return _contested(document, types) | essential


def _contested(document: Document, types: Sequence[DocumentType[Fields]]) -> frozenset[str]:
    contested = next((kind.contested for kind in types if kind.name == document.type), None)
    return contested(document.fields) if contested and document.fields else frozenset()


def _is_unclear(entity: Entity[Any]) -> bool:
    characters = (each for line in entity.evidence for each in (line.characters or (line.confidence,)))
    return entity.confidence < SURE and min(characters) < CLEAR


def parts_in_doubt(documents: Sequence[Document], types: Sequence[DocumentType[Fields]], way: Way) -> Parts:
    """Return the places of the fields in doubt that are to be looked at in this way."""
    parts: dict[tuple[str, int], tuple[Box, ...]] = {}
    disputes = disputed(documents)
    for document in documents:
        entities = document.fields.entities() if document.fields else {}
        for name in sorted(_in_doubt(document, types, way, disputes)):
            for place, box in _places(entities[name], document).items():
                known = parts.get(place, ())
                if box not in known and len(known) < MOST_PARTS:
                    parts[place] = (*known, box)
    return parts


def _in_doubt(
    document: Document, types: Sequence[DocumentType[Fields]], way: Way, disputes: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    rivalled = disputes.get(document.id, frozenset())
    names = doubtful(document, types, rivalled=rivalled)
    return names & (matters(document, types) | rivalled) if way is Way.SECOND_ENGINE else names


def pages_in_doubt(
    documents: Iterable[Document], types: Sequence[DocumentType[Fields]]
) -> Mapping[str, frozenset[int]]:
    """Return the numbers of the pages to look at again as a whole, by file.

    They are those of documents that lack an essential entity, the place of which is therefore unknown, and of those
    that could not be told but may be of a type that has any.
    """
    essential = {kind.name: kind.essential for kind in types}
    pages: dict[str, frozenset[int]] = {}
    for document in documents:
        if _lacks_something(document, essential):
            for page in document.pages:
                pages[page.file] = pages.get(page.file, frozenset()) | {page.page}
    return pages


def _lacks_something(document: Document, essential: Mapping[str, tuple[tuple[str, ...], ...]]) -> bool:
    if document.type not in essential:
        return any(essential.get(name) for name in document.candidates)
    entities = document.fields.entities() if document.fields else {}
    return any(entities.keys().isdisjoint(group) for group in essential[document.type])


def _places(entity: Entity[Any], document: Document) -> dict[tuple[str, int], Box]:
    """Return where an entity's lines stand, a little widened; nothing if that is much of a page or no print."""
    sizes = {(page.file, page.page): page for page in document.pages}
    lines: dict[tuple[str, int], list[TextLine]] = {}
    for line in entity.evidence:
        # The ring of a seal is no line of the page, and was looked at in several ways already.
        is_print = line.source is EvidenceSource.OCR and line in document.lines
        if is_print and (line.file, line.page) in sizes:
            lines.setdefault((line.file, line.page), []).append(line)
    around = {place: _around(some, sizes[place]) for place, some in lines.items()}
    return around if all(box.width * box.height <= LARGEST for box in around.values()) else {}


def _around(lines: Sequence[TextLine], page: PageRecord) -> Box:
    """Return the box around some lines and half a line's height more on all sides."""
    down = max(line.box.height for line in lines) / 2
    across = down * page.height / max(page.width, 1)
    place = Box(
        left=min(line.box.left for line in lines),
        top=min(line.box.top for line in lines),
        right=max(line.box.right for line in lines),
        bottom=max(line.box.bottom for line in lines),
    )
    return place.grown(across=across, down=down).rounded()


def best_of_both(
    first: Sequence[Document], second: Sequence[Document], way: Way, types: Sequence[DocumentType[Fields]]
) -> tuple[Document, ...]:
    """Return the documents of the second look, each with what the first look read better or alone.

    Of the fields that were in doubt it is told that they were looked at again, and which reading was taken.
    """
    before, disputes = dict(zip(_keys(first), first, strict=True)), disputed(first)
    pairs = [(document, before.get(key)) for key, document in zip(_keys(second), second, strict=True)]
    return tuple(_better(new, old, _in_doubt(old, types, way, disputes), way) if old else new for new, old in pairs)


def _keys(documents: Sequence[Document]) -> list[tuple[str, tuple[PageRecord, ...], int, int]]:
    """Return what tells each document from the others in another look: type, pages, and which of how many such.

    Where one look sees more papers of one type in a picture than the other, it is not sure which is which, and the
    values of two papers must not mix.
    """
    twins = Counter((document.type, document.pages) for document in documents)
    seen: Counter[tuple[str, tuple[PageRecord, ...]]] = Counter()
    keys = []
    for document in documents:
        place = (document.type, document.pages)
        seen[place] += 1
        keys.append((*place, seen[place], twins[place]))
    return keys


def _better(new: Document, old: Document, in_doubt: frozenset[str], way: Way) -> Document:
    if new.fields is None or old.fields is None:
        return new
    if way is Way.WITHOUT_RED and new.lines == old.lines:
        in_doubt = frozenset()  # there was no red to suppress
    before, after = old.fields.entities(), new.fields.entities()
    aliases = {field.alias or name: name for name, field in type(old.fields).model_fields.items()}
    taken: dict[str, Entity[Any]] = {}
    for alias, name in aliases.items():
        entity = _surer(before.get(alias), after.get(alias), way, is_in_doubt=alias in in_doubt)
        if entity is not None:
            taken[name] = entity
    # What the second engine says matters for the fields in doubt alone: the rest stays as the first one read it.
    base = old if way is Way.SECOND_ENGINE else new
    return replace(base, fields=new.fields.model_copy(update=dict.fromkeys(aliases.values()) | taken))


def _surer(old: Entity[Any] | None, new: Entity[Any] | None, way: Way, *, is_in_doubt: bool) -> Entity[Any] | None:
    if old is None:
        return _found(new, way)
    if way is Way.SECOND_ENGINE:
        return _confirmed(old, new) if is_in_doubt else old
    won = new is not None and new.confidence > old.confidence
    best = new if won and new is not None else old
    looks = (*old.looks, _look(new, way, won=won)) if is_in_doubt else old.looks
    return best.model_copy(update={"looks": looks})


def _found(new: Entity[Any] | None, way: Way) -> Entity[Any] | None:
    """Return what only the later look read; a second engine alone is believed nothing."""
    if new is None or way is Way.SECOND_ENGINE:
        return None
    return new.model_copy(update={"looks": (_look(new, way, won=True),)})


def _confirmed(old: Entity[Any], new: Entity[Any] | None) -> Entity[Any]:
    """Return an entity in doubt with what a second engine makes of it."""
    if new is not None and new.value == old.value:
        sure = round(1 - (1 - old.confidence) * AGREEMENT, 3)
        looks = (*old.looks, _look(new, Way.SECOND_ENGINE, won=False))
        return old.model_copy(update={"confidence": sure, "looks": looks})
    believed = OTHER_ENGINE * new.confidence if new else 0.0
    won = believed > old.confidence
    looks = (*old.looks, _look(new, Way.SECOND_ENGINE, won=won))
    if new is None or not won:
        return old.model_copy(update={"looks": looks})
    return new.model_copy(update={"confidence": round(believed, 3), "looks": looks})


def _look(entity: Entity[Any] | None, way: Way, *, won: bool) -> Look:
    if entity is None:
        return Look(way=way, raw=None, confidence=0.0, won=False)
    return Look(way=way, raw=entity.raw, confidence=entity.confidence, won=won)
