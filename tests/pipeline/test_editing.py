"""How files came about: PDFs saved again, signed and changed; pictures with a program's name."""

import io
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pillow_heif
import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Rectangle
from reportlab.pdfgen.canvas import Canvas

from pipeline import editing
from pipeline.changes import Shown, compare
from pipeline.editing import examine
from pipeline.ingest import to_source
from pipeline.model import Source
from pipeline.settings import Settings
from pipeline.signatures import media_type
from pipeline.traces import Change, Editing, LastRevision
from tests.pipeline.drawn import appended, named, pdf, place, scan, words, written
from tests.pipeline.signed import forged, signed, stamped
from tests.pipeline.test_changes import bar, white_field

SEEN = {1: Shown()}
SCAN = pdf(place(scan()))


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


def test_saves_that_change_nothing_to_be_seen_are_compared_thrice_and_with_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = to_source("a.pdf", saved_again(pdf(words), times=5))
    steps: list[int] = []

    def counted(*arguments: Any, since: int, **named: Any) -> LastRevision:
        steps.append(since)
        return compare(*arguments, since=since, **named)

    monkeypatch.setattr(editing, "compare", counted)
    last = examine_it(source, SEEN).last_revision
    assert last is not None
    assert (last.since, last.changes) == (1, ())
    assert steps == [5, 4, 1]


def test_an_edit_is_not_hidden_by_any_number_of_harmless_saves_after_it() -> None:
    content = saved_again(appended(pdf(words), shown_words), times=7)
    last = examine_it(to_source("a.pdf", content), SEEN).last_revision
    assert last is not None
    assert Change.CONTENT in {change.kind for change in last.changes}


def test_a_mark_on_a_scan_is_told_although_the_page_itself_came_later_than_the_first_save() -> None:
    def a_scan(writer: PdfWriter) -> None:
        writer.add_page(PdfReader(io.BytesIO(SCAN)).pages[0])

    def a_mark(writer: PdfWriter) -> None:
        writer.add_annotation(1, Rectangle(rect=(200, 400, 400, 460), interior_color="ffffff"))

    content = appended(appended(pdf(words), a_scan), a_mark)
    last = examine_it(to_source("a.pdf", content), {1: Shown(), 2: Shown(is_scan=True)}).last_revision
    assert last is not None
    found = {(change.page, change.kind, change.on_scan) for change in last.changes}
    assert {(2, Change.NEW_PAGE, False), (2, Change.ANNOTATION, True)} <= found


def a_form(canvas: Canvas) -> None:
    canvas.acroForm.textfield(name="owner", x=300, y=200, width=200, height=30)


def shown_words(writer: PdfWriter) -> None:
    writer.pages[0].merge_page(PdfReader(io.BytesIO(pdf(words))).pages[0])


def a_note(writer: PdfWriter) -> None:
    writer.add_annotation(0, Rectangle((400, 300, 500, 400), interior_color="ff0000"))


def a_page(writer: PdfWriter) -> None:
    writer.add_page(PdfReader(io.BytesIO(pdf(words))).pages[0])


def a_name_in_its_field(writer: PdfWriter) -> None:
    writer.update_page_form_field_values(writer.pages[0], {"owner": "Invented Limited"})


@pytest.mark.parametrize(
    ("save", "kind"),
    [
        pytest.param(partial(appended, change=a_note), Change.ANNOTATION, id="note"),
        pytest.param(partial(appended, change=a_page), Change.NEW_PAGE, id="new page"),
        pytest.param(partial(appended, change=a_name_in_its_field), Change.FORM_FIELD, id="form filled in"),
        pytest.param(partial(signed, box=(300, 100, 500, 160)), Change.SIGNATURE, id="signature"),
    ],
)
def test_a_change_is_not_hidden_by_harmless_ones_after_it(save: Callable[[bytes], bytes], kind: Change) -> None:
    content = save(appended(pdf(a_form), shown_words))
    last = examine_it(to_source("a.pdf", content), {1: Shown(), 2: Shown()}).last_revision
    assert last is not None
    assert last.since == 1
    assert {change.kind for change in last.changes} >= {kind, Change.CONTENT}


def test_a_field_laid_over_print_in_one_save_and_filled_in_by_the_next_hides_the_print() -> None:
    def filled_in(writer: PdfWriter) -> None:
        writer.update_page_form_field_values(writer.pages[0], {"until": "2034-11-06"})

    content = appended(appended(pdf(bar), white_field), filled_in)
    last = examine_it(to_source("a.pdf", content), SEEN).last_revision
    assert last is not None
    assert last.since == 1
    assert {(change.kind, change.hides) for change in last.changes} == {
        (Change.ANNOTATION, True), (Change.FORM_FIELD, True),
    }  # fmt: skip


def test_what_was_seen_of_the_last_save_is_kept_where_it_only_took_away_what_was_added_before() -> None:
    def an_empty_field(writer: PdfWriter) -> None:
        writer.update_page_form_field_values(writer.pages[0], {"owner": ""})

    content = appended(appended(pdf(a_form), a_name_in_its_field), an_empty_field)
    last = examine_it(to_source("a.pdf", content), SEEN).last_revision
    assert last is not None
    assert (last.since, [change.kind for change in last.changes]) == (1, [Change.FORM_FIELD])


@pytest.mark.parametrize(
    ("content", "since", "counted"),
    [
        pytest.param(stamped(signed(SCAN)), 1, 2, id="signed and stamped"),
        pytest.param(stamped(stamped(signed(signed(SCAN), field="Signature2"))), 1, 2, id="signed and stamped twice"),
        pytest.param(signed(saved_again(SCAN, times=2)), 1, 4, id="saved before it was signed"),
        pytest.param(stamped(signed(saved_again(SCAN, times=4))), 1, 6, id="saved often before it was signed"),
        pytest.param(saved_again(signed(SCAN), times=2), 1, 2, id="saved after it was signed"),
        pytest.param(forged(signed(SCAN), b"595", b"596"), 1, None, id="forged"),
        pytest.param(appended(signed(SCAN), shown_words), 2, None, id="changed after it was signed"),
    ],
)
def test_saves_after_a_signature_that_holds_count_as_one(content: bytes, since: int, counted: int | None) -> None:
    told = examine_it(to_source("a.pdf", content), SEEN)
    assert told.is_scan
    assert told.signed_revision == counted
    assert told.last_revision is not None
    assert told.last_revision.since == since


def test_saves_after_a_signature_do_not_hide_what_was_signed_with_it() -> None:
    content = signed(appended(SCAN, shown_words))
    for _ in range(3):
        content = stamped(content)
    told = examine_it(to_source("a.pdf", content), SEEN)
    assert told.last_revision is not None
    assert (told.revisions, told.last_revision.since) == (6, 1)
    assert Change.CONTENT in {change.kind for change in told.last_revision.changes}


@pytest.mark.parametrize("part", ["compare", "was_scan", "_program_of_pdf"])
def test_that_memory_runs_out_is_no_fact_about_a_file(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(editing, part, full)
    with pytest.raises(MemoryError):
        examine_it(to_source("a.pdf", saved_again(SCAN)), SEEN)


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
