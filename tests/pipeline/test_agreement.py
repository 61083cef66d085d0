"""Text layers against what OCR read, lines made by hand; with the engine: tests/bench/test_spoofs.py."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.agreement import Agreement, compare
from pipeline.folding import bare
from pipeline.model import Box, Page, TextDisagreement, TextLine
from pipeline.ocr.base import Reading
from pipeline.scripts import reads_like_text

PERSON, CLEAR = 0.6, 0.9
NAME = "深圳市星河跨境电子商务有限公司"
TOP = 0.1


def line(text: str, *, row: int = 0, sure: float = 0.99, left: float = 0.1, right: float = 0.6) -> TextLine:
    top = TOP + row * 0.1
    return TextLine(text=text, box=Box(left=left, top=top, right=right, bottom=top + 0.04), confidence=sure, page=1)


def page(
    *layer: TextLine,
    visible: bool = True,
    recognised: bool = False,
    outside: tuple[str, ...] = (),
    inked: bool = True,
) -> Page:
    image = np.full((1000, 1000, 3), 255, np.uint8)
    if inked:
        image[:, ::4] = 0
    return Page("a.pdf", 1, image, layer, visible, outside, recognised)


def found(paper: Page, *seen: TextLine, turned: int = 0) -> tuple[TextDisagreement, ...]:
    return compared(paper, *seen, turned=turned).told


def compared(paper: Page, *seen: TextLine, turned: int = 0) -> Agreement:
    agreement = compare(paper, Reading(lines=seen, turned=turned))
    assert agreement is not None
    return agreement


def test_a_page_without_a_layer_is_not_examined() -> None:
    assert compare(page(), Reading(lines=(line(NAME),))) is None


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        pytest.param(NAME, NAME, id="the same"),
        pytest.param("注册号：１２３４５６７８", "注册号: 12345678", id="width and punctuation"),
        pytest.param("發證機關", "发证机关", id="traditional characters"),
        pytest.param("二〇〇七年三月", "二○○七年三月", id="circles for zeroes"),
        pytest.param("乾隆酒业", "乾隆酒业", id="a character that is simplified in other words alone"),
        pytest.param("⼀⼆年", "一二年", id="radicals in place of characters"),
        pytest.param("CODE O0I1S5", "code 00115S", id="characters that look alike"),
        pytest.param("2026–01–11", "2026-01-11", id="another dash"),
        pytest.param("2020.01.01——2030.01.01", "2020.01.01—2030.01.01", id="a Chinese dash, two signs long"),
        pytest.param("2026-01-11", "2026一01一11", id="a dash taken for a character"),
        pytest.param("2020～2030", "2020-2030", id="a range"),
        pytest.param("第3、25类", "第3,25类", id="a Chinese comma"),
        pytest.param("No", "Yes", id="too short to say anything"),
    ],
)
def test_what_is_written_another_way_is_no_disagreement(claimed: str, seen: str) -> None:
    assert found(page(line(claimed)), line(seen)) == ()


@pytest.mark.parametrize(
    ("claimed", "seen", "least"),
    [
        pytest.param("厦门市听浪进出口有限公司", "成都七叶茶业商行经营部", CLEAR, id="another company"),
        pytest.param("Registration 12345678", "Registration 88654321", CLEAR, id="another number"),
        pytest.param("Registration 12345678", "Registration 12345679", PERSON, id="one figure"),
    ],
)
def test_other_words_in_print_are_told_with_both_texts(claimed: str, seen: str, least: float) -> None:
    (lie,) = found(page(line(claimed)), line(seen))
    assert (lie.claimed, lie.seen) == (claimed, seen)
    assert lie.confidence >= least
    if least == PERSON:
        assert lie.confidence < 0.8


def test_one_character_that_is_not_read_surely_is_not_held_against_the_layer() -> None:
    assert found(page(line("Registration 12345678")), line("Registration 12345679", sure=0.8)) == ()


@pytest.mark.parametrize("text", ["Registration 12345679", "Reg1stratlon l2345676"])
def test_errors_of_another_ocr_in_its_own_layer_are_passed_over(text: str) -> None:
    scan = page(line(text), visible=False, recognised=True)
    assert found(scan, line("Registration 12345678")) == ()


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        pytest.param("厦门市听浪进出口有限公司", "成都七叶茶业商行经营部", id="another company"),
        pytest.param("注册号 12345678 号", "注册号 90817265 号", id="another number"),
    ],
)
def test_other_words_behind_a_scan_are_told(claimed: str, seen: str) -> None:
    scan = page(line(claimed), line(NAME, row=1), visible=False, recognised=True)
    (lie,) = found(scan, line(seen), line(NAME, row=1))
    assert lie.claimed == claimed


@pytest.mark.parametrize(("seen", "count"), [("此复印件仅限办理店铺开通使用", 0), ("厦门市听浪进出口有限公司", 1)])
def test_a_stamp_of_purpose_over_a_scan_hides_the_line(seen: str, count: int) -> None:
    scan = page(line("上述产品符合要求，特发此证。"), line(NAME, row=1), visible=False, recognised=True)
    assert len(found(scan, line(seen), line(NAME, row=1))) == count


@pytest.mark.parametrize("claimed", ["有效期限 2026.04.17-2036.04.17", "有效1期限 2026.04.17-20这6.04.-17"])
def test_a_scan_of_which_we_read_less_than_another_ocr_is_for_a_person(claimed: str) -> None:
    scan = page(line(claimed), line(NAME, row=1), visible=False, recognised=True)
    (lie,) = found(scan, line("有效期限", right=0.2), line(NAME, row=1))
    assert lie.confidence == PERSON


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        pytest.param("EAM IX dak", "授权区域范围", id="another language"),
        pytest.param(".,·;:'", "授权区域范围", id="specks"),
        pytest.param("KAR", "栈纸授权书", id="strokes"),
        pytest.param("ay NETS 22544602", "商标注册号 22544602", id="strokes beside a number"),
        pytest.param("组出工式个人经营", "组成形式个人经营", id="two characters at the beginning"),
    ],
)
def test_rubbish_in_a_layer_behind_a_scan_is_passed_over(claimed: str, seen: str) -> None:
    scan = page(line(claimed), line(NAME, row=1), visible=False, recognised=True)
    assert found(scan, line(seen), line(NAME, row=1)) == ()


def test_what_leaves_no_ink_is_told() -> None:
    (lie,) = found(page(line(NAME), visible=False, inked=False), line("别的内容", row=3))
    assert (lie.seen, lie.confidence) == ("", 0.9)


def test_a_short_mark_in_white_is_for_a_person() -> None:
    (lie,) = found(page(line("/sign1/"), visible=False, inked=False))
    assert lie.confidence < 0.8


@pytest.mark.parametrize(
    ("points", "inked", "sure"),
    [
        pytest.param(842, True, [0.9], id="too small to be read by anybody"),
        pytest.param(7500, True, [], id="made small by us"),
        pytest.param(7500, False, [PERSON], id="made so small by us that nothing is to be seen"),
    ],
)
def test_print_that_is_small_since_we_made_it_small_is_not_hidden(
    points: float, inked: bool, sure: list[float]
) -> None:
    small = line(NAME).model_copy(update={"box": Box(left=0.1, top=0.1, right=0.6, bottom=0.102)})
    paper = replace(page(small, inked=inked), points_high=points)
    assert [lie.confidence for lie in found(paper, line("别的内容", row=3))] == sure


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        pytest.param("深圳市星河国际商贸有限公司", "深圳市星河商贸有限公司", id="characters put in"),
        pytest.param("深圳市星河商贸有限公司", "深圳市星河国际商贸有限公司", id="characters left out"),
        pytest.param(NAME, f"{NAME}厦门分公司", id="an end left out"),
        pytest.param("授权费用 100,000 元", "授权费用 1,000.00 元", id="the point moved"),
        pytest.param("注册资本 500万元", "注册资本 5.00万元", id="the point lost"),
        pytest.param("注册资本 5000万元", "注册资本 500万元", id="a figure more"),
        pytest.param("有效期至 2026-1-11", "有效期至 2026-11-1", id="a dash moved"),
        pytest.param("1/11/2026", "11/1/2026", id="a stroke moved"),
        pytest.param("第32、5类", "第3、25类", id="a Chinese comma moved"),
        pytest.param("有效期至 2026-12-3", "有效期至 2026-12-31", id="a figure of a date cut off"),
        pytest.param("国际分类 3", "国际分类 30", id="a nought cut off"),
        pytest.param("注册号 1234567", "注册号 12345670", id="a nought of many figures cut off"),
        pytest.param("3", "30", id="half of a cell cut off"),
        pytest.param("3", "35", id="half of a cell that is no speck"),
        pytest.param("3", "300", id="most of a cell cut off"),
        pytest.param("5", "25", id="the beginning of a cell cut off"),
        pytest.param("国际分类 25", "国际分类 25、35", id="a number after a comma cut off"),
        pytest.param("35", "25", id="a class in a cell of its own"),
        pytest.param("张伟", "李伟", id="a short name"),
    ],
)
def test_what_is_put_in_or_left_out_is_told(claimed: str, seen: str) -> None:
    (lie,) = found(page(line(claimed)), line(seen))
    assert (lie.claimed, lie.seen, lie.confidence) == (claimed, seen, PERSON)


def test_characters_that_may_lie_under_a_picture_are_not_missed() -> None:
    sealed = page(line("深圳市星河国际商贸有限公司"), visible=False)
    assert found(sealed, line("深圳市星河商贸有限公司")) == ()


def test_words_between_two_of_the_layer_s_are_told() -> None:
    layer = [line("授权期限", right=0.2), line("二年", left=0.4, right=0.5)]
    (lie,) = found(page(*layer), line("授权期限自动失效二年", right=0.5))
    assert (lie.claimed, lie.confidence) == ("授权期限 二年", PERSON)


@pytest.mark.parametrize(("claimed", "seen"), [("厦门市听浪进出口有限公司", "成都七叶茶业商行经营部"), ("35", "25")])
def test_a_crowd_of_decoys_does_not_push_out_a_lie(claimed: str, seen: str) -> None:
    decoys = tuple(f"厦门市听浪进出口有限公司{at}" for at in range(20))
    told = found(page(line(claimed), outside=decoys), line(seen))
    assert len(told) == 12
    assert (told[-1].claimed, told[-1].seen) == (claimed, seen)


def test_print_that_a_picture_may_cover_goes_to_a_person() -> None:
    (lie,) = found(page(line(NAME), visible=False), line("别的内容", row=3))
    assert lie.confidence == 0.6


def test_a_layer_that_lies_a_row_too_low_says_nothing_else() -> None:
    texts = ["厦门市听浪进出口有限公司", "成都七叶茶业商行经营部", "广州市晨露服饰中心", "注册号 12345678"]
    scan = page(*(line(text, row=at + 1) for at, text in enumerate(texts)), visible=False, recognised=True)
    assert found(scan, *(line(text, row=at) for at, text in enumerate(texts))) == ()


def test_what_lies_off_the_page_is_for_a_person_unless_the_page_shows_it_too() -> None:
    (lie,) = found(page(line("Nice class 25"), outside=(NAME, "Nice class 25")), line("Nice class 25"))
    assert (lie.claimed, lie.seen) == (NAME, "")
    assert lie.confidence < 0.8


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_places_follow_the_page_as_it_is_turned(turned: int) -> None:
    box = {
        0: (0.1, 0.1, 0.6, 0.14),
        90: (0.86, 0.1, 0.9, 0.6),
        180: (0.4, 0.86, 0.9, 0.9),
        270: (0.1, 0.4, 0.14, 0.9),
    }[turned]
    left, top, right, bottom = box
    there = Box(left=left, top=top, right=right, bottom=bottom)
    seen = TextLine(text="成都七叶茶业商行经营部", box=there, confidence=0.99, page=1)
    (lie,) = found(page(line("厦门市听浪进出口有限公司")), seen, turned=turned)
    assert tuple(lie.box.model_dump().values()) == pytest.approx(box)


@pytest.mark.parametrize(
    ("text", "is_text"),
    [
        (NAME, True),
        ("Registration number", True),
        ("12345678", True),
        ("Zkwjkr Kwksxph Rsph", False),
        ("㔾龘爩䨻", False),
    ],
)
def test_a_code_of_its_own_does_not_read_like_text(text: str, is_text: bool) -> None:
    assert reads_like_text(bare(text)) is is_text
