"""Lines → document type with score and reason; pages → documents."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.model import Document, Fields

F = TypeVar("F", bound=Fields, covariant=True)


@dataclass(frozen=True)
class DocumentType(Generic[F]):
    """One type of document: what tells it, and what reads it.

    The pipeline is handed a tuple of these; it never learns which types exist.
    """

    name: str
    """A document type of the contract."""
    titles: tuple[str, ...]
    """Titles that stand on such a document, letters and characters only (spacing and punctuation aside)."""
    read: Callable[[Document], F]
    """Reads the fields of one document; pure."""
    cues: tuple[str, ...] = ()
    """Labels and phrases that speak for the type where the title is not legible."""
    against: tuple[str, ...] = ()
    """Phrases that speak against it, such as the title of a look-alike that quotes it."""
