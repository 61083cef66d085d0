"""What a screen or a printer's dots add: moiré."""

from random import Random

import numpy as np
from PIL import Image

from samples.generate.nuisances.pixels import to_picture, to_pixels


def moire(picture: Image.Image, chance: Random) -> Image.Image:
    """Photograph the page off a screen: two gratings that nearly agree beat against each other."""
    pixels = to_pixels(picture)
    y, x = np.indices(pixels.shape[:2], dtype=np.float32)
    angle, pitch = chance.uniform(0, np.pi), chance.uniform(2.6, 4.2)
    near = angle + np.deg2rad(chance.uniform(1, 5))
    first = np.sin((x * np.cos(angle) + y * np.sin(angle)) * 2 * np.pi / pitch)
    second = np.sin((x * np.cos(near) + y * np.sin(near)) * 2 * np.pi / (pitch * chance.uniform(1.01, 1.05)))
    beat = (first * second)[:, :, None] * np.array((1.0, -0.5, 0.7), dtype=np.float32)
    return to_picture(pixels + beat * chance.uniform(8, 20))
