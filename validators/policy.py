"""What a marketplace demands, as it holds on one day: policy and store types; its categories are in categories.py.

Everything here is policy. A rulebook file (rulebooks/aliexpress.yaml) states each number and list with its source and
the date from which it holds; `load_rulebook` picks what is in force on the verification date.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from pipeline.model import Record
from pipeline.verdict import Severity
from validators.categories import Category as Category
from validators.categories import CategoryTerms as CategoryTerms
from validators.categories import Entry as Entry
from validators.categories import Named as Named
from validators.categories import NiceClass as NiceClass
from validators.categories import Qualification as Qualification
from validators.categories import Subcategory as Subcategory


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern.replace("{brand}", "x"))
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
Days = Annotated[int, Field(ge=0, le=36_525)]
Months = Annotated[int, Field(ge=0, le=1_200)]


def _rules_exist(severities: dict[str, Severity], info: ValidationInfo) -> dict[str, Severity]:
    known = (info.context or {}).get("rules")
    unknown = [] if known is None else sorted(set(severities) - set(known))
    if unknown:
        raise ValueError(f"no such rule: {', '.join(unknown)}")
    return severities


class MarkStatus(StrEnum):
    """How far a mark has come: registered (R) or applied for and accepted (TM)."""

    REGISTERED = "registered"
    PENDING = "pending"


class AccountKind(Named):
    """One way to log in."""

    patterns: tuple[Pattern, ...] = Field(min_length=1)
    """Regular expressions, one of which the account's id must match as a whole."""


class StoreType(Named):
    """What one store type demands of the mark, the applicant and the store's name."""

    regulated: bool = True
    """False for the store without a type: rules STO701 to STO705 do not apply to it."""
    statuses: tuple[MarkStatus, ...] = (MarkStatus.REGISTERED, MarkStatus.PENDING)
    """How far a brand's mark must have come: any one of these will do."""
    direct_right: bool = False
    """The applicant owns the mark, or holds exclusive authorization directly from the registrant."""
    invoice_will_do: bool = False
    """Whether a purchase invoice may stand in for an authorization letter."""
    max_links: int | None = Field(default=None, ge=1)
    """Links of an authorization chain; None means no limit on record."""
    brands: int | None = Field(default=None, ge=1)
    """Exactly so many brands; None means any number."""
    one_per_mark: bool = False
    """Whether a mark may have one such store only."""
    chinese_marks: bool = True
    """Whether the mark may hold Chinese characters."""
    individuals: bool = True
    """Whether an individual business (个体工商户) may apply."""
    name_form: Pattern | None = None
    """Regular expression for the whole store name, case ignored; `{brand}` stands for the brand."""
    name_form_en: str = ""
    """The form in words, in English."""
    name_form_zh: str = ""
    """The form in words, in Chinese."""
    claims_official: bool = False
    """Whether its name may say "official"."""


class CardTerm(Record):
    """How long an identity card runs that is issued from an age on."""

    from_age: int = Field(ge=0, le=150)
    """Age at issue, in whole years, from which cards run so long."""
    years: int | None = Field(default=None, ge=1, le=100)
    """None: without an end (长期)."""


class MarkKind(StrEnum):
    """Why a mark is restricted."""

    FAMOUS = "famous"
    GENERIC = "generic"
    PLACE = "place"
    PERSON = "person"


class RestrictedMark(Record):
    """A mark that only its owner may bring, or nobody."""

    name: str = Field(min_length=1)
    """The mark; what comes close to it counts as well."""
    kind: MarkKind = MarkKind.FAMOUS
    """Why it is restricted."""
    owners: tuple[str, ...] = ()
    """Companies to which it belongs, in every script that registers write; none for words that belong to nobody."""


class PictureLimits(Record):
    """What the picture of a page must be like, where what stands on it could not be read for sure."""

    min_side: int = Field(ge=1)
    """Pixels of the longest side."""
    min_text_height: int = Field(ge=1)
    """Pixels of the lines, as found on the page: some more than the letters."""
    max_edge: float = Field(gt=0, le=1)
    """Width of the letters' edges in heights of their line; blur widens them."""
    min_sharpness: float = Field(gt=0, le=1)
    """Steepest step from pixel to pixel, as a share of the brightness."""
    min_brightness: int = Field(ge=0, le=255)
    """Of the paper, 0 to 255."""
    min_contrast: float = Field(ge=0, le=1)
    """Between paper and letters."""
    max_glare: float = Field(ge=0, le=1)
    """Share of the text's area that is burnt out."""
    min_legible: float = Field(ge=0, le=1)
    """Share of the characters that are read surely."""


class Policy(Record):
    """Numbers and lists that rules consult; the rulebook file says where each comes from."""

    min_confidence: float = Field(gt=0, lt=1)
    """A fact below this is "not read": it fails nobody."""
    currency: str
    """Of deposits, by ISO 4217, such as CNY."""
    severities: Annotated[dict[str, Severity], AfterValidator(_rules_exist)]
    """Rule id → severity, where the marketplace weighs a rule otherwise than the catalogue."""

    waivable: tuple[str, ...] = ()
    """Blockers that a person may waive all the same; whatever weighs less always may be."""

    commercial_classes: tuple[str, ...]
    """First two characters of credit codes that are commercial registrations."""
    no_period_since: date
    """Licences issued from this day need not print an operating period."""
    imprint_changed_on: date
    """Issue date from which licences bear the imprint of the new supervising office."""
    qr_hosts: tuple[str, ...]
    """Hosts, with those below them, to which a licence's QR code may lead."""
    trade_words: tuple[str, ...]
    """Words of a business scope that name trade."""
    min_age: int = Field(ge=0, le=120)
    """Years of a legal person."""
    card_terms: tuple[CardTerm, ...] = Field(min_length=1)
    """How long identity cards run, by age at issue, the youngest first."""
    card_issue_days: Days
    """In which a card is issued after it was applied for: until then an age may have been the one before."""

    image_editors: tuple[str, ...]
    """Words by which the program that wrote a PDF or a picture is known to edit pictures; compared without case."""
    scan_revisions: int = Field(ge=2)
    """From so many revisions on, before the first signature that holds, a person looks at a scanned PDF: a scanner
    saves once."""

    grace_months: Months
    """After a registration's end, in which it can still be renewed."""
    expiry_warning_days: Days
    """Before a registration's end, in which it is noted."""
    tm_max_age_months: Months
    """How long an acceptance notice may stand in for a certificate."""
    registration_days: dict[str, tuple[Annotated[int, Field(ge=1, le=31)], ...]]
    """Office → days of the month on which it registers."""
    registration_weekdays: dict[str, tuple[Annotated[int, Field(ge=1, le=7)], ...]]
    """Office → days of the week on which it registers, Monday being 1."""
    use_declaration_months: dict[str, Months]
    """Office → months after registration by which use must have been declared, grace included."""
    unprinted_term_months: dict[str, Months] = Field(default_factory=dict)
    """Office whose certificates print no end → months from registration for which the first term runs."""
    international_offices: tuple[str, ...]
    """Offices whose registrations are no grant by themselves."""
    counting_offices: tuple[str, ...]
    """Offices whose grant of protection to an international registration counts."""
    restricted_marks: tuple[RestrictedMark, ...] = ()
    """Marks that only their owners may bring, or nobody."""

    min_remaining_days: Days
    """Of an authorization: fewer fail."""
    warn_remaining_days: Days
    """Of an authorization: fewer are noted."""
    invoice_max_age_months: Months = 12
    """How long ago goods may have been bought for an invoice to prove it without a person."""
    marketplace_names: tuple[str, ...]
    """How letters call this marketplace."""
    platform_names: tuple[str, ...] = ()
    """Marketplaces, this one too."""
    any_platform_words: tuple[str, ...] = ()
    """Every platform, or every one on the Internet."""
    anywhere_words: tuple[str, ...] = ()
    """The whole world, or no limit."""
    territories_inside: tuple[str, ...] = ()
    """Territories in which this marketplace sells, as letters write them as a whole."""
    territories_outside: tuple[str, ...] = ()
    """Territories that leave out this marketplace's buyers."""
    markets: tuple[str, ...] = ()
    """Countries and regions among this marketplace's markets: what takes one away leaves out its buyers there."""
    kinds_without_term: tuple[str, ...] = ()
    """Kinds of qualification that need print no end of validity."""

    services_class: NiceClass
    """The class of trading services, which covers no goods."""
    store_types: tuple[StoreType, ...] = Field(min_length=1)
    """Those that can be applied for."""
    official_words: tuple[str, ...]
    """Words by which a store name claims to be official."""
    known_marks: tuple[str, ...]
    """Marks of others that a store name may not carry unless declared, as whole words."""
    max_stores: int = Field(ge=1)
    """Of one company, in all."""
    max_stores_in_category: int = Field(ge=1)
    """Of one company, in one major category."""
    accounts: tuple[AccountKind, ...] = Field(min_length=1)
    """Ways to log in."""
    settlement_channels: tuple[Named, ...] = Field(min_length=1)
    """Ways to be paid."""

    picture: PictureLimits
    """What the picture of a page must be like."""
