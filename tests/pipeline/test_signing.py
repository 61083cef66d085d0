"""Digital signatures: whole, made with their own key, nothing changed after; and what cannot be checked is told."""

import io
import sys
from collections.abc import Callable
from typing import Any, cast

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, NullObject

from pipeline import signed_places, signing
from pipeline.revisions import find_revisions
from pipeline.traces import Signature, Unchecked
from tests.pipeline.drawn import appended, dictionary, named, office, pdf, words, written
from tests.pipeline.signed import forged, replaced, sealed, signed, stamped, with_seals

GOOD = Signature(covers_whole_file=True, intact=True, valid=True, changed_after=False)
_RSA, _UNKNOWN = "06092a864886f70d01010b", "06092a864886f70d01017f"


def check_signatures(content: bytes, *arguments: Any, **named: Any) -> tuple[Signature, ...]:
    return signing.check_signatures(content, *arguments, **named).signatures


def places(content: bytes) -> dict[int, list[tuple[float, ...]]]:
    return {page: list(shown) for page, shown in signing.check_signatures(content).places.items()}


@pytest.fixture(scope="module")
def once() -> bytes:
    return signed(pdf(words))


def test_a_signed_file_that_nobody_touched_is_covered_whole_and_unchanged(once: bytes) -> None:
    assert check_signatures(once) == (GOOD,)
    assert not GOOD.is_broken


def test_a_signature_says_nothing_where_there_is_none() -> None:
    assert check_signatures(pdf(words)) == ()


def test_each_signature_is_told_and_only_the_last_one_covers_the_file(once: bytes) -> None:
    first, second = check_signatures(signed(once, field="Signature2"))
    assert first == GOOD.model_copy(update={"covers_whole_file": False})
    assert second == GOOD


def test_a_page_changed_after_signing_is_told(once: bytes) -> None:
    writer = PdfWriter(io.BytesIO(once), incremental=True)
    writer.pages[0].merge_page(PdfReader(io.BytesIO(pdf(words))).pages[0])
    (found,) = check_signatures(written(writer))
    assert (found.covers_whole_file, found.intact, found.valid, found.changed_after) == (False, True, True, True)
    assert found.is_broken


def test_a_byte_changed_under_the_signature_is_told(once: bytes) -> None:
    (found,) = check_signatures(once.replace(b"595", b"596", 1))
    assert (found.intact, found.valid) == (False, True)
    assert found.is_broken


def test_a_digest_written_into_the_signature_without_the_key_is_told(once: bytes) -> None:
    (found,) = check_signatures(forged(once, b"595", b"596"))
    assert (found.covers_whole_file, found.intact, found.valid) == (True, True, False)
    assert found.is_broken


def test_a_time_stamp_is_a_signature_of_its_own_record(once: bytes) -> None:
    content = stamped(once)
    assert [found.is_broken for found in check_signatures(content)] == [False, False]
    assert check_signatures(content)[-1] == GOOD
    assert check_signatures(content.replace(b"595", b"596", 1))[-1].intact is False


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        pytest.param(_RSA, _UNKNOWN, Unchecked.UNSUPPORTED, id="algorithm"),
        pytest.param(b"/adbe.pkcs7.detached".hex(), b"/adbe.x509.rsa_sha11".hex(), Unchecked.UNSUPPORTED, id="kind"),
    ],
)
def test_what_is_not_known_here_is_told_as_not_checked(once: bytes, old: str, new: str, why: Unchecked) -> None:
    content = once if old == _RSA else once.replace(bytes.fromhex(old), bytes.fromhex(new))
    content = replaced(content, old, new) if old == _RSA else content
    assert check_signatures(content) == (Signature(covers_whole_file=True, unchecked=why),)


def test_a_signature_whose_own_structure_is_damaged_is_told_as_not_checked(once: bytes) -> None:
    content = replaced(once, _RSA, "ff" * (len(_RSA) // 2))
    assert check_signatures(content) == (Signature(covers_whole_file=True, unchecked=Unchecked.UNREADABLE),)


def test_a_signature_that_is_none_is_told_as_not_checked(once: bytes) -> None:
    at = once.index(b"/Contents <") + len(b"/Contents <")
    broken = once[:at] + b"0000" + once[at + 4 :]
    assert check_signatures(broken) == (Signature(covers_whole_file=True, unchecked=Unchecked.UNREADABLE),)


def test_a_signature_of_a_range_that_is_none_is_told(once: bytes) -> None:
    at = once.index(b"/ByteRange [")
    short = once[:at] + b"/ByteRange [0 9]".ljust(once.index(b"]", at) + 1 - at) + once[once.index(b"]", at) + 1 :]
    (found,) = check_signatures(short)
    assert found.is_broken
    assert not found.covers_whole_file


def test_a_signature_in_a_file_that_pyhanko_cannot_read_is_told(once: bytes) -> None:
    (found,) = check_signatures(once.replace(b"/AcroForm", b"/AcroFork"))
    assert found.unchecked is Unchecked.UNREADABLE
    (found,) = check_signatures(once[: once.rindex(b"startxref")])
    assert found.unchecked is Unchecked.UNREADABLE


def test_without_pyhanko_a_signature_is_told_and_whether_the_file_ends_with_it(
    once: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = PdfWriter(io.BytesIO(once), incremental=True)
    later.add_metadata({"/Keywords": "later"})
    appended = written(later)
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
    assert check_signatures(once) == (Signature(covers_whole_file=True, unchecked=Unchecked.NO_CHECKER),)
    assert check_signatures(appended) == (Signature(covers_whole_file=False, unchecked=Unchecked.NO_CHECKER),)
    assert check_signatures(pdf(words)) == ()


def test_a_signature_that_is_not_checked_borrows_no_cover_of_another(
    once: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = signed(appended(replaced(once, _RSA, _UNKNOWN), named("changed")), field="Signature2")
    first, second = check_signatures(content)
    assert first == Signature(covers_whole_file=False, unchecked=Unchecked.UNSUPPORTED)
    assert (second.covers_whole_file, second.holds) == (True, True)
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
    assert check_signatures(content) == (Signature(covers_whole_file=False, unchecked=Unchecked.NO_CHECKER),)


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param(b"% /ByteRange [0 0 0 999999999999]\n", id="past the end"),
        pytest.param(b"% /ByteRange [0 0 0 %d]\n", id="to the end"),
        pytest.param(b"% /ByteRange [0 0 0]\n", id="none"),
    ],
)
def test_a_comment_that_looks_like_a_signature_covers_nothing(
    once: bytes, comment: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = appended(replaced(once, _RSA, _UNKNOWN), named("changed"))
    end = len(content) + len(comment) - len(b"%d") + len(str(len(content)))
    content += comment.replace(b"%d", str(end).encode())
    (found,) = check_signatures(content)
    assert (found.covers_whole_file, found.unchecked) == (False, Unchecked.UNSUPPORTED)
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
    assert check_signatures(content) == (Signature(covers_whole_file=False, unchecked=Unchecked.NO_CHECKER),)


def test_a_signature_tells_the_save_that_it_was_made_in(once: bytes) -> None:
    content = appended(stamped(signed(appended(once, named("b")), field="Signature2")), named("c"))
    found = check_signatures(content, find_revisions(content).ends)
    assert [each.revision for each in found] == [2, 4, 5]
    # Where the hole in what it covers lies says nothing: what it covers reaches into the last of these.
    (late,) = check_signatures(once, (once.index(b"/ByteRange"), once.rindex(b"startxref"), len(once)))
    assert late.revision == 3
    (whole,) = check_signatures(once, find_revisions(once).ends)
    assert whole == GOOD.model_copy(update={"revision": 2})


def test_a_signature_with_a_hole_in_what_it_covers_is_odd(once: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "_closing", lambda _: range(0))
    (found,) = check_signatures(once)
    assert found == Signature(covers_whole_file=False, unchecked=Unchecked.UNREADABLE)


def test_a_signed_office_export_is_checked_as_any_other_file() -> None:
    content = signed(office(pdf(words)))
    assert check_signatures(content) == (GOOD,)
    (found,) = check_signatures(forged(content, b"595", b"596"))
    assert (found.intact, found.valid, found.unchecked) == (True, False, None)


def test_what_was_appended_to_a_signed_office_export_is_for_a_person() -> None:
    content = signed(signed(office(pdf(words))), field="Signature2")
    first, second = check_signatures(content)
    assert first == Signature(covers_whole_file=False, intact=True, valid=True, unchecked=Unchecked.HYBRID)
    assert second == GOOD
    first, _ = check_signatures(content.replace(b"595", b"596", 1))
    assert (first.intact, first.is_broken, first.unchecked) == (False, True, None)


def test_a_digest_that_does_not_agree_is_told_whatever_came_after(once: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(_: object) -> None:
        raise ValueError

    monkeypatch.setattr("pyhanko.sign.validation.pdf_embedded.EmbeddedPdfSignature.compute_integrity_info", odd)
    (found,) = check_signatures(once.replace(b"595", b"596", 1))
    assert (found.intact, found.valid, found.changed_after) == (False, True, None)
    assert check_signatures(once) == (Signature(covers_whole_file=True, unchecked=Unchecked.UNREADABLE),)


@pytest.mark.parametrize(
    "where",
    [
        "pdf_utils.reader.PdfFileReader.__init__",
        "sign.validation.pdf_embedded.EmbeddedPdfSignature.__init__",
        "sign.validation.pdf_embedded.EmbeddedPdfSignature.compute_digest",
        "sign.validation.pdf_embedded.EmbeddedPdfSignature.compute_integrity_info",
    ],
)
def test_that_memory_runs_out_says_nothing_of_a_signature(
    once: bytes, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(f"pyhanko.{where}", full)
    with pytest.raises(MemoryError):
        check_signatures(once)


def test_of_very_many_signatures_the_rest_is_told_as_one_that_was_not_checked(once: bytes) -> None:
    def many(writer: PdfWriter) -> None:
        fields = writer.root_object["/AcroForm"]["/Fields"]  # type: ignore[index]
        fields.extend([fields[0]] * 500)

    told: list[bool] = []
    found = check_signatures(appended(once, many), tell=lambda: told.append(True))
    assert [each.unchecked for each in found] == [None] * 20 + [Unchecked.TOO_MANY]
    assert len(told) == 20


BOX = (300, 100, 500, 160)


def test_where_a_signature_that_holds_is_shown_is_told() -> None:
    assert places(signed(pdf(words), box=BOX)) == {1: [BOX]}
    assert places(signed(pdf(words))) == {}, "it is not shown"


def test_a_signature_is_shown_in_all_places_of_its_field() -> None:
    shown = (300, 300, 400, 400), (100, 300, 200, 400)
    assert places(sealed(with_seals(pdf(words, words), shown))) == {1: [shown[0]], 2: [shown[1]]}


def a_value_of_nothing(writer: PdfWriter) -> None:
    kid = cast("Any", writer.pages[0])["/Annots"][0].get_object()
    kid["/Parent"][NameObject("/V")] = dictionary()


def test_a_field_that_only_looks_signed_is_shown_nowhere() -> None:
    seals = appended(with_seals(pdf(words), [(300, 300, 400, 400)]), a_value_of_nothing)
    assert places(signed(seals)) == {}
    assert places(signed(seals, box=BOX)) == {1: [BOX]}


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda content: content.replace(b"595", b"596", 1), id="other bytes"),
        pytest.param(lambda content: forged(content, b"595", b"596"), id="another key's"),
        pytest.param(lambda content: replaced(content, _RSA, _UNKNOWN), id="not checked"),
        pytest.param(lambda content: appended(content, a_page_turned), id="changed after"),
    ],
)
def test_a_signature_that_does_not_hold_is_shown_nowhere(broken: Callable[[bytes], bytes]) -> None:
    assert places(broken(signed(pdf(words), box=BOX))) == {}


def a_page_turned(writer: PdfWriter) -> None:
    writer.pages[0].rotate(90)


def test_without_pyhanko_nothing_is_shown_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.pdf_utils.reader", None)
    assert places(signed(pdf(words), box=BOX)) == {}


def in_circles(writer: PdfWriter) -> None:
    pages = cast("Any", writer.root_object)["/Pages"]
    pages["/Kids"].insert(0, pages.indirect_reference)


def without_notes(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/Annots")] = NullObject()


def without_a_place(writer: PdfWriter) -> None:
    cast("Any", writer.pages[0])["/Annots"][0].get_object()[NameObject("/Rect")] = ArrayObject()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(in_circles, id="tree of pages in circles"),
        pytest.param(without_notes, id="nothing laid over the page"),
        pytest.param(without_a_place, id="no rectangle"),
    ],
)
def test_where_an_odd_file_shows_a_signature_is_not_told(change: Callable[[PdfWriter], None]) -> None:
    content = sealed(appended(with_seals(pdf(words), [(300, 300, 400, 400)]), change))
    found = signing.check_signatures(content)
    assert found.signatures[0].intact
    assert found.places == {}


def test_that_memory_runs_out_says_nothing_of_where_a_signature_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(signed_places, "_rectangle", full)
    with pytest.raises(MemoryError):
        places(signed(pdf(words), box=BOX))
