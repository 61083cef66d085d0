"""Documents with their typed fields, and which of a trademark's papers belong to a declared brand."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from extractors.trademark_fields import TrademarkAcceptanceNotice, TrademarkCertificate
from pipeline.form import Brand
from pipeline.model import Document, Entity, Fields
from validators.equality import same_mark
from validators.identifiers import same_trademark_number

F_co = TypeVar("F_co", bound=Fields, covariant=True)


@dataclass(frozen=True)
class Paper(Generic[F_co]):
    """A document together with its typed fields."""

    document: Document
    fields: F_co


MarkPaper = Paper[TrademarkCertificate] | Paper[TrademarkAcceptanceNotice]


def owner_on(paper: MarkPaper) -> Entity[str] | None:
    """Return who stands on a trademark's paper as its owner, as it was read."""
    return paper.fields.owner if isinstance(paper.fields, TrademarkCertificate) else paper.fields.applicant


def bears_number(paper: MarkPaper, brand: Brand) -> bool:
    """Whether a trademark's paper bears the declared number of a brand."""
    if not brand.trademark_number:
        return False
    fields = paper.fields
    office = fields.office.value if fields.office else None
    numbers = [fields.application_number]
    if isinstance(fields, TrademarkCertificate):
        numbers.append(fields.registration_number)
    return any(
        number is not None and same_trademark_number(number.value, brand.trademark_number, office) for number in numbers
    )


def bears_mark(paper: MarkPaper, brand: Brand) -> bool:
    """Whether a trademark's paper bears the name of a declared brand."""
    mark = paper.fields.mark_text
    return mark is not None and same_mark(mark.value, brand.name)
