"""What a page is taken for: each type's claim on it by title, labels and what speaks against, and what follows.

Knows no document type: it is handed them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from pipeline.kinds import DocumentType as DocumentType
from pipeline.kinds import Heading as Heading
from pipeline.kinds import Variant as Variant
from pipeline.layout import Piece, lay_out, rows
from pipeline.model import Fields, ReadPage

OTHER = "other"
"""Type of a document that no type claims."""

CLAIM = 0.5
"""Score from which a type claims a page."""
ELSEWHERE = 0.9
"""How sure it is, at least, that a page is none of the types where the title of some other paper stands on it."""
CLOSE = 0.12
"""Two claims that differ by less are an ambiguity."""

_TITLE, _MISREAD_TITLE, _CUES_ONLY = 0.97, 0.88, 0.75
_PER_CUE = 0.02
_CUES_FOR_A_CLAIM = 4
_RIVAL = 0.5
_TITLE_HEIGHT = 1.15
_LATIN = 0.87
"""Height of a Latin line of capitals by that of a Chinese one of the same size."""
_FEW = 3
_NOTHING = "no title and no label of it"
_MARKS = re.compile(r"[\W_]+")
_COPY = re.compile(r"(?:正本|副本|\d{1,4})*")


@dataclass(frozen=True)
class Claim:
    """How strongly a type claims a page, and why."""

    name: str
    score: float
    reason: str
    rival: str = ""
    """What speaks against it: the title of another kind of paper."""
    labels: int = 0
    """How many of the type's cues stand there."""


@dataclass(frozen=True)
class _Face:
    """What a page shows of itself, its spacing and punctuation removed."""

    lines: tuple[str, ...]
    large: tuple[str, ...]
    """Lines and rows in larger type than most; all of them where there are few."""
    text: str


def claims(page: ReadPage, types: Sequence[DocumentType[Fields]]) -> list[Claim]:
    """Return each type's claim on the page, strongest first; equal ones in the order of `types`."""
    face = _face(page)
    return sorted((_claim(face, kind) for kind in types), key=lambda claim: -claim.score)


@dataclass(frozen=True)
class Decision:
    """What a page is taken for."""

    name: str
    """A document type, or `other`."""
    confidence: float
    reason: str
    candidates: tuple[str, ...] = ()
    """Types that are in dispute over it, best first."""
    titled: bool = False
    """Whether a title stands on the page, of this type or of some other paper: then a new document begins here."""
    labels: int = 0
    """How many cues of its type stand there."""
    blank: bool = False
    """Whether the page is an empty sheet."""


def decide(page: ReadPage, types: Sequence[DocumentType[Fields]]) -> Decision:
    """Return what the page is: of the type with the strongest claim, unless another comes close, or `other`."""
    ranked = claims(page, types)
    strong = [claim for claim in ranked if claim.score >= CLAIM]
    if not strong:
        return _unclaimed(page, ranked)
    best = strong[0]
    rivals = [claim for claim in strong[1:] if best.score - claim.score < CLOSE]
    if rivals:
        both = " and ".join(f"{claim.name} ({claim.reason})" for claim in (best, *rivals))
        names = tuple(claim.name for claim in (best, *rivals))
        return Decision(OTHER, round(1 - best.score, 2), f"claimed by {both}", names)
    kind = next(kind for kind in types if kind.name == best.name)
    if _shows_a_side_twice(page, kind):
        reason = f"{best.reason}; one side stands there twice, so that it may be two such papers in one picture"
        return Decision(OTHER, round(1 - best.score, 2), reason, (best.name,))
    return Decision(best.name, best.score, best.reason, titled=best.reason.startswith("title"), labels=best.labels)


def _shows_a_side_twice(page: ReadPage, kind: DocumentType[Fields]) -> bool:
    """Whether the first phrase of a side begins two lines: two cards without a title to tell where the one ends."""
    lines = [bare(line.text) for line in page.lines]
    return any(sum(line.startswith(bare(phrases[0])) for line in lines) > 1 for phrases in kind.sides)


def _unclaimed(page: ReadPage, ranked: Sequence[Claim]) -> Decision:
    if not page.lines:
        blank = page.quality is not None and page.quality.blank
        return Decision(OTHER, 1.0, "a blank page" if blank else "a picture without text", blank=blank)
    highest = ranked[0].score if ranked else 0.0
    rival = next((claim.rival for claim in ranked if claim.rival), "")
    if rival:
        return Decision(OTHER, max(round(1 - highest, 2), ELSEWHERE), f"{rival} stands there", titled=True)
    reason = "no title of a known document, and too few of its labels"
    return Decision(OTHER, round(1 - highest, 2), reason)


def _claim(face: _Face, kind: DocumentType[Fields]) -> Claim:
    # Of two forms that claim nothing, the one that can say what speaks against it.
    claims = (_claim_of_form(face, kind.name, form) for form in kind.forms)
    return max(claims, key=lambda claim: (claim.score, claim.rival > ""))


def _claim_of_form(face: _Face, name: str, form: Variant) -> Claim:
    if not all(any(bare(phrase) in face.text for phrase in group) for group in form.needs):
        return Claim(name, 0.0, _NOTHING)
    # Capitals are not higher than other print that has descenders; where other words must stand by, any line will do.
    score, reason = _by_title((*face.large, *face.lines) if form.needs else face.large, form, face.text)
    found = [cue for cue in form.cues if bare(cue) in face.text]
    signs = sum(sign.search(face.text) is not None for sign in form.signs)
    if not score and form.suffices:
        score, reason = _CUES_ONLY, ", ".join(group[0] for group in form.needs)
    if score:
        score = min(score + _PER_CUE * min(len(found), _CUES_FOR_A_CLAIM) / _CUES_FOR_A_CLAIM, 0.99)
        reason = f"{reason}, {len(found)} of {len(form.cues)} labels" if form.cues else reason
    elif found or signs:
        score = _CUES_ONLY * min((len(found) + 2 * signs) / (1.5 * _CUES_FOR_A_CLAIM), 1.0)
        # What a sign matched is a value, and no reason quotes values.
        labels = f"{len(found)} labels: {', '.join(found[:_CUES_FOR_A_CLAIM])}" if found else "no label"
        reason = f"no title, but {labels}" + (f", and {signs} forms that its values have" if signs else "")
    rival = next((phrase for phrase in form.against if _stands(phrase, face)), None)
    if rival is None:
        return Claim(name, round(score, 2), reason or _NOTHING, labels=len(found))
    score = max(score - _loss(form, rival, titled=reason.startswith("title")), 0.0)
    shown = rival.removeprefix("~")
    return Claim(name, round(score, 2), f"{reason}; but {shown} stands there too", shown, len(found))


def _loss(form: Variant, rival: str, *, titled: bool) -> float:
    wherever = rival.startswith("~")
    if titled and not wherever:
        # A title of its own outweighs another one beside it: two papers in one picture.
        return _RIVAL / 2
    # A title that needs other words beside it is no title of its own.
    return 1.0 if form.needs and wherever else _RIVAL


def _by_title(lines: Iterable[str], form: Variant, text: str) -> tuple[float, str]:
    best = (0.0, "")
    for line in lines:
        if any(_heads(heading, line, text) for heading in form.headings):
            return _TITLE, f"title {line}"
        for title in _at_its_head(line, form.titles):
            if _COPY.fullmatch(line.removeprefix(title)):
                return _TITLE, f"title {title}"
        for title in _about_as_long(len(line), form.titles):
            if Levenshtein.distance(line, title, score_cutoff=1) == 1:
                best = max(best, (_MISREAD_TITLE, f"title {title}, read as {line}"))
    return best


@cache
def _longest_first(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted((bare(title) for title in titles), key=len, reverse=True))


def _at_its_head(line: str, titles: tuple[str, ...]) -> Iterable[str]:
    wanted = _longest_first(titles)
    # One call for all of them: most lines begin with none.
    return (title for title in wanted if line.startswith(title)) if line.startswith(wanted) else ()


@lru_cache(maxsize=4096)
def _about_as_long(length: int, titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the titles of which a line of `length` may be a reading with one character misread, lost or added.

    Short titles allow none.
    """
    alike = (title for title in _longest_first(titles) if abs(len(title) - length) <= 1)
    return tuple(title for title in alike if len(title) >= (4 if len(title) == length else 5))


def _heads(heading: Heading, line: str, text: str) -> bool:
    if heading.line.fullmatch(line) is None:
        return False
    return heading.page is None or heading.page.search(text) is not None


def _stands(phrase: str, face: _Face) -> bool:
    if phrase.startswith("~"):
        return bare(phrase) in face.text
    return any(_begins_or_ends(line, phrase) for line in face.large)


def _begins_or_ends(line: str, phrase: str) -> bool:
    wanted = bare(phrase)
    return not phrase.startswith("~") and (line.startswith(wanted) or _COPY.sub("", line).endswith(wanted))


def is_title(text: str, types: Iterable[DocumentType[Fields]]) -> bool:
    """Whether a text is the title of one of the types."""
    line = bare(text)
    return any(_by_title((line,), form, line)[0] for kind in types for form in kind.forms)


def names_another_paper(text: str, types: Iterable[DocumentType[Fields]]) -> bool:
    """Whether a text, in large type, would be the title of a paper that one of the types must not be taken for."""
    line = bare(text)
    phrases = (phrase for kind in types for form in kind.forms for phrase in form.against)
    return any(_begins_or_ends(line, phrase) for phrase in phrases)


def _face(page: ReadPage) -> _Face:
    sheet = lay_out(page.lines, (page.record,))
    # Of a few lines none can be told to be larger than most.
    small = _TITLE_HEIGHT * sheet.text_height if len(sheet.pieces) > _FEW else 0.0
    large = [
        bare(piece.text)
        for piece in sheet.pieces
        if piece.height >= (small * _LATIN if piece.text.isascii() and piece.text.isupper() else small)
    ]
    large += [bare("".join(piece.text for piece in row)) for row in _joined(sheet.pieces, small)]
    lines = tuple(bare(piece.text) for piece in sheet.pieces)
    return _Face(lines=lines, large=tuple(text for text in large if text), text="".join(lines))


def _joined(pieces: Iterable[Piece], small: float) -> Iterable[list[Piece]]:
    """Yield what is all in large type: a row that was read in several parts, two rows of one title."""
    large = rows(piece for piece in pieces if piece.height >= small * _LATIN)
    for row in large:
        if len(row) > 1 and sum(len(piece.text) for piece in row) <= 16 and all(piece.height >= small for piece in row):
            yield row
    for above, below in pairwise(large):
        if len(above) == len(below) == 1 and _is_stacked(above[0], below[0]):
            yield [above[0], below[0]]


def _is_stacked(above: Piece, below: Piece) -> bool:
    """Whether two lines of one size stand close under each other and around one middle, like the rows of a title."""
    height = max(above.height, below.height)
    off_middle = abs(above.left + above.right - below.left - below.right) / 2
    return min(above.height, below.height) > 0.75 * height and below.level - above.level < 2.2 * height > off_middle


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return letters and figures alone, half-width, upper-case and without accents, which readers lose."""
    plain = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return _MARKS.sub("", "".join(sign for sign in plain if not unicodedata.combining(sign))).upper()
