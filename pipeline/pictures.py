"""Picture files → pixels: JPEG, PNG, TIFF, WebP, BMP and HEIC, limits checked before anything is decoded.

Pillow is given the one format that the signature named. Pictures of several frames are walked by `seek`, since
counting them first (`n_frames`) walks without a limit.
"""

import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from pipeline.model import Failure, FailureCode, Image, Page, Source
from pipeline.refusal import Refusal
from pipeline.settings import Settings
from pipeline.signatures import BMP, HEIC, JPEG, PNG, TIFF, WEBP

if TYPE_CHECKING:
    from PIL import Image as Pillow

_FORMATS = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP", BMP: "BMP", HEIC: "HEIF"}
# A JPEG's further pictures are previews and depth maps of phones, no pages.
_MANY_FRAMES = frozenset({TIFF, WEBP, HEIC})
_MIN_SIDE = 32
# Pillow's own limit, which is for files that lie about their size; it may not be below ours.
_PILLOWS_PIXELS = 178_956_970
_FOUND_PIXELS = re.compile(r"\((\d+) pixels\)")
_ORIENTATION_TAG = 0x0112
# What Pillow and its decoders were seen to raise on damaged files.
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    ArithmeticError,
    struct.error,
    RuntimeError,
    EOFError,
    AttributeError,
    AssertionError,
)


def open_pictures(source: Source, settings: Settings) -> tuple[int, Iterator[Page | Failure]]:
    """Return how many pictures the file holds, and each as a page, EXIF orientation applied.

    Of a file with more than `max_frames` the number is one more than the limit: the rest is not even counted.

    Raises:
        Refusal: The file cannot be opened at all.
    """
    picture = open_picture(source, settings)
    total, is_sound = _count_frames(picture, settings) if source.media_type in _MANY_FRAMES else (1, True)
    return total, _pages(picture, source, settings, total, is_sound=is_sound)


def open_picture(source: Source, settings: Settings) -> "Pillow.Image":
    """Return a file's first picture, not yet decoded; only the format that its signature named is tried.

    Raises:
        Refusal: The file cannot be opened.
    """
    return _open(source.content, _FORMATS[source.media_type], settings)


def decode_jpeg(content: bytes, settings: Settings) -> Image:
    """Return the pixels of a JPEG as stored, orientation not applied; raises `Refusal`."""
    return _pixels(_open(content, "JPEG", settings), settings, upright=False)


def require_geometry(width: int, height: int, settings: Settings) -> None:
    """Raise `Refusal` unless a picture of this size, in pixels, can be read within the limits."""
    found = f"{width} × {height}"
    if width * height > settings.max_pixels or max(width, height) > settings.max_side:
        limit = f"{settings.max_pixels / 1_000_000:g}"
        raise Refusal(
            FailureCode.TOO_LARGE,
            en=f"the picture has {found} pixels, the limits are {limit} megapixels "
            f"and {settings.max_side} a side; scan it at 300 dpi or make it smaller",
            zh=f"图片为 {found} 像素，上限为 {limit} 百万像素、单边 {settings.max_side} 像素；"
            "请以 300 dpi 扫描或缩小图片",
        )
    if min(width, height) < _MIN_SIDE:
        raise Refusal(
            FailureCode.BAD_GEOMETRY,
            en=f"the picture has {found} pixels, at least {_MIN_SIDE} a side are needed; send a larger one",
            zh=f"图片为 {found} 像素，单边至少需要 {_MIN_SIDE} 像素；请提交较大的图片",
        )
    if max(width, height) > settings.max_aspect * min(width, height):
        raise narrow(found, settings.max_aspect)


def narrow(found: str, max_aspect: float) -> Refusal:
    """Return the refusal of a page or picture that is too long for its width: enlarged for reading it is a bomb."""
    return Refusal(
        FailureCode.BAD_GEOMETRY,
        en=f"the page measures {found}, one side may be at most {max_aspect:g} times the other; cut it into pages",
        zh=f"页面尺寸为 {found}，长边不得超过短边的 {max_aspect:g} 倍；请分页提交",
    )


def _open(content: bytes, kind: str, settings: Settings) -> "Pillow.Image":
    from PIL import Image as Pillow

    if kind == "HEIF":
        _register_heif()
    Pillow.MAX_IMAGE_PIXELS = max(_PILLOWS_PIXELS, settings.max_pixels + 1) // 2
    with _guarded(settings):
        return Pillow.open(BytesIO(content), formats=[kind])


@contextmanager
def _guarded(settings: Settings) -> Iterator[None]:
    """Turn what a decoder raises on damaged files into a refusal, and keep its warnings off standard error.

    Strict on purpose: a picture that lacks even a few bytes may lack the seal or the date.
    """
    from PIL import Image as Pillow

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Pillow.DecompressionBombError as error:
            raise _bomb(str(error), settings.max_pixels) from error
        except _DAMAGE as error:
            raise _damaged() from error


def _bomb(told: str, limit: int) -> Refusal:
    """Return the refusal of what claims so many pixels that Pillow does not even begin; it tells how many."""
    pixels = _FOUND_PIXELS.search(told)
    found = f"{int(pixels[1] if pixels else _PILLOWS_PIXELS) / 1_000_000:,.0f}"
    return Refusal(
        FailureCode.TOO_LARGE,
        en=f"the picture has {found} megapixels, the limit is {limit / 1_000_000:g}; "
        "scan it at 300 dpi or make it smaller",
        zh=f"图片有 {found} 百万像素，上限为 {limit / 1_000_000:g} 百万像素；请以 300 dpi 扫描或缩小图片",
    )


def _register_heif() -> None:
    import pillow_heif

    # One worker process per core: a decoder's own threads would only get in the way.
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)


def _count_frames(picture: "Pillow.Image", settings: Settings) -> tuple[int, bool]:
    """Return the number of frames, at most one over the limit, and whether the last of them can be reached."""
    count = 0
    try:
        while count <= settings.max_frames:
            with _guarded(settings):
                picture.seek(count)
            count += 1
    except Refusal as refusal:
        # Pillow says that there is no further frame by EOFError.
        is_end = isinstance(refusal.__cause__, EOFError)
        return (max(count, 1), True) if is_end else (count + 1, False)
    return count, True


def _pages(
    picture: "Pillow.Image", source: Source, settings: Settings, total: int, *, is_sound: bool
) -> Iterator[Page | Failure]:
    for number in range(1, min(total, settings.max_frames) + 1):
        try:
            if number == total and not is_sound:
                raise _damaged()
            yield Page(source.file, number, _frame(picture, number, settings, seeks=total > 1))
        except Refusal as refusal:
            yield refusal.failure(source.file, page=number if total > 1 else None)
    if total > settings.max_frames:
        yield too_many_pages(
            f"more than {settings.max_frames}", f"超过 {settings.max_frames}", settings.max_frames
        ).failure(source.file, page=settings.max_frames + 1)


def too_many_pages(found: str, found_zh: str, limit: int) -> Refusal:
    """Return the refusal of all pages after the first `limit`."""
    return Refusal(
        FailureCode.TOO_MANY_PAGES,
        en=f"the file has {found} pages, the limit is {limit}; this and what follows was not read, send it in parts",
        zh=f"文件有 {found_zh} 页，上限为 {limit} 页；本页及其后未读取，请分开提交",
    )


def _frame(picture: "Pillow.Image", number: int, settings: Settings, *, seeks: bool) -> Image:
    if seeks:
        with _guarded(settings):
            picture.seek(number - 1)
    return _pixels(picture, settings, upright=True)


def _pixels(picture: "Pillow.Image", settings: Settings, *, upright: bool) -> Image:
    require_geometry(*picture.size, settings)
    with _guarded(settings):
        picture.load()
        return _to_rgb(_turned_upright(picture) if upright else picture)


def _turned_upright(picture: "Pillow.Image") -> "Pillow.Image":
    from PIL.Image import Transpose

    methods = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    try:
        method = methods.get(picture.getexif().get(_ORIENTATION_TAG, 1))
    except _DAMAGE:
        return picture  # Garbled EXIF says nothing about the pixels.
    return picture if method is None else picture.transpose(method)


def _to_rgb(picture: "Pillow.Image") -> Image:
    """Return 8-bit RGB: transparency laid on white, greys of 16 bits and floats scaled by their peak."""
    from PIL import Image as Pillow

    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        values = np.nan_to_num(np.asarray(picture, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
        peak = max(float(values.max(initial=0.0)), 1.0 if picture.mode == "F" else 255.0)
        grey = np.clip(values * (255.0 / peak), 0, 255).astype(np.uint8)
        return np.repeat(grey[:, :, np.newaxis], 3, axis=2)
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = Pillow.new("RGBA", layer.size, "white")
        picture = Pillow.alpha_composite(paper, layer)
    return np.asarray(picture.convert("RGB"))


def _damaged() -> Refusal:
    return Refusal(
        FailureCode.CORRUPT,
        en="the picture is damaged or cut off and cannot be opened in full; save or scan it again",
        zh="图片已损坏或不完整，无法完整打开；请重新保存或扫描",
    )
