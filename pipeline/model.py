"""The nouns of the pipeline: what flows from one stage to the next.

Records (pydantic, frozen) cross a process or file boundary; frozen dataclasses live inside one
run. An image never enters a record. The names are those of the contract, see docs/glossary.md.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from pydantic import ConfigDict, Field

from pipeline.boxes import WHOLE_PAGE as WHOLE_PAGE
from pipeline.boxes import Box as Box
from pipeline.boxes import JsonBox as JsonBox
from pipeline.boxes import Record as Record
from pipeline.failures import Failure as Failure
from pipeline.failures import FailureCode as FailureCode
from pipeline.failures import Message as Message
from pipeline.failures import Remark as Remark
from pipeline.looks import Look as Look
from pipeline.looks import Way as Way
from pipeline.page_quality import PageQuality as PageQuality
from pipeline.page_quality import Side as Side
from pipeline.page_record import PageRecord as PageRecord
from pipeline.traces import Editing as Editing
from pipeline.traces import TextDisagreement as TextDisagreement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]
else:
    # What judges facts has no picture, and importing numpy takes longer than `dossier rules` itself.
    Image = Any
"""Pixels of one page: height × width × 3, RGB, 0 to 255."""

A4_POINTS = 842.0
"""Height of a sheet of A4."""

LONG_TERM: Literal["long_term"] = "long_term"
"""A term without an end, as the contract writes it."""

Term = date | Literal["long_term"]


class EvidenceSource(StrEnum):
    """Where a text comes from."""

    OCR = "ocr"
    TEXT_LAYER = "text_layer"
    BARCODE = "barcode"
    FORM = "form"
    REVIEWER = "reviewer"


class TextLine(Record):
    """One line of text on a page: what was read, where, and how sure the reader is.

    Also a barcode's payload (`source` is then BARCODE), so that everything a page says has one type.
    """

    text: str
    box: JsonBox
    """Upright bounding rectangle on the page as shown upright."""
    confidence: float = Field(ge=0, le=1)
    """Mean probability of the characters; 1 for a barcode or a text layer."""
    source: EvidenceSource = EvidenceSource.OCR
    file: str = ""
    """Path below the dossier; stamped by the reading stage."""
    page: int = Field(default=1, ge=1)
    """Counts from 1 within the file."""
    slope: float = 0.0
    """Fall of the baseline in page heights per page width: 0 is level, positive falls to the right."""
    characters: tuple[float, ...] = ()
    """Probability of each character of `text`, in order; empty where the engine gives none."""
    alternatives: tuple[tuple[tuple[str, float], ...], ...] = ()
    """For each character of `text`, what else it could be, best first; empty where the engine gives none."""


class SealShape(StrEnum):
    """Outline of a seal or stamp."""

    ROUND = "round"
    OVAL = "oval"
    SQUARE = "square"
    OTHER = "other"
    """A rectangle, or the rest of an outline."""


class SealColour(StrEnum):
    """Ink of a seal."""

    RED = "red"
    BLACK = "black"
    """On a photocopy; seen only where its ring can be read, since print is full of black arcs."""


class Seal(Record):
    """A seal or stamp seen on a page: supporting evidence only, since any shop cuts any seal."""

    box: JsonBox
    shape: SealShape
    colour: SealColour = SealColour.RED
    file: str = ""
    """Path below the dossier; stamped by the reading stage."""
    page: int = Field(default=1, ge=1)
    """Counts from 1 within the file."""
    text: TextLine | None = None
    """What its ring says, on the seal's own box; None where it was not read."""


class Correction(Record):
    """One character that was put right because the field's grammar left no other reading."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    position: int = Field(ge=0)
    """Index in `value`, counting from 0."""
    read: str = Field(alias="from")
    meant: str = Field(alias="to")
    why: str


T = TypeVar("T")


class Entity(Record, Generic[T]):
    """A value read from a document, with the lines that prove it."""

    value: T
    raw: str
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[TextLine, ...] = Field(min_length=1)
    corrections: tuple[Correction, ...] = ()
    looks: tuple[Look, ...] = ()
    """Further looks, in their order; empty where the first left no doubt."""


class Fields(Record):
    """What one type of document says: every attribute is `Entity[...] | None`, None meaning "not read".

    Subclasses live in `extractors/`, one per document type, with the contract's entity names.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def read(self) -> list[Entity[Any]]:
        """Return the entities that were read, in the order of declaration."""
        return list(self.entities().values())

    def entities(self) -> dict[str, Entity[Any]]:
        """Return the entities that were read, by their name in the contract, in the order of declaration."""
        values = vars(self)
        return {called: entity for name, called in _called(type(self)) if (entity := values[name]) is not None}


@cache
def _called(fields: "type[Fields]") -> tuple[tuple[str, str], ...]:
    """Return the attributes of a type's fields, and what the contract calls them."""
    return tuple((name, declared.alias or name) for name, declared in fields.model_fields.items())


class Source(Record):
    """One file of a dossier, opened once: its bytes are hashed and parsed, never the path again."""

    file: str
    """Path below the dossier (in a zip too), `/` as separator, cleaned of control characters."""
    sha256: str
    content: bytes = Field(repr=False)
    media_type: str
    """Told from the signature: application/pdf or image/jpeg, png, tiff, webp, bmp, heic."""


@dataclass(frozen=True)
class Page:
    """One page of a source as pixels, EXIF orientation and PDF rotation applied."""

    file: str
    number: int
    """Counts from 1 within the file."""
    image: Image
    text_lines: tuple[TextLine, ...] = ()
    """The PDF's text layer with boxes: a claim, and never evidence by itself, see `pipeline.agreement`."""
    text_is_visible: bool = False
    """Whether all of the text layer leaves ink and no picture may lie over it; that ink may show other words."""
    text_outside: tuple[str, ...] = ()
    """Lines of the text layer that lie wholly off the page, or are cropped away."""
    text_is_recognised: bool = False
    """Whether some of the layer is not drawn, as where OCR laid it over a scan: it may then hold OCR's errors."""
    text_is_whole: bool = True
    """Whether nothing of the layer is missing above: neither more than is read of a page, nor in an unknown code."""
    points_high: float = A4_POINTS
    """Height of what `image` shows, in points of 1/72 inch; of a picture, whose size on paper nobody knows, A4's."""
    is_scan: bool = False
    """Whether a PDF's page is nothing but one picture."""


@dataclass(frozen=True)
class ReadPage:
    """A page that was read: what stands on it, without its pixels."""

    record: PageRecord
    lines: tuple[TextLine, ...]
    barcodes: tuple[TextLine, ...] = ()
    quality: PageQuality | None = None
    """None where the text is the file's own, so that it does not matter how well a picture of it can be read."""
    seals: tuple[Seal, ...] = ()
    picture: bytes = b""
    """JPEG of the page as shown upright, longest side at most 1,600 px; empty unless asked for."""
    text_layer_disagreements: tuple[TextDisagreement, ...] | None = None
    """Where the page's text layer says something else than it shows; None without a text layer."""
    text_layer_is_compared: bool = True
    """Whether it could be told if the text layer lies; if not, no line of it counts as read. True without one."""


@dataclass(frozen=True)
class ReadSource:
    """A source whose pages were read as far as they could be."""

    source: Source
    pages: tuple[ReadPage, ...]
    pages_total: int
    failures: tuple[Failure, ...] = ()
    editing: Editing | None = None
    """How the file came about; None where its structure could not be examined."""
    remarks: tuple[Remark, ...] = ()
    """What is worth telling of its content, though it was read."""


@dataclass(frozen=True)
class Document:
    """One document of the dossier: its type, its lines and, once extracted, its fields."""

    id: str
    """`d1`, `d2`, … in the order of files and pages."""
    type: str
    """A document type of the contract; `other` if none was recognised."""
    type_confidence: float
    type_reason: str
    """Why this type, for people: the title that was found, or why none fits."""
    file: str
    """Of the first page."""
    sha256: str
    """Of that file."""
    files: tuple[tuple[str, str], ...] = ()
    """Each file that it spans, with its SHA-256, in the order of the pages."""
    pages: tuple[PageRecord, ...] = ()
    pages_total: int = 0
    quality: tuple[PageQuality | None, ...] = ()
    """Of each page, in order; None where a page's text is the file's own."""
    lines: tuple[TextLine, ...] = ()
    barcodes: tuple[TextLine, ...] = ()
    seals: tuple[Seal, ...] = ()
    """Seals and stamps seen on its pages."""
    candidates: tuple[str, ...] = ()
    """Types that claim this document when it is `other` or in doubt, best first: what it may still turn out to be."""
    failures: tuple[Failure, ...] = ()
    """What of it could not be read; a file that could not be opened is a document of type `other` with a failure."""
    remarks: tuple[Remark, ...] = ()
    """What is worth telling of its files, though they were read."""
    fields: Fields | None = None
    text_layer_disagreements: tuple[TextDisagreement, ...] | None = None
    """None: not examined, as with a picture, which has no text layer."""
    text_layers_not_compared: tuple[int, ...] = ()
    """Numbers of the pages whose text layer could not be compared with what they show, and was not believed."""
    editing: Editing | None = None
    """How its first file came about; None: not examined."""

    @property
    def is_blank(self) -> bool:
        """Whether all of its pages are empty sheets."""
        return bool(self.quality) and all(quality is not None and quality.blank for quality in self.quality)

    @property
    def legibility(self) -> float:
        """Mean confidence of the lines, weighted by length, 0 to 1; 1 where there is nothing to read."""
        weight = sum(len(line.text) for line in self.lines)
        return sum(line.confidence * len(line.text) for line in self.lines) / weight if weight else 1.0
