import hashlib
import os
import socket
from pathlib import Path

import pytest

from pipeline import signatures
from pipeline.errors import UsageError
from pipeline.ingest import open_dossier, open_files
from pipeline.model import FailureCode
from pipeline.settings import Settings

JPEG = b"\xff\xd8\xff\xe0" + bytes(60)
PDF = b"%PDF-1.7\n" + bytes(60)
FORM = b"store: {category: apparel, type: official}\n"


def settings(**limits: int) -> Settings:
    return Settings(**limits)  # type: ignore[arg-type]


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_a_folder_becomes_its_form_and_its_sources_in_the_order_of_names(tmp_path: Path) -> None:
    fill(tmp_path, {"application.yaml": FORM, "b.pdf": PDF, "a/deep/down/x.bin": JPEG})
    intake = open_dossier(tmp_path, settings())
    assert intake.form.file == "application.yaml"
    assert intake.form.application is not None
    assert intake.form.application.store.category == "apparel"
    assert [(source.file, source.media_type) for source in intake.sources] == [
        ("a/deep/down/x.bin", signatures.JPEG),
        ("b.pdf", signatures.PDF),
    ]
    assert intake.sources[0].sha256 == hashlib.sha256(JPEG).hexdigest()
    assert intake.failures == ()


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        pytest.param(b"", FailureCode.CORRUPT, "empty", id="empty"),
        pytest.param(b"GIF89a" + bytes(30), FailureCode.UNSUPPORTED_TYPE, "GIF", id="gif"),
        pytest.param(b"Dear Sir,", FailureCode.UNSUPPORTED_TYPE, "text file", id="text"),
        pytest.param(b"PK\x03\x04" + bytes(26) + b"OFD.xml", FailureCode.UNSUPPORTED_TYPE, "OFD", id="ofd"),
        pytest.param(b"PK\x03\x04" + bytes(26) + b"word/document.xml", FailureCode.UNSUPPORTED_TYPE, "docx", id="docx"),
        pytest.param(b"PK\x03\x04" + bytes(26) + b"01.jpg", FailureCode.ARCHIVE_UNSAFE, "zip", id="zip"),
        pytest.param(b"\x00\x00\x00\x20ftypavif" + bytes(24), FailureCode.UNSUPPORTED_TYPE, "AVIF", id="avif"),
    ],
)
def test_what_cannot_be_read_is_a_failure_that_says_why(
    tmp_path: Path, content: bytes, code: FailureCode, says: str
) -> None:
    fill(tmp_path, {"licence.jpg": content})
    (failure,) = open_dossier(tmp_path, settings()).failures
    assert failure.code is code
    assert failure.file == "licence.jpg"
    assert failure.message.en.startswith("licence.jpg: ")
    assert says in failure.message.en
    assert failure.message.zh.startswith("licence.jpg：")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param(b"\xff\xd8\xff\xe1", signatures.JPEG, id="jpeg"),
        pytest.param(b"\x89PNG\r\n\x1a\n", signatures.PNG, id="png"),
        pytest.param(b"II*\x00", signatures.TIFF, id="tiff, little-endian"),
        pytest.param(b"MM\x00*", signatures.TIFF, id="tiff, big-endian"),
        pytest.param(b"MM\x00+", signatures.TIFF, id="big tiff"),
        pytest.param(b"RIFF\x10\x00\x00\x00WEBP", signatures.WEBP, id="webp"),
        pytest.param(b"BM" + bytes(12) + b"\x28\x00\x00\x00", signatures.BMP, id="bmp"),
        pytest.param(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", signatures.HEIC, id="heic"),
        pytest.param(
            b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", signatures.HEIC, id="heic by its second brand"
        ),
        pytest.param(b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1avif", None, id="avif is not heic"),
        pytest.param(b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  ", None, id="film"),
        pytest.param(b"junk before\n%PDF-1.4", signatures.PDF, id="pdf after a preamble"),
        pytest.param(b"BM is how this text begins", None, id="text that begins as a bmp does"),
    ],
)
def test_the_type_is_told_from_the_signature(head: bytes, kind: str | None) -> None:
    assert signatures.media_type(head + bytes(64)) == kind


def test_the_extension_says_nothing(tmp_path: Path) -> None:
    fill(tmp_path, {"licence.pdf": JPEG, "no-suffix": PDF})
    intake = open_dossier(tmp_path, settings())
    assert [source.media_type for source in intake.sources] == [signatures.JPEG, signatures.PDF]
    assert intake.failures == ()


def test_what_file_managers_leave_behind_is_passed_over_and_other_hidden_files_are_read(tmp_path: Path) -> None:
    junk = (".DS_Store", "sub/Thumbs.db", "desktop.ini", "__MACOSX/a.jpg", "@eaDir/b.jpg")
    fill(tmp_path, dict.fromkeys(junk, b"junk"))
    fill(tmp_path, {"._a.jpg": b"\x00\x05\x16\x07" + bytes(20), "._real.jpg": JPEG, ".hidden.jpg": JPEG})
    intake = open_dossier(tmp_path, settings())
    assert [source.file for source in intake.sources] == ["._real.jpg", ".hidden.jpg"]
    assert intake.failures == ()


def test_links_pipes_and_sockets_are_refused_and_named(tmp_path: Path) -> None:
    secret = fill(tmp_path / "outside", {"secret.pdf": PDF}) / "secret.pdf"
    folder = fill(tmp_path / "in", {"ok.jpg": JPEG})
    (folder / "link.pdf").symlink_to(secret)
    (folder / "tree").symlink_to(secret.parent, target_is_directory=True)
    os.mkfifo(folder / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "s"))
        intake = open_dossier(folder, settings())
    assert [source.file for source in intake.sources] == ["ok.jpg"]
    assert {failure.file: failure.code for failure in intake.failures} == dict.fromkeys(
        ("link.pdf", "tree", "pipe.pdf", "s"), FailureCode.UNREADABLE
    )
    assert "named pipe" in next(failure for failure in intake.failures if failure.file == "pipe.pdf").message.en


def test_a_file_that_vanishes_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"a.jpg": JPEG, "b.jpg": JPEG})
    really_open = os.open

    def vanish(path: Path, flags: int) -> int:
        Path(path).unlink()
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", vanish)
    intake = open_dossier(tmp_path, settings())
    assert [failure.code for failure in intake.failures] == [FailureCode.UNREADABLE] * 2
    assert "vanished" in intake.failures[0].message.en


def test_a_file_that_becomes_a_link_between_look_and_open_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = fill(tmp_path / "outside", {"secret.jpg": JPEG}) / "secret.jpg"
    folder = fill(tmp_path / "in", {"a.jpg": JPEG})
    really_open = os.open

    def swap(path: Path, flags: int) -> int:
        Path(path).unlink()
        Path(path).symlink_to(secret)
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", swap)
    intake = open_dossier(folder, settings())
    assert intake.sources == ()
    assert "symbolic link" in intake.failures[0].message.en


def test_a_file_that_becomes_a_pipe_between_look_and_open_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, {"a.jpg": JPEG})
    really_open = os.open

    def swap(path: Path, flags: int) -> int:
        Path(path).unlink()
        os.mkfifo(path)
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", swap)
    intake = open_dossier(tmp_path, settings())
    assert "named pipe" in intake.failures[0].message.en


def test_what_is_no_regular_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    monkeypatch.setattr(os, "open", lambda path, flags: pytest.fail("opened"))
    assert [failure.file for failure in open_dossier(tmp_path, settings()).failures] == ["pipe.pdf"]


def test_every_limit_is_a_failure_of_the_file_that_passes_it(tmp_path: Path) -> None:
    fill(tmp_path, {"a.jpg": JPEG, "b.jpg": JPEG + bytes(100), "c.jpg": JPEG, "d.jpg": JPEG})
    too_big = open_dossier(tmp_path, settings(max_file_bytes=100))
    assert [(failure.file, failure.code) for failure in too_big.failures] == [("b.jpg", FailureCode.TOO_LARGE)]
    too_many = open_dossier(tmp_path, settings(max_files=2))
    assert [source.file for source in too_many.sources] == ["a.jpg", "b.jpg"]
    assert [failure.file for failure in too_many.failures] == ["c.jpg"]
    assert "4 files" in too_many.failures[0].message.en
    too_much = open_dossier(tmp_path, settings(max_archive_bytes=64))
    assert [source.file for source in too_much.sources] == ["a.jpg"]
    assert [failure.file for failure in too_much.failures] == ["b.jpg", "c.jpg", "d.jpg"]


def test_folders_too_deep_are_a_failure(tmp_path: Path) -> None:
    fill(tmp_path, {"1/2/a.jpg": JPEG, "1/2/3/b.jpg": JPEG})
    intake = open_dossier(tmp_path, settings(max_depth=2))
    assert [source.file for source in intake.sources] == ["1/2/a.jpg"]
    assert [failure.file for failure in intake.failures] == ["1/2/3"]


def test_names_are_cleaned_and_stay_apart(tmp_path: Path) -> None:
    names = [
        b"li\xe2\x80\xaecence.jpg",
        b"licence.jpg",
        b"li\ncence.jpg",
        b"lic\xffence.jpg",
        b"e\xcc\x81.jpg",
        b"\xc3\xa9.jpg",
    ]
    for name in names:
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_bytes(JPEG)
    files = [source.file for source in open_dossier(tmp_path, settings()).sources]
    assert sorted(files) == ["li cence.jpg", "licence.jpg", "licence~2.jpg", "licence~3.jpg", "é.jpg", "é~2.jpg"]
    assert files == [source.file for source in open_dossier(tmp_path, settings()).sources]


def test_two_forms_are_a_problem_that_names_both(tmp_path: Path) -> None:
    fill(tmp_path, {"application.yaml": FORM, "application.json": b"{}"})
    form = open_dossier(tmp_path, settings()).form
    assert "application.json, application.yaml" in form.problems[0].message.en


def test_a_form_in_a_subfolder_is_not_taken_but_pointed_out(tmp_path: Path) -> None:
    fill(tmp_path, {"sub/application.yaml": FORM, "a.jpg": JPEG})
    form = open_dossier(tmp_path, settings()).form
    assert form.application is None
    assert form.file is None
    assert "sub/application.yaml" in form.problems[0].message.en


def test_a_form_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "application.yaml").symlink_to("/etc/hostname")
    form = open_dossier(tmp_path, settings()).form
    assert form.file == "application.yaml"
    assert "symbolic link" in form.problems[0].message.en
    fill(tmp_path, {"b/application.yml": b"#" * 100})
    assert "limit" in open_dossier(tmp_path / "b", settings(max_form_bytes=99)).form.problems[0].message.en


def test_a_dossier_without_anything_has_no_form_and_no_failure(tmp_path: Path) -> None:
    intake = open_dossier(tmp_path, settings())
    assert (intake.form.file, intake.form.application, intake.form.problems) == (None, None, ())
    assert (intake.sources, intake.failures) == ((), ())


@pytest.mark.parametrize("name", ["missing", "single.jpg"])
def test_a_path_that_is_no_dossier_is_wrong_usage(tmp_path: Path, name: str) -> None:
    fill(tmp_path, {"single.jpg": JPEG})
    with pytest.raises(UsageError, match=name):
        open_dossier(tmp_path / name, settings())


def test_single_files_are_opened_in_the_order_given(tmp_path: Path) -> None:
    fill(tmp_path, {"b/x.jpg": JPEG, "a/x.jpg": PDF, "c.txt": b"text"})
    intake = open_files([tmp_path / "b/x.jpg", tmp_path / "a/x.jpg", tmp_path / "c.txt"], settings())
    assert [(source.file, source.media_type) for source in intake.sources] == [
        ("x.jpg", signatures.JPEG),
        ("x~2.jpg", signatures.PDF),
    ]
    assert [failure.file for failure in intake.failures] == ["c.txt"]
    assert intake.form.file is None


def test_inspecting_a_folder_or_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        open_files([tmp_path], settings())
    with pytest.raises(UsageError, match="not there"):
        open_files([tmp_path / "missing.jpg"], settings())
