import cv2
import numpy as np
import pytest
import zxingcpp

from pipeline.barcodes import find_barcodes
from pipeline.model import EvidenceSource, Image

PAYLOAD = "http://www.gsxt.gov.cn/index.html?uniscid=91440300MA5EXAMPLE"


def code(payload: str, module: int, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.QRCode) -> Image:
    drawn = np.asarray(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(payload, kind)))
    return np.repeat(np.kron(drawn, np.ones((module, module), np.uint8))[:, :, np.newaxis], 3, axis=2)


def page(*codes: tuple[Image, int, int], width: int = 1000, height: int = 1400) -> Image:
    paper = np.full((height, width, 3), 245, np.uint8)
    for drawn, left, top in codes:
        paper[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    return paper


def test_a_qr_code_is_read_with_its_place() -> None:
    drawn = code(PAYLOAD, 4)
    (line,) = find_barcodes(page((drawn, 600, 900)), page=3)
    assert (line.text, line.page, line.confidence, line.source) == (PAYLOAD, 3, 1, EvidenceSource.BARCODE)
    assert line.box.left == pytest.approx(0.6, abs=0.03)
    assert line.box.bottom == pytest.approx((900 + drawn.shape[0]) / 1400, abs=0.03)


@pytest.mark.parametrize("kind", [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.PDF417])
def test_a_pale_code_is_read_and_an_empty_sheet_is_not_searched(
    kind: zxingcpp.BarcodeFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = page((code(PAYLOAD, 4, kind), 100, 300))
    (line,) = find_barcodes(200 + drawn // 8, page=1)
    assert line.text == PAYLOAD
    monkeypatch.setattr(zxingcpp, "read_barcodes", lambda *_, **__: pytest.fail("it was searched"))
    assert find_barcodes(245 + drawn // 64, page=1) == ()


def test_a_tiny_code_is_found_enlarged_and_its_place_is_the_same() -> None:
    large = page((code(PAYLOAD, 6), 600, 900))
    small = cv2.resize(large, None, fx=1 / 4.5, fy=1 / 4.5, interpolation=cv2.INTER_AREA)
    assert not zxingcpp.read_barcodes(small)
    (line,) = find_barcodes(small, page=1)
    assert line.text == PAYLOAD
    assert line.box.left == pytest.approx(0.6, abs=0.05)


def test_two_codes_come_from_top_to_bottom() -> None:
    found = find_barcodes(page((code("lower", 6), 100, 900), (code("upper", 6), 500, 100)), page=1)
    assert [line.text for line in found] == ["upper", "lower"]


def test_a_pdf417_is_read() -> None:
    drawn = code("TM 12345678", 3, zxingcpp.BarcodeFormat.PDF417)
    assert [line.text for line in find_barcodes(page((drawn, 100, 200)), page=1)] == ["TM 12345678"]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_the_direction_of_a_qr_code_does_not_matter(quarters: int) -> None:
    turned = np.ascontiguousarray(np.rot90(page((code(PAYLOAD, 4), 600, 900)), quarters))
    assert [line.text for line in find_barcodes(turned, page=1)] == [PAYLOAD]


def test_payloads_are_cleaned_and_cut() -> None:
    (line,) = find_barcodes(page((code("统一社会信用代码:1\n名称:\u202e甲\x07", 5), 100, 100)), page=1)
    assert line.text == "统一社会信用代码:1 名称:甲"
    (long,) = find_barcodes(page((code("x" * 2_500, 4), 100, 100)), page=1)
    assert long.text == "x" * 2_000


@pytest.mark.parametrize("shape", [(1400, 1000), (32, 640), (3000, 2200)])
def test_a_page_without_codes_has_none(shape: tuple[int, int]) -> None:
    grain = np.random.default_rng(5).integers(180, 255, (*shape, 1), dtype=np.uint8)
    assert find_barcodes(np.repeat(grain, 3, axis=2), page=1) == ()
