"""What was laid over a paper is no part of what it says; what only sounds like it stays."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extractors.overprints import lay_out_print
from pipeline.model import Box, Seal, SealShape, TextLine
from tests.extractors.paper import line, paper

ROWS = [line(f"这是纸上印着的第{number}行字迹清楚", 0.1, 0.1 + 0.1 * at) for at, number in enumerate("一二三四五六")]


def kept(lines: Sequence[TextLine], *seals: Seal) -> list[str]:
    """Return what is left besides the rows that every page here has."""
    sheet = lay_out_print(replace(paper([*ROWS, *lines]), seals=seals))
    own = {id(row) for row in ROWS}
    return [piece.text for piece in sheet.pieces if id(piece.line) not in own]


@pytest.mark.parametrize(
    ("read", "left"),
    [
        pytest.param("日期：2022年1月14日再次复印无效", ["日期：2022年1月14日"], id="behind a date"),
        pytest.param("此复印件仅用于资质审核服装；鞋", ["服装；鞋"], id="before a list"),
        pytest.param("仅供平台入驻审核使用", [], id="a line of its own"),
        pytest.param("与原件一致", [], id="a copy's agreement"),
        pytest.param("仅限分支机构经营", ["仅限分支机构经营"], id="a clause of a scope"),
        pytest.param("仅限在天猫平台使用", ["仅限在天猫平台使用"], id="a clause of a letter"),
        pytest.param("复印机；打印机", ["复印机；打印机"], id="goods"),
    ],
)
def test_words_of_stamps_are_cut_out_of_lines(read: str, left: list[str]) -> None:
    assert kept([line(read, 0.1, 0.8)]) == left


@pytest.mark.parametrize(
    ("read", "slope", "left"),
    [
        pytest.param("服装批发零售代理", 0.15, [], id="clearly aslant"),
        pytest.param("办理店铺开通使用", 0.05, [], id="aslant and worded like a stamp"),
        pytest.param("办理店铺开通使用", 0.0, ["办理店铺开通使用"], id="worded so, but level"),
        pytest.param("服装批发零售代理", 0.05, ["服装批发零售代理"], id="on a crumpled page"),
    ],
)
def test_lines_that_lean_against_the_page_are_laid_over_it(read: str, slope: float, left: list[str]) -> None:
    assert kept([line(read, 0.1, 0.8, slope=slope)]) == left


def test_a_page_full_of_watermarks_is_not_taken_for_the_slanted_one() -> None:
    marks = [line("仅用于店铺资质审核", 0.1 + 0.1 * at, 0.12 + 0.1 * at, slope=0.4) for at in range(5)]
    shown = [piece.text for piece in lay_out_print(paper([*ROWS, *marks, *marks])).pieces]
    assert shown == [row.text for row in ROWS]


@pytest.mark.parametrize(
    ("read", "probability", "left"),
    [
        pytest.param("星", 0.99, [], id="of the ring's name"),
        pytest.param("灯", 0.4, [], id="unclear"),
        pytest.param("灯", 0.99, ["灯"], id="clear and not of the ring"),
        pytest.param("月", 0.4, ["月"], id="of a date"),
        pytest.param("河间星河贸易", 0.99, ["河间星河贸易"], id="a line"),
    ],
)
def test_shreds_of_a_seal_are_no_text(read: str, probability: float, left: list[str]) -> None:
    box = Box(left=0.08, top=0.75, right=0.4, bottom=0.95)
    ring = line("河间星河贸易有限公司", 0.1, 0.8).model_copy(update={"box": box})
    seal = Seal(box=box, shape=SealShape.ROUND, file="a.jpg", text=ring)
    assert kept([line(read, 0.12, 0.8, probability=probability)], seal) == left
    assert kept([line(read, 0.6, 0.8, probability=probability)], seal) == [read]
