"""Pages → documents within one file, where the order of the pages speaks for what belongs together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pipeline.claims import OTHER, Decision, DocumentType, bare, decide
from pipeline.model import Document, Editing, Failure, Fields, ReadPage, ReadSource, Remark, TextDisagreement
from pipeline.paging import numbers_on, place_of
from pipeline.regions import parts_of
from pipeline.remarks import misnamed

Types = Mapping[str, DocumentType[Fields]]
"""By name, in the order in which they were handed in."""


@dataclass(frozen=True)
class Group:
    """Pages, or parts of pages, that are one document."""

    decision: Decision
    files: tuple[tuple[str, str], ...]
    """Each file that it spans, with its SHA-256, in the order of the pages."""
    pages: tuple[ReadPage, ...]
    total: int
    """Pages that it has, read or not."""
    failures: tuple[Failure, ...] = ()
    editing: Editing | None = None
    """Of its first file."""
    remarks: tuple[Remark, ...] = ()
    """On the files whose first document it is."""

    def document(self, identifier: str) -> Document:
        """Return it as a document."""
        file, sha256 = self.files[0]
        return Document(
            id=identifier,
            type=self.decision.name,
            type_confidence=self.decision.confidence,
            type_reason=self.decision.reason,
            file=file,
            sha256=sha256,
            files=self.files,
            pages=tuple(page.record for page in self.pages),
            pages_total=self.total,
            quality=tuple(page.quality for page in self.pages),
            lines=tuple(line for page in self.pages for line in page.lines),
            barcodes=tuple(code for page in self.pages for code in page.barcodes),
            seals=tuple(seal for page in self.pages for seal in page.seals),
            candidates=self.decision.candidates,
            failures=self.failures,
            remarks=self.remarks,
            text_layer_disagreements=self._disagreements(),
            text_layers_not_compared=self._not_compared(),
            editing=self.editing,
        )

    def _disagreements(self) -> tuple[TextDisagreement, ...] | None:
        """Return those of all pages; None where no page has a text layer."""
        examined = [page.text_layer_disagreements for page in self.pages if page.text_layer_disagreements is not None]
        return tuple(chain.from_iterable(examined)) if examined else None

    def _not_compared(self) -> tuple[int, ...]:
        """Return the numbers of the pages whose text layer could not be compared; a page may be in parts."""
        pages = (page.record.page for page in self.pages if not page.text_layer_is_compared)
        return tuple(dict.fromkeys(pages))

    def with_note(self, note: str) -> "Group":
        """Return it with something more to its reason."""
        return replace(self, decision=replace(self.decision, reason=f"{self.decision.reason}; {note}"))

    def joined_by(self, other: "Group", why: str) -> "Group":
        """Return the two as one, of this one's type."""
        first = other.pages[0].record
        grown = replace(
            self,
            files=tuple(dict((*self.files, *other.files)).items()),
            pages=(*self.pages, *other.pages),
            total=self.total + other.total,
            failures=(*self.failures, *other.failures),
            remarks=(*self.remarks, *other.remarks),
        )
        return grown.with_note(f"with page {first.page} of {first.file}: {why}")


def groups_in(read: ReadSource, types: Types) -> list[Group]:
    """Return the documents of one file, in the order of its pages; a file of which nothing was read still is one."""
    runs: list[list[tuple[Decision, ReadPage]]] = []
    kinds = tuple(types.values())
    for whole in read.pages:
        parts = parts_of(whole, kinds)
        for page in parts:
            decision = decide(page, kinds)
            if len(parts) > 1:
                decision = replace(decision, reason=f"{decision.reason}; one of {len(parts)} papers in the picture")
            if runs and _goes_on(runs[-1], decision, page, types):
                runs[-1].append((decision, page))
            else:
                runs.append([(decision, page)])
    file = ((read.source.file, read.source.sha256),)
    remarks = (*misnamed(read.source), *read.remarks)
    if not runs:
        decision = Decision(OTHER, 0.0, "no page of the file could be read")
        return [Group(decision, file, (), read.pages_total, read.failures, read.editing, remarks)]
    failures = _by_run(read.failures, [run[0][1].record.page for run in runs])
    return [
        Group(
            decision=run[0][0],
            files=file,
            pages=tuple(page for _, page in run),
            total=read.pages_total if len(runs) == 1 else _total([page for _, page in run], failed),
            failures=failed,
            editing=read.editing,
            remarks=remarks if run is runs[0] else (),
        )
        for run, failed in zip(runs, failures, strict=True)
    ]


def shows(pages: Sequence[ReadPage], phrases: Sequence[str]) -> bool:
    """Whether one of the phrases stands on the pages."""
    text = "".join(bare(line.text) for page in pages for line in page.lines)
    return any(bare(phrase) in text for phrase in phrases)


def _goes_on(run: Sequence[tuple[Decision, ReadPage]], here: Decision, page: ReadPage, types: Types) -> bool:
    """Whether a page belongs to the document of the pages before it."""
    before = run[0][0]
    if before.candidates or here.candidates:
        return False
    kind = types.get(before.name)
    if kind is None:
        # Unrecognised pages in a row are one document; a paper does not begin with a blank page.
        return here.name == OTHER and not here.titled and (here.blank or not before.blank)
    if here.blank:
        return True
    if here.name == before.name:
        return not kind.one_page and _is_of_one_paper(run, here, page)
    if here.name != OTHER or here.titled or place_of(page).page == 1:
        return False
    return not kind.one_page or shows([page], kind.continuations)


def _is_of_one_paper(run: Sequence[tuple[Decision, ReadPage]], here: Decision, page: ReadPage) -> bool:
    """Whether a page of the same type is a further page of the paper before it, and not the next such paper."""
    says_so = bool(place_of(page).told)
    numbers, known = numbers_on(page.lines), numbers_on(line for _, before in run for line in before.lines)
    fits = not numbers or not known or bool(numbers & known)
    return says_so and fits if here.titled else says_so or fits


def _by_run(failures: Sequence[Failure], starts: Sequence[int]) -> list[tuple[Failure, ...]]:
    """Return the failures of each run of pages: a failed page counts to the pages before it, or to the first.

    Args:
        failures: Of one file.
        starts: Number of each run's first page, rising.
    """
    result: list[list[Failure]] = [[] for _ in starts]
    for failure in failures:
        place = sum(start <= failure.page for start in starts) - 1 if failure.page is not None else 0
        result[max(place, 0)].append(failure)
    return [tuple(some) for some in result]


def _total(pages: Sequence[ReadPage], failures: Sequence[Failure]) -> int:
    lost = {failure.page for failure in failures if failure.page is not None}
    return len(pages) + len(lost)
