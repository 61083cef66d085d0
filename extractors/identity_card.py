"""The identity card of mainland residents (居民身份证), both sides (GB 11643-1999; Identity Card Law of 2011)."""

from datetime import date
from enum import StrEnum

from pipeline.model import Entity, Fields, Term


class Sex(StrEnum):
    """As the card says it: 男, 女."""

    MALE = "male"
    FEMALE = "female"


class IdentityCard(Fields):
    """What both sides of a card say; the back has the issuing authority and the term."""

    name: Entity[str] | None = None
    sex: Entity[Sex] | None = None
    birth_date: Entity[date] | None = None
    address: Entity[str] | None = None
    id_number: Entity[str] | None = None
    issuing_authority: Entity[str] | None = None
    valid_from: Entity[date] | None = None
    valid_to: Entity[Term] | None = None
