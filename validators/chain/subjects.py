"""The letters that chains are made of, as subjects of rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.letters.fields import AuthorizationLetter
from pipeline.model import Document, Message
from validators.case import Case
from validators.chain.graph import Link, chains
from validators.subjects import Subject, Subjects


@dataclass(frozen=True)
class UsedLetter:
    """One letter and the links that it is: one for each brand that it is needed for."""

    document: Document
    fields: AuthorizationLetter
    links: tuple[Link, ...]


def _used_letters(case: Case) -> Sequence[Subject[UsedLetter]]:
    links = [link for chain in chains(case) for link in chain.links]
    used = {link.document.id: link.letter for link in links}
    return [
        Subject(
            document_id,
            UsedLetter(
                letter.document, letter.fields, tuple(each for each in links if each.document is letter.document)
            ),
            label=letter.document.file,
            document=letter.document,
        )
        for document_id, letter in sorted(used.items(), key=lambda each: _place(case, each[0]))
    ]


def _place(case: Case, document_id: str) -> int:
    return next(at for at, found in enumerate(case.documents) if found.id == document_id)


LETTERS = Subjects(
    of=_used_letters,
    none=Message(en="no brand rests on an authorization letter", zh="没有品牌以授权书为依据"),
)
"""Letters of the dossier's chains, in the order of its documents; one that no brand needs is not judged."""
