"""Pictures as arrays of floats and back, and smooth noise: what the families share."""

from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.float32]
"""Height × width × 3, or height × width for a plane of factors."""


def to_pixels(picture: Image.Image) -> Pixels:
    """Return the picture's channels, 0 to 255."""
    return np.asarray(picture.convert("RGB"), dtype=np.float32)


def to_picture(pixels: NDArray[np.floating[Any]]) -> Image.Image:
    """Return a picture of channels that may lie a little outside 0 to 255."""
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def noise_of(chance: Random) -> np.random.Generator:
    """Return a source of many numbers that follows from `chance`."""
    return np.random.default_rng(chance.getrandbits(32))


def clouds(shape: tuple[int, int], chance: Random, *, cells: int) -> Pixels:
    """Return a plane of smooth noise, 0 to 1.

    Args:
        shape: Height and width.
        chance: What it follows from.
        cells: Hills along a side.
    """
    coarse = noise_of(chance).random((cells, cells)).astype(np.float32)
    plane: Pixels = cv2.resize(coarse, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(plane, 0, 1)


def axes(shape: tuple[int, ...]) -> tuple[Pixels, Pixels]:
    """Return the positions across (a row) and down (a column) as fractions of the sides."""
    across = np.linspace(0, 1, shape[1], dtype=np.float32)[None, :]
    down = np.linspace(0, 1, shape[0], dtype=np.float32)[:, None]
    return across, down


def multiplied(picture: Image.Image, layer: Image.Image, place: tuple[int, int]) -> Image.Image:
    """Return the picture with ink laid on it: what lies below shows through, as under a stamp.

    Args:
        picture: The paper.
        layer: RGBA; its colour is the ink's, its alpha how much of it there is.
        place: Left and top of the layer, perhaps partly outside.
    """
    ink = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    ink.paste(layer, place)
    pixels, colours = to_pixels(picture), np.asarray(ink, dtype=np.float32)
    amount = colours[:, :, 3:] / 255
    return to_picture(pixels * (1 - amount + amount * colours[:, :, :3] / 255))
