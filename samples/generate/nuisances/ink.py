"""Ink over the print: round seals of companies, rectangular stamps that say what a copy is for, and pen strokes."""

from random import Random

from PIL import Image, ImageDraw

from samples.generate import fonts
from samples.generate.canvas import Colour
from samples.generate.fonts import Face
from samples.generate.nuisances.pixels import multiplied
from samples.generate.ornaments import SEAL_RED, seal

_OWNERS = ("远帆青禾进出口有限公司", "云栈飞鸢贸易有限公司", "望川电子商务有限公司", "临溪家居用品有限公司")
_PURPOSES = ("仅供平台入驻审核使用", "仅限办理店铺开通使用", "仅用于资质审核")
_INKS: tuple[Colour, ...] = (SEAL_RED, (196, 32, 44), (36, 70, 168), (84, 84, 90))


def seal_over_text(picture: Image.Image, chance: Random) -> Image.Image:
    """Press a company's seal somewhere on the fields."""
    size = round(min(picture.size) * chance.uniform(0.16, 0.26))
    stamp = seal(chance.choice(_OWNERS), size, seed=str(chance.random()), colour=chance.choice(_INKS[:2]))
    turned = _fainter(stamp, chance.uniform(0.45, 0.8)).rotate(chance.uniform(-25, 25), Image.Resampling.BICUBIC)
    place = (
        round(chance.uniform(0.12, 0.7) * picture.width),
        round(chance.uniform(0.4, 0.72) * picture.height),
    )
    return multiplied(picture, turned, place)


def stamp_of_purpose(picture: Image.Image, chance: Random) -> Image.Image:
    """Press a rectangular stamp that says what this copy may be used for."""
    size = max(14, round(min(picture.size) * chance.uniform(0.022, 0.032)))
    lines = ("此复印件" + chance.choice(_PURPOSES), "再次复印无效")
    font = fonts.load(Face.HEI.pixels, size)
    width = round(max(font.getlength(line) for line in lines)) + size * 2
    colour = chance.choice(_INKS)
    stamp = Image.new("RGBA", (width, size * 4), (*colour, 0))
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((2, 2, width - 3, size * 4 - 3), outline=(*colour, 255), width=max(2, size // 10))
    for number, line in enumerate(lines):
        pen.text((width / 2, size * (1.2 + 1.6 * number)), line, (*colour, 255), font=font, anchor="mm")
    turned = _fainter(stamp, chance.uniform(0.5, 0.85)).rotate(
        chance.uniform(-14, 14), Image.Resampling.BICUBIC, expand=True
    )
    place = (
        round(chance.uniform(0.05, 0.6) * picture.width),
        round(chance.uniform(0.62, 0.86) * picture.height),
    )
    return multiplied(picture, turned, place)


def pen_strokes(picture: Image.Image, chance: Random) -> Image.Image:
    """Draw a few strokes of a ballpoint pen, as of a tick or a circled number."""
    layer = Image.new("RGBA", picture.size, (40, 50, 140, 0))
    pen = ImageDraw.Draw(layer)
    x, y = chance.uniform(0.1, 0.8) * picture.width, chance.uniform(0.2, 0.85) * picture.height
    reach = min(picture.size) * 0.06
    for _ in range(chance.randint(2, 4)):
        x2, y2 = x + chance.uniform(-0.3, 1) * reach, y + chance.uniform(-0.5, 0.5) * reach
        pen.line((x, y, x2, y2), fill=(40, 50, 140, 210), width=max(2, picture.width // 700))
        x, y = x2, y2
    return multiplied(picture, layer, (0, 0))


def _fainter(stamp: Image.Image, amount: float) -> Image.Image:
    faint = stamp.copy()
    faint.putalpha(stamp.getchannel("A").point(lambda level: round(level * amount)))
    return faint
