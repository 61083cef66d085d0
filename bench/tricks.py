"""PDFs whose text layer lies, drawn by lot: what a forger can make a PDF say that its page does not show."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from random import Random
from typing import cast

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.annotations import Rectangle
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject, StreamObject, TextStringObject
from reportlab.lib.colors import white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bench.forgeries import FORGERIES
from bench.lies import LEAST_CHARACTERS, Lie, lie, target
from bench.pages import Base, Spot, base, canvas_of, laid_over, saved, written
from samples.generate import fonts
from samples.generate.canvas import embedded
from samples.generate.files import picture_of
from samples.generate.fonts import Face

Draw = Callable[[Canvas, Spot, str, Random], None]
"""Draws a lie at a place."""
_SIZE = 11
_WIDTH, _HEIGHT = 250, 14


def lying(trick: str, chance: Random) -> Lie:
    """Return a PDF that plays a trick of `TRICKS`."""
    played = TRICKS[trick](base(chance), chance)
    return played if isinstance(played, Lie) else Lie(played)


def _write(canvas: Canvas, spot: Spot, text: str, *, size: float = _SIZE, mode: int = 0) -> None:
    canvas.setFont(embedded(Face.SONG), size)
    canvas.drawString(spot.x, spot.y + 2, text, mode=mode)


def _in_white(canvas: Canvas, spot: Spot, text: str, _: Random) -> None:
    canvas.setFillColor(white)
    _write(canvas, spot, text)


def _not_drawn(canvas: Canvas, spot: Spot, text: str, _: Random) -> None:
    _write(canvas, spot, text, mode=3)


def _clip_only(canvas: Canvas, spot: Spot, text: str, _: Random) -> None:
    canvas.saveState()
    _write(canvas, spot, text, mode=7)
    canvas.restoreState()


def _transparent(canvas: Canvas, spot: Spot, text: str, _: Random) -> None:
    canvas.setFillAlpha(0)
    _write(canvas, spot, text)


def _tiny(canvas: Canvas, spot: Spot, text: str, _: Random) -> None:
    _write(canvas, spot, text, size=0.1)


def _under_a_picture(canvas: Canvas, spot: Spot, text: str, chance: Random) -> None:
    _write(canvas, spot, text)
    patch = Image.new("RGB", (800, 60), (255, 255, 255))
    if chance.random() < 0.7:
        face = fonts.load(Face.SONG.pixels, 38)
        ImageDraw.Draw(patch).text((10, 5), lie(chance), (20, 20, 20), font=face)
    canvas.drawImage(ImageReader(patch), spot.x - 3, spot.y - 3, spot.width + 60, spot.height + 6)


def _off_the_page(canvas: Canvas, spot: Spot, text: str, chance: Random) -> None:
    _write(canvas, Spot(-900 if chance.random() < 0.5 else spot.x, -60, 0, 0), text)


def _hidden_layer(canvas: Canvas, spot: Spot, text: str, _: Random) -> None:
    canvas._code.append("/OC /Hidden BDC")
    _write(canvas, spot, text)
    canvas._code.append("EMC")


def _actual_text(canvas: Canvas, spot: Spot, text: str, chance: Random) -> None:
    told = text.encode("utf-16-be").hex().upper()
    canvas._code.append(f"/Span <</ActualText <FEFF{told}>>> BDC")
    _write(canvas, spot, lie(chance))
    canvas._code.append("EMC")


def _in_a_free_place(draw: Draw) -> Callable[[Base, Random], bytes]:
    """Return the trick that draws its lie where nothing stands."""

    def play(page: Base, chance: Random) -> bytes:
        spot = page.free(chance, width=_WIDTH, height=_HEIGHT)
        canvas, target = canvas_of(page.width, page.height)
        draw(canvas, spot, lie(chance), chance)
        return written(laid_over(page.content, saved(canvas, target)))

    return play


def _with_a_hidden_layer(page: Base, chance: Random) -> bytes:
    spot = page.free(chance, width=_WIDTH, height=_HEIGHT)
    canvas, target = canvas_of(page.width, page.height)
    _hidden_layer(canvas, spot, lie(chance), chance)
    writer = laid_over(page.content, saved(canvas, target))
    group = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("notes")})
    )
    resources = cast("DictionaryObject", writer.pages[0]["/Resources"].get_object())
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/Hidden"): group})
    off = DictionaryObject({NameObject("/OFF"): ArrayObject([group])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([group]), NameObject("/D"): off}
    )
    return written(writer)


def _cropped(page: Base, chance: Random) -> bytes:
    canvas, target = canvas_of(page.width, page.height)
    _write(canvas, Spot(40, page.height + 20, 0, 0), lie(chance))
    writer = laid_over(page.content, saved(canvas, target))
    sheet = writer.pages[0]
    sheet.mediabox = RectangleObject((0, 0, page.width, page.height + 60))
    sheet.cropbox = RectangleObject((0, 0, page.width, page.height))
    return written(writer)


def _under_an_annotation(page: Base, chance: Random) -> bytes:
    spot = target(page, chance)
    edges = (spot.x - 2, spot.y - 1, spot.x + spot.width + 2, spot.y + spot.height + 1)
    writer = PdfWriter(clone_from=BytesIO(page.content))
    writer.add_annotation(0, Rectangle(rect=edges, interior_color="ffffff"))
    return written(writer)


def _by_character_codes(page: Base, chance: Random) -> bytes:
    """Let a font's ToUnicode table say other characters than its glyphs show."""
    spot = target(page, chance)
    claimed = dict(zip(dict.fromkeys(spot.text.replace(" ", "")), lie(chance)[:4] + "7381", strict=False))
    writer = PdfWriter(clone_from=BytesIO(page.content))
    for entry in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        font = entry.get_object()
        if "/ToUnicode" in font:
            table = StreamObject()
            table.set_data(_relabelled(font["/ToUnicode"].get_data(), claimed))
            font[NameObject("/ToUnicode")] = writer._add_object(table)
    return written(writer)


def _relabelled(table: bytes, claimed: Mapping[str, str]) -> bytes:
    """Return a ToUnicode table that gives the characters in `claimed` other names."""
    codes = {f"{ord(shown):04X}": f"{ord(said):04X}" for shown, said in claimed.items()}

    def other(match: re.Match[str]) -> str:
        return f"{match[1]} <{codes.get(match[2].upper(), match[2])}>"

    return re.sub(r"(<[0-9A-Fa-f]{2}>) <([0-9A-Fa-f]{4})>", other, table.decode("ascii")).encode("ascii")


def _behind_a_scan(page: Base, chance: Random) -> bytes:
    """Lay a layer over a scan that says what the scan says, some lines aside."""
    lines = list(page.lines)
    long = [at for at, line in enumerate(lines) if len(line.text) >= LEAST_CHARACTERS]
    changed = set(chance.sample(long, min(len(long), chance.randint(1, 3))))
    canvas, target = canvas_of(page.width, page.height)
    picture = picture_of(page.facts, 1500)
    canvas.drawImage(ImageReader(picture), 0, 0, page.width, page.height)
    for at, line in enumerate(lines):
        _write(canvas, line, lie(chance) if at in changed else line.text, size=line.height * 0.8, mode=3)
    return saved(canvas, target)


TRICKS: Mapping[str, Callable[[Base, Random], bytes | Lie]] = {
    "white": _in_a_free_place(_in_white),
    "render mode 3": _in_a_free_place(_not_drawn),
    "render mode 7": _in_a_free_place(_clip_only),
    "transparent": _in_a_free_place(_transparent),
    "0.1 point": _in_a_free_place(_tiny),
    "under a picture": _in_a_free_place(_under_a_picture),
    "off the page": _in_a_free_place(_off_the_page),
    "ActualText": _in_a_free_place(_actual_text),
    "hidden optional content": _with_a_hidden_layer,
    "cropped": _cropped,
    "under an annotation": _under_an_annotation,
    "lying ToUnicode": _by_character_codes,
    "layer behind a scan": _behind_a_scan,
    **FORGERIES,
}
"""By name."""
