"""Where what a finding rests on stands: which document, which page, which place on it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from pipeline.model import Document, Entity, TextLine
from pipeline.verdict import Evidence
from validators.engine import Proof


class Places:
    """The places of one dossier, each found once: many rules rest on the same lines."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self._documents = documents
        self._alike: dict[tuple[object, ...], Evidence] = {}
        # Kept with the proof, so that no other is ever known by the same number.
        self._of: dict[int, tuple[Proof, tuple[Evidence, ...]]] = {
            id(entity): (entity, _each_once([self._place(found.id, line) for line in entity.evidence]))
            for found in documents
            if found.fields is not None
            for entity in found.fields.read()
        }

    def document_of(self, proof: Entity[Any] | TextLine) -> Document | None:
        """Return the document that a fact or a line was read from."""
        line = proof.evidence[0] if isinstance(proof, Entity) else proof
        found = self._documents_by_line.get(id(line))
        if found is not None:
            return found
        place = (line.file, line.page)
        here = [d for d in self._documents if place in {(page.file, page.page) for page in d.pages}]
        # Two documents may stand on one page.
        return next((d for d in here if line in d.lines), here[0] if here else None)

    @cached_property
    def _documents_by_line(self) -> Mapping[int, Document]:
        # By identity: two documents may stand on one page.
        return {
            id(line): found
            for found in self._documents
            if found.fields is not None
            for entity in found.fields.read()
            for line in entity.evidence
        }

    def of(self, proofs: Sequence[Proof], document: Document | None = None) -> tuple[Evidence, ...]:
        """Return where proofs stand, each place once.

        Args:
            proofs: Facts, lines and places, in the order of the report.
            document: Where lines stand that belong to no document that was read.
        """
        places: list[Evidence] = []
        for proof in proofs:
            known = self._of.get(id(proof))
            places += known[1] if known else self._stand(proof, document)
        return _each_once(places)

    def _stand(self, proof: Proof, document: Document | None) -> tuple[Evidence, ...]:
        if isinstance(proof, Evidence):
            return self._kept(proof, (self._place(proof.document, proof),))
        home = self.document_of(proof)
        name = home.id if home else document.id if document else None
        lines: Sequence[TextLine] = proof.evidence if isinstance(proof, Entity) else (proof,)
        places = _each_once([self._place(name, line) for line in lines])
        return self._kept(proof, places) if home else places

    def _kept(self, proof: Proof, places: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        self._of[id(proof)] = proof, places
        return places

    def _place(self, document: str | None, at: TextLine | Evidence) -> Evidence:
        """Return a place; equal places are one object, so that telling them apart costs nothing."""
        box = at.box
        edges = (box.left, box.top, box.right, box.bottom) if box else None
        key = (document, at.file, at.page, edges, at.text, at.source)
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = Evidence.trusted(
                document=document, file=at.file, page=at.page, box=box, text=at.text, source=at.source
            )
        return found


def _each_once(places: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(places) if len(places) < 2 else tuple({id(place): place for place in places}.values())
