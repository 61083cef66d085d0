"""The report as programs read it: made of an outcome, written, read back, and described by a JSON Schema.

The same input and options give the same bytes, `provenance.seconds` aside. Optional keys that
were not set are absent; only `decision` and `deposit` are null instead.
"""

import math
from typing import Any

import pydantic_core
from pydantic import JsonValue, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema, to_jsonable_python

from pipeline.errors import UsageError
from pipeline.form import Form
from pipeline.model import Box, Document, Entity, TextLine
from pipeline.report.masking import mask_report
from pipeline.report.record import (
    SCHEMA_VERSION,
    DocumentRecord,
    EntityEvidence,
    EntityRecord,
    FileRecord,
    Provenance,
    SecondsRecord,
    Summary,
)
from pipeline.report.record import Report as Report
from pipeline.report.registers import register_of
from pipeline.schema_text import DescribedSchema
from pipeline.verdict import Evidence, Finding, Outcome, Severity, Status, Verdict
from pipeline.version import product_version

_DIGITS = 4
_NULLABLE = ("decision", "deposit")


class _ReportSchema(DescribedSchema):
    """Optional keys are absent rather than null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def to_report(outcome: Outcome, *, reveal: bool = False) -> Report:
    """Make the report of `outcome`, every identity number masked unless they are to be revealed.

    A report that reveals them says so in its provenance.
    """
    dossier, verdict = outcome.dossier, outcome.verdict
    report = Report(
        dossier_id=dossier.id,
        as_of=dossier.as_of,
        decision=verdict.decision,
        deposit=verdict.deposit,
        application=_application(dossier.form),
        documents=tuple(_document(document) for document in dossier.documents),
        findings=tuple(_finding(finding) for finding in verdict.findings),
        remedies=verdict.remedies,
        alternatives=verdict.alternatives,
        authorizations=verdict.authorizations,
        summary=summary_of(verdict.findings),
        provenance=_provenance(outcome, reveal=reveal),
    )
    return report if reveal else _masked(report)


def without_numbers(report: Report) -> Report:
    """Return the report as others may have it: identity numbers that it reveals are masked."""
    if not report.provenance.revealed:
        return report
    provenance = report.provenance.model_copy(update={"revealed": None})
    return _masked(report.model_copy(update={"provenance": provenance}))


def judged_anew(report: Report, verdict: Verdict) -> Report:
    """Return a report on the same documents with another verdict, every identity number masked."""
    anew = report.model_copy(
        update={
            "decision": verdict.decision,
            "deposit": verdict.deposit,
            "findings": tuple(_finding(finding) for finding in verdict.findings),
            "remedies": verdict.remedies,
            "alternatives": verdict.alternatives,
            "authorizations": verdict.authorizations,
            "summary": summary_of(verdict.findings),
            "provenance": report.provenance.model_copy(update={"rulebook": verdict.rulebook}),
        }
    )
    return Report.model_validate(mask_report(_content(anew)))


def to_json(report: Report) -> str:
    """Write `report` as its file's text: keys as declared, Chinese as it is, two spaces of indent, a final newline."""
    # As `json.dumps` writes it, which takes twenty times as long where lines are indented.
    return pydantic_core.to_json(_content(report), indent=2).decode() + "\n"


def load_report(text: str) -> Report:
    """Read what `to_json` wrote.

    Raises:
        UsageError: `text` is no report of this schema version.
    """
    try:
        return Report.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or "the file"
        raise UsageError(f"not a report of schema version {SCHEMA_VERSION}: {place}: {first['msg']}") from error


def report_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that every report satisfies."""
    schema = Report.model_json_schema(mode="serialization", schema_generator=_ReportSchema)
    for name in _NULLABLE:
        schema["properties"][name] = {"anyOf": [schema["properties"][name], {"type": "null"}]}
    schema["required"] = list(Report.model_fields)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _masked(report: Report) -> Report:
    return Report.model_validate(mask_report(_content(report)))


def _content(report: Report) -> dict[str, JsonValue]:
    written = report.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: written.get(name) for name in Report.model_fields}


def _application(form: Form | None) -> dict[str, JsonValue]:
    if form is None or form.application is None:
        return {}
    # Defaults say nothing that the seller said.
    return form.application.model_dump(mode="json", exclude_defaults=True)


def _document(document: Document) -> DocumentRecord:
    entities = document.fields.entities() if document.fields else {}
    return DocumentRecord(
        id=document.id,
        type=document.type,
        type_confidence=_floor(document.type_confidence),
        type_reason=document.type_reason,
        file=document.file,
        sha256=document.sha256,
        files=_files(document),
        pages=document.pages,
        pages_total=document.pages_total,
        pages_read=len(document.pages),
        failures=document.failures or None,
        remarks=document.remarks or None,
        text_layer_disagreements=document.text_layer_disagreements,
        text_layers_not_compared=document.text_layers_not_compared or None,
        editing=document.editing,
        confirm_at=register_of(document),
        entities={name: _entity(entity) for name, entity in entities.items()},
    )


def _files(document: Document) -> tuple[FileRecord, ...] | None:
    if len(document.files) < 2:
        return None
    return tuple(FileRecord(file=file, sha256=sha256) for file, sha256 in document.files)


def _entity(entity: Entity[Any]) -> EntityRecord:
    return EntityRecord(
        # By the value's own type: a field is otherwise written by its declared one, and loses what a subclass adds.
        value=to_jsonable_python(entity.value, by_alias=True, exclude_none=True),
        raw=entity.raw,
        confidence=_floor(entity.confidence),
        evidence=tuple(_line(line) for line in entity.evidence),
        corrections=entity.corrections or None,
        looks=tuple(look.model_copy(update={"confidence": _floor(look.confidence)}) for look in entity.looks) or None,
    )


def _line(line: TextLine) -> EntityEvidence:
    return EntityEvidence(file=line.file, page=line.page, box=_rounded(line.box), text=line.text, source=line.source)


def _finding(finding: Finding) -> Finding:
    if not finding.evidence:
        return finding
    return finding.model_copy(update={"evidence": tuple(_evidence(evidence) for evidence in finding.evidence)})


def _evidence(evidence: Evidence) -> Evidence:
    return evidence.model_copy(update={"box": _rounded(evidence.box)}) if evidence.box else evidence


def summary_of(findings: tuple[Finding, ...]) -> Summary:
    """Count how findings came out."""
    statuses = [finding.status for finding in findings]
    failed = [finding.severity for finding in findings if finding.status is Status.FAIL]
    return Summary.model_validate(
        {
            "fail": {severity.value: failed.count(severity) for severity in Severity},
            "waived": sum(finding.waived is not None for finding in findings) or None,
            **{status.value: statuses.count(status) for status in Status if status is not Status.FAIL},
        }
    )


def _provenance(outcome: Outcome, *, reveal: bool) -> Provenance:
    seconds = to_jsonable_python(outcome.seconds)
    return Provenance(
        version=product_version(),
        engine=outcome.engine,
        models=dict(sorted(outcome.models.items())),
        rulebook=outcome.verdict.rulebook,
        revealed=reveal or None,
        seconds=SecondsRecord.model_validate({stage: round(spent, 3) for stage, spent in seconds.items()}),
    )


def _floor(confidence: float) -> float:
    """Four digits, never rounded up: 0.99996 is not certain."""
    scale: int = 10**_DIGITS
    return math.floor(round(confidence * scale, 6)) / scale


def _rounded(box: Box) -> Box:
    edges = (box.left, box.top, box.right, box.bottom)
    left, top, right, bottom = (round(edge, _DIGITS) for edge in edges)
    return Box.trusted(left=left, top=top, right=right, bottom=bottom)
