"""PP-OCR on real pages."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageDraw

from pipeline.errors import EngineUnavailable
from pipeline.model import Image, TextLine
from pipeline.ocr.base import turn
from pipeline.ocr.inference import OnnxRuntime, import_openvino, is_bf16_faster, make_runtime
from pipeline.ocr.ppocr import PpOcr
from tests.drawn import DRAWN, draw

pytestmark = pytest.mark.engine


def texts(lines: tuple[TextLine, ...]) -> list[str]:
    return [line.text for line in sorted(lines, key=lambda line: line.box.top)]


def test_drawn_lines_are_read_to_the_letter(ppocr: PpOcr) -> None:
    reading = ppocr.read(draw(), page=3)
    assert texts(reading.lines) == list(DRAWN)
    assert {line.page for line in reading.lines} == {3}
    assert all(line.confidence > 0.9 for line in reading.lines)


def test_every_character_has_a_probability(ppocr: PpOcr) -> None:
    for line in ppocr.read(draw(), page=1).lines:
        assert len(line.characters) == len(line.alternatives) == len(line.text)


def test_boxes_lie_on_the_ink(ppocr: PpOcr) -> None:
    page = draw(("ONE LINE",))
    (line,) = ppocr.read(page, page=1).lines
    rows, columns = np.nonzero(page.min(axis=2) < 128)
    height, width = page.shape[:2]
    assert line.box.left * width <= columns.min() + 2
    assert line.box.right * width >= columns.max() - 2
    assert line.box.top * height <= rows.min() + 2
    assert line.box.bottom * height >= rows.max() - 2


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_is_turned_upright(ppocr: PpOcr, degrees: int) -> None:
    reading = ppocr.read(turn(draw(), -degrees % 360), page=1)
    assert reading.turned == degrees
    assert texts(reading.lines) == list(DRAWN)


def test_a_skewed_page_is_read_and_its_slope_told(ppocr: PpOcr) -> None:
    page = np.asarray(Pillow.fromarray(draw()).rotate(-4, expand=True, fillcolor="white"))
    reading = ppocr.read(page, page=1)
    assert texts(reading.lines) == list(DRAWN)
    height, width = page.shape[:2]
    expected = np.tan(np.radians(4)) * width / height
    assert all(line.slope == pytest.approx(expected, abs=0.03) for line in reading.lines)


def test_a_line_under_a_red_seal_is_not_lost(ppocr: PpOcr) -> None:
    line = "91440300MA5FAKE0X1 STARRIVER TRADING"
    page = Pillow.fromarray(draw((line,), size=22))
    seal = Pillow.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(seal)
    pen.ellipse((120, 15, 340, 235), outline=(190, 30, 30), width=10)
    pen.regular_polygon((230, 120, 75), 5, fill=(190, 30, 30))
    # Stamping ink darkens what lies under it; it does not cover it.
    stamped = np.asarray(ImageChops.multiply(page, seal))
    assert line in texts(ppocr.read(stamped, page=1).lines)


def test_red_print_is_read_too(ppocr: PpOcr) -> None:
    assert texts(ppocr.read(draw(ink="red"), page=1).lines) == list(DRAWN)


def test_a_small_picture_is_enlarged(ppocr: PpOcr) -> None:
    small = np.asarray(Pillow.fromarray(draw()).resize((300, 173), Pillow.Resampling.LANCZOS))
    assert texts(ppocr.read(small, page=1).lines)[0] == DRAWN[0]


@pytest.mark.parametrize("shape", [(200, 300, 3), (32, 32, 3), (20, 400, 3)])
def test_blank_paper_has_no_lines(ppocr: PpOcr, shape: tuple[int, ...]) -> None:
    blank: Image = np.full(shape, 255, dtype=np.uint8)
    assert ppocr.read(blank, page=1).lines == ()


def test_reading_twice_gives_the_same_to_the_bit(ppocr: PpOcr) -> None:
    assert ppocr.read(draw(), page=1) == ppocr.read(draw(), page=1)


def test_onnx_runtime_reads_the_same_where_openvino_is_missing(monkeypatch: pytest.MonkeyPatch, ppocr: PpOcr) -> None:
    monkeypatch.setattr("pipeline.ocr.ppocr.make_runtime", lambda threads, _precision: OnnxRuntime(threads))
    fallback = PpOcr(threads=1)
    assert fallback.fingerprint != ppocr.fingerprint
    assert texts(fallback.read(draw(), page=1).lines) == list(DRAWN)
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"


@pytest.mark.parametrize(
    ("processor", "is_faster"),
    [
        ("vendor_id : GenuineIntel\nflags : avx512f avx512_bf16 amx_bf16 amx_tile", True),
        ("vendor_id : AuthenticAMD\nflags : avx512f avx512_bf16", True),
        ("vendor_id : GenuineIntel\nflags : avx512f avx512_bf16", False),
        ("vendor_id : AuthenticAMD\nflags : avx2", False),
        ("", False),
    ],
)
def test_bf16_is_taken_where_it_is_faster(processor: str, *, is_faster: bool) -> None:
    assert is_bf16_faster(processor) == is_faster


def test_either_precision_reads_a_page_and_is_named(ppocr: PpOcr) -> None:
    if "BF16" not in import_openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        with pytest.raises(EngineUnavailable, match="DOSSIER_PRECISION"):
            PpOcr(precision="bf16")
        return
    rough = PpOcr(precision="bf16")
    assert "/f32/" in ppocr.fingerprint
    assert "/bf16/" in rough.fingerprint
    assert texts(rough.read(draw(), page=1).lines) == list(DRAWN)


def test_onnx_runtime_is_taken_when_openvino_cannot_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openvino", None)
    assert make_runtime(1).name.startswith("onnxruntime-")


def test_models_are_named_with_their_hashes(ppocr: PpOcr) -> None:
    assert {Path(name).suffix for name in ppocr.models} == {".onnx"}
    assert all(len(digest) == 64 for digest in ppocr.models.values())
