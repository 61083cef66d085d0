"""Letters by which the owner of a brand, or who holds it from the owner, lets a seller use it (授权书)."""

from datetime import date
from enum import StrEnum

from pipeline.model import Entity, Fields, Term


class Exclusivity(StrEnum):
    """Who else may use the mark (PRC Trademark Law, regulations of licences: 独占, 排他, 普通)."""

    EXCLUSIVE = "exclusive"
    """Nobody, not even the owner (独占)."""
    SOLE = "sole"
    """The owner alone (排他)."""
    NON_EXCLUSIVE = "non_exclusive"


class AuthorizationLetter(Fields):
    """What one letter grants: one link of a chain of authorization."""

    licensor: Entity[str] | None = None
    licensee: Entity[str] | None = None
    """Of several the first one, in doubt."""
    licensees: Entity[tuple[str, ...]] | None = None
    """All of them, where the letter is given to several; each may use it."""
    marks: Entity[tuple[str, ...]] | None = None
    trademark_numbers: Entity[tuple[str, ...]] | None = None
    nice_classes: Entity[tuple[int, ...]] | None = None
    exclusivity: Entity[Exclusivity] | None = None
    platforms: Entity[tuple[str, ...]] | None = None
    """As printed: names of marketplaces, or words such as 各大电商平台."""
    territory: Entity[str] | None = None
    """As printed: 全球, worldwide, 中国大陆, a list of countries."""
    sublicensing: Entity[bool] | None = None
    """Whether the licensee may pass the right on; absent where the letter is silent."""
    valid_from: Entity[date] | None = None
    valid_to: Entity[Term] | None = None
    signed_date: Entity[date] | None = None
    sealed: Entity[bool] | None = None
    """Whether a seal of the licensor is seen; absent where that cannot be told."""
    signed: Entity[bool] | None = None
    """Whether a signature by hand is seen; absent where that cannot be told."""
