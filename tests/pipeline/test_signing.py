"""Digital signatures: whole, made with their own key, nothing changed after; and what cannot be checked is told."""

import io
import sys

import pytest
from pypdf import PdfReader, PdfWriter

from pipeline import signing
from pipeline.signing import check_signatures
from pipeline.traces import Signature, Unchecked
from tests.pipeline.drawn import pdf, words, written
from tests.pipeline.signed import forged, replaced, signed, stamped

GOOD = Signature(covers_whole_file=True, intact=True, valid=True, changed_after=False)
_RSA, _UNKNOWN = "06092a864886f70d01010b", "06092a864886f70d01017f"


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


def test_of_very_many_signatures_the_rest_is_told_as_not_checked(once: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "_MOST_SIGNATURES", 1)
    told: list[bool] = []
    found = check_signatures(signed(once, field="Signature2"), lambda: told.append(True))
    assert [each.unchecked for each in found] == [None, Unchecked.TOO_MANY]
    assert len(told) == 2
