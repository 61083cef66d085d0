"""A reviewer's values put into a report: evidence of source `reviewer`, at the place where the value stands."""

from collections.abc import Iterable

from pydantic import JsonValue

from pipeline.errors import UsageError
from pipeline.model import WHOLE_PAGE, Box, EvidenceSource
from pipeline.report.record import DocumentRecord, EntityEvidence, EntityRecord, Report
from pipeline.review.events import Event, Valued
from pipeline.review.judging import Judge

SEALED_FIELDS = frozenset({"id_number"})
"""Masked in every report, so that a person's own reading of them must not stand in another file either."""


def with_values(report: Report, events: Iterable[Event]) -> Report:
    """Return the report with what reviewers read in it; what they read on another file is left out."""
    documents = {document.id: document for document in report.documents}
    for event in events:
        body = event.body
        if isinstance(body, Valued) and applies(body, report):
            documents[body.document] = _with_value(documents[body.document], body)
    return report.model_copy(update={"documents": tuple(documents[each.id] for each in report.documents)})


def applies(body: Valued, report: Report) -> bool:
    """Whether a value was read on a document that this report has."""
    known = ((each.id, each.type, each.sha256) for each in report.documents)
    return (body.document, body.type, body.sha256) in known


def place_of(document: DocumentRecord, entity: str) -> tuple[str, int, Box]:
    """Return where a field stands: file, page and box; the first page as a whole where it was not read."""
    found = document.entities.get(entity)
    if found:
        return found.evidence[0].file, found.evidence[0].page, found.evidence[0].box
    page = document.pages[0] if document.pages else None
    return (page.file, page.page, WHOLE_PAGE) if page else (document.file, 1, WHOLE_PAGE)


def _with_value(document: DocumentRecord, body: Valued) -> DocumentRecord:
    seen = EntityEvidence(file=body.file, page=body.page, box=body.box, text=body.typed, source=EvidenceSource.REVIEWER)
    machine = document.entities.get(body.entity)
    # Lines that say the same prove it still.
    proofs = machine.evidence if machine and body.was_right else ()
    entity = EntityRecord(value=body.value, raw=body.typed, confidence=1, evidence=(seen, *proofs))
    return document.model_copy(update={"entities": {**document.entities, body.entity: entity}})


def as_typed(value: JsonValue) -> str:
    """Return a value as a reviewer types it: lists by lines, money as `100 CNY`, goods as `25: shirts`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(as_typed(item) for item in value)
    if isinstance(value, dict) and "amount" in value:
        return f"{value['amount']} {value.get('currency', '')}".strip()
    if isinstance(value, dict) and "text" in value:
        number = value.get("class")
        return str(value["text"]) if number is None else f"{number}: {value['text']}"
    return "" if value is None else str(value)


def valued(recorded: Report, judge: Judge, *, document: str, entity: str, typed: str | None) -> Valued:
    """Return a reviewer's value as it goes on record, before it is known what comes of it.

    Args:
        recorded: The machine's report.
        judge: Knows what fields there are.
        document: Id of the document.
        entity: Name of the field.
        typed: As the reviewer wrote it; None confirms what the machine read.

    Raises:
        UsageError: There is no such field, or it cannot hold this.
    """
    paper = next((each for each in recorded.documents if each.id == document), None)
    if paper is None or entity not in judge.fields_of(paper.type):
        raise UsageError("there is no such field in this dossier")
    machine = paper.entities.get(entity)
    if typed is None and machine is None:
        raise UsageError("nothing was read there that could be confirmed; write what stands on the page")
    if typed is not None and entity in SEALED_FIELDS:
        raise UsageError("identity numbers are masked in every report, and so cannot be put right here")
    file, page, box = place_of(paper, entity)
    value = machine.value if machine and typed is None else judge.read(paper.type, entity, typed or "")
    return Valued(
        document=paper.id,
        type=paper.type,
        sha256=paper.sha256,
        entity=entity,
        value=value,
        before=machine.value if machine else None,
        typed=as_typed(value) if typed is None else typed.strip(),
        file=file,
        page=page,
        box=box,
    )
