"""How the paper lies before scanner or camera: askew, seen from the side, curved, on its side, upside down."""

from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from samples.generate.nuisances.pixels import Pixels, noise_of, to_picture, to_pixels

_LID = (226, 227, 230)
_TABLES = ((150, 116, 84), (120, 112, 104), (168, 140, 108), (86, 92, 100), (196, 192, 186))
_STEEPEST = 15.0
"""Degrees by which a camera is held aslant at the most."""


def askew(picture: Image.Image, chance: Random) -> Image.Image:
    """Lay the page on a scanner's glass, turned by less than 2°; the lid's grey shows around it."""
    margin = round(picture.width * chance.uniform(0.01, 0.04))
    lid = Image.new("RGB", (picture.width + 2 * margin, picture.height + 2 * margin), _LID)
    lid.paste(picture, (margin, margin))
    return lid.rotate(chance.uniform(-1.9, 1.9), Image.Resampling.BICUBIC, fillcolor=_LID)


def aslant(picture: Image.Image, chance: Random) -> Image.Image:
    """Photograph the page on a table, the camera aslant by up to 15° in both directions."""
    tilt = np.deg2rad([chance.uniform(-_STEEPEST, _STEEPEST) for _ in range(2)])
    roll = np.deg2rad(chance.uniform(-3, 3))
    corners = _seen(picture.size, (float(tilt[0]), float(tilt[1]), float(roll)), distance=chance.uniform(1.3, 2.0))
    border = chance.uniform(0.02, 0.09) * picture.width
    corners += border - corners.min(axis=0)
    width, height = (round(float(side) + border) for side in corners.max(axis=0))
    start = np.array([(0, 0), (picture.width, 0), picture.size, (0, picture.height)], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(start, corners.astype(np.float32))
    paper = cv2.warpPerspective(to_pixels(picture), turn, (width, height), flags=cv2.INTER_LINEAR)
    cover = cv2.warpPerspective(np.ones(picture.size[::-1], np.float32), turn, (width, height))[:, :, None]
    return to_picture(paper * cover + _table(width, height, chance) * (1 - cover))


def curved(picture: Image.Image, chance: Random) -> Image.Image:
    """Let the paper bulge along its height, as a page that was rolled does."""
    pixels = to_pixels(picture)
    height, width = pixels.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bulge = height * chance.uniform(0.004, 0.014) * np.sin(np.pi * (x / width + chance.uniform(-0.2, 0.2)))
    return to_picture(cv2.remap(pixels, x, y + bulge, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def turned(picture: Image.Image, chance: Random) -> Image.Image:
    """Lay the page on its side or upside down, with nothing that says so."""
    return picture.rotate(chance.choice((90, 180, 270)), expand=True)


def _seen(size: tuple[int, int], angles: tuple[float, float, float], *, distance: float) -> NDArray[np.float64]:
    """Return where a camera sees the corners, clockwise from the top left, in pixels.

    Args:
        size: Width and height of the page.
        angles: By which it is turned about its level, its upright and the camera's axis, in radians.
        distance: Of the camera, in longest sides of the page.
    """
    pitch, yaw, roll = angles
    far = max(size) * distance
    half = np.array(size) / 2
    flat = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half
    x, y = flat.T
    depth = far + x * np.sin(yaw) + y * np.sin(pitch)
    seen = np.stack((x * np.cos(yaw), y * np.cos(pitch))) * far / depth
    spin = np.array(((np.cos(roll), -np.sin(roll)), (np.sin(roll), np.cos(roll))))
    places: NDArray[np.float64] = (spin @ seen).T
    return places


def _table(width: int, height: int, chance: Random) -> Pixels:
    """Return a table with a soft grain along it."""
    coarse = noise_of(chance).normal(0, 1, (max(2, height // 5), 6)).astype(np.float32)
    grain = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    colour = np.array(chance.choice(_TABLES), dtype=np.float32)
    table: Pixels = (colour[None, None, :] + grain[:, :, None] * 7).astype(np.float32)
    return table
