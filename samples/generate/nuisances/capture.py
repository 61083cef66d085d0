"""What cameras, scanners and messengers do to a picture: blur, grain, few pixels, hard compression."""

from io import BytesIO
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageFilter

from samples.generate.nuisances.pixels import noise_of, to_picture, to_pixels


def blurred(picture: Image.Image, chance: Random) -> Image.Image:
    """Miss the focus a little."""
    return picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.3) * picture.width / 1800))


def shaken(picture: Image.Image, chance: Random) -> Image.Image:
    """Move the camera a few pixels while the shutter is open."""
    reach = max(3, round(chance.uniform(1.5, 4) * picture.width / 1800)) | 1
    kernel = np.zeros((reach, reach), dtype=np.float32)
    kernel[reach // 2] = 1 / reach
    turn = cv2.getRotationMatrix2D((reach / 2 - 0.5, reach / 2 - 0.5), chance.uniform(0, 180), 1)
    spread = cv2.warpAffine(kernel, turn, (reach, reach))
    return to_picture(cv2.filter2D(to_pixels(picture), -1, spread / max(float(spread.sum()), 1e-6)))


def grainy(picture: Image.Image, chance: Random) -> Image.Image:
    """Add the grain of a dim room or of a cheap sensor."""
    pixels = to_pixels(picture)
    grain = noise_of(chance).normal(0, chance.uniform(1.5, 6), pixels.shape[:2]).astype(np.float32)
    return to_picture(pixels + grain[:, :, None])


def low_resolution(picture: Image.Image, chance: Random) -> Image.Image:
    """Shrink the picture to the size that messengers and web pages keep."""
    longest = chance.randint(950, 1500)
    if longest >= max(picture.size):
        return picture
    factor = longest / max(picture.size)
    size = (round(picture.width * factor), round(picture.height * factor))
    return picture.resize(size, Image.Resampling.BICUBIC)


def compressed(picture: Image.Image, chance: Random) -> Image.Image:
    """Store the picture once as a poor JPEG, before it is stored again."""
    target = BytesIO()
    picture.save(target, "JPEG", quality=chance.randint(28, 60))
    return Image.open(target).convert("RGB")
