"""Figures that run into a seal are read on across it."""

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageDraw

from pipeline.model import Box, Image, Seal, SealShape, TextLine
from pipeline.ocr.across import legible, stretches
from pipeline.ocr.ppocr import PpOcr

SEAL = Seal(box=Box(left=0.6, top=0.5, right=0.8, bottom=0.8), shape=SealShape.ROUND)
IMAGE: Image = np.zeros((1000, 1500, 3), dtype=np.uint8)


def line(text: str, left: float, right: float, top: float = 0.7, confidence: float = 0.99) -> TextLine:
    box = Box(left=left, top=top, right=right, bottom=top + 0.04)
    return TextLine(text=text, box=box, confidence=confidence, characters=(confidence,) * len(text))


@pytest.mark.parametrize(
    ("known", "is_read_on"),
    [
        pytest.param(line("2034", 0.5, 0.58), True, id="a year before the seal"),
        pytest.param(line("2034", 0.55, 0.65), True, id="a year at its rim"),
        pytest.param(line("二〇三四年", 0.5, 0.62), True, id="in words"),
        pytest.param(line("2034", 0.2, 0.3), False, id="far from it"),
        pytest.param(line("2034", 0.5, 0.58, top=0.3), False, id="above it"),
        pytest.param(line("2034年11月06日", 0.5, 0.85), False, id="whole"),
        pytest.param(line("2034", 0.65, 0.75), False, id="within it"),
        pytest.param(line("登记机关", 0.5, 0.62), False, id="no figures"),
        pytest.param(line("3" * 30, 0.1, 0.62), False, id="a long text"),
    ],
)
def test_only_figures_that_run_into_a_seal_are_read_on(known: TextLine, is_read_on: bool) -> None:
    quads = stretches([known], SEAL, IMAGE)
    assert bool(quads) is is_read_on
    for quad in quads:
        assert quad[0] == pytest.approx((known.box.left * 1500, 700), abs=1)
        assert quad[2] == pytest.approx((0.86 * 1500, 740), abs=1)


@pytest.mark.parametrize(
    ("across", "counts"),
    [
        pytest.param(line("2034年11月06日", 0.5, 0.86), True, id="clear"),
        pytest.param(line("2034年11月06日", 0.5, 0.86, confidence=0.8), False, id="not clear"),
        pytest.param(line("1034年11月06日", 0.5, 0.86), False, id="it begins otherwise"),
    ],
)
def test_what_is_read_across_must_be_clear_and_go_on_from_the_line(across: TextLine, counts: bool) -> None:
    assert bool(list(legible([across], [line("2034", 0.5, 0.58)]))) is counts


@pytest.mark.engine
def test_a_date_that_a_rim_cuts_is_read_whole(ppocr: PpOcr) -> None:
    page = Pillow.new("RGB", (1500, 1000), "white")
    pen = ImageDraw.Draw(page)
    # A page with little on it but half a date may be taken for one on its head.
    pen.text((300, 200), "Company of the sample", fill=(40, 40, 40), font_size=34)
    for number, x in (("2034", 850), ("11", 1010), ("06", 1120)):
        pen.text((x, 700), number, fill=(40, 40, 40), font_size=34)
    seal = Pillow.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(seal)
    pen.ellipse((960, 500, 1200, 740), outline=(205, 40, 40), width=9)
    pen.regular_polygon((1080, 620, 40), 5, fill=(205, 40, 40))
    reading = ppocr.read(np.asarray(ImageChops.multiply(page, seal)), page=1)
    assert len(reading.seals) == 1
    assert "20341106" in [line.text.replace(" ", "") for line in reading.lines]
