"""Values are written in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.spelling import balanced, is_placeholder, person, simplified, tidy, trimmed


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("深圳市试星(集团) 有限公司", "深圳市试星（集团）有限公司"),
        ("Ａ座１０２室", "A座102室"),
        ("北京市 soho C座", "北京市soho C座"),
        ("许可项目:食品;服装,鞋", "许可项目：食品；服装，鞋"),
        ("时间8:30，共1,000件", "时间8:30，共1,000件"),
        ("Blue  Test  (HK) Ltd", "Blue Test (HK) Ltd"),
    ],
)
def test_tidy(text: str, form: str) -> None:
    assert tidy(text) == form


@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("林试之", "林试之"),
        ("林 试", "林试"),
        ("林试之。", "林试之"),
        ("欧阳试之", "欧阳试之"),
        ("阿卜杜·热西提", "阿卜杜·热西提"),
        ("阿卜杜.热西提", "阿卜杜·热西提"),
        ("林试之、王试", "林试之、王试"),
        ("JOHN TESTER", "JOHN TESTER"),
        ("林", None),
        ("2019年", None),
        ("试星贸易（深圳）", None),
        ("", None),
    ],
)
def test_person(text: str, name: str | None) -> None:
    assert person(text) == name


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("有限责任公司（自然人独资", "有限责任公司（自然人独资）"),
        ("有限责任公司（自然人独资）", "有限责任公司（自然人独资）"),
        ("有限责任公司）", "有限责任公司"),
        ("有限责任公司（", "有限责任公司"),
    ],
)
def test_brackets_are_closed(text: str, form: str) -> None:
    assert balanced(text) == form


@pytest.mark.parametrize(
    ("text", "plain"), [("某某公司", True), ("XXXX", True), ("********", True), ("某地公司", False)]
)
def test_placeholders(text: str, plain: bool) -> None:
    assert is_placeholder(text) is plain


def test_traditional_characters_become_simplified() -> None:
    assert simplified("經營範圍粵") == "经营范围粤"


def test_ornaments_at_the_ends_are_no_part_of_a_name() -> None:
    assert trimmed("★试星公司。*") == "试星公司"
