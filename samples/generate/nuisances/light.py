"""What light does: a flash's glare, the shadow of a hand, a cast of colour, too much or too little of it."""

from random import Random

import numpy as np
from PIL import Image

from samples.generate.nuisances.pixels import axes, clouds, to_picture, to_pixels


def glare(picture: Image.Image, chance: Random) -> Image.Image:
    """Reflect a lamp in the paper: a soft spot in which print grows pale."""
    pixels = to_pixels(picture)
    across, down = axes(pixels.shape)
    x, y = chance.uniform(0.15, 0.85), chance.uniform(0.1, 0.8)
    wide, high = chance.uniform(0.06, 0.16), chance.uniform(0.05, 0.14)
    spot = np.exp(-(((across - x) / wide) ** 2 + ((down - y) / high) ** 2))[:, :, None] * chance.uniform(0.35, 0.65)
    return to_picture(pixels * (1 - spot) + 250 * spot)


def shadow(picture: Image.Image, chance: Random) -> Image.Image:
    """Let the shadow of a hand or a phone fall over one side, with a soft edge."""
    pixels = to_pixels(picture)
    across, down = axes(pixels.shape)
    angle = chance.uniform(0, 2 * np.pi)
    edge = (across - 0.5) * np.cos(angle) + (down - 0.5) * np.sin(angle) - chance.uniform(-0.1, 0.3)
    softness = chance.uniform(12, 45)
    bent = edge + 0.06 * (clouds(pixels.shape[:2], chance, cells=4) - 0.5)
    depth = chance.uniform(0.2, 0.45) / (1 + np.exp(-np.clip(bent * softness, -30, 30)))
    return to_picture(pixels * (1 - depth[:, :, None]))


def uneven(picture: Image.Image, chance: Random) -> Image.Image:
    """Light the page from one side, warm or cold."""
    pixels = to_pixels(picture)
    across, down = axes(pixels.shape)
    angle = chance.uniform(0, 2 * np.pi)
    fall = 1 - chance.uniform(0.1, 0.3) * (0.5 + (across - 0.5) * np.cos(angle) + (down - 0.5) * np.sin(angle))
    warm = chance.uniform(-1, 1)
    colour = np.array((1 + 0.03 * warm, 1, 1 - 0.1 * warm), dtype=np.float32)
    return to_picture(pixels * fall[:, :, None] * colour)


def bleached(picture: Image.Image, chance: Random) -> Image.Image:
    """Whiten the page as a phone's "enhance" does: pale things vanish, dark ones stay."""
    pixels = to_pixels(picture)
    return to_picture((pixels - 128) * chance.uniform(1.15, 1.5) + 128 + chance.uniform(15, 40))
