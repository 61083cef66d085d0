"""How a page reaches the reviewer: clean, from a scanner, or from a phone."""

from enum import StrEnum
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.float32]


class Condition(StrEnum):
    """The condition of a page."""

    CLEAN = "clean"
    SCANNED = "scanned"
    PHOTOGRAPHED = "photographed"


def put_in(condition: Condition, page: Image.Image, *, seed: str) -> Image.Image:
    """Return the page in that condition.

    Args:
        condition: How it was captured.
        page: Upright, clean.
        seed: What noise, angle and light follow from.
    """
    if condition is Condition.SCANNED:
        return _scanned(page, Random(seed))
    if condition is Condition.PHOTOGRAPHED:
        return _photographed(page, Random(seed))
    return page


def _scanned(page: Image.Image, chance: Random) -> Image.Image:
    """Skew below 2°, the grey of the scanner's lid around the paper, faint noise."""
    margin = round(page.width * 0.03)
    lid = Image.new("RGB", (page.width + 2 * margin, page.height + 2 * margin), (226, 227, 230))
    lid.paste(page, (margin, margin))
    angle = chance.choice((-1, 1)) * chance.uniform(0.4, 1.7)
    turned = lid.rotate(angle, Image.Resampling.BICUBIC, fillcolor=(226, 227, 230))
    soft = turned.filter(ImageFilter.GaussianBlur(0.5))
    return _with_noise(np.asarray(soft, dtype=np.float32), chance, strength=2.2)


def _with_noise(pixels: Pixels, chance: Random, *, strength: float) -> Image.Image:
    grain = np.random.default_rng(chance.getrandbits(32)).normal(0, strength, pixels.shape[:2])
    return Image.fromarray(np.clip(pixels + grain[:, :, None], 0, 255).astype(np.uint8))


def _photographed(page: Image.Image, chance: Random) -> Image.Image:
    """Perspective of some ten degrees on a table, a shadow, a glare, warm light, a slight blur."""
    width, height = round(page.width * 1.16), round(page.height * 1.18)
    table = _table(width, height, chance)
    corners = _corners(page, (width, height), chance)
    start = np.array([(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(start, corners)
    paper = cv2.warpPerspective(np.asarray(page, dtype=np.float32), turn, (width, height), flags=cv2.INTER_AREA)
    cover = cv2.warpPerspective(np.ones((page.height, page.width), np.float32), turn, (width, height))
    cast = cv2.GaussianBlur(np.roll(cover, (14, 10), axis=(0, 1)), (0, 0), 12)
    table *= 1 - 0.45 * (cast * (1 - cover))[:, :, None]
    photo = paper * cover[:, :, None] + table * (1 - cover[:, :, None])
    lit = _lit(photo, chance)
    return _with_noise(cv2.GaussianBlur(lit, (0, 0), 0.7), chance, strength=1.4)


def _corners(page: Image.Image, size: tuple[int, int], chance: Random) -> NDArray[np.float32]:
    """Return where the page's corners come to lie, clockwise from the top left; the far edge is shorter."""
    width, height = size
    left, top = (width - page.width) / 2, (height - page.height) / 2
    right, bottom = left + page.width, top + page.height
    far = page.width * chance.uniform(0.015, 0.06)
    side = page.height * chance.uniform(-0.03, 0.03)
    sink = page.height * chance.uniform(0.01, 0.05)
    places = [
        (left + far, top + sink + side),
        (right - far, top + sink - side),
        (right, bottom + side),
        (left, bottom - side),
    ]
    angle = np.deg2rad(chance.uniform(-3.0, 3.0))
    turn = np.array(((np.cos(angle), np.sin(angle)), (-np.sin(angle), np.cos(angle))))
    middle = np.array((width / 2, height / 2))
    corners: NDArray[np.float32] = ((np.array(places) - middle) @ turn * 0.97 + middle).astype(np.float32)
    return corners


def _table(width: int, height: int, chance: Random) -> Pixels:
    """Return a brownish table with a soft grain along it."""
    noise = np.random.default_rng(chance.getrandbits(32))
    coarse = noise.normal(0, 1, (max(2, height // 5), 6)).astype(np.float32)
    grain = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    base = np.array(chance.choice(((150, 116, 84), (120, 112, 104), (168, 140, 108))), dtype=np.float32)
    table: Pixels = (base[None, None, :] + grain[:, :, None] * 7).astype(np.float32)
    return table


def _lit(photo: Pixels, chance: Random) -> Pixels:
    height, width = photo.shape[:2]
    across = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    slope = chance.uniform(0.6, 1.4)
    shade = 1 - 0.26 / (1 + np.exp(-(across + down * slope - chance.uniform(1.2, 1.5)) * 14))
    x, y = chance.uniform(0.3, 0.7), chance.uniform(0.08, 0.2)
    glare = 70 * np.exp(-(((across - x) / 0.13) ** 2 + ((down - y) / 0.1) ** 2))
    warm = np.array((1.0, 0.965, 0.89), dtype=np.float32)
    lit: Pixels = (photo * shade[:, :, None] * warm + glare[:, :, None]).astype(np.float32)
    return lit
