"""What the page for people shows of a report: documents with boxes on their pages, findings with links to them.

Sentences are picked in one language here, so that templates only place them.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.model import Box, PageRecord
from pipeline.report.covering import Patch, Place
from pipeline.report.marks import (
    OUTCOMES,
    EntityView,
    Mark,
    Objection,
    Tone,
    entity_anchor,
    marks_on,
    objections_to,
    page_anchor,
    place_anchor,
    strongest,
)
from pipeline.report.masking import mask_text
from pipeline.report.places import entities_at, stands_at, where
from pipeline.report.record import DocumentRecord, Report
from pipeline.report.tags import Tag, letter_size, tags_on
from pipeline.report.titles import ENTITIES, STORE_TYPES, TYPES, title
from pipeline.report.values import in_words
from pipeline.report.words import phrase
from pipeline.verdict import Alternative, Evidence, Finding, Severity, Status


@dataclass(frozen=True)
class PageView:
    """A page with what is drawn on it."""

    anchor: str
    record: PageRecord
    picture: str
    """A `data:` address; empty without a picture."""
    patches: tuple[tuple[Box, str], ...]
    """What of it is painted over and shown on demand: places, and `data:` addresses of what stands there."""
    marks: tuple[Mark, ...]
    letter: float
    """Size of the tags' letters, in pixels of the page."""

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Names of the boxes, where they stand; looking for these places takes longer than all else on a page."""
        return tags_on(self.record, self.marks)


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
    anchor: str
    """Empty unless it is the first about its rule that did not pass."""
    subject: str
    links: tuple[Link, ...]
    """Where to look; none if it passed."""


@dataclass(frozen=True)
class _Drawn:
    """A page as it was drawn."""

    picture: bytes
    patches: tuple[Patch, ...]


_WEIGHTS = list(Severity)


def view_documents(
    report: Report,
    pictures: Mapping[Place, bytes],
    lang: str,
    *,
    patches: Mapping[Place, Sequence[Patch]] = MappingProxyType({}),
) -> tuple[DocumentView, ...]:
    """Return the documents as the page shows them; `pictures` are JPEG, `patches` what is shown of them on demand."""
    # The report's paths may be masked, and those of the pictures must meet them.
    shown = str if report.provenance.revealed else mask_text
    by_place = {
        (shown(file), page): _Drawn(picture, tuple(patches.get((file, page), ())))
        for (file, page), picture in pictures.items()
    }
    return tuple(_document(document, report, by_place, lang) for document in report.documents)


def view_findings(
    report: Report, lang: str, *, only: Iterable[Status] = tuple(Status)
) -> Mapping[Status, tuple[FindingView, ...]]:
    """Return the findings by how they came out, the weightiest first; `only` those that came out so."""
    ordered = sorted(report.findings, key=lambda finding: _WEIGHTS.index(finding.severity))
    views: dict[Status, tuple[FindingView, ...]] = {}
    linked: set[str] = set()
    for status in only:
        views[status] = tuple(
            _finding(finding, report, linked, lang) for finding in ordered if finding.status is status
        )
    return views


def subject_of(subject: str, report: Report, lang: str) -> str:
    """Return a finding's subject as people call it: the document's type and file, the brand, the form."""
    for document in report.documents:
        if document.id == subject:
            return f"{title(TYPES, document.type, lang)} · {document.file}"
    if subject.startswith("brand:"):
        return phrase("subject.brand", lang).format(name=subject.removeprefix("brand:"))
    return phrase(f"subject.{subject}", lang) if subject in ("form", "dossier") else subject


def in_short(other: Alternative, lang: str) -> str:
    """Return what would become of the dossier as a store of another type, in a sentence."""
    rules = phrase("comma", lang).join(other.missing)
    return phrase(f"alternative.{other.decision}", lang).format(type=title(STORE_TYPES, other.type, lang), rules=rules)


def extent_of(document: DocumentRecord, lang: str) -> str:
    """Return how many pages a document has, and how many of them were read."""
    if document.pages_total == document.pages_read == 1:
        return phrase("page.one_page_read", lang)
    if document.pages_read == 0:
        return phrase("page.no_page_read", lang)
    return phrase("page.pages_read", lang).format(read=document.pages_read, total=document.pages_total)


def _finding(finding: Finding, report: Report, linked: set[str], lang: str) -> FindingView:
    """View a finding; `linked` are the rules that a finding before it is the anchor of."""
    objects = finding.status in OUTCOMES
    anchor = f"rule-{finding.rule}" if objects and finding.rule not in linked else ""
    if anchor:
        linked.add(finding.rule)
    return FindingView(
        record=finding,
        anchor=anchor,
        subject=subject_of(finding.subject, report, lang),
        links=_links(finding, report, lang) if objects else (),
    )


def _document(document: DocumentRecord, report: Report, pictures: Mapping[Place, _Drawn], lang: str) -> DocumentView:
    objections = tuple(objections_to(document, report))
    entities = {name: _entity(document, name, objections, lang) for name in document.entities}
    marks = tuple(marks_on(document, entities, objections))
    about = (finding for finding in report.findings if finding.subject == document.id)
    tones = [OUTCOMES.get(finding.status, Tone.PLAIN) for finding in about]
    return DocumentView(
        title=title(TYPES, document.type, lang),
        extent=extent_of(document, lang),
        record=document,
        tone=strongest([*tones, *(objection.tone for objection in objections)]),
        pages=tuple(_page(document, page, marks, pictures) for page in document.pages),
        entities=entities,
    )


def _entity(document: DocumentRecord, name: str, objections: Sequence[Objection], lang: str) -> EntityView:
    about = [objection for objection in objections if name in objection.names]
    return EntityView(
        anchor=entity_anchor(document, document.entities[name]),
        title=title(ENTITIES, name, lang),
        text=in_words(document.entities[name].value, lang),
        record=document.entities[name],
        tone=strongest(objection.tone for objection in about),
        rules=tuple(dict.fromkeys(objection.finding.rule for objection in about)),
    )


def _page(
    document: DocumentRecord,
    page: PageRecord,
    marks: tuple[Mark, ...],
    pictures: Mapping[Place, _Drawn],
) -> PageView:
    drawn = pictures.get((page.file, page.page), _Drawn(b"", ()))
    here = tuple(mark for mark in marks if (mark.file, mark.page) == (page.file, page.page))
    return PageView(
        anchor=page_anchor(document, page.file, page.page),
        record=page,
        picture=_address(drawn.picture) if drawn.picture else "",
        patches=tuple((patch.box, _address(patch.content)) for patch in drawn.patches),
        marks=here,
        letter=letter_size(page),
    )


def _address(picture: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(picture).decode('ascii')}"


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
        return Link(text + evidence.file, page_anchor(document, evidence.file, evidence.page))
    names = tuple(entities_at(document, evidence, finding))
    if names:
        spoken = phrase("comma", lang).join(title(ENTITIES, name, lang) for name in names)
        return Link(text + spoken, entity_anchor(document, document.entities[names[0]]))
    anchor = place_anchor(document, evidence.file, evidence.page, evidence.box)
    return Link(text + where(evidence.box, lang), anchor)
