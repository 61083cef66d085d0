"""What is drawn on the pages: a box where something was read or is objected to, and its anchor for links."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import Box
from pipeline.report.places import entities_at
from pipeline.report.record import DocumentRecord, EntityRecord, Report
from pipeline.verdict import Evidence, Finding, Status

_WHOLE = 0.98


class Tone(StrEnum):
    """How something stands out, the strongest last."""

    PLAIN = "plain"
    OPEN = "open"
    FAIL = "fail"


OUTCOMES = {Status.FAIL: Tone.FAIL, Status.UNDETERMINED: Tone.OPEN}
"""How what did not pass stands out."""
_TONES = list(Tone)


@dataclass(frozen=True)
class Mark:
    """A box drawn on a page."""

    anchor: str
    file: str
    page: int
    box: Box
    label: str
    """Entities and rules that it is about; empty on the second and later lines of an entity."""
    title: str
    """What is known about the place, one line each."""
    tone: Tone

    @property
    def is_frame(self) -> bool:
        """Whether it goes around the whole page."""
        return min(self.box.width, self.box.height) >= _WHOLE


@dataclass(frozen=True)
class EntityView:
    """An entity as the table beside the page shows it."""

    anchor: str
    """Of its first box."""
    title: str
    text: str
    record: EntityRecord
    tone: Tone
    rules: tuple[str, ...]
    """Rules that failed or could not be told because of it."""


@dataclass(frozen=True)
class Objection:
    """A finding that did not pass, at one place of a document."""

    finding: Finding
    evidence: Evidence
    box: Box
    page: int
    names: tuple[str, ...]
    """Entities that it is about."""

    @property
    def tone(self) -> Tone:
        """How the place stands out."""
        return OUTCOMES[self.finding.status]


@dataclass(frozen=True)
class _Label:
    """What one entity or rule adds to a mark."""

    short: str
    full: str
    tone: Tone


def objections_to(document: DocumentRecord, report: Report) -> Iterator[Objection]:
    """Yield what did not pass, once for each place of `document` that it points to."""
    for finding in report.findings:
        if finding.status not in OUTCOMES:
            continue
        for evidence in finding.evidence:
            if evidence.document == document.id and evidence.page is not None and evidence.box is not None:
                names = tuple(entities_at(document, evidence, finding))
                yield Objection(finding, evidence, evidence.box, evidence.page, names)


def marks_on(
    document: DocumentRecord, entities: Mapping[str, EntityView], objections: Sequence[Objection]
) -> Iterator[Mark]:
    """Yield one mark per place that proves something or is objected to, plain ones first so that others lie on top."""
    places: dict[tuple[str, int, Box], list[_Label]] = {}
    for entity in entities.values():
        for number, line in enumerate(entity.record.evidence):
            label = _Label("" if number else entity.title, f"{entity.title}: {entity.text}", entity.tone)
            places.setdefault((line.file, line.page, line.box), []).append(label)
    for objection in objections:
        if not objection.names:
            label = _Label(objection.finding.rule, objection.evidence.text or "", objection.tone)
            places.setdefault((objection.evidence.file, objection.page, objection.box), []).append(label)
    marks = [_mark(document, *place, labels) for place, labels in places.items()]
    yield from sorted(marks, key=lambda mark: _TONES.index(mark.tone))


def _mark(document: DocumentRecord, file: str, page: int, box: Box, labels: Sequence[_Label]) -> Mark:
    return Mark(
        anchor=place_anchor(document, file, page, box),
        file=file,
        page=page,
        box=box,
        label=" · ".join(dict.fromkeys(label.short for label in labels if label.short)),
        title="\n".join(dict.fromkeys(label.full for label in labels if label.full)),
        tone=strongest(label.tone for label in labels),
    )


def entity_anchor(document: DocumentRecord, entity: EntityRecord) -> str:
    """Return the anchor of an entity's first box."""
    first = entity.evidence[0]
    return place_anchor(document, first.file, first.page, first.box)


def page_anchor(document: DocumentRecord, file: str, page: int) -> str:
    """Return the anchor of a page, or of the document if the page was not read."""
    pages = [(record.file, record.page) for record in document.pages]
    return f"{document.id}-p{pages.index((file, page)) + 1}" if (file, page) in pages else document.id


def place_anchor(document: DocumentRecord, file: str, page: int, box: Box) -> str:
    """Return the anchor of a box."""
    edges = "-".join(f"{edge * 10_000:.0f}" for edge in (box.left, box.top, box.right, box.bottom))
    return f"{page_anchor(document, file, page)}-{edges}"


def strongest(tones: Iterable[Tone]) -> Tone:
    """Return the tone that prevails."""
    return max(tones, key=_TONES.index, default=Tone.PLAIN)
