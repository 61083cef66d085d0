"""Parties are the same, others, or not to be told; what sounds alike is a hint and no more."""

from typing import Any

import pytest

from tests.validators import build
from validators.equality import same_company
from validators.lookalikes import Likeness, resemblance
from validators.parties import Agreement, is_natural_person, same_party, told_by_sound
from validators.romanised import may_be_romanised

SAME, UNCLEAR, OTHER = Agreement.SAME, Agreement.UNCLEAR, Agreement.OTHER


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        pytest.param("深圳市试星贸易有限公司", "深圳市試星貿易有限公司", SAME, id="traditional"),
        pytest.param("试星（深圳）有限公司", "试星(深圳) 有限公司", SAME, id="brackets and spaces"),
        pytest.param("Blue Hill Co., Ltd.", "BLUE HILL COMPANY LIMITED", SAME, id="English legal form"),
        pytest.param("Blue Hill & Sons Inc.", "Blue Hill and Sons, Incorporated", SAME, id="and"),
        pytest.param("深圳市试星贸易有限公司", "深圳市试垦贸易有限公司", OTHER, id="one character off"),
        pytest.param("Blue Hill Ltd", "Blue Hall Ltd", OTHER, id="one letter off"),
        pytest.param(
            build.in_doubt_at("深圳市试垦贸易有限公司", "垦"), "深圳市试星贸易有限公司", UNCLEAR, id="in doubt"
        ),
        pytest.param("深圳市试星贸易有限公司", "Shenzhen Shixing Trading Co., Ltd.", UNCLEAR, id="another script"),
        pytest.param(build.entity("甲试有限公司", 0.5), "乙试有限公司", UNCLEAR, id="little confidence"),
        pytest.param(build.entity("甲试有限公司", 0.5), "甲试有限公司", UNCLEAR, id="little confidence, the same"),
        pytest.param(None, "甲试有限公司", UNCLEAR, id="not read"),
    ],
)
def test_parties(one: Any, other: Any, agreement: Agreement) -> None:
    first = build.entity(one) if isinstance(one, str) else one
    second = build.entity(other)
    assert same_party(first, second, below=0.8) is agreement
    assert same_party(second, first, below=0.8) is agreement


@pytest.mark.parametrize(
    ("chinese", "latin", "alike"),
    [
        pytest.param("深圳市试星贸易有限公司", "Shenzhen Shixing Trading Co., Ltd.", True, id="place, name, words"),
        pytest.param("深圳市试星贸易有限公司", "SHENZHEN CITY SHIXING TRADE CO LTD", True, id="city"),
        pytest.param("广东试星电子商务股份有限公司", "Guangdong Shixing E-Commerce Co., Ltd", True, id="hyphen"),
        pytest.param("香港试星国际集团有限公司", "Hong Kong Shixing International Group Limited", True, id="group"),
        pytest.param("林试之", "Lin Shizhi", True, id="a person"),
        pytest.param("林试之", "Shizhi LIN", True, id="a person, given name first"),
        pytest.param("深圳市试星贸易有限公司", "Shenzhen Shiyue Trading Co., Ltd.", False, id="another name"),
        pytest.param("深圳市试星贸易有限公司", "Blue Hill Ltd.", False, id="nothing in common"),
    ],
)
def test_names_in_other_letters(chinese: str, latin: str, alike: bool) -> None:
    assert may_be_romanised(chinese, latin) is alike
    assert not same_company(chinese, latin)
    assert ("may be its name" in told_by_sound(chinese, latin).en) is alike


def test_names_of_one_script_are_not_compared_by_sound() -> None:
    assert told_by_sound("试星有限公司", "诗星有限公司").en == ""


@pytest.mark.parametrize(
    ("name", "natural"),
    [
        ("周可试", True), ("阿依古丽·试买提", True), ("欧阳可试", True),
        ("杭州云试服饰股份有限公司", False), ("云试商行", False), ("Blue Hill GmbH", False), ("Apple Hill Inc.", False),
        ("John Testman", None),
    ],
)  # fmt: skip
def test_natural_persons(name: str, natural: bool | None) -> None:
    assert is_natural_person(name) is natural


@pytest.mark.parametrize(
    ("mark", "listed", "likeness"),
    [
        ("Nike", "NIKE®", Likeness.SAME),
        ("NlKE", "Nike", Likeness.CONFUSABLE),
        ("D1SNEY", "Disney", Likeness.CONFUSABLE),
        ("Харру", "Xappy", Likeness.CONFUSABLE),
        ("νivα", "viva", Likeness.CONFUSABLE),
        ("Barnboo", "Bamboo", Likeness.CONFUSABLE),
        ("VVatson", "Watson", Likeness.CONFUSABLE),
        ("Yamahaa", "Yamaha", Likeness.ONE_OFF),
        ("Legos", "Lego", Likeness.PERHAPS),
        ("TESTRIVER", "Nike", None),
        ("BM", "BMW", None),
    ],
)
def test_look_alikes(mark: str, listed: str, likeness: Likeness | None) -> None:
    found = resemblance(mark, listed)
    assert (found.likeness if found else None) is likeness


@pytest.mark.parametrize(
    ("names", "status"),
    [
        pytest.param("杭州云试服饰股份有限公司、宁波试港品牌管理有限公司", Agreement.UNCLEAR, id="one of two"),
        pytest.param("宁波试港品牌管理有限公司；杭州云试服饰股份有限公司", Agreement.UNCLEAR, id="the second"),
        pytest.param("杭州云试服饰股份有限公司和宁波试港品牌管理有限公司", Agreement.UNCLEAR, id="joined by a word"),
        pytest.param("宁波试港品牌管理有限公司、苏州另试商贸有限公司", Agreement.OTHER, id="two others"),
        pytest.param("杭州云试服饰股份有限公司宁波分公司", Agreement.OTHER, id="its branch"),
    ],
)
def test_one_of_several_owners_is_neither_the_owner_nor_a_stranger(names: str, status: Agreement) -> None:
    one, other = build.entity("杭州云试服饰股份有限公司"), build.entity(names)
    assert same_party(one, other, below=0.8) is status
    assert same_party(other, one, below=0.8) is status
