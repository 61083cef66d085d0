"""What of a text layer stands for its page, and what is OCR's; lines made by hand."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.folding import joined as fold
from pipeline.model import Box, Page, TextLine
from tests.pipeline.test_agreement import NAME, PERSON, TOP, compared, found, line, page


def believed(paper: Page, *seen: TextLine) -> list[str]:
    return [line.text for line in compared(paper, *seen).lines or ()]


def test_print_that_ocr_did_not_find_accuses_nobody_and_is_not_believed() -> None:
    rest = line("统一社会信用代码 12345678", row=1)
    agreement = compared(page(line(NAME), rest), rest, line("别的内容", row=3))
    assert agreement.told == ()
    assert agreement.is_compared
    assert [each.text for each in agreement.lines or ()] == [rest.text, "别的内容"]
    assert agreement.unread == (line(NAME).box,)


def test_a_layer_of_which_the_page_bears_out_less_than_half_is_not_relied_on() -> None:
    agreement = compared(page(line(NAME), line("注册号 12345678", row=1)), line("注册号 12345678", row=1))
    assert (agreement.told, agreement.lines, agreement.is_compared) == ((), None, False)


def test_a_layer_that_was_not_read_to_its_end_is_not_said_to_agree_and_may_still_lie() -> None:
    paper = replace(page(line(NAME), visible=False), text_is_whole=False)
    agreement = compared(paper, line(NAME))
    assert (agreement.told, agreement.lines, agreement.is_compared) == ((), None, False)
    assert not compared(replace(page(), text_is_whole=False), line(NAME)).is_compared
    lying = compared(paper, line("成都七叶茶业商行经营部"))
    assert lying.told
    assert lying.is_compared


def test_of_a_line_that_was_read_in_part_the_rest_is_left_to_ocr() -> None:
    paper, seen = page(line("授权人星河"), line(NAME, row=1)), line("人星河", left=0.3)
    assert found(paper, seen, line(NAME, row=1)) == ()
    assert believed(paper, seen, line(NAME, row=1)) == [NAME, "人星河"]


def test_what_is_written_in_a_script_that_ocr_does_not_know_is_kept_as_read_by_nobody() -> None:
    paper = page(line("شهادة تسجيل علامة تجارية"), line(NAME, row=1))
    kept = compared(paper, line("l ll,", sure=0.5), line(NAME, row=1)).lines or ()
    assert [(each.text, each.confidence) for each in kept] == [("شهادة تسجيل علامة تجارية", 0.3), (NAME, 0.99)]
    assert not compared(paper, line("l ll,", sure=0.5), line(NAME, row=1)).is_compared


def test_a_line_that_is_in_such_a_script_in_part_is_never_surely_another_one() -> None:
    rest = line(NAME, row=1)
    (told,) = found(page(line("ज सं या / J No"), rest), line("ABCDE / KLMNO"), rest)
    assert told.confidence == PERSON


@pytest.mark.parametrize("text", ["เครื่องหมายการค้าจดทะเบียน", "Свидетельство на товарный знак"])
def test_words_in_such_a_script_that_ocr_took_for_latin_ones_accuse_nobody(text: str) -> None:
    agreement = compared(page(line(text), line(NAME, row=1)), line("Cvnetenbctbo na tobaphbin", sure=0.85))
    assert agreement.told == ()
    assert not agreement.is_compared


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        pytest.param("发证机关", "口发证机关", id="a box before a line"),
        pytest.param("25", "25 一", id="a rule beside a number"),
        pytest.param("25", "口 25", id="a box beside a number"),
        pytest.param("1,000.00", "1.000,00", id="points for commas"),
    ],
)
def test_what_ocr_does_to_honest_print_is_passed_over(claimed: str, seen: str) -> None:
    paper = page(line(claimed), line(NAME, row=1))
    assert believed(paper, line(seen), line(NAME, row=1)) == [claimed, NAME]


@pytest.mark.parametrize(
    ("claimed", "seen"),
    [
        pytest.param("商标 王老吉", "商标 玉老吉", id="a stroke more"),
        pytest.param("大大", "太太", id="two in a cell of their own"),
        pytest.param("商标 NOVA", "商标 NOUA", id="a letter that looks like another"),
        pytest.param("PUMA", "PMA", id="a letter that is not there"),
        pytest.param("PMA", "PUMA", id="a letter left out"),
        pytest.param("商标 PUM", "商标 PUMA", id="the last letter left out"),
        pytest.param("Registration number", "Registraton number", id="a letter that OCR may have lost"),
        pytest.param("商标 OPP", "商标 OPPO", id="an o at the end left out"),
        pytest.param("NIKE", "NIKEI", id="an i at the end left out"),
        pytest.param("12345678", "12345678A", id="a letter after a number left out"),
        pytest.param("1234567", "G1234567", id="a letter before a number left out"),
        pytest.param("NOVA", "NOVATEKX", id="half of a word left out"),
        pytest.param("91350100MA5DQXK2D", "91350100MA50QXK20", id="D for 0"),
        pytest.param("6元", "G元", id="6 for G"),
        pytest.param("8AB2", "BAB2", id="8 for B"),
        pytest.param("第25类", "第Z5类", id="2 for Z"),
        pytest.param("商标 ALL", "商标 ALI", id="l for I"),
        pytest.param("商标 LILI", "商标 IIII", id="capitals that are no small letters"),
    ],
)
def test_what_is_forgiven_is_not_believed_for_that(claimed: str, seen: str) -> None:
    paper, name = page(line(claimed), line(NAME, row=1)), line(NAME, row=1)
    assert found(paper, line(seen), name) == ()
    assert believed(paper, line(seen), name) == [NAME, seen]
    unsure = line(seen, sure=0.8)
    kept = believed(paper, unsure, name)
    assert kept[:2] == [claimed, NAME]
    # The half of a word is added as one of its own.
    assert kept[2:] == (["TEKX"] if claimed == "NOVA" else [])


@pytest.mark.parametrize(
    ("place", "elsewhere"),
    [
        pytest.param(Box(left=0.35, top=TOP, right=0.37, bottom=0.4), line("25 号店", row=2), id="too high"),
        pytest.param(Box(left=0.35, top=TOP, right=0.75, bottom=0.14), line("25 号店", left=0.5), id="too wide"),
        pytest.param(Box(left=0.35, top=0.115, right=0.75, bottom=0.123), line("25 号店", left=0.5), id="too thin"),
        pytest.param(Box(left=0.35, top=TOP, right=0.75, bottom=0.14), line("25 号店", left=0.369), id="touching"),
    ],
)
@pytest.mark.parametrize("shown", ["35", "1"])
def test_a_place_that_takes_in_other_print_bears_out_nothing(shown: str, place: Box, elsewhere: TextLine) -> None:
    label, value, name = line("国际分类", right=0.34), line(shown, left=0.35, right=0.37), line(NAME, row=5)
    claim = line("25").model_copy(update={"box": place})
    assert believed(page(label, claim, name), label, value, elsewhere, name) == ["国际分类", NAME, shown, "25 号店"]


def test_a_stroke_or_a_second_reading_in_the_place_of_a_line_does_not_count_against_it() -> None:
    stroke = line("丨", left=0.2, right=0.21)
    assert believed(page(line(NAME)), line(NAME), stroke) == [NAME]
    assert believed(page(line(NAME)), line(NAME), line("深川市星可跨境", right=0.4)) == [NAME]


def test_two_letters_in_a_cell_accuse_nobody_and_are_not_believed() -> None:
    agreement = compared(page(line("No"), line(NAME, row=1)), line("Yes"), line(NAME, row=1))
    assert (agreement.told, agreement.lines, agreement.is_compared) == ((), None, False)


def test_lines_break_in_other_places_where_ocr_reads_them() -> None:
    layer = [line("商标注册号", right=0.3), line("12345678", left=0.32, right=0.6), line(NAME, row=1)]
    joined, halves = line("商标注册号 12345678"), [line(NAME[:7], row=1, right=0.33), line(NAME[7:], row=1, left=0.33)]
    assert believed(page(*layer), joined, *halves) == [each.text for each in layer]


def test_what_the_layer_leaves_out_is_added() -> None:
    label, mark = line("商标", right=0.2), line("商标 STARRIVER", right=0.6)
    told = compared(page(label, line(NAME, row=1)), mark, line(NAME, row=1), line("本授权书已作废", row=3))
    assert told.told == ()
    assert [each.text for each in told.lines or ()] == ["商标", NAME, "STARRIVER", "本授权书已作废"]
    (added,) = (each for each in told.lines or () if each.text == "STARRIVER")
    assert added.box.left > label.box.right


@pytest.mark.parametrize("share", [0.32, 0.37])
def test_a_stamp_that_touches_a_line_is_added_and_not_taken_for_it(share: float) -> None:
    top = TOP + 0.04 * (1 - share)
    place = Box(left=0.1, top=top, right=0.6, bottom=top + 0.04)
    stamps = [line(text).model_copy(update={"box": place}) for text in ("仅供天猫入驻使用", "本授权书已作废")]
    for stamp in stamps:
        assert believed(page(line("天津入户驻外企业名录")), line("天津入户驻外企业名录"), stamp)[1:] == [stamp.text]


@pytest.mark.parametrize(
    ("claimed", "seen", "kept"),
    [
        pytest.param("法定代表人王小明住所厦门市", "法定代表人王小朋住所厦门市", True, id="one in a long line"),
        pytest.param("王小明", "王小朋", False, id="one in a short line"),
    ],
)
def test_a_character_at_which_ocr_guessed_is_the_layer_s_in_a_long_line(claimed: str, seen: str, kept: bool) -> None:
    at = next(at for at, (one, other) in enumerate(zip(claimed, seen, strict=True)) if one != other)
    sure = tuple(0.4 if here == at else 0.99 for here in range(len(seen)))
    reading = line(seen).model_copy(update={"characters": sure})
    assert believed(page(line(claimed), line(NAME, row=1)), reading, line(NAME, row=1)) == (
        [claimed, NAME] if kept else [NAME, seen]
    )


def test_a_layer_in_a_code_of_its_own_says_nothing_and_is_not_believed() -> None:
    shifted = ["Fqsklrw Qxpehu", "Uhjlvwudwlrq Qxpehu", "Zkwjkr Kwksxph Rsph"]
    shown = ["Contain Number", "Registration Number", "Another Line Here"]
    layer = [line(text, row=at) for at, text in enumerate(shifted)]
    agreement = compared(page(*layer), *(line(text, row=at) for at, text in enumerate(shown)))
    assert (agreement.told, agreement.lines, agreement.is_compared) == ((), None, False)


def test_one_line_in_a_code_of_its_own_is_enough_not_to_believe_the_rest() -> None:
    agreement = compared(page(line("Zkwjkr Kwksxph"), line(NAME, row=1)), line("Contain Number"), line(NAME, row=1))
    assert (agreement.told, agreement.lines, agreement.is_compared) == ((), None, False)


def test_lines_that_stand_elsewhere_are_not_believed() -> None:
    texts = ["厦门市听浪进出口有限公司", "成都七叶茶业商行经营部", "广州市晨露服饰中心", "注册号 12345678"]
    layer = [line(text, row=at) for at, text in enumerate(texts)]
    agreement = compared(page(*layer), *(line(text, row=at) for at, text in enumerate([*texts[1:], texts[0]])))
    assert (agreement.told, agreement.lines, agreement.is_compared) == ((), None, False)


def test_lines_that_stand_in_many_places_are_joined_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where each line of a hostile layer is said to be as large as the page."""
    joined: list[int] = []

    def counting(lines: Sequence[TextLine]) -> tuple[str, list[float], list[int]]:
        joined.append(len(lines))
        return fold(lines)

    monkeypatch.setattr("pipeline.likeness.joined", counting)
    place = Box(left=0, top=0, right=1, bottom=1)
    layer = [line(f"第{at}-{at}号").model_copy(update={"box": place}) for at in range(10, 40)]
    compared(page(*layer), *(line(f"第{at}类", row=at) for at in range(8)))
    assert [count for count in joined if count > len(layer) / 2] == [len(layer)]
    assert joined.count(8) <= 4
