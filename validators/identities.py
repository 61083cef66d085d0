"""Who the legal person is said to be: by identity cards, and by the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.authorization_letter import AuthorizationLetter
from extractors.codes import compact
from extractors.identity_card import IdentityCard
from pipeline.model import Message
from validators.case import Case, Paper, owner_on
from validators.parties import Agreement, same_party
from validators.subjects import Subject, Subjects


@dataclass(frozen=True)
class Identity:
    """One statement of who the legal person is: a card, or the form."""

    card: Paper[IdentityCard] | None = None
    number: str | None = None
    """As the form states it."""


def _identities(case: Case) -> Sequence[Subject[Identity]]:
    found = [
        Subject(card.document.id, Identity(card=card), label=card.document.file, document=card.document)
        for card in case.papers(IdentityCard)
    ]
    stated = case.application.applicant.legal_person if case.application and case.application.applicant else None
    if stated and stated.id_number:
        found.append(Subject("form", Identity(number=compact(stated.id_number)), label=case.form_file))
    return found


IDENTITIES = Subjects(
    of=_identities,
    none=Message(en="no identity number is stated, and no card is here (IDN301)", zh="无身份证号或身份证（见 IDN301）"),
    needs_form=False,
)
"""Cards, and what the form says."""


def is_licensors(card: Paper[IdentityCard], case: Case) -> bool | None:
    """Whether a card is that of a natural person who owns or licenses a mark, and not the legal person's.

    None where a name was not read surely enough to tell.
    """
    floor = case.rulebook.policy.min_confidence
    person = case.licence.fields.legal_person if case.licence else None
    if person is not None and same_party(person, card.fields.name, below=floor) is Agreement.SAME:
        return False
    brands = case.application.brands if case.application else ()
    owners = [owner_on(paper) for brand in brands for paper in case.papers_of(brand)]
    licensors = [letter.fields.licensor for letter in case.papers(AuthorizationLetter)]
    named = [name for name in (*owners, *licensors) if name is not None]
    told = {same_party(name, card.fields.name, below=floor) for name in named}
    return True if Agreement.SAME in told else None if Agreement.UNCLEAR in told else False
