"""Tells which kind of qualification a page is, by its title and what else stands there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.qualifications import KINDS
from extractors.qualifications.base import Kind
from extractors.reading import Reading
from extractors.spelling import bare
from pipeline.layout import Sheet, rows

_EXACT, _MISREAD, _BY_LABELS = 1.0, 0.9, 0.8
"""Trust in a kind, by what told it."""
_COPIES = ("正本", "副本")


@dataclass(frozen=True)
class Told:
    """A kind and the title that told it."""

    kind: Kind
    title: Reading
    trust: float


def tell(sheet: Sheet) -> Told | None:
    """Return the kind whose title is the largest on the sheet, read exactly before nearly; None if there is none."""
    text = bare("".join(piece.text for piece in sheet.pieces))
    found = [told for reading in _titles(sheet) if (told := _of_title(reading, text)) is not None]
    if found:
        return max(found, key=lambda told: (told.trust, max(piece.height for piece in told.title.pieces)))
    return _by_labels(sheet, text)


def _titles(sheet: Sheet) -> Iterator[Reading]:
    for piece in sheet.pieces:
        yield Reading((piece,))
    for row in rows(sheet.pieces):
        if len(row) > 1:
            yield Reading(tuple(row))
    # Long titles take two rows.
    singles = [row[0] for row in rows(sheet.pieces) if len(row) == 1]
    for upper, lower in pairwise(singles):
        if lower.level - upper.level < 2.5 * upper.height and abs(upper.height - lower.height) < 0.4 * upper.height:
            yield Reading((upper, lower))


def _of_title(reading: Reading, text: str) -> Told | None:
    line = bare(reading.text)
    for copy in _COPIES:
        line = line.removesuffix(copy)
    for kind in KINDS:
        own = any(line == bare(title) for title in kind.titles)
        formed = any(
            heading.line.fullmatch(line) and (heading.page is None or heading.page.search(text))
            for heading in kind.all_headings
        )
        if own or formed:
            return Told(kind, reading, _EXACT)
    near = [kind for kind in KINDS if any(_nearly(line, bare(title)) for title in kind.titles)]
    return Told(near[0], reading, _MISREAD) if len(near) == 1 else None


def _nearly(line: str, title: str) -> bool:
    """Whether one character of a title of at least five was misread."""
    if len(title) < 5 or len(line) != len(title):
        return False
    return sum(a != b for a, b in zip(line, title, strict=True)) == 1


def _by_labels(sheet: Sheet, text: str) -> Told | None:
    """Return the kind of which the most labels stand there, two at least, where the title is not legible."""
    counted = sorted(
        ((sum(bare(cue) in text for cue in kind.cues), -at) for at, kind in enumerate(KINDS)), reverse=True
    )
    (most, at), (second, _) = counted[0], counted[1]
    if most < 2 or most == second:
        return None
    kind = KINDS[-at]
    lines = _with_any(sheet, kind.cues)
    return Told(kind, lines, _BY_LABELS) if lines.pieces else None


def _with_any(sheet: Sheet, cues: Sequence[str]) -> Reading:
    wanted = [bare(cue) for cue in cues]
    return Reading(tuple(piece for piece in sheet.pieces if any(cue in bare(piece.text) for cue in wanted)))
