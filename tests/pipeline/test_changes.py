"""What the last save of a PDF made visible: by what, where, whether over a scan, and within which limits."""

import io
from collections.abc import Callable
from typing import cast

import pytest
from PIL import Image as Pillow
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Rectangle
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, RectangleObject
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

from pipeline import changes
from pipeline.boxes import WHOLE_PAGE, Box
from pipeline.changes import Shown, compare, was_scan
from pipeline.revisions import find_revisions
from pipeline.signing import check_signatures
from pipeline.traces import Change, LastRevision, VisibleChange
from tests.pipeline.drawn import appended, dictionary, invisible, named, nothing, pdf, place, scan, words
from tests.pipeline.signed import seal, sealed, signed, with_seals

Told = list[tuple[int, Change, bool, bool]]


def date_on(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 14)
    canvas.drawString(300, 420, "valid until 2034-11-06")


def patch_on(canvas: Canvas) -> None:
    """A white patch over the black corner of a scan, and other words on it."""
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(20, 40, 80, 30, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(25, 50, "2034-11-06")


def bar(canvas: Canvas) -> None:
    """Something black in the place of the new field."""
    canvas.rect(310, 405, 60, 10, fill=1)
    words(canvas)


def white_field(writer: PdfWriter) -> None:
    """A new field of a form, white, with words in it."""

    def a_field(canvas: Canvas) -> None:
        canvas.acroForm.textfield(
            name="until", value="2033-01-01", x=300, y=400, width=200, height=30, fillColor=white, borderWidth=0
        )

    made = PdfWriter(clone_from=io.BytesIO(pdf(a_field)))
    field = writer._add_object(made.pages[0]["/Annots"][0].clone(writer))  # type: ignore[index]
    writer.pages[0][NameObject("/Annots")] = ArrayObject([field])
    form = cast("DictionaryObject", made.root_object["/AcroForm"].clone(writer))
    form[NameObject("/Fields")] = ArrayObject([field])
    writer.root_object[NameObject("/AcroForm")] = form


def laid_over(draw: Callable[[Canvas], None], *, page: int = 0) -> Callable[[PdfWriter], None]:
    return lambda writer: writer.pages[page].merge_page(PdfReader(io.BytesIO(pdf(draw))).pages[0])


def compared(content: bytes, *, shown: dict[int, Shown] | None = None, since: int = -1) -> LastRevision:
    """Return what became visible since a revision; the one before the last, unless told."""
    ends, places = find_revisions(content).ends, check_signatures(content).places
    numbers = range(1, len(PdfReader(io.BytesIO(content)).pages) + 1)
    pages = shown or {number: Shown(signed=places.get(number, ())) for number in numbers}
    since = len(ends) + since if since < 0 else since
    return compare(content, ends[since - 1], since=since, shown=pages, tell=lambda: None)


def told(found: LastRevision) -> Told:
    return [(change.page, change.kind, change.on_scan, change.hides) for change in found.changes]


SCAN = pdf(place(scan()))
FORM = pdf(lambda canvas: canvas.acroForm.textfield(name="owner", x=100, y=600, width=200, height=30))
NOTE = Rectangle((100, 300, 200, 400), interior_color="ff0000")


def test_a_save_that_changes_nothing_visible_tells_of_nothing() -> None:
    found = compared(appended(SCAN, named("later")))
    assert found == LastRevision(since=1, pages_compared=1)


@pytest.mark.parametrize(
    ("content", "change", "expected"),
    [
        pytest.param(SCAN, laid_over(date_on), [(1, Change.CONTENT, True, False)], id="words on a scan"),
        pytest.param(SCAN, laid_over(patch_on), [(1, Change.CONTENT, True, True)], id="patch on a scan"),
        pytest.param(SCAN, laid_over(invisible), [], id="hidden text on a scan"),
        pytest.param(
            pdf(place(scan(), x=80, y=100, width=435, height=640)),
            laid_over(date_on),
            [(1, Change.CONTENT, True, False)],
            id="words on a photo with a margin",
        ),
        pytest.param(pdf(words), laid_over(date_on), [(1, Change.CONTENT, False, False)], id="words on words"),
        pytest.param(
            SCAN, lambda writer: writer.add_annotation(0, NOTE), [(1, Change.ANNOTATION, True, False)], id="note"
        ),
        pytest.param(
            FORM,
            lambda writer: writer.update_page_form_field_values(writer.pages[0], {"owner": "Invented Limited"}),
            [(1, Change.FORM_FIELD, False, False)],
            id="form field",
        ),
        pytest.param(
            pdf(bar), white_field, [(1, Change.ANNOTATION, False, True)], id="new field over what stood there"
        ),
        pytest.param(
            appended(pdf(bar), white_field),
            lambda writer: writer.update_page_form_field_values(writer.pages[0], {"until": "2034-11-06"}),
            [(1, Change.FORM_FIELD, False, True)],
            id="field that was laid over it before",
        ),
        pytest.param(pdf(nothing), laid_over(date_on), [(1, Change.NEW_PAGE, False, False)], id="empty page"),
        pytest.param(pdf(words), lambda writer: writer.pages[0].rotate(90), [], id="turned"),
        pytest.param(
            SCAN,
            lambda writer: writer.pages[0].update({NameObject("/CropBox"): RectangleObject((0, 200, 595, 842))}),
            [(1, Change.SIZE, True, False)],
            id="cropped",
        ),
    ],
)
def test_what_became_visible_is_told(content: bytes, change: Callable[[PdfWriter], None], expected: Told) -> None:
    assert told(compared(appended(content, change))) == expected


def test_a_patch_on_a_page_that_was_turned_at_the_same_time_is_told() -> None:
    def both(writer: PdfWriter) -> None:
        laid_over(patch_on)(writer)
        writer.pages[0].rotate(90)

    (change,) = compared(appended(SCAN, both)).changes
    assert (change.kind, change.hides) == (Change.CONTENT, True)
    assert change.box.right < 0.12, "the foot of the page is its left side now"


@pytest.mark.parametrize(
    ("content", "box", "expected"),
    [
        pytest.param(pdf(words), (300, 100, 500, 160), [(1, Change.SIGNATURE, False, False)], id="born digital"),
        pytest.param(SCAN, (200, 400, 400, 460), [(1, Change.SIGNATURE, True, False)], id="scan"),
    ],
)
def test_a_signature_that_is_shown_is_told_as_such(
    content: bytes, box: tuple[int, int, int, int], expected: Told
) -> None:
    assert told(compared(signed(content, box=box))) == expected


def test_a_seal_that_one_signature_shows_on_several_pages_is_told_as_such() -> None:
    content = sealed(with_seals(pdf(place(scan()), place(scan())), [(200, 400, 300, 500), (200, 300, 300, 400)]))
    assert told(compared(content, since=1)) == [(page, Change.SIGNATURE, True, False) for page in (1, 2)]


def test_without_a_signature_that_holds_the_same_seal_is_a_note() -> None:
    content = with_seals(SCAN, [(200, 400, 300, 500)])
    assert told(compared(content)) == [(1, Change.ANNOTATION, True, False)]


def a_field_to_sign(value: PdfObject | None) -> Callable[[PdfWriter], None]:
    """Return a change that adds a white field for a signature, with words in it."""

    def add(writer: PdfWriter) -> None:
        white_field(writer)
        field = cast("ArrayObject", writer.pages[0]["/Annots"])[0].get_object()
        field[NameObject("/FT")] = NameObject("/Sig")
        del field["/V"]
        if value is not None:
            field[NameObject("/V")] = value

    return add


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="empty"),
        pytest.param(DictionaryObject(), id="a value of nothing"),
        pytest.param(dictionary(Type=NameObject("/Sig")), id="a value without a signature"),
    ],
)
def test_a_field_that_nobody_signed_is_laid_over_the_page_whoever_signs_elsewhere(value: PdfObject | None) -> None:
    found = compared(signed(appended(pdf(bar), a_field_to_sign(value))), since=1)
    assert (Change.ANNOTATION, True) in {(change.kind, change.hides) for change in found.changes}
    assert Change.SIGNATURE not in {change.kind for change in found.changes}


@pytest.mark.parametrize(
    "value", [pytest.param(None, id="empty before"), pytest.param(DictionaryObject(), id="a value of nothing before")]
)
def test_other_words_in_a_field_to_sign_are_no_form_that_is_filled_in(value: PdfObject | None) -> None:
    def words_in_it(writer: PdfWriter) -> None:
        field = cast("ArrayObject", writer.pages[0]["/Annots"])[0].get_object()
        field[NameObject("/V")] = DictionaryObject()
        shown = field["/AP"]["/N"].get_object()
        shown.set_data(b"q 1 1 1 rg 0 0 200 30 re f 0 g 20 10 60 12 re f Q")

    content = signed(appended(appended(pdf(bar), a_field_to_sign(value)), words_in_it))
    assert {change.kind for change in compared(content, since=2).changes} == {Change.ANNOTATION}


OVER_PRINT = (72, 670, 172, 770)


@pytest.mark.parametrize(
    ("shown", "hides"),
    [
        pytest.param(seal(), False, id="seal in print"),
        pytest.param(seal(on=(255, 255, 255, 255)), True, id="seal on white"),
        pytest.param(None, False, id="pyHanko's own"),
    ],
)
def test_a_signature_hides_print_only_where_it_can_no_longer_be_seen(shown: Pillow.Image | None, hides: bool) -> None:
    content = signed(pdf(words), box=OVER_PRINT, seal=shown)
    assert set(told(compared(content))) == {(1, Change.SIGNATURE, False, hides)}


def with_a_place_to_sign(content: bytes, *, framed: bool) -> bytes:
    """Return a PDF with an empty field for a signature, as pyHanko draws one."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    append_signature_field(writer, SigFieldSpec("Signature1", box=OVER_PRINT, empty_field_appearance=framed))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_frame_to_sign_in_is_no_print_and_what_stands_in_it_is() -> None:
    framed = signed(with_a_place_to_sign(pdf(bar), framed=True), seal=seal())
    assert told(compared(framed)) == [(1, Change.SIGNATURE, False, False)]
    over_print = signed(with_a_place_to_sign(pdf(words), framed=False), seal=seal(on=(255, 255, 255, 255)))
    assert told(compared(over_print)) == [(1, Change.SIGNATURE, False, True)]


def test_a_seal_that_is_gone_since_somebody_else_signed_in_its_place_is_told_as_hidden() -> None:
    def unsigned(writer: PdfWriter) -> None:
        del cast("ArrayObject", writer.pages[0]["/Annots"])[0].get_object()["/V"]

    first = signed(pdf(words), box=(300, 300, 400, 400), seal=seal())
    again = signed(appended(first, unsigned), seal=Pillow.new("RGBA", (9, 9), (255, 255, 255, 255)))
    assert set(told(compared(again, since=2))) == {(1, Change.SIGNATURE, False, True)}


def test_a_signature_beside_a_field_that_is_filled_in_is_told_if_it_hides_print() -> None:
    def a_form(canvas: Canvas) -> None:
        words(canvas)
        canvas.acroForm.textfield(name="owner", x=176, y=670, width=200, height=30)

    def a_name(writer: PdfWriter) -> None:
        writer.update_page_form_field_values(writer.pages[0], {"owner": "Invented Limited"})

    content = signed(appended(pdf(a_form), a_name), box=OVER_PRINT, seal=seal(on=(255, 255, 255, 255)))
    assert told(compared(content, since=1)) == [(1, Change.SIGNATURE, False, True)]


def test_words_beside_a_signature_are_no_part_of_it() -> None:
    content = signed(appended(SCAN, laid_over(date_on)), box=(200, 200, 400, 260))
    assert [kind for _, kind, _, _ in told(compared(content, since=1))] == [Change.CONTENT, Change.SIGNATURE]


def test_the_place_is_that_on_the_page_as_it_was_read() -> None:
    content = appended(SCAN, laid_over(date_on))
    (change,) = compared(content).changes
    assert 0.49 < change.box.left < 0.52
    assert 0.47 < change.box.top < change.box.bottom < 0.51
    (upside_down,) = compared(content, shown={1: Shown(turned=180)}).changes
    assert upside_down.box == change.box.turned(180).rounded()


def test_the_place_is_measured_on_the_scan_that_was_read_in_the_page_s_place() -> None:
    content = appended(pdf(place(scan(), y=0, height=800)), laid_over(date_on))
    (on_page,), (on_scan,) = (compared(content, shown={1: Shown(is_scan=each)}).changes for each in (False, True))
    assert on_scan.box.top == pytest.approx((on_page.box.top * 842 - 42) / 800, abs=0.002)
    assert (on_scan.box.left, on_scan.box.right) == (on_page.box.left, on_page.box.right)


def test_a_page_that_was_added_is_new_and_the_others_are_compared() -> None:
    def insert(writer: PdfWriter) -> None:
        writer.insert_page(PdfReader(io.BytesIO(pdf(date_on))).pages[0], 0)

    found = compared(appended(pdf(words), insert))
    assert found.changes == (VisibleChange(page=1, box=WHOLE_PAGE, kind=Change.NEW_PAGE),)
    assert found.pages_compared == 1


def test_pages_that_say_something_else_are_compared_first_and_the_rest_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changes, "MOST_PAGES", 2)
    found = compared(appended(pdf(words, words, words, words), laid_over(date_on, page=3)))
    assert told(found) == [(4, Change.CONTENT, False, False)]
    assert (found.pages_compared, found.pages_left_out) == (2, 2)


def test_many_changes_on_a_page_are_told_as_one_around_all() -> None:
    def specks(canvas: Canvas) -> None:
        for step in range(14):
            canvas.rect(40, 100 + 50 * step, 10, 10, fill=1)

    (change,) = compared(appended(pdf(words), laid_over(specks))).changes
    assert change.box.top < 0.13
    assert change.box.bottom > 0.85


def test_a_revision_that_cannot_be_opened_is_told_and_raises_nothing() -> None:
    found = compare(SCAN, 40, since=1, shown={1: Shown()}, tell=lambda: None)
    assert found == LastRevision(since=1, pages_left_out=1, unreadable=True)


def test_a_page_that_had_no_size_or_was_damaged_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(page: object, frame: object) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(changes, "shows_only_pictures", damaged)
    found = compared(appended(SCAN, laid_over(date_on)))
    assert found == LastRevision(since=1, pages_left_out=1)


def test_each_page_is_a_sign_of_life() -> None:
    signs: list[bool] = []
    content = appended(pdf(words, words), named("later"))
    compare(
        content,
        find_revisions(content).ends[0],
        since=1,
        shown={1: Shown(), 2: Shown()},
        tell=lambda: signs.append(True),
    )
    assert len(signs) == 6, "two pages are told by what is on them, before and now, and then compared"


@pytest.mark.parametrize(
    ("content", "is_scan"),
    [
        pytest.param(SCAN, True, id="scan"),
        pytest.param(pdf(place(scan()), words), False, id="scan and letter"),
        pytest.param(pdf(words), False, id="letter"),
        pytest.param(pdf(place(scan(), width=200, height=200)), False, id="small picture"),
        pytest.param(b"%PDF-1.7", False, id="damaged"),
    ],
)
def test_whether_a_file_was_a_scan_at_first(content: bytes, is_scan: bool) -> None:
    assert was_scan(content, len(content), 300, lambda: None) is is_scan


def test_boxes_turn_with_their_page() -> None:
    box = Box(left=0.1, top=0.2, right=0.3, bottom=0.5)
    assert box.turned(90).rounded() == Box(left=0.5, top=0.1, right=0.8, bottom=0.3)
    assert box.turned(360) == box
