"""Pictures on the paper: seals, emblems, borders, ghost text, codes, signatures.

The emblem is a plain disc with a star and no state's emblem; every page says SAMPLE.
"""

from collections.abc import Callable
from math import cos, pi, radians, sin
from random import Random

import numpy as np
import qrcode
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from samples.generate import fonts
from samples.generate.canvas import Canvas, Colour, Ink
from samples.generate.fonts import Face

SEAL_RED: Colour = (214, 40, 42)
SAMPLE_INK = Ink(Face.HEI, 15, (120, 130, 150))


def mark_as_sample(canvas: Canvas, x: float, y: float) -> None:
    """Say on the page, beside its fields, that it is a sample."""
    canvas.text(x, y, "SAMPLE 样本", SAMPLE_INK)


def _star(centre: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = pi * corner / 5 - pi / 2
        points.append((centre[0] + reach * cos(angle), centre[1] + reach * sin(angle)))
    return points


def _in_ring(seal: Image.Image, character: str, *, angle: float, reach: float, size: int, colour: Colour) -> None:
    """Set one character on the ring, its foot towards the middle; `angle` in degrees clockwise from the top."""
    font = fonts.load(Face.SONG.pixels, size)
    tile = Image.new("RGBA", (size * 2, size * 2), (*colour, 0))
    ImageDraw.Draw(tile).text(
        (size, size), character, (*colour, 255), font=font, anchor="mm", stroke_width=max(1, size // 24)
    )
    turned = tile.rotate(-angle, Image.Resampling.BICUBIC)
    centre = seal.width / 2
    x, y = centre + reach * sin(radians(angle)), centre - reach * cos(radians(angle))
    seal.alpha_composite(turned, (round(x - size), round(y - size)))


def seal(text: str, size: int, *, seed: str, colour: Colour = SEAL_RED) -> Image.Image:
    """Return a round red seal with `text` along its ring and a star in the middle, unevenly inked.

    Args:
        text: Name of the authority.
        size: Diameter in pixels.
        seed: What the uneven ink follows from.
        colour: Of the ink.
    """
    picture = Image.new("RGBA", (size, size), (*colour, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((2, 2, size - 3, size - 3), outline=(*colour, 255), width=max(2, size // 40))
    pen.polygon(_star((size / 2, size / 2), size * 0.15), fill=(*colour, 255))
    sweep = min(270.0, 26.0 * len(text))
    letter = round(size * (0.13 if len(text) <= 11 else 0.105))
    for position, character in enumerate(text):
        angle = -sweep / 2 + sweep * position / max(1, len(text) - 1)
        _in_ring(picture, character, angle=angle, reach=size * 0.385, size=letter, colour=colour)
    return _inked(picture, seed)


def _inked(picture: Image.Image, seed: str) -> Image.Image:
    """Make the ink uneven: blotches in the alpha channel."""
    chance = np.random.default_rng(Random(seed).getrandbits(32))
    blotches = (chance.random((max(2, picture.height // 8), max(2, picture.width // 8))) * 90 + 165).astype(np.uint8)
    rough = Image.fromarray(blotches).resize(picture.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1))
    # Few levels of ink: smooth ones would triple the size of a PDF.
    alpha = ImageChops.multiply(picture.getchannel("A"), rough).point(lambda level: level // 32 * 36)
    picture.putalpha(alpha)
    return picture


def emblem(size: int) -> Image.Image:
    """Return a red disc with a gold rim and one star, where a state's emblem would stand."""
    picture = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((0, 0, size * 2 - 1, size * 2 - 1), fill=(196, 152, 62, 255))
    inset = size * 0.16
    pen.ellipse((inset, inset, size * 2 - inset, size * 2 - inset), fill=(205, 45, 40, 255))
    pen.polygon(_star((size, size), size * 0.52), fill=(236, 196, 92, 255))
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def wave_border(length: int, thickness: int, colour: Colour) -> Image.Image:
    """Return a horizontal strip of interlaced waves, the guilloche of a licence's frame."""
    x = np.arange(length, dtype=np.float64)[None, :]
    y = (np.arange(thickness, dtype=np.float64)[:, None] + 0.5) / thickness * 2 - 1
    period = thickness * 1.6
    density = np.zeros((thickness, length))
    for phase in range(8):
        curve = 0.82 * np.sin(2 * pi * x / period + phase * pi / 4)
        density = np.maximum(density, 1 - np.clip(np.abs(y - curve) * thickness / 3.2, 0, 1))
    edge = (np.abs(y) > 0.9).astype(np.float64) * 0.8
    alpha = np.clip(np.maximum(density * 0.75, edge) * 255, 0, 255).astype(np.uint8)
    picture = Image.new("RGBA", (length, thickness), (*colour, 0))
    picture.putalpha(Image.fromarray(alpha))
    return picture


def key_border(length: int, thickness: int, colour: Colour) -> Image.Image:
    """Return a horizontal strip of Greek key, the frame of the 2014 faces."""
    picture = Image.new("RGBA", (length, thickness), (*colour, 0))
    pen = ImageDraw.Draw(picture)
    line = max(1, thickness // 9)
    inner, step = thickness * 0.62, thickness * 0.8
    top = (thickness - inner) / 2
    for cell in range(int(length / step) + 1):
        left = cell * step
        path = [(0, 1), (0, 0), (0.75, 0), (0.75, 0.75), (0.3, 0.75), (0.3, 0.4)]
        points = [(left + dx * inner, top + dy * inner) for dx, dy in path]
        pen.line(points, fill=(*colour, 255), width=line, joint="curve")
    pen.line([(0, line / 2), (length, line / 2)], fill=(*colour, 255), width=line)
    pen.line([(0, thickness - line), (length, thickness - line)], fill=(*colour, 255), width=line)
    return picture


def lay_border(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    colour: Colour,
    *,
    strip: Callable[[int, int, Colour], Image.Image],
) -> None:
    """Lay a frame as four strips: one picture over the whole page would make a scan of a PDF."""
    left, top, right, bottom = box
    thick = 20.0
    across = strip(canvas.resolution(right - left), canvas.resolution(thick), colour)
    down = strip(canvas.resolution(bottom - top), canvas.resolution(thick), colour)
    upright = down.transpose(Image.Transpose.ROTATE_90)
    canvas.picture(left, top, right - left, across)
    canvas.picture(left, bottom - thick, right - left, across)
    canvas.picture(left, top, thick, upright)
    canvas.picture(right - thick, top, thick, upright)


def ghost(text: str, size: int, colour: Colour) -> Image.Image:
    """Return pale text as a picture: it is printed into the paper and no part of a PDF's text layer."""
    font = fonts.load(Face.HEI.pixels, size)
    left, top, right, bottom = font.getbbox(text)
    picture = Image.new("RGBA", (int(right - left) + 4, int(bottom - top) + 4), (*colour, 0))
    ImageDraw.Draw(picture).text((2 - left, 2 - top), text, (*colour, 255), font=font, stroke_width=max(1, size // 30))
    return picture


def overprint(page: Image.Image, text: str) -> Image.Image:
    """Return the page with `text` written pale across it, from the bottom left to the top right."""
    words = ghost(text, page.width // 22, (120, 120, 128))
    words.putalpha(words.getchannel("A").point(lambda level: level * 4 // 10))
    turned = words.rotate(24, Image.Resampling.BICUBIC, expand=True)
    covered = page.convert("RGBA")
    covered.alpha_composite(turned, ((page.width - turned.width) // 2, (page.height - turned.height) // 2))
    return covered.convert("RGB")


def qr_code(payload: str, size: int) -> Image.Image:
    """Return a QR code of about `size` pixels, whole pixels a module."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=1)
    code.add_data(payload)
    code.make(fit=True)
    modules = ~np.array(code.get_matrix(), dtype=bool)
    scale = max(1, round(size / modules.shape[0]))
    return Image.fromarray((np.kron(modules, np.ones((scale, scale))) * 255).astype(np.uint8)).convert("RGB")


def stacked_code(payload: str) -> Image.Image:
    """Return a PDF417 code, three pixels a module."""
    barcode = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.PDF417)
    return Image.fromarray(np.array(barcode.to_image(scale=3))).convert("RGB")


def signature(size: int, *, seed: str) -> Image.Image:
    """Return a scribble of about `size` pixels across that is nobody's signature."""
    chance = Random(seed)
    picture = Image.new("RGBA", (size, size // 2), (20, 20, 24, 0))
    pen = ImageDraw.Draw(picture)
    x, y = size * 0.08, size * 0.25
    for _ in range(9):
        reach = size * chance.uniform(0.05, 0.16)
        x2, y2 = x + reach, size * chance.uniform(0.06, 0.44)
        box = (x, min(y, y2), x2 + reach * 0.6, max(y, y2) + 4)
        pen.arc(
            box,
            chance.randrange(180, 300),
            chance.randrange(340, 560),
            fill=(20, 20, 24, 235),
            width=max(2, size // 60),
        )
        pen.line((x, y, x2, y2), fill=(20, 20, 24, 220), width=max(2, size // 90))
        x, y = x + reach * 0.7, y2
    return picture
