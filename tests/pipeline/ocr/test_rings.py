"""What stands in the ring of a seal, read by the real engine on drawn ones."""

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw

from pipeline.model import Image, SealColour
from pipeline.ocr.ppocr import PpOcr
from pipeline.ocr.rings import CAP
from samples.generate import ornaments

pytestmark = pytest.mark.engine

RING = "河间县市场监督管理局"


def stamped(text: str = RING, *, size: int = 220, turned: float = 0.0, printed: bool = False) -> Image:
    paper = Pillow.new("RGB", (1200, 850), (250, 247, 240))
    seal = ornaments.seal(text, size, seed="ring").rotate(turned, Pillow.Resampling.BICUBIC)
    paper.paste(seal, (800, 500), seal)
    if printed:
        ImageDraw.Draw(paper).text((760, 600), "2034-11-06", fill=(40, 40, 40), font_size=26)
    return np.asarray(paper)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(stamped(), id="as it should be"),
        pytest.param(stamped(size=150), id="small"),
        pytest.param(stamped(turned=35), id="turned"),
        pytest.param(stamped(printed=True), id="with print across it"),
    ],
)
def test_the_ring_of_a_seal_is_read(ppocr: PpOcr, page: Image) -> None:
    (seal,) = ppocr.read(page, page=2).seals
    assert seal.text is not None
    assert RING in seal.text.text
    assert (seal.text.page, seal.text.box) == (2, seal.box)


def test_a_seal_proves_little_however_clear_it_is(ppocr: PpOcr) -> None:
    (seal,) = ppocr.read(stamped(), page=1).seals
    assert seal.text is not None
    assert seal.text.confidence <= CAP
    assert max(seal.text.characters) <= CAP


def test_a_seal_too_small_to_read_is_still_seen(ppocr: PpOcr) -> None:
    page = np.asarray(Pillow.fromarray(stamped(size=120)).resize((300, 212), Pillow.Resampling.LANCZOS))
    (seal,) = ppocr.read(page, page=1).seals
    assert seal.text is None


def test_the_seal_of_a_photocopy_is_seen_by_its_ring(ppocr: PpOcr) -> None:
    grey = np.asarray(Pillow.fromarray(stamped(size=240)).convert("L").convert("RGB"))
    pen = Pillow.fromarray(grey)
    ImageDraw.Draw(pen).text((100, 100), "REGISTERED", fill=(20, 20, 20), font_size=44)
    (seal,) = ppocr.read(np.asarray(pen), page=1).seals
    assert seal.colour is SealColour.BLACK
    assert seal.text is not None
    assert RING in seal.text.text


def test_a_black_circle_is_no_seal(ppocr: PpOcr) -> None:
    paper = Pillow.new("RGB", (1200, 850), "white")
    pen = ImageDraw.Draw(paper)
    pen.ellipse((800, 500, 1020, 720), outline=(20, 20, 20), width=5)
    pen.text((840, 590), "Class 25", fill=(20, 20, 20), font_size=34)
    assert ppocr.read(np.asarray(paper), page=1).seals == ()
