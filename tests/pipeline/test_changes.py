"""What the last save of a PDF made visible: by what, where, whether over a scan, and within which limits."""

import io
from collections.abc import Callable
from typing import cast

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Rectangle
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

from pipeline import changes
from pipeline.boxes import WHOLE_PAGE, Box
from pipeline.changes import Shown, compare, was_scan
from pipeline.revisions import find_revisions
from pipeline.traces import Change, LastRevision, VisibleChange
from tests.pipeline.drawn import appended, invisible, named, nothing, pdf, place, scan, words
from tests.pipeline.signed import signed

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


def compared(content: bytes, *, shown: dict[int, Shown] | None = None) -> LastRevision:
    ends = find_revisions(content).ends
    pages = shown or {number + 1: Shown() for number in range(len(PdfReader(io.BytesIO(content)).pages))}
    return compare(content, ends[-2], since=len(ends) - 1, shown=pages, tell=lambda: None)


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


def test_the_empty_field_of_a_signature_is_a_field_laid_over_the_page_whoever_signs_elsewhere() -> None:
    def an_empty_one(writer: PdfWriter) -> None:
        white_field(writer)
        field = cast("ArrayObject", writer.pages[0]["/Annots"])[0].get_object()
        field[NameObject("/FT")] = NameObject("/Sig")
        del field["/V"]

    content = signed(appended(pdf(bar), an_empty_one))
    found = compare(content, find_revisions(content).ends[0], since=1, shown={1: Shown()}, tell=lambda: None)
    assert (Change.ANNOTATION, True) in {(change.kind, change.hides) for change in found.changes}
    assert Change.SIGNATURE not in {change.kind for change in found.changes}


def test_a_signature_that_covers_print_is_said_to_hide_it() -> None:
    def in_white(writer: PdfWriter) -> None:
        white_field(writer)
        field = cast("ArrayObject", writer.pages[0]["/Annots"])[0].get_object()
        field[NameObject("/FT")] = NameObject("/Sig")
        field[NameObject("/V")] = DictionaryObject()

    found = compared(appended(pdf(bar), in_white))
    assert (Change.SIGNATURE, True) in {(change.kind, change.hides) for change in found.changes}


def test_words_beside_a_signature_are_no_part_of_it() -> None:
    stamped_over = appended(SCAN, laid_over(date_on))
    ends = (find_revisions(signed(stamped_over, box=(200, 400, 400, 460))).ends[0],)
    content = signed(stamped_over, box=(200, 200, 400, 260))
    found = compare(content, ends[0], since=1, shown={1: Shown()}, tell=lambda: None)
    assert [kind for _, kind, _, _ in told(found)] == [Change.CONTENT, Change.SIGNATURE]


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
