"""Pages are drawn the same every time, and their codes and text can be read back."""

from io import BytesIO

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageOps

from samples.generate import fonts
from samples.generate.approvals import approvals
from samples.generate.canvas import PixelCanvas
from samples.generate.conditions import Condition, put_in
from samples.generate.drawing import wrap
from samples.generate.facts import Licence, Mark, qr_of_mark
from samples.generate.files import Format, picture_of, store, text_pdf
from samples.generate.fonts import Face

pytestmark = pytest.mark.skipif(
    bool(fonts.missing()), reason=f"the pages cannot be drawn without Debian's {fonts.PACKAGES}"
)

SIGNED = approvals()[0]
LICENCE, MARK = (file.sheets[0].facts for file in SIGNED.files)
WIDTH = 1200


@pytest.mark.parametrize("condition", Condition)
@pytest.mark.parametrize("form", [Format.JPEG, Format.SCAN_PDF, Format.TIFF, Format.PNG, Format.WEBP])
def test_a_licence_drawn_twice_is_the_same_file(condition: Condition, form: Format) -> None:
    first, second = (store([put_in(condition, picture_of(LICENCE, 600), seed="a")], form) for _ in range(2))
    assert first == second


def test_a_pdf_with_text_written_twice_is_the_same_file() -> None:
    assert text_pdf([LICENCE, MARK]) == text_pdf([LICENCE, MARK])


@pytest.mark.parametrize("condition", Condition)
def test_the_qr_code_can_be_read_in_every_condition(condition: Condition) -> None:
    assert isinstance(LICENCE, Licence)
    page = put_in(condition, picture_of(LICENCE, 1800), seed="b")
    assert LICENCE.qr in {barcode.text for barcode in zxingcpp.read_barcodes(np.asarray(page))}


def test_both_codes_of_a_certificate_name_its_number() -> None:
    assert isinstance(MARK, Mark)
    found = [barcode.text for barcode in zxingcpp.read_barcodes(np.asarray(picture_of(MARK, 1300)))]
    assert qr_of_mark(MARK.number) in found
    assert any(text.startswith("B1021TMZC") and MARK.number in text for text in found)


def test_the_text_layer_says_what_the_page_shows() -> None:
    assert isinstance(MARK, Mark)
    document = pypdfium2.PdfDocument(text_pdf([MARK]))
    text = document[0].get_textpage().get_text_range()
    for value in (MARK.text, MARK.number, MARK.owner, "2034年08月13日", "国际分类：25"):
        assert value in text
    document.close()


def test_a_turned_jpeg_stands_upright_by_its_exif_tag() -> None:
    page = picture_of(LICENCE, 600)
    kept = Image.open(BytesIO(store([page], Format.TURNED_JPEG)))
    assert kept.size == page.size[::-1]
    upright = ImageOps.exif_transpose(kept)
    difference = np.asarray(upright, dtype=np.int16) - np.asarray(page, dtype=np.int16)
    assert np.abs(difference).mean() < 4


def test_a_corrupt_file_begins_like_a_jpeg_and_cannot_be_opened() -> None:
    content = store([picture_of(LICENCE, 300)], Format.CORRUPT)
    assert content.startswith(b"\xff\xd8\xff")
    with pytest.raises(OSError, match=r"."):
        Image.open(BytesIO(content)).load()


def test_every_character_that_is_printed_has_a_glyph() -> None:
    text = "".join(facts.name + facts.address + facts.scope for sample in approvals() for file in sample.files
                   for facts in [sheet.facts for sheet in file.sheets] if isinstance(facts, Licence))  # fmt: skip
    font = fonts.load(Face.SONG.pixels, 40)
    blank = bytes(font.getmask("\U0010fffd"))
    assert [character for character in sorted(set(text)) if bytes(font.getmask(character)) == blank] == []


def test_wrapped_lines_lose_no_character_and_keep_numbers_whole() -> None:
    canvas = PixelCanvas(WIDTH, ratio=0.7)
    from samples.generate.canvas import Ink

    ink = Ink(Face.SONG, 20)
    text = "广东省深圳市龙岗区星屿路1888号A座1402室"
    lines = wrap(canvas, text, ink, 150)
    assert "".join(lines) == text
    assert any("1888" in line for line in lines)
    assert all(canvas.width(line, ink) <= 150 for line in lines)
