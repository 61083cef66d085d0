"""Who the legal person is said to be: by identity cards, and by the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractors.codes import compact
from extractors.letters.fields import AuthorizationLetter
from extractors.paper_fields import IdentityCard
from pipeline.model import LONG_TERM, Entity, Message
from validators.case import Case, Paper, owner_on
from validators.engine import NotApplicable, Undetermined, first_page, if_known, known
from validators.identifiers import birth_date_of
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


def must_be_the_legal_persons(card: Paper[IdentityCard], case: Case) -> None:
    """Stop the rule where a card is not the legal person's, or may not be."""
    licensors = is_licensors(card, case)
    if licensors:
        raise NotApplicable(en="it is the card of a trademark's licensor", zh="该身份证属于商标授权人")
    if licensors is None:
        raise Undetermined(
            en="whether it is the legal person's card or a trademark licensor's could not be told",
            zh="无法判断该身份证属于法定代表人还是商标授权人",
            evidence=[card.fields.name or first_page(card.document)],
        )


def paper_of(card: IdentityCard, case: Case) -> Paper[IdentityCard]:
    """Return the document of a card."""
    return next(paper for paper in case.papers(IdentityCard) if paper.fields is card)


def birth_on(card: Paper[IdentityCard]) -> tuple[date, Entity[date] | Entity[str]]:
    """Return the date of birth that is printed on a card, else the one within the number."""
    printed = if_known(card.fields.birth_date)
    number = None if printed else if_known(card.fields.id_number)
    told = birth_date_of(number.value) if number else None
    if number and told:
        return told, number
    read = known(card.fields.birth_date, "birth_date", of=card.document)
    return read.value, read


def age_on(day: date, born: date) -> int:
    """Return the years of age that someone has completed on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def has_a_successor(card: Paper[IdentityCard], case: Case) -> bool | None:
    """Whether a card that has expired lies beside a later one of the same person that is valid.

    None where the valid one bears the same name, and on either the number was not read surely enough.
    """
    ends, floor = card.fields.valid_to, case.rulebook.policy.min_confidence
    if ends is None or ends.value == LONG_TERM or ends.value >= case.as_of:
        return False
    valid = [other for other in case.papers(IdentityCard) if other is not card and _runs(other, case)]
    told = {_are_one_persons(card.fields, other.fields, floor) for other in valid}
    return True if True in told else None if None in told else False


def _runs(card: Paper[IdentityCard], case: Case) -> bool:
    begins, ends = card.fields.valid_from, card.fields.valid_to
    if ends is None or ends.confidence < case.rulebook.policy.min_confidence:
        return False
    begun = begins is None or begins.value <= case.as_of
    return begun and (ends.value == LONG_TERM or ends.value >= case.as_of)


def _are_one_persons(one: IdentityCard, other: IdentityCard, floor: float) -> bool | None:
    numbers = (one.id_number, other.id_number)
    if numbers[0] is not None and numbers[1] is not None and min(each.confidence for each in numbers if each) >= floor:
        return compact(numbers[0].value) == compact(numbers[1].value)
    return False if same_party(one.name, other.name, below=floor) is Agreement.OTHER else None
