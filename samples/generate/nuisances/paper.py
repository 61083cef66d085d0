"""What paper goes through: folds, tint and stains, and what is pressed on its back shows through."""

from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from samples.generate.nuisances.pixels import axes, clouds, multiplied, to_picture, to_pixels
from samples.generate.ornaments import seal


def folds(picture: Image.Image, chance: Random) -> Image.Image:
    """Fold the paper one to three times: a worn line, darker on one side of it and lighter on the other."""
    pixels: NDArray[np.floating[Any]] = to_pixels(picture)
    across, down = axes(pixels.shape)
    # A landscape page is folded upright, a portrait one level.
    along = across if picture.width > picture.height else down
    wave = (clouds(pixels.shape[:2], chance, cells=4) - 0.5) * 0.006
    for _ in range(chance.randint(1, 3)):
        distance = along + wave - chance.choice((0.5, 0.333, 0.667)) - chance.uniform(-0.02, 0.02)
        depth = chance.uniform(0.05, 0.13)
        pixels = pixels * (1 - depth * np.sign(distance) * np.exp(-np.abs(distance) / 0.03))[:, :, None]
        worn = np.exp(-((distance / 0.0009) ** 2)) * chance.uniform(0.25, 0.55)
        pixels = pixels * (1 - worn[:, :, None]) + 235 * worn[:, :, None]
    return to_picture(pixels)


def tinted(picture: Image.Image, chance: Random) -> Image.Image:
    """Give the paper a cast of cream, pink, green or grey, uneven as age makes it."""
    tint = np.array(chance.choice(((1, 0.97, 0.88), (1, 0.93, 0.93), (0.93, 1, 0.94), (0.9, 0.9, 0.9))), np.float32)
    pixels = to_pixels(picture)
    age = 1 - 0.08 * clouds(pixels.shape[:2], chance, cells=5)
    return to_picture(pixels * tint * age[:, :, None])


def shows_through(picture: Image.Image, chance: Random) -> Image.Image:
    """Let a seal on the back show through, mirrored and faint."""
    size = round(min(picture.size) * 0.22)
    back = seal("远帆青禾进出口有限公司", size, seed=str(chance.random())).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    back.putalpha(back.getchannel("A").point(lambda level: level // 5))
    place = (round(chance.uniform(0, 0.8) * picture.width), round(chance.uniform(0.1, 0.8) * picture.height))
    return multiplied(picture, back, place)


def crumpled(picture: Image.Image, chance: Random) -> Image.Image:
    """Crumple the paper: shade and place of every point move a little."""
    pixels = to_pixels(picture)
    hills = clouds(pixels.shape[:2], chance, cells=9)
    shade = 1 + 0.22 * (cv2.Sobel(hills, cv2.CV_32F, 1, 0, ksize=5) + cv2.Sobel(hills, cv2.CV_32F, 0, 1, ksize=5))
    reach = picture.width * 0.004
    x, y = np.meshgrid(np.arange(pixels.shape[1], dtype=np.float32), np.arange(pixels.shape[0], dtype=np.float32))
    moved = cv2.remap(pixels, x + hills * reach, y - hills * reach, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return to_picture(moved * np.clip(shade, 0.82, 1.1)[:, :, None])
