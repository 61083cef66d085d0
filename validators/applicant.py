"""Who the applicant is: the company on the business licence; its legal person may stand in for it."""

from dataclasses import dataclass
from typing import Any

from pipeline.model import Entity
from validators.case import Case
from validators.differences import differs_in_doubt
from validators.equality import is_chinese, same_company, same_person
from validators.parties import holds_jointly


@dataclass(frozen=True)
class Recognition:
    """Whether a name is the applicant's or its legal person's, and what that was told from."""

    holds: bool | None
    """None where it cannot be told: no licence, a name not read or in doubt, another script, one of joint owners."""
    evidence: tuple[Entity[Any], ...] = ()


def recognise(name: str | Entity[str], case: Case) -> Recognition:
    """Tell whether a name is the applicant's or its legal person's.

    Args:
        name: As a form states it, or as it was read on a paper.
        case: The dossier; its licence says who applies.
    """
    if case.licence is None:
        return Recognition(None)
    company, person = case.licence.fields.company_name, case.licence.fields.legal_person
    text = name.value if isinstance(name, Entity) else name
    if company is not None and same_company(text, company.value):
        return Recognition(True, (company,))
    if person is not None and same_person(text, person.value):
        return Recognition(True, (person,))
    read = tuple(party for party in (company, person) if party is not None)
    floor = case.rulebook.policy.min_confidence
    doubtful = len(read) < 2 or any(
        differs_in_doubt(party, text, below=floor)
        or (isinstance(name, Entity) and differs_in_doubt(name, party.value, below=floor))
        # A foreign office writes a Chinese name in Latin letters: that is no other name.
        or is_chinese(text) != is_chinese(party.value)
        # One of several owners is no stranger, and not the owner either.
        or holds_jointly(text, party.value)
        for party in read
    )
    return Recognition(None if doubtful else False, read)
