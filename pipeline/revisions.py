"""A PDF's revisions by its chain of cross-reference sections: how many there are, and where each ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_MOST_SECTIONS = 1_000
_MOST_BYTES = 65_536
"""Of a cross-reference section, looked through for its trailer, which is written behind a table of any length."""
_START = re.compile(rb"startxref\s+(\d{1,12})")
_CLOSED = re.compile(rb"startxref\s+(\d{1,12})\s*%%EOF(?:\r\n|\r|\n)?")
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_END = re.compile(rb"%%EOF")
# The end of a section, and an empty one behind it; an object anywhere in it would be a change.
_SECOND_HALF = re.compile(
    rb"startxref\s{1,16}\d{1,12}\s{0,16}%%EOF\s{0,16}"
    rb"(xref\s{1,16}0\s{1,16}0\s{1,16}trailer\b(?:(?!obj).){1,1000}?)startxref\s{1,16}\d{1,12}\s{0,16}%%EOF\s*",
    re.DOTALL,
)


@dataclass(frozen=True)
class Revisions:
    """How often a PDF was saved, and where it ended each time."""

    count: int
    ends: tuple[int, ...]
    """The first one first: the bytes up to there are the file as it was saved then. Nothing, where the ends cannot be
    told: a section is not closed, or does not follow the one before."""


@dataclass(frozen=True)
class _Section:
    at: int
    """Offset as the file counts."""
    trailer: bytes
    end: int
    """Where its trailer ends, from the first byte."""


def find_revisions(content: bytes) -> Revisions:
    """Return a PDF's revisions, by its chain of cross-reference sections.

    A linearised file ("fast web view") has two sections from its first save, and so has what Word and Excel export:
    behind the table an empty one, for readers that know streams of cross-references.
    """
    base = _base(content)
    sections = list(_sections(content, base))
    saves = [section.at for section in sections[:1]]
    for later, section in pairwise(sections):
        if not _is_second_half(content, base, later, section, is_last=later is sections[0]):
            saves.append(section.at)
    count = max((len(saves) or len(_END.findall(content))) - _is_linearised(content), 1)
    # Of a linearised file the last section closes the file, and the one at its beginning bears its number.
    return Revisions(count, _ends(content, base, saves[:count]))


def _ends(content: bytes, base: int, saves: list[int]) -> tuple[int, ...]:
    closed: dict[int, list[int]] = {}
    for found in _CLOSED.finditer(content):
        closed.setdefault(int(found[1]), []).append(found.end())
    ends = [next((end for end in closed.get(at, []) if end > base + at), 0) for at in reversed(saves[1:])]
    ends.append(len(content))
    return tuple(ends) if 0 not in ends and sorted(set(ends)) == ends else ()


def _is_linearised(content: bytes) -> bool:
    return b"/Linearized" in content[:2_048]


def _is_second_half(content: bytes, base: int, later: _Section, section: _Section, *, is_last: bool) -> bool:
    """Whether a section was written in the same save as the one before it, as Office does.

    Only where nothing can have been added with it or behind it: a change could else be appended that counts as no save.
    """
    found = _SECOND_HALF.match(content, section.end)
    if found is None or found.start(1) != base + later.at or b"/XRefStm" not in found[1]:
        return False
    return not is_last or found.end() == len(content)


def _base(content: bytes) -> int:
    """Return from where offsets count: the header; mailers put bytes in front of it."""
    return max(content[:1_024].find(b"%PDF-"), 0)


def _sections(content: bytes, base: int) -> Iterator[_Section]:
    """Yield the cross-reference sections, the last one first."""
    starts = _START.findall(content)
    at, seen = (int(starts[-1]) if starts else -1), set[int]()
    while 0 <= at < len(content) - base and at not in seen and len(seen) < _MOST_SECTIONS:
        seen.add(at)
        section = _section(content, base, at)
        if section is None:
            return
        yield section
        previous = _PREVIOUS.search(section.trailer)
        at = int(previous[1]) if previous else -1


def _section(content: bytes, base: int, at: int) -> _Section | None:
    """Return the cross-reference section at an offset; None if there is none."""
    start = base + at
    if content[start : start + 20].lstrip().startswith(b"xref"):
        begin, closed_by = content.find(b"trailer", start), b"startxref"
    else:
        begin, closed_by = start, b"stream"
        if not re.match(rb"\s*\d+\s+\d+\s+obj", content[start : start + _MOST_BYTES]):
            return None
    trailer = content[begin : begin + _MOST_BYTES].partition(closed_by)[0]
    return _Section(at, trailer, begin + len(trailer)) if begin >= 0 else None
