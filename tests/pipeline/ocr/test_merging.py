"""Two looks at one page."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, TextLine
from pipeline.ocr.merging import merged
from pipeline.ocr.pyramid import Pyramid
from pipeline.ocr.seals import red_regions, widened, without_red


def line(text: str, left: float, right: float, *, confidence: float = 0.99, top: float = 0.1) -> TextLine:
    return TextLine(text=text, box=Box(left=left, top=top, right=right, bottom=top + 0.05), confidence=confidence)


def test_a_longer_sure_line_takes_the_place_of_the_pieces_that_it_covers() -> None:
    pieces = [line("Star", 0.1, 0.2, confidence=0.7), line("Ltd", 0.4, 0.5), line("elsewhere", 0.1, 0.5, top=0.6)]
    assert [kept.text for kept in merged(pieces, [line("Star River Ltd", 0.1, 0.5)])] == ["elsewhere", "Star River Ltd"]


def test_a_shorter_or_doubtful_line_changes_nothing() -> None:
    whole = [line("Star River Ltd", 0.1, 0.5)]
    assert merged(whole, [line("Star", 0.1, 0.2), line("Stor Rlver Lld", 0.1, 0.5, confidence=0.5)]) == whole


def test_of_two_readings_of_the_same_print_the_surer_one_stays() -> None:
    stray = line("2020年105月18日", 0.1, 0.31, confidence=0.97)
    clean = line("2020年05月18日", 0.1, 0.3, confidence=0.999)
    assert merged([stray], [clean]) == [clean]
    assert merged([clean], [stray]) == [clean]


def test_a_line_where_nothing_stood_is_added() -> None:
    assert len(merged([line("one", 0.1, 0.2)], [line("two", 0.5, 0.6)])) == 2


@st.composite
def lines(draw: st.DrawFn) -> list[TextLine]:
    spots = draw(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.floats(0, 1)), max_size=6))
    return [line("x" * (at + 1), at / 10, at / 10 + 0.1, top=row / 10, confidence=sure) for at, row, sure in spots]


@given(lines(), lines())
def test_a_second_look_never_leaves_a_place_empty(first: list[TextLine], second: list[TextLine]) -> None:
    kept = merged(first, second)
    assert all(any(one.box.shared_area(other.box) > 0 for other in kept) for one in first)


@given(lines())
def test_looking_again_and_seeing_the_same_changes_nothing(found: list[TextLine]) -> None:
    assert merged(found, []) == found


def test_a_region_grows_by_the_lines_that_reach_into_it() -> None:
    region = Box(left=0.3, top=0.1, right=0.5, bottom=0.3)
    assert widened(region, [line("reaches", 0.1, 0.4)]).left == 0.1
    assert widened(region, [line("stands off", 0.6, 0.9)]) == region


def test_red_ink_is_found_and_made_to_vanish() -> None:
    page = np.full((600, 400, 3), 255, dtype=np.uint8)
    page[100:200, 100:200] = (220, 40, 40)
    (region,) = red_regions(Pyramid(page))
    assert region.left < 0.26
    assert region.bottom > 0.32
    assert without_red(page).min() > 240


def test_paper_of_one_tint_is_no_seal() -> None:
    assert red_regions(Pyramid(np.full((600, 400, 3), (250, 200, 205), dtype=np.uint8))) == []


def test_a_pyramid_gives_the_smallest_level_that_is_large_enough() -> None:
    pyramid = Pyramid(np.zeros((1000, 4000, 3), dtype=np.uint8))
    assert pyramid.at_least(960).shape == (250, 1000, 3)
    assert pyramid.at_least(5000).shape == (1000, 4000, 3)
