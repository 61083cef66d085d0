"""CNIPA's certificates on old paper, on paper of 2018 and electronic are read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from extractors.base import Office
from extractors.cnipa_fields import split_goods
from extractors.offices.cnipa import read
from pipeline.model import TextLine
from tests.extractors.paper import barcode, line, paper

OWNER, ADDRESS = "深圳市试星贸易有限公司", "广东省深圳市试验区不存在路1号"


def electronic(*, number: str = "第 41234567 号", mark: Sequence[TextLine] = ()) -> list[TextLine]:
    return [
        line(number, 0.65, 0.1),
        line("商标注册证", 0.35, 0.2, height=0.05),
        *(mark or [line("TESTRIVER", 0.35, 0.33, height=0.06)]),
        line("核定使用商品/服务项目（国际分类：25）", 0.1, 0.5),
        line("第25类：服装；鞋；帽；手套（服装）；", 0.1, 0.54),
        line("围巾（截止）", 0.1, 0.58),
        line("注  册  人", 0.1, 0.66),
        line(OWNER, 0.3, 0.66),
        line("注册人地址", 0.1, 0.71),
        line(ADDRESS, 0.3, 0.71),
        line("注册日期 2021年06月07日 有效期至 2031年06月06日", 0.1, 0.77),
        line("局长", 0.1, 0.83),
        line("发证机关", 0.5, 0.88),
    ]


OLD = [
    line("第 4123456 号", 0.65, 0.1),
    line("商 标 注 册 证", 0.35, 0.2, height=0.05),
    line("试星", 0.4, 0.33, height=0.06),
    line("核定使用商品（第25类）", 0.35, 0.5),
    line("服装；鞋；帽（截止）", 0.1, 0.54),
    line("注册人", 0.1, 0.66),
    line(OWNER, 0.3, 0.66),
    line("注册地址", 0.1, 0.71),
    line(ADDRESS, 0.3, 0.71),
    line("注册有效期限 自公元2010年01月07日至2020年01月06日止", 0.1, 0.77),
    line("局长签发", 0.1, 0.83),
]


def values(lines: Sequence[TextLine], barcodes: Sequence[TextLine] = ()) -> dict[str, Any]:
    fields = read(paper(lines, kind="trademark_certificate", barcodes=barcodes))
    return {name: entity.value for name, entity in fields.entities().items()}


def test_electronic_certificate() -> None:
    found = values(electronic())
    assert [item.text for item in found.pop("goods")] == ["服装", "鞋", "帽", "手套（服装）", "围巾"]
    assert found == {
        "office": Office.CNIPA,
        "registration_number": "41234567",
        "mark_text": "TESTRIVER",
        "owner": OWNER,
        "owner_address": ADDRESS,
        "nice_classes": (25,),
        "registration_date": date(2021, 6, 7),
        "valid_to": date(2031, 6, 6),
    }


def test_old_certificate() -> None:
    found = values(OLD)
    assert [(item.nice_class, item.text) for item in found.pop("goods")] == [(25, "服装"), (25, "鞋"), (25, "帽")]
    assert found == {
        "office": Office.CNIPA,
        "registration_number": "4123456",
        "mark_text": "试星",
        "owner": OWNER,
        "owner_address": ADDRESS,
        "nice_classes": (25,),
        "valid_from": date(2010, 1, 7),
        "valid_to": date(2020, 1, 6),
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第41234567号", "41234567"),
        ("第 4 1 2 3 4 5 6 7 号", "41234567"),
        ("第41234567A号", "41234567A"),
        ("第G1234567号", "G1234567"),
        ("第 41234567", "41234567"),
        ("第号", None),
    ],
)
def test_number(text: str, number: str | None) -> None:
    assert values(electronic(number=text)).get("registration_number") == number


def test_a_number_in_three_pieces_is_one() -> None:
    lines = [*electronic()[1:], line("第", 0.6, 0.1), line("41234567", 0.65, 0.1), line("号", 0.8, 0.1)]
    assert values(lines)["registration_number"] == "41234567"


@pytest.mark.parametrize(
    "payload",
    ["https://wsgs.sbj.cnipa.gov.cn:9443/x.html?regNum=41234567", "B1021TMZC00000041234567ZCZC0100011"],
)
def test_a_number_that_is_not_legible_is_taken_from_a_barcode(payload: str) -> None:
    assert values(electronic()[1:], [barcode(payload)])["registration_number"] == "41234567"


def test_a_mark_without_words_has_no_text() -> None:
    device = [line("★", 0.45, 0.35, height=0.06, probability=0.3)]
    assert "mark_text" not in values(electronic(mark=device))


def test_the_largest_words_are_the_mark() -> None:
    mark = [line("试星 TESTRIVER", 0.3, 0.33, height=0.06), line("指定颜色", 0.3, 0.42)]
    assert values(electronic(mark=mark))["mark_text"] == "试星 TESTRIVER"


@pytest.mark.parametrize(
    ("text", "classes", "items"),
    [
        ("第25类：服装；鞋（截止）", (25,), [(25, "服装"), (25, "鞋")]),
        ("服装；鞋", (25,), [(25, "服装"), (25, "鞋")]),
        ("服装，鞋、帽", (25,), [(25, "服装"), (25, "鞋"), (25, "帽")]),
        ("第9类：手机；第25类：鞋", (9, 25), [(9, "手机"), (25, "鞋")]),
        ("手机（不含；翻新）；鞋", (9, 25), [(None, "手机（不含；翻新）"), (None, "鞋")]),
        ("", (25,), []),
    ],
)
def test_goods(text: str, classes: tuple[int, ...], items: list[tuple[int | None, str]]) -> None:
    assert [(item.nice_class, item.text) for item in split_goods(text, classes)] == items


def test_an_empty_page_has_no_fields() -> None:
    assert values([]) == {}
