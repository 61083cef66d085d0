"""What papers say that are no trademark office's and no letters; apart from their readers, which rules do not need."""

import datetime
from datetime import date
from enum import StrEnum

from pydantic import Field

from extractors.base import Money
from pipeline.model import Entity, Fields, Term


class LegalPersonRole(StrEnum):
    """As what the licence names its natural person."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    OPERATOR = "operator"
    PERSON_IN_CHARGE = "person_in_charge"
    PARTNER = "partner"
    INVESTOR = "investor"


class CopyKind(StrEnum):
    """Display copy (正本) or duplicate (副本); both have the same force."""

    ORIGINAL = "original"
    DUPLICATE = "duplicate"


class Template(StrEnum):
    """The era of the face."""

    PRE_2014 = "pre_2014"
    """企业法人营业执照, 个体工商户营业执照 and kin, with a 15-digit (or older) registration number."""
    PORTRAIT_2014 = "2014"
    """Formats A to H, 2014-03 to 2019-02, 国家工商行政管理总局监制."""
    LANDSCAPE_2019 = "2019"
    """Two columns, since 2019-03-01, 国家市场监督管理总局监制."""


class BusinessLicence(Fields):
    """What a business licence says."""

    unified_social_credit_code: Entity[str] | None = None
    registration_number: Entity[str] | None = None
    company_name: Entity[str] | None = None
    company_type: Entity[str] | None = None
    legal_person: Entity[str] | None = None
    legal_person_role: Entity[LegalPersonRole] | None = None
    registered_capital: Entity[Money] | None = None
    establishment_date: Entity[date] | None = None
    valid_from: Entity[date] | None = None
    valid_to: Entity[Term] | None = None
    address: Entity[str] | None = None
    business_scope: Entity[str] | None = None
    composition: Entity[str] | None = None
    issue_date: Entity[date] | None = None
    registration_authority: Entity[str] | None = None
    copy_kind: Entity[CopyKind] | None = Field(default=None, alias="copy")
    template: Entity[Template] | None = None
    qr_code: Entity[str] | None = None


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


class Qualification(Fields):
    """What a qualification says, whatever its kind."""

    kind: Entity[str] | None = None
    """ccc, ce, rohs, fcc, cpc, fda, test_report, food_production, … : the ids that rulebooks ask for."""
    certificate_number: Entity[str] | None = None
    holder: Entity[str] | None = None
    products: Entity[tuple[str, ...]] | None = None
    valid_from: Entity[date] | None = None
    """First day of the printed term, else the day of issue: from then on the paper says what it says."""
    valid_to: Entity[Term] | None = None
    issuer: Entity[str] | None = None


class PurchaseInvoice(Fields):
    """Who sold what to whom, and when."""

    seller: Entity[str] | None = None
    buyer: Entity[str] | None = None
    date: Entity[datetime.date] | None = None
    number: Entity[str] | None = None
    items: Entity[tuple[str, ...]] | None = None
