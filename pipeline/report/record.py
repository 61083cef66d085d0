"""The report's records: the contract's "The report", key by key."""

from datetime import date
from typing import Literal

from pydantic import Field, JsonValue

from pipeline.model import (
    Correction,
    Editing,
    EvidenceSource,
    Failure,
    JsonBox,
    Look,
    PageRecord,
    Record,
    Remark,
    TextDisagreement,
)
from pipeline.report.registers import Register
from pipeline.verdict import Alternative, Authorization, Decision, Deposit, Finding, Remedy, RulebookIdentity

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class EntityEvidence(Record):
    """A line that proves an entity."""

    file: str
    page: int = Field(ge=1)
    box: JsonBox
    text: str
    source: EvidenceSource


class EntityRecord(Record):
    """An entity as reports list it: the value as JSON, whatever its type in the document's fields."""

    value: JsonValue
    raw: str
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[EntityEvidence, ...] = Field(min_length=1)
    corrections: tuple[Correction, ...] | None = Field(default=None, min_length=1)
    looks: tuple[Look, ...] | None = Field(default=None, min_length=1)
    """Further looks at it, where the first left doubt."""


class FileRecord(Record):
    """One of the files that a document lies in."""

    file: str
    sha256: str


class DocumentRecord(Record):
    """A document as reports list it."""

    id: str
    type: str
    type_confidence: float = Field(ge=0, le=1)
    type_reason: str
    file: str
    """Of its first page."""
    sha256: str
    """Of that file."""
    files: tuple[FileRecord, ...] | None = Field(default=None, min_length=2)
    """All of them, if it lies in several."""
    pages: tuple[PageRecord, ...]
    pages_total: int = Field(ge=0)
    pages_read: int = Field(ge=0)
    failures: tuple[Failure, ...] | None = Field(default=None, min_length=1)
    """What of it could not be read, and why."""
    remarks: tuple[Remark, ...] | None = Field(default=None, min_length=1)
    """What is worth telling of its files, though they were read."""
    text_layer_disagreements: tuple[TextDisagreement, ...] | None = None
    """Where a PDF's text layer says something else than its page; absent if it was not examined."""
    text_layers_not_compared: tuple[int, ...] | None = Field(default=None, min_length=1)
    """Pages whose text layer could not be compared with what they show and was not relied on; absent if none."""
    editing: Editing | None = None
    """What a PDF's structure tells of how it came about; absent if it was not examined."""
    confirm_at: Register | None = None
    """Where a person can look its number up; from our own list, never from the document."""
    entities: dict[str, EntityRecord]


class Failed(Record):
    """How many findings failed, by severity."""

    blocker: int = 0
    major: int = 0
    minor: int = 0
    info: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.blocker + self.major + self.minor + self.info


class Summary(Record):
    """How many findings came out how."""

    fail: Failed
    undetermined: int
    passed: int = Field(alias="pass")
    not_applicable: int
    waived: int | None = Field(default=None, ge=1)
    """How many of those that failed or are undetermined a person has waived; absent if none."""


class SecondsRecord(Record):
    """Wall-clock seconds of each stage."""

    ingest: float
    read: float
    extract: float
    validated: float = Field(alias="validate")  # BaseModel has a method `validate`


class Provenance(Record):
    """What made the report."""

    version: str
    engine: str
    models: dict[str, str]
    """Model file name → SHA-256."""
    rulebook: RulebookIdentity
    revealed: bool | None = None
    """Whether identity numbers stand in it whole (`--reveal`); absent if they are masked."""
    seconds: SecondsRecord


class Report(Record):
    """One dossier's verification report, schema version 1.0."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    dossier_id: str
    as_of: date
    decision: Decision | None
    """Null when documents were inspected without an application."""
    deposit: Deposit | None
    application: dict[str, JsonValue]
    """The form as understood; empty without one."""
    documents: tuple[DocumentRecord, ...]
    findings: tuple[Finding, ...]
    remedies: tuple[Remedy, ...]
    authorizations: tuple[Authorization, ...] = ()
    """Chain of authorization of each declared brand."""
    alternatives: tuple[Alternative, ...] = ()
    """What would become of the dossier as a store of each other type, where this one is not approved."""
    summary: Summary
    provenance: Provenance
