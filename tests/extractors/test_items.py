"""Lists in running text come apart at the right places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.items import ItemKind, split_items, split_scope


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("服装；鞋;帽。", ("服装", "鞋", "帽")),
        ("服装、鞋，帽", ("服装", "鞋", "帽")),
        ("服装、童装；鞋", ("服装、童装", "鞋")),
        ("手套（服装；皮革）；鞋", ("手套（服装；皮革）", "鞋")),
        ("手套(服装)；鞋", ("手套（服装）", "鞋")),
        ("clothing; shoes", ("clothing", "shoes")),
        ("", ()),
        ("；；", ()),
    ],
)
def test_items(text: str, items: tuple[str, ...]) -> None:
    assert split_items(text) == items


def test_scope_of_two_heads_without_its_remarks() -> None:
    scope = (
        "一般项目：服装零售；鞋帽批发（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）"
        "许可项目：食品销售（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以审批结果为准）"
    )
    assert [(item.kind, item.text) for item in split_scope(scope)] == [
        (ItemKind.GENERAL, "服装零售"),
        (ItemKind.GENERAL, "鞋帽批发"),
        (ItemKind.LICENSED, "食品销售"),
    ]


def test_scope_without_heads_is_general() -> None:
    assert [item.kind for item in split_scope("服装零售；鞋帽批发。依法须经批准的项目除外")] == [ItemKind.GENERAL] * 2


@given(st.lists(st.text(alphabet="服装鞋帽零售批发", min_size=2, max_size=6), max_size=6))
def test_what_was_joined_comes_apart_again(parts: list[str]) -> None:
    assert split_items("；".join(parts) + "。") == tuple(parts)


@given(st.text(max_size=30))
def test_splitting_never_raises(text: str) -> None:
    split_items(text)
    split_scope(text)
