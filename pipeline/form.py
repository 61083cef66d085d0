"""The application form as understood: what the seller says of themselves, of the store and of the brands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from pipeline.model import Message, Record


class LegalPerson(Record):
    """The company's legal representative, as the form names them."""

    name: str | None = None
    """As on the business licence."""
    id_number: str | None = None
    """Of the resident identity card: 18 characters."""


class Applicant(Record):
    """The company that applies."""

    company_name: str | None = None
    """As on the business licence, character by character."""
    unified_social_credit_code: str | None = None
    """Of the business licence: 18 characters."""
    legal_person: LegalPerson | None = None
    """The legal representative; of an individual business its operator."""


class Account(Record):
    """The login account: `login` is email, alipay or taobao; rules judge both."""

    login: str | None = None
    """What the id is: email, alipay or taobao."""
    id: str | None = None
    """With which the seller signs in."""


class Settlement(Record):
    """Where the money goes: `channel` is international_alipay or worldfirst; rules judge both."""

    channel: str | None = None
    """international_alipay or worldfirst."""
    account_holder: str | None = None
    """The applicant itself, or its legal person."""


class Store(Record):
    """The store that is applied for. Which categories and types exist is the rulebook's business."""

    category: str | tuple[str, ...] | None = None
    """Id of exactly one major category of the rulebook."""
    subcategories: tuple[str, ...] = ()
    """Ids of those in which the store will sell; all lie in the category."""
    type: str | None = None
    """Id of a store type of the rulebook, such as official or other."""
    name: str | None = None
    """As buyers are to see it."""


class Relation(StrEnum):
    """How the applicant stands to a brand."""

    OWNER = "owner"
    AUTHORIZED = "authorized"


class Brand(Record):
    """One declared brand."""

    name: str
    """As on the trademark's papers."""
    relation: Relation | None = None
    """Whether the applicant owns the mark or was authorized to use it."""
    office: str | None = None
    """Which registered it, or is to: CNIPA, USPTO, EUIPO, UKIPO, WIPO and others."""
    trademark_number: str | None = None
    """Of the registration; of one applied for, of the application."""
    nice_classes: tuple[Annotated[int, Field(ge=1, le=45)], ...] = ()
    """Nice classes of the registration."""


class Application(Record):
    """The application form as understood (`dossier schema application`); what was invalid is left out."""

    applicant: Applicant | None = None
    """The company that applies."""
    account: Account | None = None
    """The login account."""
    settlement: Settlement | None = None
    """Where the money goes."""
    store: Store = Store()
    """The store that is applied for."""
    brands: tuple[Brand, ...] = ()
    """Those that the store will sell; none for a store without a type, perhaps."""


class FormProblem(Record):
    """One thing that is wrong with the application form, named by field."""

    field: str
    """Dotted path, such as `store.category` or `brands[0].office`; empty for the form as a whole."""
    message: Message


@dataclass(frozen=True)
class Form:
    """The application form as found: what of it is valid, and everything that is not."""

    file: str | None
    """Path below the dossier; None if there is no form."""
    application: Application | None
    """Every part of the form that is valid; None without a form."""
    problems: tuple[FormProblem, ...] = ()
