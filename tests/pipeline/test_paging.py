"""What a page says of its place in a paper."""

import pytest

from pipeline.paging import Place, numbers_on, place_of
from tests.pipeline.sheets import page

PLACES = {
    "第1页 共3页": Place(1, 3),
    "第 2 页，共 3 页": Place(2, 3, "page 2 of 3"),
    "共3页 第2页": Place(2, 3, "page 2 of 3"),
    "第２页": Place(2, None, "page 2"),
    "Page 2 of 2": Place(2, 2, "page 2 of 2"),
    "- Page 3 -": Place(3, None, "page 3"),
    "2/2": Place(2, 2, "page 2 of 2"),
    "商品清单（续）": Place(None, None, "a continuation sheet"),
    "续页": Place(None, None, "a continuation sheet"),
    "LIST OF GOODS (cont'd)": Place(None, None, "a continuation sheet"),
    "（本页无正文，为授权书签署页）": Place(None, None, "a page for signatures"),
    "[Signature page follows]": Place(None, None, "a page for signatures"),
    "3/2": Place(),
    "2026/11/24": Place(),
    "see page 2 of the annex to page 9": Place(),
    "手续页面": Place(),
    "商标注册证": Place(),
}


@pytest.mark.parametrize(("text", "place"), PLACES.items(), ids=PLACES)
def test_place(text: str, place: Place) -> None:
    assert place_of(page("", ["授权", text])) == place


NUMBERS = {
    "第12345678号": {"12345678"},
    "第1234567A号": {"1234567A"},
    "Reg. No. 5,123,456": {"5123456"},
    "No. 018 123 456": {"018123456"},
    "申请日期 20260101": set(),
    "电话 13912345678": set(),
    "电话 0755-12345678": set(),
    "91440300MA5TEXT119": set(),
    "邮编 518000": set(),
}


@pytest.mark.parametrize(("text", "numbers"), NUMBERS.items(), ids=NUMBERS)
def test_numbers(text: str, numbers: set[str]) -> None:
    assert numbers_on(page("", [text]).lines) == numbers
