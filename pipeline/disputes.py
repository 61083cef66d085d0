"""Which fields of a dossier's documents nearly agree with one of another document: one of both may be misread; pure.

The pipeline knows no certificate, so it does not know which fields should agree. Texts of some length that differ in a
character or two do not stand on two papers of one dossier by chance.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from pipeline.model import Document, Entity

LEAST_LENGTH = 4
"""Characters from which two texts that nearly agree are one: two names of three characters may be two people's."""
MOST_APART = 2
"""Characters in which they may differ, and no more than one in three."""


def disputed(documents: Sequence[Document]) -> Mapping[str, frozenset[str]]:
    """Return the names of the fields that another document nearly agrees with, by the id of their document."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for (one, first), (other, second) in combinations(((document, _texts(document)) for document in documents), 2):
        for name, text in first.items():
            for rival, other_text in second.items():
                if _nearly_agree(text, other_text):
                    found[one.id].add(name)
                    found[other.id].add(rival)
    return {identifier: frozenset(names) for identifier, names in found.items()}


def _texts(document: Document) -> dict[str, str]:
    entities: Iterator[tuple[str, Entity[Any]]] = iter(document.fields.entities().items() if document.fields else ())
    return {name: entity.value for name, entity in entities if isinstance(entity.value, str)}


def _nearly_agree(one: str, other: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    if one == other or min(len(one), len(other)) < LEAST_LENGTH:
        return False
    most = min(MOST_APART, max(len(one), len(other)) // 3)
    return Levenshtein.distance(one, other, score_cutoff=most) <= most
