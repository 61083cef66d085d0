"""What papers of trademark offices say about a mark: certificates, and the proofs of what became of them."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from extractors.base import Goods, Office
from pipeline.model import Entity, Fields, Term


class Register(StrEnum):
    """Which register a mark stands on; only the USPTO has two."""

    PRINCIPAL = "principal"
    SUPPLEMENTAL = "supplemental"


class TrademarkCertificate(Fields):
    """What a registration certificate says, whichever office issued it."""

    office: Entity[Office] | None = None
    registration_number: Entity[str] | None = None
    application_number: Entity[str] | None = None
    mark_text: Entity[str] | None = None
    owner: Entity[str] | None = None
    owner_address: Entity[str] | None = None
    nice_classes: Entity[tuple[int, ...]] | None = None
    goods: Entity[tuple[Goods, ...]] | None = None
    filing_date: Entity[date] | None = None
    registration_date: Entity[date] | None = None
    valid_from: Entity[date] | None = None
    valid_to: Entity[Term] | None = None
    register_kind: Entity[Register] | None = Field(default=None, alias="register")
    designations: Entity[tuple[str, ...]] | None = None


class TrademarkAcceptanceNotice(Fields):
    """What an acceptance notice says; acceptance does not mean approval."""

    office: Entity[Office] | None = None
    application_number: Entity[str] | None = None
    mark_text: Entity[str] | None = None
    applicant: Entity[str] | None = None
    nice_classes: Entity[tuple[int, ...]] | None = None
    filing_date: Entity[date] | None = None
    notice_date: Entity[date] | None = None


class NoticeKind(StrEnum):
    """What a trademark office's notice is about."""

    REFUSAL = "refusal"
    PARTIAL_REFUSAL = "partial_refusal"
    FEE = "fee"
    PUBLICATION = "publication"
    OTHER = "other"


class TrademarkNotice(Fields):
    """What a notice of a trademark office says that is not one of acceptance."""

    office: Entity[Office] | None = None
    kind: Entity[NoticeKind] | None = None
    application_number: Entity[str] | None = None
    notice_date: Entity[date] | None = None


class TrademarkRenewal(Fields):
    """What a proof of renewal says: the term that follows the certificate's."""

    office: Entity[Office] | None = None
    registration_number: Entity[str] | None = None
    nice_classes: Entity[tuple[int, ...]] | None = None
    valid_from: Entity[date] | None = None
    valid_to: Entity[Term] | None = None
    certified_date: Entity[date] | None = None


class TrademarkAssignment(Fields):
    """What a proof of assignment says: who owns the mark now."""

    office: Entity[Office] | None = None
    registration_number: Entity[str] | None = None
    nice_classes: Entity[tuple[int, ...]] | None = None
    assignee: Entity[str] | None = None
    certified_date: Entity[date] | None = None


class TrademarkChange(Fields):
    """What a proof of a change of name says: what the owner is called now."""

    office: Entity[Office] | None = None
    registration_number: Entity[str] | None = None
    nice_classes: Entity[tuple[int, ...]] | None = None
    new_owner_name: Entity[str] | None = None
    certified_date: Entity[date] | None = None
