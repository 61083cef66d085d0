"""How files came about: PDFs saved again, signed and changed; pictures with a program's name."""

import io
from collections.abc import Mapping
from typing import Any

import pillow_heif
import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter

from pipeline.changes import Shown
from pipeline.editing import examine
from pipeline.ingest import to_source
from pipeline.model import Source
from pipeline.revisions import count_revisions
from pipeline.settings import Settings
from pipeline.signatures import media_type
from pipeline.traces import Change, Editing
from tests.pipeline.drawn import appended, named, pdf, place, scan, words, written
from tests.pipeline.signed import forged, signed

SEEN = {1: Shown()}


def examine_it(source: Source, shown: Mapping[int, Shown]) -> Editing:
    return examine(source, shown, Settings())


def saved_again(content: bytes, *, times: int = 1) -> bytes:
    for number in range(times):
        content = appended(content, named(f"version {number}"))
    return content


def program(**told: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(words)))
    writer.add_metadata({f"/{key}": value for key, value in told.items()})
    return written(writer)


@pytest.mark.parametrize("times", [0, 1, 3])
def test_each_incremental_update_is_a_revision(times: int) -> None:
    assert count_revisions(saved_again(pdf(words), times=times)) == 1 + times


def test_bytes_in_front_of_the_file_shift_nothing() -> None:
    assert count_revisions(b"From: a mailer\n" + saved_again(pdf(words), times=2)) == 3


def test_a_linearised_file_has_two_sections_from_its_first_save() -> None:
    main = b"%PDF-1.5\n1 0 obj\n<</Linearized 1>>\nendobj\n"
    second = b"xref\n0 1\ntrailer\n<</Size 2>>\nstartxref\n0\n%%EOF\n"
    first = f"xref\n0 1\ntrailer\n<</Size 2 /Prev {len(main)}>>\nstartxref\n{len(main) + len(second)}\n%%EOF\n"
    assert count_revisions(main + second + first.encode()) == 1


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"%PDF-1.7\nnothing", id="header alone"),
        pytest.param(b"%PDF-1.7\nxref\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF", id="a section before itself"),
        pytest.param(b"%PDF-1.7\nstartxref\n999999999999\n%%EOF", id="beyond the end"),
        pytest.param(pdf(words)[:500], id="cut off"),
        pytest.param(b"%PDF-1.7\n/ByteRange\n%%EOF", id="signed nothing"),
    ],
)
def test_a_damaged_pdf_tells_little_and_raises_nothing(content: bytes) -> None:
    source = to_source("a.pdf", pdf(words)).model_copy(update={"content": content})
    assert examine_it(source, SEEN) == Editing()


def test_the_program_is_named_once_with_the_one_it_was_made_in() -> None:
    content = program(Creator="Adobe Photoshop 25.0", Producer="Adobe Photoshop for Windows")
    told = examine_it(to_source("a.pdf", content), {1: Shown(is_scan=True)})
    assert told == Editing(producer="Adobe Photoshop 25.0; Adobe Photoshop for Windows", is_scan=True)
    assert examine_it(to_source("a.pdf", program(Creator="Scan", Producer="Scan")), SEEN).producer == "Scan"


def picture(kind: str, *, software: str = "", xmp: bytes = b"") -> bytes:
    written_to = io.BytesIO()
    options: dict[str, Any] = {}
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Software", software)
        options["pnginfo"] = info
    else:
        pillow_heif.register_heif_opener(thumbnails=False)
        exif = Pillow.Exif()
        if software:
            exif[0x0131] = software
        options = {"exif": exif, "xmp": xmp} if xmp else {"exif": exif}
    Pillow.new("RGB", (64, 64)).save(written_to, kind, **options)
    return written_to.getvalue()


@pytest.mark.parametrize(
    ("content", "producer"),
    [
        pytest.param(picture("JPEG", software="GIMP 2.10"), "GIMP 2.10", id="EXIF"),
        pytest.param(picture("PNG", software="Adobe ImageReady"), "Adobe ImageReady", id="PNG"),
        pytest.param(
            picture("JPEG", xmp=b'<x xmp:CreatorTool="Adobe Photoshop 25.0"/>'), "Adobe Photoshop 25.0", id="XMP"
        ),
        pytest.param(picture("HEIF", software="GIMP 2.10"), "GIMP 2.10", id="HEIC"),
        pytest.param(picture("TIFF", software="GIMP 2.10"), "GIMP 2.10", id="TIFF"),
        pytest.param(picture("WEBP", software="GIMP 2.10"), "GIMP 2.10", id="WebP"),
        pytest.param(picture("JPEG"), "", id="nothing told"),
        pytest.param(picture("JPEG", software="GIMP 2.10")[:60], "", id="cut off"),
    ],
)
def test_a_picture_may_name_the_program_that_wrote_it(content: bytes, producer: str) -> None:
    kind = media_type(content)
    source = to_source("a.jpg", picture("JPEG")).model_copy(update={"content": content, "media_type": kind})
    assert examine_it(source, SEEN) == Editing(producer=producer)


def test_a_scan_that_was_stamped_over_is_a_scan_still() -> None:
    stamp = PdfReader(io.BytesIO(pdf(words))).pages[0]
    content = appended(pdf(place(scan())), lambda writer: writer.pages[0].merge_page(stamp))
    told = examine_it(to_source("a.pdf", content), SEEN)
    assert told.is_scan
    assert told.revisions == 2
    assert told.last_revision is not None
    assert {(change.kind, change.on_scan) for change in told.last_revision.changes} == {(Change.CONTENT, True)}


@pytest.mark.parametrize("times", [1, 2])
def test_a_change_is_not_hidden_by_saves_after_it_that_change_nothing(times: int) -> None:
    stamp = PdfReader(io.BytesIO(pdf(words))).pages[0]
    content = appended(pdf(place(scan())), lambda writer: writer.pages[0].merge_page(stamp))
    last = examine_it(to_source("a.pdf", saved_again(content, times=times)), SEEN).last_revision
    assert last is not None
    assert last.since == 1
    assert {change.kind for change in last.changes} == {Change.CONTENT}


def test_saves_that_change_nothing_to_be_seen_are_compared_so_far_and_no_further() -> None:
    last = examine_it(to_source("a.pdf", saved_again(pdf(words), times=5)), SEEN).last_revision
    assert last is not None
    assert (last.since, last.changes) == (3, ())


def test_what_was_saved_once_has_no_last_revision_and_no_signature() -> None:
    told = examine_it(to_source("a.pdf", pdf(words)), SEEN)
    assert (told.last_revision, told.signatures, told.changed_after_signing) == (None, None, None)


def test_ends_that_cannot_be_told_are_an_unreadable_revision() -> None:
    content = saved_again(pdf(words))
    end = content.index(b"%%EOF")
    told = examine_it(to_source("a.pdf", content[:end] + b"%%FOE" + content[end + 5 :]), SEEN)
    assert told.last_revision is not None
    assert told.last_revision.unreadable


def test_a_signature_that_holds_is_told_apart_from_one_that_was_forged() -> None:
    content = signed(pdf(words))
    told = examine_it(to_source("a.pdf", content), SEEN)
    assert told.changed_after_signing is False
    assert told.signatures is not None
    assert told.signatures[0].covers_whole_file
    assert examine_it(to_source("a.pdf", forged(content, b"595", b"596")), SEEN).changed_after_signing is True


def test_a_signature_that_was_not_checked_is_told_and_decides_nothing() -> None:
    content = signed(pdf(words)).replace(b"/adbe.pkcs7.detached", b"/adbe.x509.rsa_sha11")
    told = examine_it(to_source("a.pdf", content), SEEN)
    assert told.changed_after_signing is None
    assert told.signatures is not None
