"""Prose, forms and tables come to the same text, so that the same rules read them."""

import pytest

from extractors.letters.text import compose
from pipeline.layout import lay_out
from pipeline.model import TextLine
from tests.extractors.letters.page import document, letter, line


def text_of(lines: list[TextLine]) -> str:
    page = document(lines)
    return compose(lay_out(page.lines, page.pages)).text


def test_wrapped_prose_is_joined() -> None:
    rows = ("　　兹授权深圳市试星贸易有限公司在速卖通平台开设店铺并销售本公", "司的商品。", "　　有效期一年。")
    assert (
        text_of(letter(*rows)) == "兹授权深圳市试星贸易有限公司在速卖通平台开设店铺并销售本公司的商品。\n有效期一年。"
    )


def test_latin_words_keep_their_space() -> None:
    rows = ("We, Testriver Trading Limited, hereby authorize Blue Trial Trading", "Limited to sell our goods.")
    assert text_of(letter(*rows)) == " ".join(rows)


def test_a_label_beside_its_value_is_a_row() -> None:
    assert text_of(letter("授权人|杭州云试服饰有限公司", "被授权人|深圳市试星贸易有限公司")) == (
        "授权人:杭州云试服饰有限公司\n被授权人:深圳市试星贸易有限公司"
    )


def test_a_cell_of_several_lines_belongs_to_its_label() -> None:
    lines = [
        line("授权人", 0.1, 0.20),
        line("杭州云试服饰", 0.4, 0.187),
        line("有限公司", 0.4, 0.213),
        line("被授权人", 0.1, 0.30),
        line("深圳市试星贸易有限公司", 0.4, 0.30),
    ]
    assert text_of(lines) == "授权人:杭州云试服饰有限公司\n被授权人:深圳市试星贸易有限公司"


def test_labels_in_the_first_row_name_the_rows_below() -> None:
    rows = ("授权人|被授权人|商标", "甲试有限公司|乙试有限公司|TESTRIVER", "乙试有限公司|丙试有限公司|TESTRIVER")
    assert text_of(letter(*rows)).split("\n") == [
        *("授权人:甲试有限公司", "被授权人:乙试有限公司", "商标:TESTRIVER"),
        *("授权人:乙试有限公司", "被授权人:丙试有限公司", "商标:TESTRIVER"),
    ]


@pytest.mark.parametrize("colon", ["：", ":"])
def test_signatures_side_by_side_stay_apart(colon: str) -> None:
    lines = [line(f"授权人{colon}甲试有限公司", 0.08, 0.8), line(f"被授权人{colon}乙试有限公司", 0.55, 0.8)]
    assert text_of(lines) == "授权人:甲试有限公司\n被授权人:乙试有限公司"


def test_every_character_knows_its_place() -> None:
    page = document(letter("授权人：杭州云试服饰有限公司", "Date: 5 March 2025"))
    text = compose(lay_out(page.lines, page.pages))
    start = text.text.index("5 March")
    assert text.reading(start, start + len("5 March 2025")).text == "5 March 2025"
    assert len(text.origin) == len(text.text)


def test_an_empty_page_has_no_text() -> None:
    assert text_of([]) == ""
