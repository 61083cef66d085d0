"""Names are compared through one form, and a doubtful character is not a difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import WHOLE_PAGE, Entity, TextLine
from validators.differences import difference_in_brackets, differing_characters, differs_in_doubt, read_in_doubt
from validators.equality import (
    canonical_company,
    canonical_name,
    is_chinese,
    marks_may_be_the_same,
    same_company,
    same_mark,
    same_person,
    stands_in,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(
            "深圳市虚构星（贸易）有限公司", "深圳市虚构星(贸易) 有限公司", True, id="width of brackets, space"
        ),
        pytest.param("廣東虛構貿易有限公司", "广东虚构贸易有限公司", True, id="traditional"),
        pytest.param("粵海虚构有限公司", "粤海虚构有限公司", True, id="rare variant"),
        pytest.param("ＡＢＣ虚构有限公司", "abc虚构有限公司", True, id="width and case"),
        pytest.param("Invented Goods Co., Ltd.", "INVENTED GOODS CO.,LTD.", True, id="Latin case and spaces"),
        pytest.param("虚构〔中国〕有限公司", "虚构(中国)有限公司", True, id="other brackets"),
        pytest.param("虚构\u200b有限公司", "虚构有限公司", True, id="invisible character"),
        pytest.param("深圳市虚构星贸易有限公司", "深圳市虚构兴贸易有限公司", False, id="one character"),
        pytest.param("虚构有限公司", "虚构有限责任公司", False, id="other legal form"),
        pytest.param("虚构（中国）有限公司", "虚构中国有限公司", False, id="brackets left out"),
    ],
)
def test_company_names(one: str, other: str, same: bool) -> None:
    assert same_company(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("李 虚构", "李虚构", True),
        ("阿依·虚构", "阿依•虚构", True),
        ("JOHN DOE", "John Doe", True),
        ("李虚构", "李虚勾", False),
    ],
    ids=["spaces", "middle dots", "case", "one character"],
)
def test_names_of_persons(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same", "perhaps"),
    [
        pytest.param("Inventria", "INVENTRIA", True, False, id="case"),
        pytest.param("Inventria®", "INVENTRIA", True, False, id="registered sign"),
        pytest.param("Inventria™", "INVENTRIA", True, False, id="trademark sign"),
        pytest.param("Inventria (TM)", "INVENTRIA", True, False, id="sign in brackets"),
        pytest.param("INVEN TRIA", "INVENTRIA", True, False, id="spaces"),
        pytest.param("INVEN-TRIA", "INVENTRIA", False, True, id="punctuation"),
        pytest.param("CAFÉ INVENTRIA", "CAFE INVENTRIA", False, True, id="accent"),
        pytest.param("虚构 INVENTRIA", "inventria", False, True, id="one of two scripts"),
        pytest.param("虚构 INVENTRIA", "虚构", False, True, id="the other of two scripts"),
        pytest.param("INVENTRIA", "INVENTRLA", False, True, id="letters that look alike"),
        pytest.param("GOOD", "G00D", False, True, id="letter and digit that look alike"),
        pytest.param("INVENTRIA", "INVENTREA", False, False, id="one letter"),
        pytest.param("INVENTRIA HOME", "INVENTRIA", False, False, id="one more word"),
        pytest.param("ATM", "A", False, False, id="letters TM belong to the mark"),
        pytest.param("***", "+++", False, False, id="nothing but punctuation"),
    ],
)
def test_marks(one: str, other: str, same: bool, perhaps: bool) -> None:
    assert same_mark(one, other) is same
    assert same_mark(other, one) is same
    if not same:
        assert marks_may_be_the_same(one, other) is perhaps
        assert marks_may_be_the_same(other, one) is perhaps


@given(st.text(max_size=40))
def test_the_canonical_form_is_its_own(text: str) -> None:
    assert canonical_name(canonical_name(text)) == canonical_name(text)


@given(st.text("虚构星贸易公司ABC()（）", max_size=12), st.text("虚构星贸易公司ABC()（）", max_size=12))
def test_differences_exist_exactly_where_names_differ(one: str, other: str) -> None:
    assert bool(differing_characters(one, other, form=canonical_company)) is not same_company(one, other)


def test_a_difference_is_named_by_place_and_characters() -> None:
    (difference,) = differing_characters("深圳市虚构星贸易", "深圳市虚构兴贸易")
    assert (difference.position, difference.expected, difference.found) == (5, "星", "兴")


@pytest.mark.parametrize(
    ("expected", "found", "message"),
    [
        pytest.param("虚构星贸易", "虚构兴贸易", "character 3 is 兴 instead of 星", id="another character"),
        pytest.param("虚构星贸易", "虚构贸易", "星 is missing before character 3", id="one is missing"),
        pytest.param("虚构贸易", "虚构星贸易", "星 at character 3 is too much", id="one too many"),
        pytest.param("虚构星贸易", "虚构星贸易", None, id="the same"),
        pytest.param("虚构星贸易", "虚兴新茂易", "character 2 is 兴新茂 instead of 构星贸", id="three characters"),
        pytest.param("虚构星贸易", "虚兴新茂艺", None, id="four characters"),
        pytest.param("虚构星贸易", "另外一家公司", None, id="nothing in common"),
        pytest.param("林试之", "虚构", None, id="two short names with nothing in common"),
    ],
)
def test_a_small_difference_is_described(expected: str, found: str, message: str | None) -> None:
    described = difference_in_brackets(expected, found)
    assert described.en == (f" ({message})" if message else "")
    assert bool(described.zh) is bool(message)


def entity(
    text: str,
    value: str,
    *,
    doubtful: str = "",
    alternatives: dict[str, str] | None = None,
    confidence: float = 0.97,
) -> Entity[str]:
    """A value on one line, of which the characters in `doubtful` were read with probability 0.4."""
    line = TextLine(
        text=text,
        box=WHOLE_PAGE,
        confidence=confidence,
        characters=tuple(0.4 if c in doubtful else 0.99 for c in text),
        alternatives=tuple(((other, 0.01),) if (other := (alternatives or {}).get(c)) else () for c in text),
    )
    return Entity(value=value, raw=value, confidence=confidence, evidence=(line,))


WANTED = "深圳市虚构星贸易有限公司"
READ = "深圳市虚构兴贸易有限公司"


@pytest.mark.parametrize(
    ("read", "doubt"),
    [
        pytest.param(entity(READ, READ), False, id="read for sure"),
        pytest.param(entity(READ, READ, doubtful="兴"), True, id="the differing character is doubtful"),
        pytest.param(entity(READ, READ, doubtful="深贸"), False, id="other characters are doubtful"),
        pytest.param(entity(f"名 称 {READ}", READ, doubtful="兴"), True, id="behind a label"),
        pytest.param(entity(f"名 称 {READ}", READ, doubtful="名称"), False, id="doubtful label"),
        pytest.param(entity(READ, READ, alternatives={"兴": "星"}), True, id="the expected one was the second choice"),
        pytest.param(entity(READ, READ, alternatives={"兴": "火"}), False, id="the second choice is a third one"),
        pytest.param(entity(READ, READ, confidence=0.5), True, id="the whole value is doubtful"),
        pytest.param(entity(READ.replace("兴", ""), READ.replace("兴", "")), False, id="a character is missing"),
        pytest.param(
            entity(READ.replace("兴", ""), READ.replace("兴", ""), doubtful="贸"), True, id="missing beside doubt"
        ),
        pytest.param(
            entity(READ.replace("兴", "星兴"), READ.replace("兴", "星兴"), doubtful="兴"), True, id="one too many"
        ),
        pytest.param(
            entity(READ.replace("公司", "厂"), READ.replace("公司", "厂"), doubtful="兴"),
            False,
            id="a second one for sure",
        ),
        pytest.param(entity("something else", READ, doubtful="o"), False, id="the lines do not hold the value"),
    ],
)
def test_a_difference_in_doubtful_characters_is_no_difference(read: Entity[str], doubt: bool) -> None:
    assert differs_in_doubt(read, WANTED, below=0.8) is doubt


@pytest.mark.parametrize(
    ("read", "doubt"),
    [
        pytest.param(entity(READ, READ), False, id="read for sure"),
        pytest.param(entity(READ, READ, doubtful="司"), True, id="one character in doubt"),
        pytest.param(entity(f"名称{READ}", READ, doubtful="名称"), False, id="the label in doubt"),
        pytest.param(entity(READ, READ, confidence=0.79), True, id="the whole value in doubt"),
        pytest.param(entity(READ, READ, confidence=0.8), False, id="the whole value just sure enough"),
        pytest.param(entity("别的文字", READ, doubtful="文"), False, id="the lines do not hold the value"),
    ],
)
def test_a_code_is_in_doubt_with_any_of_its_characters(read: Entity[str], doubt: bool) -> None:
    assert read_in_doubt(read, below=0.8) is doubt


@pytest.mark.parametrize(("text", "chinese"), [("虚构", True), ("ABC虚", True), ("ABC", False), ("", False)])
def test_chinese_is_told_by_its_characters(text: str, chinese: bool) -> None:
    assert is_chinese(text) is chinese


def test_a_value_over_two_lines_is_followed() -> None:
    first = TextLine(text="深圳市虚构", box=WHOLE_PAGE, confidence=0.99, characters=(0.99,) * 5)
    second = TextLine(text="兴贸易有限公司", box=WHOLE_PAGE, confidence=0.9, characters=(0.3, *(0.99,) * 6))
    read = Entity[str](value=READ, raw=READ, confidence=0.95, evidence=(first, second))
    assert differs_in_doubt(read, WANTED, below=0.8)


def test_without_probabilities_of_characters_the_values_confidence_counts() -> None:
    line = TextLine(text=READ, box=WHOLE_PAGE, confidence=0.97)
    assert not differs_in_doubt(Entity[str](value=READ, raw=READ, confidence=0.97, evidence=(line,)), WANTED, below=0.8)
    assert differs_in_doubt(Entity[str](value=READ, raw=READ, confidence=0.7, evidence=(line,)), WANTED, below=0.8)


@pytest.mark.parametrize(
    ("mark", "text", "holds"),
    [
        pytest.param("TESTRIVER", "TESTRIVER 连衣裙", True, id="the mark"),
        pytest.param("TEST RIVER", "testriver dress", True, id="case and space aside"),
        pytest.param("TESTRIVER", "TEST  RIVER连衣裙", True, id="next to Chinese"),
        pytest.param("试河", "女装试河牌连衣裙", True, id="Chinese has no spaces"),
        pytest.param("TEST", "TESTRIVER 连衣裙", False, id="the beginning of another"),
        pytest.param("RIVER", "TESTRIVER", False, id="the end of another"),
    ],
)
def test_a_mark_stands_in_a_text_as_a_word_of_its_own(mark: str, text: str, holds: bool) -> None:
    assert stands_in(mark, text) is holds
