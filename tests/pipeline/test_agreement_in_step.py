"""Layer lines that are each found in what OCR read of their row, and together say something else."""

import pytest

from pipeline.line_places import part_within, stretch
from pipeline.model import TextLine
from tests.pipeline.test_agreement import NAME, PERSON, found, line, page
from tests.pipeline.test_agreement_believed import believed

REST = line(NAME, row=1)


def parted(seen: str, *pieces: str, said: tuple[str, ...] = ()) -> list[TextLine]:
    """Return lines where pieces of a row that OCR reads in one stand, which may say something else."""
    whole, at, lines = line(seen), 0, []
    for number, piece in enumerate(pieces):
        start = seen.index(piece, at)
        at = start + len(piece)
        place = stretch(whole.box, seen, start, at)
        lines.append(line((said or pieces)[number]).model_copy(update={"box": place}))
    return lines


@pytest.mark.parametrize(
    ("seen", "pieces", "said"),
    [
        pytest.param(
            "监事 张三 法定代表人 李四",
            ("监事 张三", "法定代表人", "李四"),
            ("监事 张三", "法定代表人", "张三"),
            id="a name that stands elsewhere in the row",
        ),
        pytest.param(
            "监事 张三 法定代表人 李四", ("李四",), ("张三",), id="the same where the rest is not in the layer"
        ),
        pytest.param(
            "国际分类 (NCL 11-2025) 35",
            ("国际分类 (NCL 11-2025)", "35"),
            ("国际分类 (NCL 11-2025)", "25"),
            id="a number that is the end of another one",
        ),
        pytest.param(
            "2016年05月07日至2026年05月06日",
            ("2016年05月07日", "至", "2026年05月06日"),
            ("2026年05月06日", "至", "2016年05月07日"),
            id="two dates that changed places",
        ),
        pytest.param(
            "转让人 甲贸易公司 受让人 乙贸易公司",
            ("转让人", "甲贸易公司", "受让人", "乙贸易公司"),
            ("转让人", "乙贸易公司", "受让人", "甲贸易公司"),
            id="two parties that changed places",
        ),
        pytest.param("注册号 12345678A", ("注册号 12345678", "A"), (), id="a number in two lines"),
    ],
)
def test_what_is_shown_elsewhere_in_its_row_is_not_believed(
    seen: str, pieces: tuple[str, ...], said: tuple[str, ...]
) -> None:
    paper = page(*parted(seen, *pieces, said=said), REST)
    assert found(paper, line(seen), REST) == ()
    assert believed(paper, line(seen), REST) == [NAME, seen]
    honest = page(*parted(seen, *pieces), REST)
    if said:
        assert believed(honest, line(seen), REST)[: len(pieces) + 1] == [*pieces, NAME]


@pytest.mark.parametrize(
    ("layer", "seen"),
    [
        pytest.param(("注册号 12345678A", "12345678"), "注册号 12345678A", id="a number less its letter"),
        pytest.param(("第35类", "5类"), "第35类", id="a class less its first figure"),
    ],
)
def test_a_line_laid_over_another_one_takes_both_their_belief(layer: tuple[str, str], seen: str) -> None:
    whole, part = layer
    at = stretch(line(seen).box, seen, seen.index(part), seen.index(part) + len(part))
    paper = page(line(whole), line(part).model_copy(update={"box": at}), REST)
    assert found(paper, line(seen), REST) == ()
    assert believed(paper, line(seen), REST) == [NAME, seen]


def test_print_like_a_line_that_is_believed_and_beside_it_is_added() -> None:
    said, other = line("商标 NIKE 第25类 仅限授权", right=0.403), line("商标 NIKE 第35类 未获授权", left=0.4, right=0.7)
    read = said.model_copy(update={"box": said.box.model_copy(update={"right": 0.4})})
    assert believed(page(said, REST), read, other, REST) == [said.text, NAME, other.text]
    below = line("有效期至2023年05月06日").model_copy(
        update={"box": said.box.model_copy(update={"top": 0.125, "bottom": 0.165})}
    )
    above = line("有效期至2026年05月06日", right=0.403)
    assert believed(page(above, REST), above, below, REST) == [above.text, NAME, below.text]


def test_print_between_two_lines_that_take_in_half_of_it_each_is_added() -> None:
    first, last = line("注册号 12345678", right=0.345), line("第25类 服装", left=0.355, right=0.6)
    read = (line("注册号 12345678", right=0.3), line("已注销", left=0.3, right=0.4), line("第25类 服装", left=0.4))
    assert "已注销" in believed(page(first, last, REST), *read, REST)


@pytest.mark.parametrize("shown", ["5•00万元", "5:00万元", "5.,00万元", "5_00万元"])
def test_a_sign_between_figures_is_one_whichever_it_is(shown: str) -> None:
    (told,) = found(page(line("500万元"), REST), line(shown), REST)
    assert told.confidence == PERSON


def test_what_ocr_only_guessed_at_speaks_against_nobody() -> None:
    seen = "注册号 12345678 第35类"
    guessed = line(seen).model_copy(update={"characters": tuple(0.5 if sign == "3" else 0.99 for sign in seen)})
    paper = page(*parted("注册号 12345678 第85类", "注册号 12345678", "第85类"), REST)
    assert "注册号 12345678" in believed(paper, guessed, REST)


def test_a_part_of_a_line_has_the_probabilities_of_its_own_characters() -> None:
    whole = line("甲乙 AB").model_copy(update={"characters": (0.1, 0.2, 0.3, 0.4, 0.5)})
    part = part_within(whole, 0.1, 0.1 + 0.5 * 4 / 7)
    assert part
    assert (part.text, part.characters) == ("甲乙", (0.1, 0.2))
    assert part_within(whole, 0.0, 1.0) is whole
    assert part_within(whole, 0.8, 0.9) is None
