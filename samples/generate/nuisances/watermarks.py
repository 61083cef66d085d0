"""Words that sellers write across a copy so that it serves for nothing else: once, tiled, or right over a field."""

from random import Random

from PIL import Image

from samples.generate.canvas import Colour
from samples.generate.ornaments import ghost

_WORDS = ("仅供平台入驻审核使用", "仅用于店铺资质审核", "仅限办理入驻使用他用无效", "SAMPLE ONLY 样本")
_COLOURS: tuple[Colour, ...] = ((120, 120, 128), (90, 90, 96), (190, 60, 60), (80, 110, 170))


def diagonal(picture: Image.Image, chance: Random) -> Image.Image:
    """Write one line across the page, from the bottom left to the top right."""
    words = _words(picture, chance, size=chance.uniform(0.04, 0.055), strength=chance.uniform(0.25, 0.45))
    turned = words.rotate(chance.uniform(18, 34), Image.Resampling.BICUBIC, expand=True)
    return _laid(picture, turned, [((picture.width - turned.width) // 2, (picture.height - turned.height) // 2)])


def tiled(picture: Image.Image, chance: Random) -> Image.Image:
    """Write small words all over the page, aslant."""
    words = _words(picture, chance, size=chance.uniform(0.016, 0.022), strength=chance.uniform(0.16, 0.3))
    turned = words.rotate(chance.uniform(20, 38), Image.Resampling.BICUBIC, expand=True)
    across, down = round(turned.width * chance.uniform(1.25, 1.7)), round(turned.height * chance.uniform(1.2, 1.6))
    places = [
        (x + (row % 2) * across // 2, y)
        for row, y in enumerate(range(-turned.height // 2, picture.height, down))
        for x in range(-across // 2, picture.width, across)
    ]
    return _laid(picture, turned, places)


def over_a_field(picture: Image.Image, chance: Random) -> Image.Image:
    """Write one level line right over some field."""
    words = _words(picture, chance, size=chance.uniform(0.02, 0.03), strength=chance.uniform(0.25, 0.4))
    place = (
        round(chance.uniform(0.05, 0.5) * picture.width),
        round(chance.uniform(0.3, 0.7) * picture.height),
    )
    return _laid(picture, words, [place])


def _words(picture: Image.Image, chance: Random, *, size: float, strength: float) -> Image.Image:
    """Return pale words; `size` is a fraction of the page's width."""
    words = ghost(chance.choice(_WORDS), max(10, round(picture.width * size)), chance.choice(_COLOURS))
    words.putalpha(words.getchannel("A").point(lambda level: round(level * strength)))
    return words


def _laid(picture: Image.Image, words: Image.Image, places: list[tuple[int, int]]) -> Image.Image:
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    for place in places:
        layer.paste(words, place, words)
    covered = picture.convert("RGBA")
    covered.alpha_composite(layer)
    return covered.convert("RGB")
