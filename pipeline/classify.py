"""Lines → document type with score and reason; pages → documents."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pipeline.layout import Piece, lay_out, rows
from pipeline.model import Document, Failure, Fields, ReadPage, ReadSource

F = TypeVar("F", bound=Fields, covariant=True)

OTHER = "other"
"""Type of a document that no type claims."""

CLAIM = 0.5
"""Score from which a type claims a page."""
CLOSE = 0.12
"""Two claims that differ by less are an ambiguity."""

_TITLE, _MISREAD_TITLE, _CUES_ONLY = 0.97, 0.88, 0.75
_PER_CUE = 0.02
_CUES_FOR_A_CLAIM = 4
_RIVAL = 0.45
_TITLE_HEIGHT = 1.15
_FEW = 3
_MARKS = re.compile(r"[\W_]+")
_COPY = re.compile(r"(?:正本|副本|\d{1,4})*")


@dataclass(frozen=True)
class Variant:
    """One of the forms that a type of document has, told by words of its own: an office's certificate, say.

    `titles`, `cues` and `against` mean what they mean in `DocumentType`.
    """

    titles: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    """Phrases without which nothing counts, one of each group, wherever on the page: titles such as "Certificate of
    Registration" are shared by papers of every kind."""
    suffices: bool = False
    """Whether what it `needs` is enough, without a title or labels."""


@dataclass(frozen=True)
class DocumentType(Generic[F]):
    """One type of document: what tells it, and what reads it.

    The pipeline is handed a tuple of these; it never learns which types exist.
    """

    name: str
    """A document type of the contract."""
    titles: tuple[str, ...]
    """Titles that stand on such a document, letters and characters only (spacing and punctuation aside)."""
    read: Callable[[Document], F]
    """Reads the fields of one document; pure."""
    cues: tuple[str, ...] = ()
    """Labels and phrases that speak for the type where the title is not legible."""
    against: tuple[str, ...] = ()
    """Phrases that speak against it, such as the title of a look-alike that quotes it: as a line in large type, or at
    the end of one. A phrase that begins with `~` counts wherever it stands."""
    essential: tuple[tuple[str, ...], ...] = ()
    """Entities that no such document lacks, one of each group: where none of a group was read, its pages are looked
    at again, closer."""
    variants: tuple[Variant, ...] = ()
    """Further forms that it has; the one that claims a page most strongly counts."""


@dataclass(frozen=True)
class Claim:
    """How strongly a type claims a page, and why."""

    name: str
    score: float
    reason: str
    rival: str = ""
    """What speaks against it: the title of another kind of paper."""


@dataclass(frozen=True)
class _Face:
    """What a page shows of itself, its spacing and punctuation removed."""

    lines: tuple[str, ...]
    large: tuple[str, ...]
    """Lines and rows in larger type than most, and those that stand at the very top."""
    text: str


def classify(read_sources: Sequence[ReadSource], types: Sequence[DocumentType[Fields]]) -> tuple[Document, ...]:
    """Return the documents in `read_sources`, in the order of files and pages.

    Consecutive pages of one file that different types claim are documents of their own; a page that none claims
    belongs to the document before it, if that was recognised. A file of which nothing was read still is a document.
    """
    documents = [document for source in read_sources for document in _documents(source, types)]
    return tuple(replace(document, id=f"d{number}") for number, document in enumerate(documents, start=1))


def claims(page: ReadPage, types: Sequence[DocumentType[Fields]]) -> list[Claim]:
    """Return each type's claim on the page, strongest first; equal ones in the order of `types`."""
    face = _face(page)
    return sorted((_claim(face, kind) for kind in types), key=lambda claim: -claim.score)


def _documents(source: ReadSource, types: Sequence[DocumentType[Fields]]) -> list[Document]:
    groups: list[tuple[_Decision, list[ReadPage]]] = []
    for page in source.pages:
        decision = _decide(claims(page, types), page)
        if groups and _continues(groups[-1][0], decision):
            groups[-1][1].append(page)
        else:
            groups.append((decision, [page]))
    if not groups:
        nothing = _Decision(OTHER, 0.0, "no page of the file could be read", ())
        return [_document(source, nothing, (), source.failures)]
    failures = _by_group(source.failures, [pages for _, pages in groups])
    return [
        _document(source, decision, pages, failed) for (decision, pages), failed in zip(groups, failures, strict=True)
    ]


@dataclass(frozen=True)
class _Decision:
    name: str
    confidence: float
    reason: str
    candidates: tuple[str, ...]
    titled: bool = False
    """Whether a title stands on the page, of this type or of some other paper: then a new document begins here."""


def _decide(ranked: Sequence[Claim], page: ReadPage) -> _Decision:
    strong = [claim for claim in ranked if claim.score >= CLAIM]
    if not strong:
        if not page.lines:
            return _Decision(OTHER, 1.0, "nothing to read on the page", ())
        highest = ranked[0].score if ranked else 0.0
        rival = next((claim.rival for claim in ranked if claim.rival), "")
        reason = f"{rival} stands there" if rival else "no title of a known document, and too few of its labels"
        return _Decision(OTHER, round(1 - highest, 2), reason, (), titled=bool(rival))
    best = strong[0]
    rivals = [claim for claim in strong[1:] if best.score - claim.score < CLOSE]
    if rivals:
        both = " and ".join(f"{claim.name} ({claim.reason})" for claim in (best, *rivals))
        names = tuple(claim.name for claim in (best, *rivals))
        return _Decision(OTHER, round(1 - best.score, 2), f"claimed by {both}", names)
    return _Decision(best.name, best.score, best.reason, (), titled=best.reason.startswith("title"))


def _continues(before: _Decision, here: _Decision) -> bool:
    if before.name == OTHER:
        # Unrecognised pages in a row are one document, unless one of them is in dispute.
        return here.name == OTHER and not (before.candidates or here.candidates or here.titled)
    if here.name == OTHER:
        return not (here.candidates or here.titled)
    return here.name == before.name and not here.titled


def _by_group(failures: Sequence[Failure], groups: Sequence[Sequence[ReadPage]]) -> list[tuple[Failure, ...]]:
    """Return the failures of each group of pages: a failed page counts to the pages before it, or to the first."""
    result: list[list[Failure]] = [[] for _ in groups]
    starts = [pages[0].record.page for pages in groups]
    for failure in failures:
        place = sum(start <= failure.page for start in starts) - 1 if failure.page is not None else 0
        result[max(place, 0)].append(failure)
    return [tuple(some) for some in result]


def _document(
    source: ReadSource, decision: _Decision, pages: Sequence[ReadPage], failures: Sequence[Failure]
) -> Document:
    lost = {failure.page for failure in failures if failure.page is not None}
    only = len(pages) == len(source.pages)
    return Document(
        id="",
        type=decision.name,
        type_confidence=decision.confidence,
        type_reason=decision.reason,
        file=source.source.file,
        sha256=source.source.sha256,
        pages=tuple(page.record for page in pages),
        pages_total=source.pages_total if only else len(pages) + len(lost),
        lines=tuple(line for page in pages for line in page.lines),
        barcodes=tuple(code for page in pages for code in page.barcodes),
        candidates=decision.candidates,
        failures=tuple(failures),
    )


def _claim(face: _Face, kind: DocumentType[Fields]) -> Claim:
    forms = (Variant(titles=kind.titles, cues=kind.cues, against=kind.against), *kind.variants)
    # Of two that claim nothing, the one that can say what speaks against it.
    return max(
        (_claim_of_form(face, kind.name, form) for form in forms), key=lambda claim: (claim.score, claim.rival > "")
    )


def _claim_of_form(face: _Face, name: str, kind: Variant) -> Claim:
    if not all(any(_bare(phrase) in face.text for phrase in group) for group in kind.needs):
        return Claim(name, 0.0, "no title and no label of it")
    score, reason = _by_title(face, kind.titles)
    found = [cue for cue in kind.cues if _bare(cue) in face.text]
    if kind.suffices and not score:
        score, reason = _CUES_ONLY, f"{', '.join(group[0] for group in kind.needs)}"
    if score:
        score = min(score + _PER_CUE * min(len(found), _CUES_FOR_A_CLAIM) / _CUES_FOR_A_CLAIM, 0.99)
        reason = f"{reason}, {len(found)} of {len(kind.cues)} labels" if kind.cues else reason
    elif found:
        score = _CUES_ONLY * min(len(found) / (1.5 * _CUES_FOR_A_CLAIM), 1.0)
        reason = f"no title, but {len(found)} labels: {', '.join(found[:_CUES_FOR_A_CLAIM])}"
    rival = next((phrase for phrase in kind.against if _stands(phrase, face)), None)
    if rival is not None:
        # A title of its own outweighs another one beside it: two papers in one picture.
        wherever = rival.startswith("~")
        score = max(score - (_RIVAL / 2 if reason.startswith("title") and not wherever else _RIVAL), 0.0)
        reason = f"{reason}; but {rival.removeprefix('~')} stands there too"
    shown = "" if rival is None else rival.removeprefix("~")
    return Claim(name, round(score, 2), reason or "no title and no label of it", shown)


def _by_title(face: _Face, titles: Sequence[str]) -> tuple[float, str]:
    wanted = sorted((_bare(title) for title in titles), key=len, reverse=True)
    best = (0.0, "")
    for line in face.large:
        for title in wanted:
            if line.startswith(title) and _COPY.fullmatch(line.removeprefix(title)):
                return _TITLE, f"title {title}"
            if _nearly(line, title):
                best = max(best, (_MISREAD_TITLE, f"title {title}, read as {line}"))
    return best


def _nearly(line: str, title: str) -> bool:
    """Whether `line` is `title` with one character misread, lost or added; short titles allow none."""
    if len(title) < 4 or abs(len(line) - len(title)) > 1:
        return False
    if len(line) == len(title):
        return sum(a != b for a, b in zip(line, title, strict=True)) == 1
    short, long = sorted((line, title), key=len)
    return len(title) > 4 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _stands(phrase: str, face: _Face) -> bool:
    if phrase.startswith("~"):
        return _bare(phrase) in face.text
    bare = _bare(phrase)
    return any(line.startswith(bare) or _COPY.sub("", line).endswith(bare) for line in face.large)


def _face(page: ReadPage) -> _Face:
    sheet = lay_out(page.lines, (page.record,))
    # Of a few lines none can be told to be larger than most.
    small = _TITLE_HEIGHT * sheet.text_height if len(sheet.pieces) > _FEW else 0.0
    large = [_bare(piece.text) for piece in sheet.pieces if piece.height >= small]
    large += [_bare("".join(piece.text for piece in row)) for row in _joined(sheet.pieces, small)]
    lines = tuple(_bare(piece.text) for piece in sheet.pieces)
    return _Face(lines=lines, large=tuple(text for text in large if text), text="".join(lines))


def _joined(pieces: Iterable[Piece], small: float) -> Iterable[list[Piece]]:
    """Yield the rows whose pieces are all in large type: a title that was read in several parts."""
    for row in rows(piece for piece in pieces if piece.height >= small):
        if len(row) > 1 and sum(len(piece.text) for piece in row) <= 16:
            yield row


def _bare(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).upper()
