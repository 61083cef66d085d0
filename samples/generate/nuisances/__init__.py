"""What happens to papers and their pictures: one family of nuisances a file, each nuisance a pure function.

A nuisance takes a picture (RGB, any size) and a source of chance, and returns a new picture; the same picture and the
same chance give the same pixels. Which of them befall a page, and in which order, stands in `samples/generate/wear.py`.
"""

from collections.abc import Callable
from random import Random

from PIL import Image

Nuisance = Callable[[Image.Image, Random], Image.Image]
"""Changes a picture by chance."""
