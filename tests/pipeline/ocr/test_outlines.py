"""Which red ink is a seal: told by its outline."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw

from pipeline.model import Image, SealShape
from pipeline.ocr.outlines import find_seals
from pipeline.ocr.pyramid import Pyramid

RED = (205, 45, 45)
Draw = Callable[[ImageDraw.ImageDraw], None]


def page(*drawings: Draw) -> Image:
    paper = Pillow.new("RGB", (1200, 900), (250, 246, 235))
    for draw in drawings:
        draw(ImageDraw.Draw(paper))
    return np.asarray(paper)


def seal(left: int = 800, top: int = 500, *, width: int = 200, height: int = 200, star: bool = True) -> Draw:
    def draw(pen: ImageDraw.ImageDraw) -> None:
        pen.ellipse((left, top, left + width, top + height), outline=RED, width=6)
        if star:
            pen.regular_polygon((left + width / 2, top + height / 2, width / 7), 5, fill=RED)
        for step in range(9):
            angle = np.radians(step * 30 - 210)
            x = left + width / 2 * (1 + 0.75 * np.cos(angle))
            y = top + height / 2 * (1 + 0.75 * np.sin(angle))
            pen.text((x - 7, y - 8), "A", fill=RED, font_size=20)

    return draw


def chop(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((200, 600, 320, 715), outline=RED, width=6)
    pen.text((222, 615), "ABC", fill=RED, font_size=34)
    pen.text((222, 660), "DEF", fill=RED, font_size=34)


def stamp(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((200, 600, 500, 680), outline=RED, width=5)
    pen.text((222, 620), "COPY ONLY", fill=RED, font_size=34)


def emblem(pen: ImageDraw.ImageDraw) -> None:
    pen.ellipse((500, 40, 640, 180), fill=RED)
    pen.regular_polygon((570, 110, 30), 5, fill=(240, 200, 90))


def headline(pen: ImageDraw.ImageDraw) -> None:
    pen.text((300, 200), "LICENCE OF NOBODY", fill=RED, font_size=80)


@pytest.mark.parametrize(
    ("drawings", "shapes"),
    [
        pytest.param([seal()], [SealShape.ROUND], id="round"),
        pytest.param([seal(star=False)], [SealShape.ROUND], id="round, no star"),
        pytest.param([seal(height=130)], [SealShape.OVAL], id="oval"),
        pytest.param([chop], [SealShape.SQUARE], id="square"),
        pytest.param([stamp], [SealShape.OTHER], id="a rectangle"),
        pytest.param([seal(), seal(300, 480)], [SealShape.ROUND] * 2, id="two"),
        pytest.param([emblem], [], id="an emblem is full of ink"),
        pytest.param([headline], [], id="red print has no rim"),
        pytest.param([], [], id="nothing red"),
    ],
)
def test_a_seal_is_told_by_its_outline(drawings: list[Draw], shapes: list[SealShape]) -> None:
    assert [found.shape for found in find_seals(Pyramid(page(*drawings)), page=1)] == shapes


def test_the_box_of_a_seal_is_its_outline() -> None:
    (found,) = find_seals(Pyramid(page(emblem, seal())), page=3)
    assert found.page == 3
    edges = found.box.left * 1200, found.box.top * 900, found.box.right * 1200, found.box.bottom * 900
    assert edges == pytest.approx((800, 500, 1000, 700), abs=6)


def test_print_across_a_seal_does_not_hide_it() -> None:
    def print_across(pen: ImageDraw.ImageDraw) -> None:
        pen.text((700, 580), "2034 November 06", fill=(30, 30, 30), font_size=48)

    (found,) = find_seals(Pyramid(page(seal(), print_across)), page=1)
    assert found.shape is SealShape.ROUND


def test_a_faded_seal_is_seen() -> None:
    pale = 0.85 * 246 + 0.15 * page(seal()).astype(np.float32)
    (found,) = find_seals(Pyramid(pale.astype(np.uint8)), page=1)
    assert found.shape is SealShape.ROUND
