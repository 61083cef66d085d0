"""Photocopies: grey, with dirt and a dark edge, or in black and white alone."""

from random import Random

import cv2
import numpy as np
from PIL import Image, ImageOps

from samples.generate.nuisances.pixels import axes, noise_of, to_picture, to_pixels


def photocopied(picture: Image.Image, chance: Random) -> Image.Image:
    """Copy in greys: more contrast, specks of dirt, a dark edge."""
    grey = to_pixels(ImageOps.grayscale(picture).convert("RGB"))
    strong = (grey - 140) * chance.uniform(1.05, 1.4) + 145
    height, width = grey.shape[:2]
    dirt = noise_of(chance)
    for _ in range(chance.randint(10, 60)):
        x, y = int(dirt.integers(0, width)), int(dirt.integers(0, height))
        cv2.circle(strong, (x, y), max(1, width // 1500), (60, 60, 60), -1)
    across, _ = axes(grey.shape)
    edge = np.exp(-across / 0.006) * chance.uniform(0, 120)
    return to_picture(strong - edge[:, :, None])


def binarised(picture: Image.Image, chance: Random) -> Image.Image:
    """Leave only black and white, as a fax does: the threshold follows the light around each point."""
    grey = np.asarray(ImageOps.grayscale(picture))
    around = max(31, picture.width // 24) | 1
    less = chance.uniform(16, 26)
    black = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, around, less)
    return Image.fromarray(black).convert("RGB")
