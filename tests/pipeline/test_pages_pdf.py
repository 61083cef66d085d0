import io
import math
from contextlib import closing

import numpy as np
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Rectangle
from pypdfium2 import PdfDocument
from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from pipeline.frame import Edges, Frame
from pipeline.model import Failure, FailureCode, Page
from pipeline.textlayer import read_text_layer
from tests.pipeline.drawn import (
    Draw,
    invisible,
    nothing,
    only_page,
    opened,
    pdf,
    place,
    scan,
    turned,
    uncoded,
    words,
    written,
)


def test_a_page_is_rendered_at_200_dpi() -> None:
    page = only_page(pdf(words))
    assert page.image.shape == (2339, 1653, 3)
    assert page.image.min() < 60 < 250 < page.image.max()


@pytest.mark.parametrize(
    ("size", "longest"),
    [
        pytest.param((153, 243), 1600, id="an identity card is enlarged"),
        pytest.param((2384, 3370), 2600, id="a poster is made smaller"),
    ],
)
def test_the_longest_side_stays_within_bounds(size: tuple[float, float], longest: int) -> None:
    assert abs(max(only_page(pdf(words, size=size)).image.shape) - longest) <= 1


def test_visible_text_is_read_with_boxes_and_may_stand_for_the_page() -> None:
    page = only_page(pdf(words))
    assert [line.text for line in page.text_lines] == ["Registration number 12345678", "Nice class 25"]
    assert page.text_is_visible
    box = page.text_lines[0].box
    assert box.left == pytest.approx(72 / 595, abs=0.004)
    assert box.top < 1 - 700 / 842 < box.bottom
    assert box.height < 0.03
    assert page.text_lines[0].confidence == 1


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_rotation_turns_picture_and_boxes_alike(degrees: int) -> None:
    """The same words on a page that is stored turned and shown upright."""

    def sideways(canvas: Canvas) -> None:
        canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[degrees])
        canvas.rotate({90: 90, 180: 180, 270: 270}[degrees])
        canvas.setFont("Helvetica", 12)
        canvas.drawString(100, 300, "Registration number 12345678")

    page = only_page(turned(pdf(sideways), degrees))
    (line,) = page.text_lines
    assert line.text == "Registration number 12345678"
    assert page.text_is_visible
    height, width = page.image.shape[:2]
    box = line.box
    part = page.image[int(box.top * height) : int(box.bottom * height), int(box.left * width) : int(box.right * width)]
    assert (page.image < 128).sum() == (part < 128).sum() > 0
    assert box.width > box.height


def test_text_that_lies_on_its_side_is_left_to_ocr() -> None:
    assert not only_page(turned(pdf(words), 90)).text_is_visible


def test_columns_and_far_values_are_lines_of_their_own() -> None:
    def columns(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(50, 700, "left column")
        canvas.drawString(300, 700, "right column")
        canvas.drawString(50, 600, "N")
        canvas.drawString(70, 600, "o")
        canvas.drawString(90, 600, "spaced")

    texts = [line.text for line in only_page(pdf(columns)).text_lines]
    assert texts == ["left column", "right column", "N o spaced"]


def on_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 600, "Owner: somebody else")
    canvas.setFillColor(black)


def under_a_patch(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 600, "Owner: somebody else")
    canvas.setFillColor(white)
    canvas.rect(60, 590, 300, 30, stroke=0, fill=1)
    canvas.setFillColor(black)


def under_a_picture(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 600, "Owner: somebody else")
    place(scan(120, 20), x=60, y=590, width=120, height=20)(canvas)


def off_the_page(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 12)
    canvas.drawString(-500, 700, "Owner: somebody else")


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(72, 600, "Owner: somebody else")


def over_a_seal(canvas: Canvas) -> None:
    place(scan(200, 200), x=300, y=100, width=120, height=120)(canvas)


def over_a_background(canvas: Canvas) -> None:
    place(scan())(canvas)
    words(canvas)


@pytest.mark.parametrize(
    "trick",
    [invisible, on_white, under_a_patch, under_a_picture, off_the_page, tiny, over_a_seal, over_a_background],
    ids=lambda trick: trick.__name__,
)
def test_one_doubtful_line_or_picture_leaves_the_page_to_ocr(trick: Draw) -> None:
    def page(canvas: Canvas) -> None:
        words(canvas)
        trick(canvas)

    read = only_page(pdf(page))
    assert read.text_lines
    assert not read.text_is_visible


def test_an_annotation_anywhere_on_the_page_leaves_it_to_ocr() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(words)))
    writer.add_annotation(0, Rectangle(rect=(60, 90, 300, 120), interior_color="ffffff"))
    assert not only_page(written(writer)).text_is_visible


ADDRESS = "00240047004700550048005600560042"


def test_a_line_in_a_code_that_the_file_does_not_explain_claims_nothing() -> None:
    page = only_page(uncoded(pdf(words), ADDRESS))
    assert [line.text for line in page.text_lines] == ["Registration number 12345678", "Nice class 25"]
    assert not page.text_is_visible
    assert not page.text_is_whole


def test_a_bullet_in_an_unknown_code_does_not_matter() -> None:
    page = only_page(uncoded(pdf(words), "0007"))
    assert page.text_is_whole
    assert not page.text_is_visible


def test_a_layer_past_the_most_characters_that_are_read_is_not_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert only_page(pdf(words)).text_is_whole
    monkeypatch.setattr("pipeline.textlayer._MAX_CHARACTERS", 20)
    assert not only_page(pdf(words)).text_is_whole


class Astray(Frame):
    """A frame in which what stands low lies nowhere."""

    def edges(self, left: float, bottom: float, right: float, top: float) -> Edges:
        return super().edges(left, bottom, right, top) if bottom > 690 else (math.nan,) * 4


def test_a_layer_of_which_a_line_lies_nowhere_is_not_whole() -> None:
    with closing(PdfDocument(pdf(words))) as document, closing(document[0]) as page:
        layer = read_text_layer(page, Astray.of(page))
    assert [line.text for line in layer.lines(1)] == ["Registration number 12345678"]
    assert not layer.is_whole
    assert not layer.is_plain


def test_a_page_knows_how_high_it_is_however_small_it_was_made() -> None:
    page = only_page(pdf(words, size=(595, 7500)))
    assert (page.points_high, page.image.shape[0]) == (7500, 2600)


def encrypted(user: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(words)))
    writer.encrypt(user_password=user, owner_password="owner", algorithm="RC4-128")
    return written(writer)


def test_an_empty_password_is_no_hindrance_and_another_is() -> None:
    assert only_page(encrypted("")).text_is_visible
    refused = opened(encrypted("secret"))
    (failure,) = refused.pages
    assert isinstance(failure, Failure)
    assert (refused.total, failure.code, failure.page) == (0, FailureCode.ENCRYPTED, None)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"%PDF-1.7\nnothing else", id="header alone"),
        pytest.param(pdf(words)[:400], id="cut off"),
        pytest.param(b"%PDF-1.7\n" + bytes(5_000), id="zeroes"),
    ],
)
def test_a_damaged_pdf_is_corrupt(content: bytes) -> None:
    refused = opened(content)
    (failure,) = refused.pages
    assert isinstance(failure, Failure)
    assert (refused.total, failure.code) == (0, FailureCode.CORRUPT)


def test_pages_past_the_limit_are_one_failure_and_are_counted() -> None:
    read = opened(pdf(words, words, words), max_pages=2)
    first, second, rest = read.pages
    assert read.total == 3
    assert [page.number for page in (first, second) if isinstance(page, Page)] == [1, 2]
    assert isinstance(rest, Failure)
    assert (rest.code, rest.page) == (FailureCode.TOO_MANY_PAGES, 3)
    assert "3 pages" in rest.message.en


def test_a_page_too_long_for_its_width_is_refused_and_the_next_is_read() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(words)))
    narrow = PdfReader(io.BytesIO(pdf(nothing, size=(10, 900)))).pages[0]
    writer.insert_page(narrow, 0)
    first, second = opened(written(writer)).pages
    assert isinstance(first, Failure)
    assert (first.code, first.page) == (FailureCode.BAD_GEOMETRY, 1)
    assert isinstance(second, Page)
    assert second.number == 2


def test_a_crop_box_is_the_page() -> None:
    writer = PdfWriter(clone_from=io.BytesIO(pdf(words)))
    writer.pages[0].cropbox.lower_left = (0, 421)
    page = only_page(written(writer))
    assert page.image.shape[0] < page.image.shape[1]
    assert page.text_lines[0].box.top < (842 - 700) / 421 < page.text_lines[0].box.bottom


def test_a_document_is_closed_when_its_pages_are_not_walked_to_the_end() -> None:
    pages = opened(pdf(words, words)).pages
    assert isinstance(next(pages), Page)
    del pages


def test_flipped_bytes_give_pages_or_failures_and_never_raise() -> None:
    content = pdf(words, place(scan(120, 170)))
    dice = np.random.default_rng(11)
    for _ in range(40):
        spoilt = bytearray(content)
        for at in dice.integers(8, len(content), 6):
            spoilt[at] = dice.integers(0, 256)
        assert all(isinstance(item, Page | Failure) for item in opened(bytes(spoilt)).pages)
