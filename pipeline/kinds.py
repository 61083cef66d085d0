"""What a type of document declares of itself; the pipeline is handed such declarations and never learns which exist."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.model import Document, Fields

F = TypeVar("F", bound=Fields, covariant=True)


@dataclass(frozen=True)
class Heading:
    """A title by its form; both patterns see the letters and figures of a text alone, half-width and upper-case."""

    line: re.Pattern[str]
    """What the whole of a line in large type matches: `(EMC|RF)?TESTREPORT`."""
    page: re.Pattern[str] | None = None
    """What must stand on the page besides, where the title alone does not tell the type."""


@dataclass(frozen=True)
class Variant:
    """One of the forms that a type of document has, told by words of its own: an office's certificate, say."""

    titles: tuple[str, ...] = ()
    """Titles that stand on such a document, letters and characters only (spacing and punctuation aside)."""
    cues: tuple[str, ...] = ()
    """Labels and phrases that speak for it where the title is not legible."""
    headings: tuple[Heading, ...] = ()
    """Titles with a part that varies, and titles that papers of other types have too."""
    signs: tuple[re.Pattern[str], ...] = ()
    """Forms of text, bare, that speak for it twice as loud as a label: a number of its kind."""
    against: tuple[str, ...] = ()
    """Phrases that speak against it, such as the title of a look-alike that quotes it: as a line in large type, or at
    the end of one. A phrase that begins with `~` counts wherever it stands."""
    needs: tuple[tuple[str, ...], ...] = ()
    """Phrases without which nothing counts, one of each group, wherever on the page: titles such as "Certificate of
    Registration" are shared by papers of every kind. With them a title may be in any type, and a phrase of `against`
    that counts wherever it stands ends the claim."""
    suffices: bool = False
    """Whether what it `needs` is enough, without a title or labels."""


@dataclass(frozen=True)
class DocumentType(Generic[F]):
    """One type of document: what tells it, and what reads it."""

    name: str
    """A document type of the contract."""
    titles: tuple[str, ...]
    """As all up to `against`: of its usual form, see `Variant`."""
    read: Callable[[Document], F]
    """Reads the fields of one document; pure."""
    cues: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
    signs: tuple[re.Pattern[str], ...] = ()
    against: tuple[str, ...] = ()
    essential: tuple[tuple[str, ...], ...] = ()
    """Entities that no such document lacks, one of each group: where none of a group was read, its pages are looked
    at again, closer."""
    variants: tuple[Variant, ...] = ()
    """Further forms that it has; the one that claims a page most strongly counts."""
    contested: Callable[[Fields], frozenset[str]] | None = None
    """Names the entities that something on the document speaks against, however clearly they were read."""
    sides: tuple[tuple[str, ...], ...] = ()
    """Of a paper with several sides, in order: phrases of which any one tells the side. Where each is a page or a file
    of its own, they are put together. The first phrase of a side begins a line once on a card."""
    one_page: bool = False
    """Whether such a paper is one page (or has one page a side), so that an unknown page after it is another paper."""
    continuations: tuple[str, ...] = ()
    """Phrases that tell a page without the title as one that goes on with such a paper."""

    @property
    def forms(self) -> tuple[Variant, ...]:
        """All forms that it has, the usual one first."""
        usual = Variant(self.titles, self.cues, self.headings, self.signs, self.against)
        return (usual, *self.variants)
