"""What judging yields: findings, remedies, the decision, and the outcome that a report is made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pydantic import ConfigDict, Field

from pipeline.form import Form
from pipeline.model import Document, EvidenceSource, JsonBox, Message, Record, Term
from pipeline.records import Decision as Decision
from pipeline.records import Records


@dataclass(frozen=True)
class Dossier:
    """All that is known when judging begins."""

    id: str
    as_of: date
    form: Form | None
    """None when documents are inspected without an application."""
    documents: tuple[Document, ...]
    records: Records | None = None
    """Decisions on record that come before it; None where there is no record to ask."""


class Status(StrEnum):
    """How a rule came out for one subject."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    UNDETERMINED = "undetermined"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """How much a failed rule weighs."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


WEIGHTY = (Severity.BLOCKER, Severity.MAJOR)
"""Severities that change the decision."""
AGAINST = (Status.FAIL, Status.UNDETERMINED)
"""How a weighty rule must come out to change it."""


def decision_of(findings: Iterable[tuple[Status, Severity]]) -> Decision:
    """Return what becomes of a dossier: failed blockers reject it, other weighty doubts need a person.

    Args:
        findings: How each came out and how much it weighs, those left out that a person has waived.
    """
    against = [(status, severity) for status, severity in findings if status in AGAINST and severity in WEIGHTY]
    if (Status.FAIL, Severity.BLOCKER) in against:
        return Decision.REJECTED
    return Decision.NEEDS_REVIEW if against else Decision.APPROVED


class Evidence(Record):
    """Where something stands: on a page, in a barcode, in the form."""

    document: str | None = None
    """Document id; None for the form."""
    file: str
    page: int | None = None
    box: JsonBox | None = None
    text: str | None = None
    source: EvidenceSource | None = None


class Waived(Record):
    """Who has waived a finding: it stays what it is, and weighs nothing."""

    reason: str
    owner: str
    expires: date


class Finding(Record):
    """How one rule came out for one subject."""

    rule: str
    status: Status
    severity: Severity
    subject: str
    """A document id, `brand:NAME`, `form`, a file, or `dossier`."""
    message: Message
    expected: str | None = None
    found: str | None = None
    evidence: tuple[Evidence, ...] = ()
    waived: Waived | None = None
    waiver_refused: Message | None = None
    """Why a waiver of it does nothing: it has expired, or the rulebook lets nobody waive it."""


class Action(StrEnum):
    """What the seller is asked to do."""

    RESUBMIT = "resubmit"
    SUPPLEMENT = "supplement"
    CORRECT_FORM = "correct_form"
    CONTACT = "contact"


class Remedy(Record):
    """What the seller must send or do about one failed or undetermined rule; nothing in it helps a forger."""

    rule: str
    action: Action
    document: str | None = None
    """Document type to send, such as `business_licence`; None for the form."""
    message: Message


class Role(StrEnum):
    """What a party is to an authorization."""

    REGISTRANT = "registrant"
    LICENSOR = "licensor"
    """Who gives a right that no letter before gave to them: there the chain is broken."""
    LICENSEE = "licensee"
    APPLICANT = "applicant"


class Node(Record):
    """A party of a chain of authorization."""

    name: str | None = None
    """As its papers say; None where it was not read."""
    role: Role
    documents: tuple[str, ...] = ()
    """Ids of the papers that name it: certificate and proofs of a registrant, licence of the applicant, letters."""


class AuthorizationLink(Record):
    """One letter of a chain."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

    document: str
    """Id of the letter."""
    licensor: int = Field(alias="from", ge=0)
    """Index of the node that gives."""
    licensee: int = Field(alias="to", ge=0)
    """Index of the node that is given to."""
    valid_from: date | None = None
    valid_to: Term | None = None
    exclusivity: str | None = None
    status: Status
    """The worst that was found about this letter and the step to it."""
    rules: tuple[str, ...] = ()
    """Rules that failed or could not be told."""


class Authorization(Record):
    """How the applicant came by the right to one brand: nodes from the registrant to the applicant, links between."""

    brand: str
    """As findings name it: `brand:NAME`."""
    own: bool | None = None
    """Whether the brand is the applicant's own; None where that cannot be told."""
    status: Status
    """Whether the right leads to the applicant, whatever else is wrong with a letter."""
    nodes: tuple[Node, ...]
    links: tuple[AuthorizationLink, ...] = ()
    broken_at: int | None = Field(default=None, ge=1)
    """Number of the first link that does not begin where the one before ends; past the last link, the applicant's."""


class Alternative(Record):
    """What would become of the dossier as a store of another type."""

    type: str
    decision: Decision
    missing: tuple[str, ...]
    """Rules that stand against it."""


class Deposit(Record):
    """The deposit due for the chosen category."""

    amount: int
    currency: str = "CNY"


class RulebookIdentity(Record):
    """Which rulebook judged."""

    id: str
    version: str
    sha256: str


class Verdict(Record):
    """What the rules say about a dossier."""

    decision: Decision | None
    """None when documents were inspected without an application."""
    deposit: Deposit | None
    findings: tuple[Finding, ...]
    remedies: tuple[Remedy, ...]
    rulebook: RulebookIdentity
    alternatives: tuple[Alternative, ...] = ()
    """One for each other store type, where this one is not approved; none without a known one."""
    authorizations: tuple[Authorization, ...] = ()
    """One for each declared brand, in the form's order."""


@dataclass(frozen=True)
class Seconds:
    """Wall-clock time of each stage; the only part of a report that differs between two runs."""

    ingest: float = 0.0
    read: float = 0.0
    extract: float = 0.0
    validate: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """One dossier after all stages: everything that a report is made of."""

    dossier: Dossier
    verdict: Verdict
    engine: str
    models: dict[str, str] = field(default_factory=dict)
    """Model file name → SHA-256."""
    seconds: Seconds = Seconds()
    pictures: dict[tuple[str, int], bytes] = field(default_factory=dict)
    """(file, page) → JPEG of the page as shown upright; empty unless a page for people was asked for."""
