"""What the page for people shows of a report: documents with boxes on their pages, findings with links to them.

Sentences are picked in one language here, so that templates only place them.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model import Box, PageRecord
from pipeline.report.masking import mask_text
from pipeline.report.places import entities_at, stands_at, where
from pipeline.report.record import DocumentRecord, EntityRecord, Report
from pipeline.report.titles import ENTITIES, TYPES, title
from pipeline.report.values import in_words
from pipeline.report.words import phrase
from pipeline.verdict import Evidence, Finding, Severity, Status

_WHOLE = 0.98


class Tone(StrEnum):
    """How something stands out, the strongest last."""

    PLAIN = "plain"
    OPEN = "open"
    FAIL = "fail"


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
class PageView:
    """A page with what is drawn on it."""

    anchor: str
    record: PageRecord
    picture: str
    """A `data:` address; empty without a picture."""
    marks: tuple[Mark, ...]


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
class DocumentView:
    """A document with its pages."""

    title: str
    extent: str
    record: DocumentRecord
    tone: Tone
    pages: tuple[PageView, ...]
    entities: Mapping[str, EntityView]


@dataclass(frozen=True)
class Link:
    """Where something can be seen."""

    text: str
    anchor: str
    """Empty if it stands in no document."""


@dataclass(frozen=True)
class FindingView:
    """A finding with its links."""

    record: Finding
    subject: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class _Objection:
    """A finding that did not pass, at one place of a document."""

    finding: Finding
    evidence: Evidence
    box: Box
    page: int
    names: tuple[str, ...]
    """Entities that it is about."""

    @property
    def tone(self) -> Tone:
        return _OUTCOMES[self.finding.status]


@dataclass(frozen=True)
class _Label:
    """What one entity or rule adds to a mark."""

    short: str
    full: str
    tone: Tone


_OUTCOMES = {Status.FAIL: Tone.FAIL, Status.UNDETERMINED: Tone.OPEN}
_TONES = list(Tone)
_WEIGHTS = list(Severity)


def view_documents(report: Report, pictures: Mapping[tuple[str, int], bytes], lang: str) -> tuple[DocumentView, ...]:
    """Return the documents as the page shows them; `pictures` are JPEG, by file and page."""
    # The report's paths are masked, and those of the pictures must meet them.
    by_place = {(mask_text(file), page): picture for (file, page), picture in pictures.items()}
    return tuple(_document(document, report, by_place, lang) for document in report.documents)


def view_findings(report: Report, status: Status, lang: str) -> tuple[FindingView, ...]:
    """Return the findings that came out as `status`, the weightiest first."""
    chosen = [finding for finding in report.findings if finding.status is status]
    chosen.sort(key=lambda finding: _WEIGHTS.index(finding.severity))
    return tuple(
        FindingView(finding, subject_of(finding.subject, report, lang), _links(finding, report, lang))
        for finding in chosen
    )


def subject_of(subject: str, report: Report, lang: str) -> str:
    """Return a finding's subject as people call it: the document's type and file, the brand, the form."""
    for document in report.documents:
        if document.id == subject:
            return f"{title(TYPES, document.type, lang)} · {document.file}"
    if subject.startswith("brand:"):
        return phrase("subject.brand", lang).format(name=subject.removeprefix("brand:"))
    return phrase(f"subject.{subject}", lang) if subject in ("form", "dossier") else subject


def extent_of(document: DocumentRecord, lang: str) -> str:
    """Return how many pages a document has, and how many of them were read."""
    if document.pages_total == document.pages_read == 1:
        return phrase("page.one_page_read", lang)
    if document.pages_read == 0:
        return phrase("page.no_page_read", lang)
    return phrase("page.pages_read", lang).format(read=document.pages_read, total=document.pages_total)


def _document(
    document: DocumentRecord, report: Report, pictures: Mapping[tuple[str, int], bytes], lang: str
) -> DocumentView:
    objections = tuple(_objections(document, report))
    entities = {name: _entity(document, name, objections, lang) for name in document.entities}
    marks = tuple(_marks(document, entities, objections))
    about = (finding for finding in report.findings if finding.subject == document.id)
    tones = [_OUTCOMES.get(finding.status, Tone.PLAIN) for finding in about]
    return DocumentView(
        title=title(TYPES, document.type, lang),
        extent=extent_of(document, lang),
        record=document,
        tone=_strongest([*tones, *(objection.tone for objection in objections)]),
        pages=tuple(_page(document, page, marks, pictures) for page in document.pages),
        entities=entities,
    )


def _objections(document: DocumentRecord, report: Report) -> Iterator[_Objection]:
    for finding in report.findings:
        if finding.status not in _OUTCOMES:
            continue
        for evidence in finding.evidence:
            if evidence.document == document.id and evidence.page is not None and evidence.box is not None:
                names = tuple(entities_at(document, evidence, finding))
                yield _Objection(finding, evidence, evidence.box, evidence.page, names)


def _entity(document: DocumentRecord, name: str, objections: Sequence[_Objection], lang: str) -> EntityView:
    about = [objection for objection in objections if name in objection.names]
    return EntityView(
        anchor=_entity_anchor(document, document.entities[name]),
        title=title(ENTITIES, name, lang),
        text=in_words(document.entities[name].value, lang),
        record=document.entities[name],
        tone=_strongest(objection.tone for objection in about),
        rules=tuple(dict.fromkeys(objection.finding.rule for objection in about)),
    )


def _page(
    document: DocumentRecord,
    page: PageRecord,
    marks: tuple[Mark, ...],
    pictures: Mapping[tuple[str, int], bytes],
) -> PageView:
    picture = pictures.get((page.file, page.page), b"")
    return PageView(
        anchor=_page_anchor(document, page.file, page.page),
        record=page,
        picture=f"data:image/jpeg;base64,{b64encode(picture).decode('ascii')}" if picture else "",
        marks=tuple(mark for mark in marks if (mark.file, mark.page) == (page.file, page.page)),
    )


def _marks(
    document: DocumentRecord, entities: Mapping[str, EntityView], objections: Sequence[_Objection]
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
        anchor=_place_anchor(document, file, page, box),
        file=file,
        page=page,
        box=box,
        label=" · ".join(dict.fromkeys(label.short for label in labels if label.short)),
        title="\n".join(dict.fromkeys(label.full for label in labels if label.full)),
        tone=_strongest(label.tone for label in labels),
    )


def _links(finding: Finding, report: Report, lang: str) -> tuple[Link, ...]:
    documents = {document.id: document for document in report.documents}
    links = [
        _link(documents[evidence.document], evidence, finding, lang)
        if evidence.document in documents
        else Link(stands_at(evidence, lang), "")
        for evidence in finding.evidence
    ]
    if not links and finding.subject in documents:
        links = [Link(subject_of(finding.subject, report, lang), finding.subject)]
    return tuple(dict.fromkeys(links))


def _link(document: DocumentRecord, evidence: Evidence, finding: Finding, lang: str) -> Link:
    text = title(TYPES, document.type, lang)
    if evidence.page is None:
        return Link(text, document.id)
    text = phrase("page.page_of", lang).format(type=text, page=evidence.page) + phrase("colon", lang)
    if evidence.box is None:
        return Link(text + evidence.file, _page_anchor(document, evidence.file, evidence.page))
    names = tuple(entities_at(document, evidence, finding))
    if names:
        spoken = phrase("comma", lang).join(title(ENTITIES, name, lang) for name in names)
        return Link(text + spoken, _entity_anchor(document, document.entities[names[0]]))
    # What passed is not drawn, so its link leads to the page.
    anchor = (
        _place_anchor(document, evidence.file, evidence.page, evidence.box)
        if finding.status in _OUTCOMES
        else _page_anchor(document, evidence.file, evidence.page)
    )
    return Link(text + where(evidence.box, lang), anchor)


def _entity_anchor(document: DocumentRecord, entity: EntityRecord) -> str:
    first = entity.evidence[0]
    return _place_anchor(document, first.file, first.page, first.box)


def _page_anchor(document: DocumentRecord, file: str, page: int) -> str:
    pages = [(record.file, record.page) for record in document.pages]
    return f"{document.id}-p{pages.index((file, page)) + 1}" if (file, page) in pages else document.id


def _place_anchor(document: DocumentRecord, file: str, page: int, box: Box) -> str:
    edges = "-".join(f"{edge * 10_000:.0f}" for edge in (box.left, box.top, box.right, box.bottom))
    return f"{_page_anchor(document, file, page)}-{edges}"


def _strongest(tones: Iterable[Tone]) -> Tone:
    return max(tones, key=_TONES.index, default=Tone.PLAIN)
