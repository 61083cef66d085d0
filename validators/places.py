"""Where what a finding rests on stands: which document, which page, which place on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from pipeline.model import Document, Entity, TextLine
from pipeline.verdict import Evidence
from validators.engine import Proof


class Places:
    """The places of one dossier, each found once: many rules rest on the same lines."""

    def __init__(self, documents: tuple[Document, ...]) -> None:
        self._documents = documents
        self._found: dict[tuple[int, str | None], tuple[TextLine, Evidence]] = {}
        self._alike: dict[Evidence, Evidence] = {}
        self._of: dict[tuple[int, int], tuple[Proof, Document | None, tuple[Evidence, ...]]] = {}

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
            for entity in found.fields.entities().values()
            for line in entity.evidence
        }

    def of(self, proofs: Iterable[Proof], document: Document | None = None) -> tuple[Evidence, ...]:
        """Return where proofs stand, each place once.

        Args:
            proofs: Facts, lines and places, in the order of the report.
            document: Where lines stand that belong to no document that was read.
        """
        return tuple({id(place): place for proof in proofs for place in self._places_of(proof, document)}.values())

    def _places_of(self, proof: Proof, document: Document | None) -> tuple[Evidence, ...]:
        key = id(proof), id(document)
        known = self._of.get(key)
        if known is None:
            # Kept with the proof, so that no other is ever known by the same number.
            known = self._of[key] = proof, document, tuple(self._stand(proof, document))
        return known[2]

    def _stand(self, proof: Proof, document: Document | None) -> Iterator[Evidence]:
        if isinstance(proof, Evidence):
            yield self._alike.setdefault(proof, proof)
            return
        lines: Sequence[TextLine] = proof.evidence if isinstance(proof, Entity) else (proof,)
        found = self.document_of(proof) or document
        for line in lines:
            yield self._place(line, found.id if found else None)

    def _place(self, line: TextLine, document: str | None) -> Evidence:
        """Return a line's place; equal places are one object, so that telling them apart costs nothing."""
        key = id(line), document
        if key not in self._found:
            place = Evidence.trusted(
                document=document, file=line.file, page=line.page, box=line.box, text=line.text, source=line.source
            )
            # Kept with its line, so that no other line is ever known by the same number.
            self._found[key] = line, self._alike.setdefault(place, place)
        return self._found[key][1]
