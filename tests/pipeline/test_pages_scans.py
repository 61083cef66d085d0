import numpy as np
import pytest
from PIL import Image as Pillow
from reportlab.pdfgen.canvas import Canvas

from tests.pipeline.drawn import corners, invisible, only_page, pdf, place, scan, turned


def test_a_full_page_scan_is_taken_pixel_by_pixel() -> None:
    picture = scan()
    page = only_page(pdf(place(picture)))
    assert np.array_equal(page.image, np.asarray(picture))
    assert not page.text_is_visible


def test_a_scan_with_its_own_hidden_text_is_taken_and_the_text_kept_as_a_claim() -> None:
    def page(canvas: Canvas) -> None:
        place(scan())(canvas)
        invisible(canvas)

    read = only_page(pdf(page))
    assert read.image.shape == (850, 600, 3)
    assert [line.text for line in read.text_lines] == ["Owner: somebody else"]
    assert not read.text_is_visible


def test_boxes_on_a_scan_that_leaves_a_margin_are_measured_on_the_scan() -> None:
    def page(canvas: Canvas) -> None:
        place(scan(), x=0, y=42, width=595, height=800)(canvas)
        invisible(canvas)

    read = only_page(pdf(page))
    assert read.image.shape == (850, 600, 3)
    box = read.text_lines[0].box
    assert box.top < (842 - 700) / 800 < box.bottom


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_scan_on_a_turned_page_is_turned(degrees: int) -> None:
    page = only_page(turned(pdf(place(scan())), degrees))
    order = ["red", "green", "blue", "black"]
    steps = degrees // 90
    assert corners(page) == order[-steps:] + order[:-steps] if steps else order
    assert sorted(page.image.shape) == [3, 600, 850]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_scan_that_is_placed_turned_is_turned(degrees: int) -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[degrees])
        canvas.rotate(degrees)
        wide, high = (842, 595) if degrees % 180 else (595, 842)
        place(scan(850, 600) if degrees % 180 else scan(), width=wide, height=high)(canvas)

    read = only_page(pdf(page))
    order = ["red", "green", "blue", "black"]
    steps = degrees // 90
    assert corners(read) == order[steps:] + order[:steps]
    assert read.image.shape == (850, 600, 3)


def test_a_mirrored_scan_is_rendered_as_it_is_shown() -> None:
    def page(canvas: Canvas) -> None:
        canvas.translate(595, 0)
        canvas.scale(-1, 1)
        place(scan())(canvas)

    read = only_page(pdf(page))
    assert corners(read) == ["green", "red", "black", "blue"]
    assert read.image.shape == (2339, 1653, 3)


def test_a_word_that_a_mask_hides_is_not_read_from_the_scan() -> None:
    """What nobody sees must not reach OCR: the page is rendered instead of taking the picture below the mask."""
    picture = scan()
    picture.paste((0, 0, 0), (200, 400, 260, 412))
    alpha = Pillow.new("L", picture.size, 255)
    alpha.paste(0, (195, 395, 265, 417))
    picture.putalpha(alpha)
    read = only_page(pdf(place(picture)))
    assert read.image.shape == (2339, 1653, 3)
    height, width = read.image.shape[:2]
    assert read.image[int(height * 406 / 850), int(width * 230 / 600)].min() > 200


def test_a_one_bit_scan_is_taken() -> None:
    picture = scan(1200, 1700).convert("1")
    read = only_page(pdf(place(picture)))
    assert read.image.shape == (1700, 1200, 3)
    assert set(np.unique(read.image)) <= {0, 255}
