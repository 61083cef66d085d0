"""How often a PDF was saved, and where it ended each time: by its own account, and within bounds."""

from typing import Any

import pytest

from pipeline.revisions import Revisions, find_revisions
from tests.pipeline.drawn import appended, named, office, pdf, words


def saved_again(times: int) -> bytes:
    content = pdf(words)
    for number in range(times):
        content = appended(content, named(f"version {number}"))
    return content


@pytest.mark.parametrize("times", [0, 1, 3])
def test_each_incremental_update_is_a_revision(times: int) -> None:
    assert find_revisions(saved_again(times)).count == 1 + times


def test_bytes_in_front_of_the_file_shift_nothing() -> None:
    assert find_revisions(b"From: a mailer\n" + saved_again(2)).count == 3


def test_a_linearised_file_has_two_sections_from_its_first_save() -> None:
    main = b"%PDF-1.5\n1 0 obj\n<</Linearized 1>>\nendobj\n"
    second = b"xref\n0 1\ntrailer\n<</Size 2>>\nstartxref\n0\n%%EOF\n"
    first = f"xref\n0 1\ntrailer\n<</Size 2 /Prev {len(main)}>>\nstartxref\n{len(main) + len(second)}\n%%EOF\n"
    assert find_revisions(main + second + first.encode()).count == 1


def test_revisions_end_where_the_file_ended_then() -> None:
    once = pdf(words)
    twice = appended(once, named("b"))
    thrice = appended(twice, named("c"))
    assert find_revisions(once).ends == (len(once),)
    assert find_revisions(thrice).ends == (len(once), len(twice), len(thrice))
    assert find_revisions(b"From: a mailer\n" + twice).ends == (15 + len(once), 15 + len(twice))


def test_a_linearised_file_that_was_changed_has_its_own_end_as_the_first() -> None:
    main = b"%PDF-1.5\n1 0 obj\n<</Linearized 1>>\nendobj\n"
    second = b"xref\n0 1\ntrailer\n<</Size 2>>\nstartxref\n0\n%%EOF\n"
    at = len(main) + len(second)
    first = f"xref\n0 1\ntrailer\n<</Size 2 /Prev {len(main)}>>\nstartxref\n{at}\n%%EOF\n".encode()
    whole = main + second + first
    assert find_revisions(whole).ends == (len(whole),)
    later = whole + f"xref\n0 1\ntrailer\n<</Size 2 /Prev {at}>>\nstartxref\n{len(whole)}\n%%EOF\n".encode()
    assert find_revisions(later).count == 2
    assert find_revisions(later).ends == (len(whole), len(later))


def test_ends_that_cannot_be_told_are_not_guessed() -> None:
    content = appended(pdf(words), named("b"))
    first = find_revisions(content).ends[0]
    at = content.rindex(b"startxref", 0, first)
    assert find_revisions(content[:at] + b" " * (first - at) + content[first:]).ends == ()


def test_an_office_export_has_two_sections_from_its_first_save() -> None:
    once = office(pdf(words))
    assert find_revisions(once) == Revisions(1, (len(once),))
    twice = appended(once, named("later"))
    assert find_revisions(twice) == Revisions(2, (len(once), len(twice)))
    assert find_revisions(b"From: a mailer\n" + twice).count == 2


def test_a_change_in_the_manner_of_an_office_export_is_a_save_all_the_same() -> None:
    once = pdf(words)
    at = once.rindex(b"xref", 0, once.rindex(b"startxref"))
    trailer = once[once.index(b"trailer", at) : once.rindex(b">>")]
    changed = b"9 0 obj\n<</Type/XRef/Size 10/W[1 4 2]/Index[9 1]/Length 7>>\nstream\n1234567\nendstream\nendobj\n"

    def half(before: bytes, more: bytes) -> bytes:
        begin = len(once) + len(before)
        return before + b"xref\n0 0\n%b/Prev %d/XRefStm %b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, at, more, begin)

    assert find_revisions(once + half(b"", b"9")).count == 1
    assert find_revisions(once + half(changed, b"%d" % len(once))).count == 2, "in front of it"
    assert find_revisions(once + half(b"", b"9/A(" + changed + b")")).count == 2, "within its trailer"
    empty = half(b"", b"9/XRef#53tm 99999")
    again = empty[empty.rindex(b"startxref") :]
    assert find_revisions(once + empty + changed + again).count == 2, "behind it"


class Counted(bytes):
    """Counts what is copied of it."""

    copied = 0

    def __getitem__(self, key: Any) -> Any:
        part = super().__getitem__(key)
        Counted.copied += len(part) if isinstance(part, bytes) else 1
        return part


def test_very_many_sections_without_an_end_are_not_copied_to_the_end_of_the_file() -> None:
    parts = [b"%PDF-1.7\n"]
    place, before = len(parts[0]), 0
    for _ in range(900):
        section = b"xref\ntrailer\n<</Prev %d>>\n" % before
        parts.append(section)
        before, place = place, place + len(section)
    content = Counted(b"".join([*parts, b" " * 10_000_000, b"startxref\n%d\n%%%%EOF" % before]))
    assert find_revisions(content).count == 900
    assert Counted.copied < 900 * 2 * 65_536


@pytest.mark.parametrize(("blanks", "count"), [(16, 1), (17, 2)])
def test_between_the_two_sections_of_an_office_export_are_few_blanks(blanks: int, count: int) -> None:
    """As many as a stranger likes would be looked through anew for each of a thousand sections."""
    once = office(pdf(words))
    first = once.index(b"%%EOF") + len(b"%%EOF")
    gap = once.index(b"xref", first) - first
    spread = once[:first] + b" " * blanks + once[first + gap :]
    at, moved = first + gap, first + blanks
    assert find_revisions(spread.replace(b"startxref\n%d\n" % at, b"startxref\n%d\n" % moved)).count == count
