"""What a marketplace says of its categories (经营大类), as it holds on one day."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from pipeline.model import Record

NiceClass = Annotated[int, Field(ge=1, le=45)]
SimilarGroup = Annotated[str, Field(pattern=r"^(0[1-9]|[1-3][0-9]|4[0-5])[0-9]{2}$")]
Market = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""Country code of ISO 3166, or EU."""


class Named(Record):
    """Something that people choose by id and read by name."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    """What forms and other entries call it; no two of a list have the same."""
    en: str = Field(min_length=1)
    """Its name for people, in English."""
    zh: str = Field(min_length=1)
    """Its name for people, in Chinese."""


class Qualification(Record):
    """A paper that a category asks for: any one of `kinds` will do."""

    kinds: tuple[str, ...] = Field(min_length=1)
    """Values of the entity `kind` of a qualification document."""
    en: str
    """The paper's name for people, in English."""
    zh: str
    """The paper's name for people, in Chinese."""
    required: bool = False
    """False: asked for by some products or markets only, a person decides."""
    subcategories: tuple[str, ...] = ()
    """Ids of the subcategories that ask for it; none means the whole category."""
    holder_is_applicant: bool = False
    """Whether it must be in the applicant's own name."""
    markets: tuple[Market, ...] = ()
    """Where it is asked for, for people's information; none means everywhere."""


class Entry(StrEnum):
    """Who may enter a category."""

    OPEN = "open"
    INVITATION = "invitation"
    CLOSED = "closed"
    UNCLEAR = "unclear"
    """No source says whether it is open."""


class Subcategory(Named):
    """One subcategory; `words` are goods of a certificate that cover it."""

    nice: tuple[NiceClass, ...] = ()
    """Nice classes in which its goods are registered; each is one of the category's."""
    groups: tuple[SimilarGroup, ...] = ()
    """Similar groups of the CNIPA's table (类似群) whose goods cover it, such as "2501"."""
    words: tuple[str, ...] = ()
    """What goods of a certificate are called that cover it, in Chinese and English."""


class CategoryTerms(Record):
    """What changes with time about a category."""

    primary: tuple[NiceClass, ...]
    """Nice classes that normally cover the category."""
    secondary: tuple[NiceClass, ...]
    """Nice classes that cover a part of it: the goods must be read."""
    deposit: int | None = Field(default=None, ge=0)
    """Yuan; None where no source states it."""
    entry: Entry = Entry.OPEN
    """Who may enter it."""
    qualifications: tuple[Qualification, ...] = ()
    """Papers that it asks for."""


class Category(Named):
    """One major category (经营大类), as it holds on the verification date."""

    marketplace_ids: tuple[int, ...] = ()
    terms: CategoryTerms
    subcategories: tuple[Subcategory, ...] = ()

    @property
    def goods(self) -> tuple[str, ...]:
        """What goods of the category are called, in both languages."""
        names = [self.zh, self.en, *(name for each in self.subcategories for name in (each.zh, each.en, *each.words))]
        return tuple(dict.fromkeys(names))

    sources: tuple[str, ...] = ()
