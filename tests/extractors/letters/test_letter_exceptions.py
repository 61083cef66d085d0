"""What a letter takes away again is not read as given."""

import pytest

from extractors.letters.exceptions import is_withdrawn
from tests.extractors.letters.page import fields, values

LICENSOR, LICENSEE = "杭州云试服饰股份有限公司", "深圳市试星贸易有限公司"


def chinese(grant: str, *rows: str) -> dict[str, object]:
    return values(
        "授权书",
        f"我司{LICENSOR}系“TESTRIVER”商标（注册号：91234567）的注册人。",
        f"兹授权{LICENSEE}{grant}",
        *rows,
        "授权期限自2026年1月1日起至2027年12月31日止。",
        f"{LICENSOR}（盖章）",
        "2025年12月20日",
    )


def english(grant: str) -> dict[str, object]:
    return values(
        "LETTER OF AUTHORIZATION",
        "We, Testriver Apparel Co., Ltd., owner of the trademark “TESTRIVER” (Reg. No. 9123456),",
        f"authorize Blue Trial Trading Limited {grant}",
        "Valid from January 1, 2026 to December 31, 2027.",
        "For and on behalf of Testriver Apparel Co., Ltd.",
        "Date: December 20, 2025",
    )


@pytest.mark.parametrize(
    ("grant", "platforms"),
    [
        pytest.param("在速卖通平台销售，不包括亚马逊、天猫平台。", ("速卖通",), id="others are excepted"),
        pytest.param("在除速卖通以外的电商平台销售。", ("电商平台 (except 速卖通)",), id="this one is"),
        pytest.param("在除天猫、速卖通以外的电商平台销售。", ("电商平台 (except 天猫, 速卖通)",), id="two are"),
        pytest.param("销售上述商品，但不得在速卖通平台销售。", ("except 速卖通",), id="forbidden"),
    ],
)
def test_excepted_marketplaces(grant: str, platforms: tuple[str, ...]) -> None:
    assert chinese(grant)["platforms"] == platforms


def test_excepted_marketplaces_in_a_form() -> None:
    read = chinese("销售上述商品。", "授权平台：所有电商平台（不含天猫、速卖通）")
    assert read["platforms"] == ("所有电商平台（不含天猫、速卖通）",)


def test_excepted_marketplaces_in_english() -> None:
    read = english("to sell on all e-commerce platforms except Amazon, eBay and AliExpress.")
    assert read["platforms"] == ("all e-commerce platforms (except Amazon, eBay, AliExpress)",)


@pytest.mark.parametrize(
    ("grant", "territory"),
    [
        pytest.param("在全球范围内（不含俄罗斯）于速卖通平台销售。", "全球范围内（不含俄罗斯）", id="behind"),
        pytest.param("在中国大陆（不含港澳台）于速卖通平台销售。", "中国大陆（不含港澳台）", id="as usual"),
        pytest.param("在全球范围内于速卖通平台销售。", "全球", id="none"),
    ],
)
def test_excepted_territory(grant: str, territory: str) -> None:
    read = chinese(grant)
    assert (read["territory"], read["platforms"]) == (territory, ("速卖通",))


def test_excepted_territory_in_english() -> None:
    assert english("to sell on AliExpress worldwide, except Russia.")["territory"] == "worldwide, except Russia"


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(chinese("在速卖通平台销售，本授权不是独占授权。"), id="不是"),
        pytest.param(chinese("在速卖通平台销售，本授权不具有独占性。"), id="不具有"),
        pytest.param(english("to sell on AliExpress. This authorization is not exclusive."), id="not"),
        pytest.param(english("to sell on AliExpress. It does not include exclusive rights."), id="does not include"),
    ],
)
def test_a_grant_that_is_denied_is_none(read: dict[str, object]) -> None:
    assert "exclusivity" not in read


def test_a_grant_free_of_charge_is_not_denied() -> None:
    assert chinese("无偿独占使用上述商标，在速卖通平台销售。")["exclusivity"] == "exclusive"


def test_a_mark_that_is_excepted_is_not_granted() -> None:
    assert chinese("在速卖通平台销售。", "本授权不含“HILLBROOK”商标。")["marks"] == ("TESTRIVER",)


@pytest.mark.parametrize(
    ("text", "withdrawn"),
    [
        pytest.param("我司从未授权某公司销售上述商品。", True, id="never given"),
        pytest.param("现撤销对某公司的授权。", True, id="taken back"),
        pytest.param("上述授权现予取消。", True, id="cancelled"),
        pytest.param("本授权自2026年6月30日起提前终止。", True, id="ends early"),
        pytest.param("我司拟授权某公司销售，另行签署。", True, id="planned"),
        pytest.param("We hereby revoke the authorization given to them.", True, id="revoked"),
        pytest.param("They are no longer authorized to sell.", True, id="no longer"),
        pytest.param("如有违反，我司有权取消授权。", False, id="on a condition"),
        pytest.param("到期后授权自动终止，未经授权不得使用。", False, id="at its end"),
        pytest.param("此前出具的授权书同时作废。", False, id="an older letter"),
        pytest.param("被授权人不再授权第三方。", True, id="in doubt"),
        pytest.param("The licensor may hereby revoke it. Valid unless terminated.", False, id="may be revoked"),
        pytest.param("兹授权某公司在速卖通平台销售。", False, id="given"),
    ],
)
def test_a_withdrawal_is_told_from_its_conditions(text: str, withdrawn: bool) -> None:
    assert is_withdrawn(text) is withdrawn


def test_nothing_is_sure_on_a_paper_that_takes_an_authorization_back() -> None:
    read = fields(
        "授权书",
        f"授权人：{LICENSOR}",
        f"被授权人：{LICENSEE}",
        "授权品牌：TESTRIVER",
        "授权期限：2026年1月1日至2027年12月31日",
        "上述授权现予取消。",
    )
    assert read.licensee is not None
    granted = {name: entity for name, entity in read.entities().items() if name != "sealed"}
    assert all(entity.confidence <= 0.5 for entity in granted.values())
