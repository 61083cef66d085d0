"""What the documents say: one frozen record per document, from which page and truth are both made."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

LONG_TERM: Literal["long_term"] = "long_term"

Term = date | Literal["long_term"]


class Era(StrEnum):
    """The face of a licence, by the contract's names of `template`."""

    PRE_2014 = "pre_2014"
    PORTRAIT_2014 = "2014"
    LANDSCAPE_2019 = "2019"


class Kind(StrEnum):
    """Whose licence it is; formats A, C, F and G of the 2014 series."""

    COMPANY = "company"
    PARTNERSHIP = "partnership"
    INDIVIDUAL = "individual"
    BRANCH = "branch"


@dataclass(frozen=True)
class Licence:
    """A business licence."""

    era: Era
    kind: Kind
    copy: Literal["original", "duplicate"]
    name: str
    company_type: str
    person: str
    address: str
    scope: str
    established: date
    issued: date
    authority: str
    code: str | None = None
    registration_number: str | None = None
    capital: str | None = None
    """As printed."""
    capital_amount: int | None = None
    """In yuan."""
    period: tuple[date | None, Term] | None = None
    """First day, if printed, and last day; None where no period is printed, as on licences since 2022-03-01."""
    serial: str | None = None
    """Number of the paper itself (证照编号), which is no number of the company."""
    composition: str | None = None
    qr: str | None = None
    """Payload of the QR code."""


@dataclass(frozen=True)
class Mark:
    """A registered trademark of CNIPA and the certificate that says so."""

    style: Literal["paper", "paper_qr", "electronic"]
    text: str
    number: str
    nice_class: int
    goods: tuple[str, ...]
    owner: str
    owner_address: str
    registered: date
    valid_to: date


@dataclass(frozen=True)
class Notice:
    """CNIPA's notice that it accepted an application."""

    text: str
    number: str
    nice_class: int
    applicant: str
    applicant_address: str
    agent: str
    filed: date
    noticed: date


@dataclass(frozen=True)
class Card:
    """A mainland identity card."""

    side: Literal["both", "front", "back"]
    """What the page shows; both sides as copied onto one sheet."""
    name: str
    sex: Literal["male", "female"]
    ethnicity: str
    born: date
    address: str
    number: str
    authority: str
    valid_from: date
    valid_to: Term


@dataclass(frozen=True)
class Qualified:
    """A qualification: a permit, a certificate, a declaration or a report."""

    kind: str
    """By the contract's names."""
    layout: Literal["permit", "registration", "ccc", "certificate", "declaration", "report"]
    title: str
    number: str
    holder: str
    holder_address: str
    products: tuple[str, ...]
    issued: date
    valid_to: Term | None
    issuer: str | None
    """Who issued it, where that is not the holder."""
    laws: tuple[str, ...] = ()
    """Directives and standards that an English paper names."""
    person: str = ""
    code: str = ""
    """Credit code that permits print."""


@dataclass(frozen=True)
class Bought:
    """One line of an invoice."""

    name: str
    """With its sort between stars on a Chinese one: `*服装*连衣裙`."""
    quantity: int
    price: int
    """Of one, in whole units of the currency."""


@dataclass(frozen=True)
class Invoice:
    """An invoice: fully digital, of the older form, or a commercial one in English."""

    style: Literal["digital", "special", "commercial"]
    number: str
    seller: str
    seller_code: str
    buyer: str
    buyer_code: str
    day: date
    items: tuple[Bought, ...]


@dataclass(frozen=True)
class Letter:
    """A letter of authorization: one link of a chain."""

    language: Literal["zh", "en"]
    layout: Literal["prose", "form", "table"]
    licensor: str
    licensee: str
    marks: tuple[str, ...]
    numbers: tuple[str, ...]
    """One for each mark."""
    nice_classes: tuple[int, ...]
    platforms: tuple[str, ...]
    """As printed."""
    valid_from: date
    valid_to: Term
    signed: date
    exclusivity: Literal["exclusive", "sole", "non_exclusive"] | None = None
    territory: str | None = None
    """As printed."""
    sublicensing: bool | None = None
    years: int | None = None
    """Where the term is printed as so many years from the signing; else it is printed as two days."""
    sealed: bool = True
    by_person: bool = False
    """Whether a natural person grants it, who speaks of 本人 and has no letterhead."""


class Layout(StrEnum):
    """The faces of foreign certificates that are drawn."""

    USPTO_COLUMNS = "uspto_columns"
    """Until about 2010: text in two columns under the mark."""
    USPTO_MARGIN = "uspto_margin"
    """Until June 2022: labels in a margin."""
    USPTO_ELECTRONIC = "uspto_electronic"
    EUIPO = "euipo"
    OHIM = "ohim"
    UKIPO = "ukipo"
    UKIPO_EXTRACT = "ukipo_extract"
    WIPO = "wipo"
    TIPO = "tipo"
    BOIP = "boip"
    OEPM = "oepm"
    IPINDIA = "ipindia"
    IPINDIA_GOLD = "ipindia_gold"
    CODED = "coded"
    """Of an office without a reader of its own: INID codes in brackets."""


@dataclass(frozen=True)
class ForeignMark:
    """A mark registered abroad, and the certificate that says so."""

    layout: Layout
    text: str
    number: str
    """In its normal form."""
    owner: str
    address: tuple[str, ...]
    """Row by row."""
    goods: tuple[tuple[int, tuple[str, ...]], ...]
    """Nice class and its goods, by class."""
    registered: date
    filed: date | None = None
    valid_to: date | None = None
    application: str | None = None
    supplemental: bool = False
    designations: tuple[str, ...] = ()


class Act(StrEnum):
    """What a short paper of CNIPA says was decided."""

    RENEWAL = "renewal"
    ASSIGNMENT = "assignment"
    CHANGE = "change"
    REFUSAL = "refusal"
    PARTIAL_REFUSAL = "partial_refusal"
    FEE = "fee"
    PUBLICATION = "publication"


@dataclass(frozen=True)
class OfficePaper:
    """A short paper of CNIPA: proof of renewal, assignment or change, or a notice."""

    act: Act
    number: str
    nice_class: int
    text: str
    party: str
    """Owner, assignee, the owner's new name, or applicant."""
    former: str
    """Assignor or former name, where the paper names one."""
    address: str
    dated: date
    term: tuple[date, date] | None = None


Facts = Licence | Mark | Notice | ForeignMark | OfficePaper | Letter | Card | Qualified | Invoice


def ten_years_from(start: date) -> date:
    """Return the last day of a registration's first term: ten years less a day (Trademark Law, article 39)."""
    return date.fromordinal(start.replace(year=start.year + 10).toordinal() - 1)


def qr_of(code: str) -> str:
    """Return what the QR code of a licence holds: its address in the publicity system."""
    return f"http://www.gsxt.gov.cn/index.html?uniscid={code}"


def qr_of_mark(number: str) -> str:
    """Return what the QR code of an electronic certificate holds."""
    return f"https://wsgs.sbj.cnipa.gov.cn:9443/tmpu/puInfoView/puMobileRe.html?regNum={number}"
