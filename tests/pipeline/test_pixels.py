"""The same picture is known again however it was saved, as long as nothing was lost."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from pipeline.ingest import to_source
from pipeline.model import Page, PageRecord
from pipeline.pages import open_pages
from pipeline.pixels import pictures_of, pixels_of
from pipeline.settings import Settings
from tests.drawn import draw
from tests.pipeline.drawn import pdf, place

PAPER = Pillow.fromarray(draw())


def saved(kind: str, picture: Pillow.Image = PAPER, **options: Any) -> bytes:
    written = BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def pixels_in(content: bytes) -> list[str | None]:
    pages = [page for page in open_pages(to_source("a", content), Settings()).pages if isinstance(page, Page)]
    return [pixels_of(page.image) for page in pages]


def exif(orientation: int) -> Pillow.Exif:
    made = Pillow.Exif()
    made[0x0112] = orientation
    return made


SHEET = (595, 595 * PAPER.height / PAPER.width)
SCAN = pdf(place(PAPER, width=SHEET[0], height=SHEET[1]), size=SHEET)
TURNED = PAPER.transpose(Pillow.Transpose.ROTATE_90)
JPEG = saved("JPEG", quality=80)


@pytest.mark.parametrize(
    ("content", "is_same"),
    [
        pytest.param(saved("PNG", compress_level=9), True, id="PNG"),
        pytest.param(saved("PNG", dpi=(72, 72)), True, id="other metadata"),
        pytest.param(saved("PNG", PAPER.convert("RGBA")), True, id="with an alpha channel"),
        pytest.param(saved("WEBP", lossless=True), True, id="lossless WebP"),
        pytest.param(saved("TIFF", compression="tiff_lzw"), True, id="TIFF"),
        pytest.param(saved("BMP"), True, id="BMP"),
        pytest.param(saved("PNG", TURNED, exif=exif(6)), True, id="turned by EXIF"),
        pytest.param(SCAN, True, id="in a PDF"),
        pytest.param(JPEG, False, id="JPEG"),
        pytest.param(saved("PNG", PAPER.resize((450, PAPER.height // 2))), False, id="made smaller"),
        pytest.param(saved("PNG", PAPER.transpose(Pillow.Transpose.ROTATE_180)), False, id="upside down"),
    ],
)
def test_a_picture_that_was_saved_again(content: bytes, is_same: bool) -> None:
    assert (pixels_in(content) == pixels_in(saved("PNG"))) is is_same


def test_a_jpeg_is_the_same_saved_as_png_or_put_into_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(JPEG)
    wrapped = pdf(lambda canvas: canvas.drawImage(str(tmp_path / "a.jpg"), 0, 0, *SHEET), size=SHEET)
    assert JPEG not in wrapped, "reportlab writes it in ASCII"
    assert pixels_in(wrapped) == pixels_in(JPEG) == pixels_in(saved("PNG", Pillow.open(BytesIO(JPEG))))


def test_one_pixel_makes_another_picture() -> None:
    other = np.array(PAPER)
    other[5, 5, 2] ^= 1
    assert pixels_of(other) != pixels_of(np.array(PAPER))


@pytest.mark.parametrize("make", [lambda image: image[::-1], np.asfortranarray])
def test_how_pixels_lie_in_memory_changes_nothing(make: Callable[[Any], Any]) -> None:
    image = make(np.array(PAPER))
    assert pixels_of(image) == pixels_of(np.ascontiguousarray(image))


def test_sides_that_are_exchanged_make_another_picture() -> None:
    stripes = np.zeros((40, 60, 3), dtype=np.uint8)
    stripes[0] = 255
    assert pixels_of(stripes) != pixels_of(stripes.reshape(60, 40, 3))


def test_a_page_of_one_colour_is_no_picture() -> None:
    page = np.full((400, 300, 3), (250, 250, 248), dtype=np.uint8)
    assert pixels_of(page) is None
    page[399, 299, 0] = 0
    assert pixels_of(page) is not None


def record(number: int, pixels: str, *, rendered: bool = False) -> PageRecord:
    return PageRecord(
        file="a", page=number, width=9, height=9, turned=0, pixels=pixels * 64 if pixels else None,
        rendered=rendered or None,
    )  # fmt: skip


def test_each_photo_or_scan_is_a_picture_and_drawn_pages_are_one_together() -> None:
    photos = pictures_of([record(1, "a"), record(2, ""), record(3, "b")])
    assert {pixels[0]: page.page for pixels, page in photos.items()} == {"a": 1, "b": 3}
    one, two = record(1, "a", rendered=True), record(2, "b", rendered=True)
    assert list(pictures_of([one])) == ["a" * 64]
    together = pictures_of([one, two])
    assert [page.page for page in together.values()] == [1]
    assert not set(together) & {"a" * 64, "b" * 64}
    assert pictures_of([two, one]) != together
