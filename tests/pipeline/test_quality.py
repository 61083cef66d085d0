"""Pictures of a drawn page made worse: each measure tells its own fault, and no other."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageEnhance, ImageFilter, ImageFont

from pipeline.model import Box, Image, PageQuality, TextLine
from pipeline.quality import measure

WIDTH, HEIGHT, ROWS, SIZE = 1200, 900, 12, 32
PAPER = (228, 226, 220)


def drawn(paper: tuple[int, int, int] = PAPER) -> Pillow.Image:
    picture = Pillow.new("RGB", (WIDTH, HEIGHT), paper)
    draw = ImageDraw.Draw(picture)
    for row in range(ROWS):
        draw.text(
            (100, 60 + 65 * row), "The quick brown fox 0123456789", fill=(40, 40, 40), font=ImageFont.load_default(SIZE)
        )
    return picture


def lines(*, probability: float = 0.99) -> list[TextLine]:
    text = "The quick brown fox 0123456789"
    return [
        TextLine(
            text=text,
            box=Box(
                left=95 / WIDTH, right=620 / WIDTH, top=(58 + 65 * row) / HEIGHT, bottom=(58 + 65 * row + 40) / HEIGHT
            ),
            confidence=probability,
            characters=(probability,) * len(text),
        )
        for row in range(ROWS)
    ]


def pixels(picture: Pillow.Image) -> Image:
    return np.asarray(picture, dtype=np.uint8)


def measured(change: Callable[[Pillow.Image], Pillow.Image] = lambda picture: picture) -> PageQuality:
    return measure(pixels(change(drawn())), lines())


def lamp(picture: Pillow.Image) -> Pillow.Image:
    """Burn out a disc in the middle of the text."""
    burnt = picture.copy()
    ImageDraw.Draw(burnt).ellipse((200, 250, 500, 550), fill=(255, 255, 255))
    return burnt


def test_a_good_page() -> None:
    good = measured()
    assert good.text_height == 40.0
    assert good.legible == 1.0
    assert good.glare == 0.0
    assert good.cut == ()
    assert not good.blank
    assert good.edge is not None
    assert good.edge < 0.06
    assert good.contrast is not None
    assert good.contrast > 0.4
    assert 215 < good.brightness < 235


def test_blur_widens_edges_and_flattens_steps() -> None:
    pictures = [drawn().filter(ImageFilter.GaussianBlur(radius)) for radius in (0, 2, 4, 8)]
    blurred = [measure(pixels(picture), lines()) for picture in pictures]
    edges = [quality.edge or 0 for quality in blurred]
    assert edges[1] > 1.5 * edges[0]
    sharpest = [quality.sharpest for quality in blurred]
    assert sharpest == sorted(sharpest, reverse=True)
    assert sharpest[-1] < 0.1 < 0.4 < sharpest[0]


def test_small_letters_are_told_by_their_height_and_their_edges() -> None:
    small = measured(lambda picture: picture.resize((WIDTH // 6, HEIGHT // 6), Pillow.Resampling.LANCZOS))
    assert small.text_height == pytest.approx(40 / 6, abs=0.1)
    assert (small.edge or 0) > 0.1


def test_a_dark_page_is_dark_but_not_blurred() -> None:
    dark, good = measured(lambda picture: ImageEnhance.Brightness(picture).enhance(0.2)), measured()
    assert dark.brightness < 60
    assert dark.sharpest * 255 / dark.brightness == pytest.approx(good.sharpest * 255 / good.brightness, rel=0.1)


def test_a_page_that_was_brightened_has_no_contrast() -> None:
    assert (measured(lambda picture: ImageEnhance.Contrast(picture).enhance(0.15)).contrast or 1) < 0.15


def test_glare_is_what_is_burnt_out_on_paper_that_is_not_white() -> None:
    assert 0.1 < measured(lamp).glare < 0.5
    white = measure(pixels(lamp(drawn(paper=(255, 255, 255)))), lines())
    assert white.glare == 0.0


@pytest.mark.parametrize("side", ["left", "top", "right", "bottom"])
def test_lines_at_an_edge_are_cut(side: str) -> None:
    places = {
        "left": [Box(left=0, right=0.3, top=0.1 * row, bottom=0.1 * row + 0.04) for row in (2, 3)],
        "right": [Box(left=0.7, right=1, top=0.1 * row, bottom=0.1 * row + 0.04) for row in (2, 3)],
        "top": [Box(left=0.3 * row, right=0.3 * row + 0.2, top=0, bottom=0.02) for row in (0.5, 2)],
        "bottom": [Box(left=0.3 * row, right=0.3 * row + 0.2, top=0.98, bottom=1) for row in (0.5, 2)],
    }
    cut = [lines()[0].model_copy(update={"box": box}) for box in places[side]]
    assert measure(pixels(drawn()), [*lines(), *cut]).cut == (side,)
    assert measure(pixels(drawn()), [*lines(), cut[0]]).cut == ()


def test_legible_is_the_share_of_sure_characters() -> None:
    mixed = [*lines()[:6], *lines(probability=0.4)[6:]]
    assert measure(pixels(drawn()), mixed).legible == 0.5


def test_a_watermark_across_the_page_is_not_measured() -> None:
    across = lines(probability=0.2)[0].model_copy(update={"slope": 0.5, "box": Box(left=0, right=1, top=0, bottom=1)})
    assert measure(pixels(drawn()), [*lines(), across]) == measured()


@pytest.mark.parametrize(
    ("picture", "blank"),
    [
        pytest.param(Pillow.new("RGB", (800, 600), (250, 250, 248)), True, id="white"),
        pytest.param(
            Pillow.effect_noise((800, 600), 8).point(lambda p: min(p + 90, 255)).convert("RGB"), True, id="grainy"
        ),
        pytest.param(Pillow.new("RGB", (800, 600), (8, 8, 8)), False, id="black"),
        pytest.param(drawn(), False, id="print that was not read"),
        pytest.param(Pillow.new("RGB", (3, 2000), (255, 255, 255)), True, id="narrow"),
    ],
)
def test_blank(picture: Pillow.Image, blank: bool) -> None:
    quality = measure(pixels(picture), [])
    assert quality.blank is blank
    assert quality.text_height is None


@pytest.mark.parametrize("colour", [0, 90, 255])
def test_a_page_of_one_colour_is_told_like_one_with_a_speck(colour: int) -> None:
    plain = np.full((800, 600, 3), colour, np.uint8)
    speck = plain.copy()
    speck[400, 300] = abs(colour - 1)
    assert measure(plain, []) == measure(speck, [])


def test_boxes_at_the_very_edge_of_a_tiny_picture_are_no_trouble() -> None:
    corner = lines()[0].model_copy(update={"box": Box(left=1, right=1, top=1, bottom=1)})
    thin = lines()[0].model_copy(update={"box": Box(left=0, right=1, top=0.5, bottom=0.5)})
    assert measure(np.zeros((2, 2, 3), dtype=np.uint8), [corner, thin]).text_height is not None


def test_it_is_quick() -> None:
    big = pixels(drawn().resize((4000, 3000)))
    times = []
    for _ in range(5):
        started = time.process_time()
        measure(big, lines())
        times.append(time.process_time() - started)
    # Some 8 ms; to shrink the whole picture properly would take several times that.
    assert min(times) < 0.04
