"""The application form as understood: what the seller says of themselves, of the store and of the brands."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from pipeline.model import Message, Record


class LegalPerson(Record):
    """The company's legal representative, as the form names them."""

    name: str | None = None
    id_number: str | None = None


class Applicant(Record):
    """The company that applies."""

    company_name: str | None = None
    unified_social_credit_code: str | None = None
    legal_person: LegalPerson | None = None


class Account(Record):
    """The login account: `login` is email, alipay or taobao; rules judge both."""

    login: str | None = None
    id: str | None = None


class Settlement(Record):
    """Where the money goes: `channel` is international_alipay or worldfirst; rules judge both."""

    channel: str | None = None
    account_holder: str | None = None


class Store(Record):
    """The store that is applied for. Which categories and types exist is the rulebook's business."""

    category: str | tuple[str, ...] | None = None
    subcategories: tuple[str, ...] = ()
    type: str | None = None
    name: str | None = None


class Relation(StrEnum):
    """How the applicant stands to a brand."""

    OWNER = "owner"
    AUTHORIZED = "authorized"


class Brand(Record):
    """One declared brand."""

    name: str
    relation: Relation | None = None
    office: str | None = None
    trademark_number: str | None = None
    nice_classes: tuple[Annotated[int, Field(ge=1, le=45)], ...] = ()


class Application(Record):
    """The application form as understood (`dossier schema application`); what was invalid is left out."""

    applicant: Applicant | None = None
    account: Account | None = None
    settlement: Settlement | None = None
    store: Store = Store()
    brands: tuple[Brand, ...] = ()


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
