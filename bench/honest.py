"""Honest PDFs, drawn by lot: born-digital, scanned, and scanned with the errors that OCR leaves in its layer."""

from collections.abc import Callable, Iterator, Mapping
from random import Random

from PIL import Image
from reportlab.lib.utils import ImageReader

from bench.pages import Base, Spot, base, canvas_of, saved
from bench.typeset import without_pictures
from samples.generate.canvas import embedded
from samples.generate.files import Format, picture_of, store
from samples.generate.fonts import Face
from samples.generate.nuisances import capture, ink

_WRONG, _LOST, _ADDED = 0.02, 0.008, 0.005
"""Share of characters that OCR takes for others, loses, or makes up."""
_MISSED, _SPLIT = 0.05, 0.2
"""Share of lines that OCR does not find, or takes for two."""
_TAKEN_FOR = {
    "日": "曰",
    "口": "日",
    "己": "已",
    "未": "末",
    "0": "O",
    "1": "l",
    "5": "S",
    "8": "B",
    "人": "入",
    "司": "同",
}
_OTHERS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
_SPECKS = ".,:;'|·~-_il1!"
_GARBAGE = "bcdfghjklmnpqrstvwxzBDFHKLMRSTWXZ"


def honest(kind: str, chance: Random) -> bytes:
    """Return a PDF of a kind of `HONEST`."""
    return HONEST[kind](base(chance), chance)


def _born_digital(page: Base, _: Random) -> bytes:
    return page.content


def _words_alone(page: Base, _: Random) -> bytes:
    """Return a page without pictures, the only kind whose layer may stand for it."""
    return without_pictures(page.content)


def _scanned(page: Base, chance: Random) -> bytes:
    return store([_scan(page, chance)], Format.SCAN_PDF)


def _scanned_and_read(page: Base, chance: Random) -> bytes:
    """Lay what OCR might have read over a scan: errors, lines lost, split and askew, specks taken for text."""
    return _with_layer(page, chance, list(_misread(page, chance)))


def _read_in_the_wrong_language(page: Base, chance: Random) -> bytes:
    """Lay what OCR reads over a scan when it was set to another language."""
    garbled = []
    for line in page.lines:
        said = "".join(chance.choice(_GARBAGE) if sign > "\u2e80" else sign for sign in line.text)
        garbled.append(Spot(line.x, line.y, line.width, line.height, said))
    return _with_layer(page, chance, garbled)


def _read_by_tesseract(page: Base, chance: Random) -> bytes:
    """Lay what Tesseract reads over the scan, as OCRmyPDF does."""
    import numpy as np

    from pipeline.ocr.tesseract import Tesseract

    picture = _scan(page, chance)
    reading = Tesseract().read(np.asarray(picture), page=1)
    lines = [
        Spot(
            line.box.left * page.width,
            (1 - line.box.bottom) * page.height,
            line.box.width * page.width,
            line.box.height * page.height,
            line.text,
        )
        for line in reading.lines
    ]
    return _with_layer(page, chance, lines if reading.turned == 0 else [], picture)


def _scan(page: Base, chance: Random) -> Image.Image:
    picture = picture_of(page.facts, chance.randint(1150, 1700) if page.height > page.width else 2000)
    for nuisance, share in ((ink.stamp_of_purpose, 0.2), (capture.blurred, 0.3), (capture.grainy, 0.5)):
        if chance.random() < share:
            picture = nuisance(picture, chance)
    return picture


def _misread(page: Base, chance: Random) -> Iterator[Spot]:
    for line in page.lines:
        if chance.random() < _MISSED:
            continue
        shifted = Spot(
            line.x + chance.gauss(0, 2), line.y + chance.gauss(0, line.height / 10), line.width, line.height, line.text
        )
        yield from _split(shifted, chance)
    for _ in range(chance.randint(0, 6)):
        specks = "".join(chance.choices(_SPECKS, k=chance.randint(1, 6)))
        yield Spot(chance.uniform(10, page.width - 60), chance.uniform(10, page.height - 20), 20, 8, specks)


def _split(line: Spot, chance: Random) -> Iterator[Spot]:
    if len(line.text) < 4 or chance.random() >= _SPLIT:
        yield Spot(line.x, line.y, line.width, line.height, _garbled(line.text, chance))
        return
    at = chance.randint(1, len(line.text) - 1)
    share = at / len(line.text)
    yield Spot(line.x, line.y, line.width * share, line.height, _garbled(line.text[:at], chance))
    yield Spot(
        line.x + line.width * share, line.y, line.width * (1 - share), line.height, _garbled(line.text[at:], chance)
    )


def _garbled(text: str, chance: Random) -> str:
    signs = []
    for sign in text:
        lot = chance.random()
        if lot < _WRONG:
            signs.append(_TAKEN_FOR.get(sign, chance.choice(_OTHERS)))
        elif lot >= _WRONG + _LOST:
            signs.append(sign)
        if chance.random() < _ADDED:
            signs.append(chance.choice(_SPECKS))
    return "".join(signs)


def _with_layer(page: Base, chance: Random, lines: list[Spot], picture: Image.Image | None = None) -> bytes:
    canvas, target = canvas_of(page.width, page.height)
    canvas.drawImage(ImageReader(picture or _scan(page, chance)), 0, 0, page.width, page.height)
    for line in lines:
        canvas.setFont(embedded(Face.SONG), max(line.height * 0.8, 1))
        stretch = canvas.stringWidth(line.text, embedded(Face.SONG), max(line.height * 0.8, 1))
        text = canvas.beginText(line.x, line.y + line.height * 0.15)
        text.setTextRenderMode(3)
        text.setHorizScale(100 * line.width / stretch if stretch else 100)
        text.textOut(line.text)
        canvas.drawText(text)
    return saved(canvas, target)


HONEST: Mapping[str, Callable[[Base, Random], bytes]] = {
    "born-digital": _born_digital,
    "born-digital, words alone": _words_alone,
    "scanned": _scanned,
    "scanned and read": _scanned_and_read,
    "read in the wrong language": _read_in_the_wrong_language,
    "read by Tesseract": _read_by_tesseract,
}
"""By name."""
