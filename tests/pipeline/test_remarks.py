"""What is told of files that are read all the same: their name, their lock, the number of their pages."""

import io
from pathlib import Path

import pytest
from pypdf import PdfWriter

from pipeline.classify import classify
from pipeline.ingest import to_source
from pipeline.model import Document, FailureCode, ReadSource
from pipeline.read import read_source
from pipeline.remarks import misnamed, recount
from pipeline.settings import Settings
from tests.hostile import pdfs
from tests.pipeline.drawn import pdf, words, written
from tests.pipeline.parts import ColourEngine
from tests.pipeline.test_ingest import JPEG, PDF
from tests.pipeline.test_pages_pictures import picture, saved

TYPE_MISMATCH, ENCRYPTED, CORRUPT = FailureCode.TYPE_MISMATCH, FailureCode.ENCRYPTED, FailureCode.CORRUPT


def locked(algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(words)))
    writer.encrypt(user_password="", owner_password="owner", algorithm=algorithm)
    return written(writer)


def two_leaves(count: int) -> bytes:
    """Return a PDF with two pages, whose page tree claims another number."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    return pdfs.pdf({2: b"<</Type/Pages/Kids[3 0 R 30 0 R]/Count %d>>" % count, 3: page, 30: page})


def read(content: bytes, name: str = "a.pdf", **settings: object) -> ReadSource:
    source = to_source(name, content)
    return read_source(source, ColourEngine(), Settings.model_validate({"cache": False, **settings}))


def documents(content: bytes, name: str) -> tuple[Document, ...]:
    return classify([read(content, name)], ())


@pytest.mark.parametrize(
    ("name", "content", "claimed"),
    [
        pytest.param("licence.pdf", JPEG, ".pdf", id="a JPEG called PDF"),
        pytest.param("licence.jpg", PDF, ".jpg", id="a PDF called JPEG"),
        pytest.param("a/b.d/SCAN.PNG", JPEG, ".png", id="capitals"),
        pytest.param("licence.docx", PDF, ".docx", id="a kind that is not read"),
        pytest.param("licence.pdf.exe", PDF, ".exe", id="a program"),
        pytest.param("licence.JPEG", JPEG, None, id="another ending of the same kind"),
        pytest.param("licence.pdf", PDF, None, id="as it is called"),
        pytest.param("licence", JPEG, None, id="no ending"),
        pytest.param("pdf", JPEG, None, id="a name that is an ending"),
        pytest.param("scan 2024.11.24", JPEG, None, id="an ending that claims nothing"),
        pytest.param("x.pdf/licence", JPEG, None, id="the folder's ending"),
    ],
)
def test_a_name_that_claims_another_kind_is_told(name: str, content: bytes, claimed: str | None) -> None:
    told = misnamed(to_source(name, content))
    assert [(remark.code, remark.file) for remark in told] == ([(TYPE_MISMATCH, name)] if claimed else [])
    for remark in told:
        assert f"ends in {claimed}," in remark.message.en
        assert f"以 {claimed} 结尾" in remark.message.zh


def test_a_misnamed_file_is_read_by_its_signature_and_its_document_says_so() -> None:
    (document,) = documents(saved(picture(), "JPEG"), "licence.pdf")
    assert len(document.pages) == 1
    assert document.failures == ()
    (remark,) = document.remarks
    assert "a JPEG picture" in remark.message.en
    assert "name it .jpg" in remark.message.en
    assert "JPEG 图片" in remark.message.zh


def test_a_misnamed_file_that_cannot_be_read_is_told_twice() -> None:
    (document,) = documents(saved(picture(), "JPEG")[:300], "licence.pdf")
    assert [failure.code for failure in document.failures] == [CORRUPT]
    assert [remark.code for remark in document.remarks] == [TYPE_MISMATCH]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_with_an_empty_password_is_read_and_told(algorithm: str) -> None:
    known = read(locked(algorithm))
    assert (len(known.pages), known.failures) == (1, ())
    (remark,) = known.remarks
    assert (remark.code, remark.file) == (ENCRYPTED, "a.pdf")
    assert "empty password" in remark.message.en
    assert "密码为空" in remark.message.zh
    assert read(pdf(words)).remarks == ()


def test_what_is_told_of_a_file_is_kept_under_the_name_that_it_has_now(tmp_path: Path) -> None:
    kept = {"cache": True, "cache_folder": tmp_path / "cache"}
    content = locked()
    assert [remark.file for remark in read(content, "a.pdf", **kept).remarks] == ["a.pdf"]
    assert [remark.file for remark in read(content, "b.pdf", **kept).remarks] == ["b.pdf"]
    assert len(list((tmp_path / "cache").rglob("*.gz"))) == 1


def test_a_different_number_of_pages_is_a_failure_of_the_file_that_is_read_all_the_same() -> None:
    hidden = read(two_leaves(1))
    assert len(hidden.pages) == hidden.pages_total == 1
    (failure,) = hidden.failures
    assert (failure.code, failure.file, failure.page) == (CORRUPT, "a.pdf", None)
    assert failure.message.en.startswith("a.pdf: one reader counts 1 pages in the PDF and another one 2")
    assert "1 页与 2 页" in failure.message.zh
    assert read(two_leaves(2)).failures == ()


def test_pages_that_cannot_be_counted_again_are_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("pypdf.PdfReader.__init__", fail)
    told = read(pdf(words, words))
    assert (len(told.pages), told.failures) == (2, ())
    (remark,) = told.remarks
    assert (remark.code, remark.file) == (CORRUPT, "a.pdf")
    assert "2 pages were read" in remark.message.en


def test_of_more_pages_than_are_read_none_is_counted_again() -> None:
    cut = read(two_leaves(2), max_pages=1)
    assert [failure.code for failure in cut.failures] == [FailureCode.TOO_MANY_PAGES]


def test_pictures_are_not_counted_again() -> None:
    assert read(saved(picture().convert("L"), "PNG"), "a.png").remarks == ()
    assert recount(to_source("a.pdf", pdf(words, words)), 2) is None


def test_that_memory_runs_out_says_nothing_of_how_many_pages_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("pypdf.PdfReader.__init__", full)
    with pytest.raises(MemoryError):
        recount(to_source("a.pdf", PDF), 1)
