import io
import struct
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image as Pillow

from pipeline.ingest import to_source
from pipeline.model import Failure, FailureCode, Image, Page
from pipeline.pages import open_pages
from pipeline.settings import Settings

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def corners(image: Image) -> list[str]:
    """Name the colours in the corners, clockwise from the top left, as far as lossy formats keep them."""
    height, width = image.shape[:2]
    points = [(8, 8), (8, width - 8), (height - 8, width - 8), (height - 8, 8)]
    names = {RED: "red", GREEN: "green", BLUE: "blue", WHITE: "white", (0, 0, 0): "black"}
    return [names[tuple(int(round(value / 255) * 255) for value in image[y, x])] for y, x in points]  # type: ignore[index]


def picture(width: int = 96, height: int = 64) -> Pillow.Image:
    """Red, green, blue and white quarters, clockwise from the top left."""
    made = Pillow.new("RGB", (width, height), "white")
    made.paste(RED, (0, 0, width // 2, height // 2))
    made.paste(GREEN, (width // 2, 0, width, height // 2))
    made.paste(BLUE, (width // 2, height // 2, width, height))
    return made


def saved(made: Pillow.Image, kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    made.save(written, kind, **options)
    return written.getvalue()


def open_all(content: bytes, **limits: float) -> list[Page | Failure]:
    opened = open_pages(to_source("a.bin", content), Settings(**limits))  # type: ignore[arg-type]
    return list(opened.pages)


def only_page(content: bytes) -> Page:
    (page,) = open_all(content)
    assert isinstance(page, Page), page
    return page


def only_failure(content: bytes, **limits: float) -> Failure:
    (failure,) = open_all(content, **limits)
    assert isinstance(failure, Failure)
    return failure


def heic(made: Pillow.Image) -> bytes:
    pillow_heif.register_heif_opener(thumbnails=False)
    return saved(made, "HEIF", quality=95)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_every_format_of_the_contract_is_read(kind: str) -> None:
    page = only_page(saved(picture(), kind))
    assert page.number == 1
    assert page.image.shape == (64, 96, 3)
    assert page.image.dtype == np.uint8
    assert corners(page.image) == ["red", "green", "blue", "white"]


def test_heic_is_read() -> None:
    page = only_page(heic(picture()))
    assert page.image.shape == (64, 96, 3)
    assert corners(page.image) == ["red", "green", "blue", "white"]


# What the stored picture must be for EXIF to turn it upright: the inverse of each orientation.
STORED = {
    1: None,
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_90,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", STORED)
def test_exif_orientation_is_applied_once(kind: str, orientation: int) -> None:
    method = STORED[orientation]
    stored = picture() if method is None else picture().transpose(method)
    exif = Pillow.Exif()
    exif[0x0112] = orientation
    page = only_page(saved(stored, kind, exif=exif))
    assert page.image.shape == (64, 96, 3)
    assert corners(page.image) == ["red", "green", "blue", "white"]


def test_garbled_exif_leaves_the_picture_as_it_is() -> None:
    content = saved(picture(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff garbage")
    assert corners(only_page(content).image) == ["red", "green", "blue", "white"]


def test_a_tiff_of_many_pages_is_walked_in_order() -> None:
    pages = [picture(64 + 32 * index, 64) for index in range(3)]
    content = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    opened = open_pages(to_source("a.tif", content), Settings())
    read = [page for page in opened.pages if isinstance(page, Page)]
    assert opened.total == 3
    assert [(page.number, page.image.shape[1]) for page in read] == [(1, 64), (2, 96), (3, 128)]


def test_more_frames_than_the_limit_are_one_failure() -> None:
    content = saved(picture(), "TIFF", save_all=True, append_images=[picture()] * 4)
    *read, rest = open_all(content, max_frames=3)
    assert [page.number for page in read if isinstance(page, Page)] == [1, 2, 3]
    assert isinstance(rest, Failure)
    assert (rest.code, rest.page) == (FailureCode.TOO_MANY_PAGES, 4)


def test_a_tiff_whose_second_directory_is_broken_still_gives_its_first_page() -> None:
    content = bytearray(saved(picture(), "TIFF", save_all=True, append_images=[picture()]))
    first = struct.unpack("<I", content[4:8])[0]
    entries = struct.unpack("<H", content[first : first + 2])[0]
    link = first + 2 + 12 * entries
    second = struct.unpack("<I", content[link : link + 4])[0]
    content[second : second + 2] = b"\x00\x00"
    page, failure = open_all(bytes(content))
    assert isinstance(page, Page)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.page) == (FailureCode.CORRUPT, 2)


def grey16() -> Pillow.Image:
    values = np.full((64, 96), 60_000, dtype=np.uint16)
    values[:32, :48] = 0
    return Pillow.fromarray(values)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(saved(picture().convert("CMYK"), "JPEG"), ["red", "green", "blue", "white"], id="cmyk jpeg"),
        pytest.param(saved(picture().convert("CMYK"), "TIFF"), ["red", "green", "blue", "white"], id="cmyk tiff"),
        pytest.param(saved(picture().convert("P"), "PNG"), ["red", "green", "blue", "white"], id="palette"),
        pytest.param(saved(picture().convert("L").point(lambda v: 255 * (v > 200)).convert("1"), "TIFF"),
                     ["black", "black", "black", "white"], id="1 bit"),
        pytest.param(saved(grey16(), "PNG"), ["black", "white", "white", "white"], id="16-bit png"),
        pytest.param(saved(grey16(), "TIFF"), ["black", "white", "white", "white"], id="16-bit tiff"),
        pytest.param(saved(Pillow.fromarray(np.asarray(grey16(), dtype=np.float32) / 60_000), "TIFF"),
                     ["black", "white", "white", "white"], id="float tiff"),
    ],
)  # fmt: skip
def test_every_kind_of_pixel_becomes_rgb(content: bytes, expected: list[str]) -> None:
    page = only_page(content)
    assert page.image.shape == (64, 96, 3)
    assert corners(page.image) == expected


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_transparency_is_laid_on_white(kind: str) -> None:
    layer = picture().convert("RGBA")
    layer.paste((0, 0, 0, 0), (0, 0, 48, 32))
    assert corners(only_page(saved(layer, kind, lossless=True)).image) == ["white", "green", "blue", "white"]


@pytest.mark.parametrize(
    ("width", "height", "code", "says"),
    [
        pytest.param(300, 200, FailureCode.TOO_LARGE, "300 × 200", id="too many pixels"),
        pytest.param(1_001, 40, FailureCode.TOO_LARGE, "1000 a side", id="too long"),
        pytest.param(900, 40, FailureCode.BAD_GEOMETRY, "20 times", id="too narrow"),
        pytest.param(40, 31, FailureCode.BAD_GEOMETRY, "at least 32", id="too small"),
    ],
)
def test_geometry_is_limited(width: int, height: int, code: FailureCode, says: str) -> None:
    content = saved(Pillow.new("L", (width, height)), "PNG")
    failure = only_failure(content, max_pixels=50_000, max_side=1_000)
    assert failure.code is code
    assert says in failure.message.en
    assert failure.message.en.startswith("a.bin: ")


def test_a_decompression_bomb_is_refused_before_it_is_decoded() -> None:
    """A PNG of 30,000 × 30,000 pixels that has none of them."""
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    import zlib

    chunk = b"IHDR" + header
    content = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    empty = b"IDAT" + zlib.compress(b"")
    content += struct.pack(">I", len(empty) - 4) + empty + struct.pack(">I", zlib.crc32(empty))
    assert only_failure(content).code is FailureCode.TOO_LARGE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_a_picture_that_is_cut_off_is_corrupt(kind: str) -> None:
    noise = Pillow.fromarray(np.random.default_rng(1).integers(0, 255, (128, 128, 3), dtype=np.uint8))
    content = saved(noise, kind)
    failure = only_failure(content[: len(content) * 2 // 3])
    assert failure.code is FailureCode.CORRUPT


def test_a_cut_off_heic_is_corrupt() -> None:
    content = heic(picture())
    assert only_failure(content[: len(content) - 40]).code is FailureCode.CORRUPT


def test_only_the_format_of_the_signature_is_tried(tmp_path: Path) -> None:
    """A file that begins as a JPEG is never handed to the forty other decoders."""
    assert only_failure(b"\xff\xd8\xff" + saved(picture(), "PNG")).code is FailureCode.CORRUPT


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
def test_flipped_bytes_give_pages_or_failures_and_never_raise(kind: str) -> None:
    content = saved(picture(), kind)
    dice = np.random.default_rng(7)
    for _ in range(60):
        spoilt = bytearray(content)
        for at in dice.integers(12, len(content), 4):
            spoilt[at] = dice.integers(0, 256)
        for item in open_all(bytes(spoilt), max_pixels=1_000_000):
            assert isinstance(item, Page | Failure)
