import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.archive import open_archive
from pipeline.files import Entry
from pipeline.ingest import Intake, open_dossier
from pipeline.model import FailureCode
from pipeline.refusal import Refusal
from pipeline.settings import Settings

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256))
FORM = b"store: {category: apparel, type: official}\n"


def pack(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def in_64_bits(content: bytes) -> bytes:
    """Return a zip whose list of members is sized by the record for large zips alone."""
    end = content.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<10xHLL", content, end)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    record += struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    return content[:end] + record + content[end : end + 12] + bytes(4) + content[end + 16 :]


def open_zip(folder: Path, content: bytes, **limits: float) -> Intake:
    path = folder / "a.zip"
    path.write_bytes(content)
    return open_dossier(path, Settings(**limits))  # type: ignore[arg-type]


def only_failure(intake: Intake) -> FailureCode:
    (failure,) = intake.failures
    return failure.code


def test_a_zip_reads_as_the_folder_that_it_packs(tmp_path: Path) -> None:
    intake = open_zip(tmp_path, pack({"application.yaml": FORM, "sub/1.jpg": JPEG, "__MACOSX/._1.jpg": b"x"}))
    assert intake.id == "a"
    assert intake.form.file == "application.yaml"
    assert [source.file for source in intake.sources] == ["sub/1.jpg"]
    assert intake.failures == ()


def test_the_one_folder_that_wraps_everything_is_left_out(tmp_path: Path) -> None:
    files = {"shop/application.yaml": FORM, "shop/licence/1.jpg": JPEG, "__MACOSX/shop/._x": b"x", ".DS_Store": b"x"}
    intake = open_zip(tmp_path, pack(files))
    assert intake.form.file == "application.yaml"
    assert [source.file for source in intake.sources] == ["licence/1.jpg"]


def test_names_never_point_outside(tmp_path: Path) -> None:
    files = {"../../etc/a.jpg": JPEG, "/abs/b.jpg": JPEG, "x\\..\\c.jpg": JPEG, "\u202egnp.d.jpg": JPEG, "..": JPEG}
    intake = open_zip(tmp_path, pack(files))
    assert [source.file for source in intake.sources] == ["abs/b.jpg", "etc/a.jpg", "gnp.d.jpg", "unnamed", "x/c.jpg"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_without_the_utf8_flag_are_read(tmp_path: Path, encoding: str) -> None:
    raw = "营业执照.jpg".encode(encoding)
    placeholder = "n" * len(raw)
    content = pack({placeholder: JPEG}).replace(placeholder.encode(), raw)
    assert [source.file for source in open_zip(tmp_path, content).sources] == ["营业执照.jpg"]


def test_a_bomb_by_ratio_is_unsafe(tmp_path: Path) -> None:
    intake = open_zip(tmp_path, pack({"bomb.pdf": b"%PDF-" + bytes(20_000_000)}))
    assert only_failure(intake) is FailureCode.ARCHIVE_UNSAFE


def test_a_bomb_by_size_stops_at_the_limit(tmp_path: Path) -> None:
    content = pack({"a.jpg": JPEG * 400, "b.jpg": JPEG}, zipfile.ZIP_STORED)
    intake = open_zip(tmp_path, content, max_file_bytes=50_000)
    assert only_failure(intake) is FailureCode.TOO_LARGE
    assert [source.file for source in intake.sources] == ["b.jpg"]


def test_members_together_stop_at_the_limit(tmp_path: Path) -> None:
    content = pack({f"{index}.jpg": JPEG * 100 + bytes([index]) for index in range(4)})
    intake = open_zip(tmp_path, content, max_archive_bytes=60_000)
    assert len(intake.sources) == 2
    assert [failure.code for failure in intake.failures] == [FailureCode.TOO_LARGE] * 2


def test_too_many_entries_are_unsafe(tmp_path: Path) -> None:
    content = pack({f"{index}.jpg": JPEG for index in range(11)})
    assert only_failure(open_zip(tmp_path, content, max_archive_entries=10)) is FailureCode.ARCHIVE_UNSAFE
    assert len(open_zip(tmp_path, content, max_archive_entries=11).sources) == 11


@pytest.mark.parametrize("comment", [b"", b"a comment"])
def test_members_of_a_zip_within_a_zip_are_no_entries(tmp_path: Path, comment: bytes) -> None:
    inner = pack({f"{index}.jpg": JPEG for index in range(30)})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("1.jpg", JPEG)
        archive.writestr("inner.zip", inner)
        archive.comment = comment
    intake = open_zip(tmp_path, packed.getvalue(), max_archive_entries=10)
    assert [(failure.code, failure.file) for failure in intake.failures] == [(FailureCode.ARCHIVE_UNSAFE, "inner.zip")]
    assert [source.file for source in intake.sources] == ["1.jpg"]


@pytest.mark.parametrize(
    "ending",
    [
        pytest.param(lambda content: content, id="as written"),
        pytest.param(lambda content: content[:-2] + b"\x09\0a comment", id="comment"),
        pytest.param(lambda content: content + b"bytes behind it", id="bytes behind it"),
        pytest.param(in_64_bits, id="ZIP64"),
        pytest.param(lambda content: b"in front of it" + content, id="bytes in front of it"),
    ],
)
def test_entries_are_counted_before_they_are_listed(
    ending: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = ending(pack({f"{index}.jpg": JPEG for index in range(11)}))
    assert len(zipfile.ZipFile(io.BytesIO(content)).infolist()) == 11
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda *_: pytest.fail("it was listed"))
    with pytest.raises(Refusal, match="it has 11 entries"):
        open_archive(content, Settings(max_archive_entries=10))


def test_overlapping_entries_are_unsafe(tmp_path: Path) -> None:
    """Two entries of the directory share one packed content: the trick of the densest bombs."""
    content = pack({"a.jpg": JPEG})
    end = content.rindex(b"PK\x05\x06")
    start = content.index(b"PK\x01\x02")
    entry = content[start:end]
    fields = list(struct.unpack("<4s4H2LH", content[end : end + 22]))
    fields[3], fields[4], fields[5] = 2, 2, 2 * len(entry)
    doubled = content[:start] + entry + entry + struct.pack("<4s4H2LH", *fields)
    assert len(zipfile.ZipFile(io.BytesIO(doubled)).infolist()) == 2
    assert only_failure(open_zip(tmp_path, doubled)) is FailureCode.ARCHIVE_UNSAFE


def test_a_link_in_a_zip_is_unsafe_and_its_neighbours_are_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("link.pdf")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("ok.jpg", JPEG)
    intake = open_zip(tmp_path, packed.getvalue())
    assert only_failure(intake) is FailureCode.ARCHIVE_UNSAFE
    assert [source.file for source in intake.sources] == ["ok.jpg"]


def test_a_zip_in_a_zip_is_not_opened(tmp_path: Path) -> None:
    intake = open_zip(tmp_path, pack({"inner.zip": pack({"1.jpg": JPEG}), "2.jpg": JPEG}))
    assert only_failure(intake) is FailureCode.ARCHIVE_UNSAFE
    assert [source.file for source in intake.sources] == ["2.jpg"]


def test_an_encrypted_member_is_encrypted(tmp_path: Path) -> None:
    content = bytearray(pack({"a.jpg": JPEG}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert only_failure(open_zip(tmp_path, bytes(content))) is FailureCode.ENCRYPTED


def test_a_member_with_a_bad_checksum_is_corrupt(tmp_path: Path) -> None:
    content = bytearray(pack({"a.jpg": JPEG}, zipfile.ZIP_STORED))
    content[content.index(JPEG) + 100] ^= 0xFF
    assert only_failure(open_zip(tmp_path, bytes(content))) is FailureCode.CORRUPT


def test_a_packing_method_that_is_not_read_is_unsupported(tmp_path: Path) -> None:
    content = pack({"a.jpg": JPEG}, zipfile.ZIP_LZMA)
    assert only_failure(open_zip(tmp_path, content)) is FailureCode.UNSUPPORTED_TYPE


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"no zip at all", id="text"),
        pytest.param(pack({"a.jpg": JPEG})[:-30], id="cut off"),
        pytest.param(b"PK\x05\x06" + b"\xff" * 18, id="lying directory"),
    ],
)
def test_a_damaged_zip_is_an_intake_with_one_failure(tmp_path: Path, content: bytes) -> None:
    intake = open_zip(tmp_path, content)
    assert intake.form.file is None
    assert intake.sources == ()
    assert [(failure.file, failure.code) for failure in intake.failures] == [("a.zip", FailureCode.CORRUPT)]


def test_a_member_without_a_name_is_read_like_any_other(tmp_path: Path) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("application.yaml", FORM)
        archive.writestr(zipfile.ZipInfo(""), JPEG)
    intake = open_zip(tmp_path, written.getvalue())
    assert intake.form.file == "application.yaml"
    assert [source.content for source in intake.sources] == [JPEG]
    assert intake.failures == ()


@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6))
def test_flipped_bytes_never_raise_anything_but_a_refusal(flips: list[tuple[int, int]]) -> None:
    content = bytearray(pack({"application.yaml": FORM, "sub/1.jpg": JPEG}))
    for at, value in flips:
        content[at % len(content)] = value
    try:
        entries = open_archive(bytes(content), Settings())
    except Refusal:
        return
    for entry in entries:
        assert isinstance(entry, Entry)
        try:
            assert len(entry.read(10_000)) <= 10_000
        except Refusal:
            continue
