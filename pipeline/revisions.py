"""A PDF's revisions by its chain of cross-reference sections: how many there are, and where each ends."""

import re
from collections.abc import Iterator

_MOST_SECTIONS = 1_000
_MOST_BYTES = 65_536
"""Of a cross-reference section, looked through for its trailer, which is written behind a table of any length."""
_START = re.compile(rb"startxref\s+(\d{1,12})")
_CLOSED = re.compile(rb"startxref\s+(\d{1,12})\s*%%EOF(?:\r\n|\r|\n)?")
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_END = re.compile(rb"%%EOF")


def count_revisions(content: bytes) -> int:
    """Return how often a PDF was saved, by its chain of cross-reference sections.

    A linearised file ("fast web view") has two sections from its first save.
    """
    sections = len(set(_sections(content))) or len(_END.findall(content))
    return max(sections - _is_linearised(content), 1)


def revision_ends(content: bytes) -> tuple[int, ...]:
    """Return where each revision ends, the first one first: the bytes up to there are the file as it was saved then.

    Returns:
        Nothing, where the ends cannot be told: a section is not closed, or does not follow the one before.
    """
    sections = list(_sections(content))
    sections = sections[: count_revisions(content)]
    base = _base(content)
    closed: dict[int, list[int]] = {}
    for found in _CLOSED.finditer(content):
        closed.setdefault(int(found[1]), []).append(found.end())
    # Of a linearised file the last section closes the file, and the one at its beginning bears its number.
    ends = [next((end for end in closed.get(at, []) if end > base + at), 0) for at in reversed(sections[1:])]
    ends.append(len(content))
    return tuple(ends) if 0 not in ends and sorted(set(ends)) == ends else ()


def _is_linearised(content: bytes) -> bool:
    return b"/Linearized" in content[:2_048]


def _base(content: bytes) -> int:
    """Return from where offsets count: the header; mailers put bytes in front of it."""
    return max(content[:1_024].find(b"%PDF-"), 0)


def _sections(content: bytes) -> Iterator[int]:
    """Yield where each cross-reference section begins, the last one first."""
    starts = _START.findall(content)
    base = _base(content)
    at, seen = (int(starts[-1]) if starts else -1), set[int]()
    while 0 <= at < len(content) - base and at not in seen and len(seen) < _MOST_SECTIONS:
        seen.add(at)
        trailer = _trailer(content, base + at)
        if trailer is None:
            return
        yield at
        previous = _PREVIOUS.search(trailer)
        at = int(previous[1]) if previous else -1


def _trailer(content: bytes, at: int) -> bytes | None:
    """Return the dictionary of the cross-reference section at an offset; None if there is no section."""
    if content[at : at + 20].lstrip().startswith(b"xref"):
        begin = content.find(b"trailer", at)
        return content[begin : content.find(b"startxref", begin)][:_MOST_BYTES] if begin >= 0 else None
    found = content[at : at + _MOST_BYTES]
    return found.partition(b"stream")[0] if re.match(rb"\s*\d+\s+\d+\s+obj", found) else None
