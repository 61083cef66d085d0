"""Who grants for whom, to whom, for how long and where, in letters that tell of more than one of them."""

from datetime import date

import pytest

from extractors.spelling import is_chinese
from tests.extractors.letters.page import fields

OWNER, AGENT, LICENSEE = "杭州云试服饰股份有限公司", "宁波试港品牌管理有限公司", "深圳市试星贸易有限公司"
SIGNED = ("授权人（盖章）：", "日期：2025年12月20日")
SELL = "授权深圳市试星贸易有限公司在全球范围内销售“TESTRIVER”品牌商品。"
FLOOR = 0.8
"""A fact below it is not known to any rule of the rulebook."""


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((f"{AGENT}受{OWNER}委托，兹{SELL}",), id="受委托"),
        pytest.param((f"我司{AGENT}作为{OWNER}的代理人，兹{SELL}",), id="代理人"),
        pytest.param((f"{AGENT}代表{OWNER}，特此{SELL}",), id="代表"),
        pytest.param((f"我司{AGENT}以{OWNER}的名义，兹{SELL}",), id="名义"),
        pytest.param(
            (
                "Harbour Brand Management Limited, acting on behalf of Testriver Apparel Co., Ltd., hereby",
                "authorises Blue Trial Trading Limited to sell TESTRIVER products.",
            ),
            id="acting on behalf of",
        ),
        pytest.param(
            (
                "We, Harbour Brand Management Limited, as the exclusive agent of Testriver Apparel Co., Ltd., hereby",
                "authorize Blue Trial Trading Limited to sell TESTRIVER products.",
            ),
            id="as agent of",
        ),
        pytest.param(
            (
                "We, Harbour Brand Management Limited, hereby",
                "authorize Blue Trial Trading Limited to sell TESTRIVER products.",
                "For and on behalf of Testriver Apparel Co., Ltd.",
            ),
            id="signed in another's name",
        ),
    ],
)
def test_who_grants_for_another_is_not_known_for_sure(rows: tuple[str, ...]) -> None:
    licensor = fields("授权书", *rows, *SIGNED).licensor
    assert licensor is not None
    assert licensor.confidence < FLOOR


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((f"我司{OWNER}兹{SELL}被授权人不得以我司名义经营。",), id="名义 of the licensee"),
        pytest.param((f"法定代表人张三，{OWNER}现{SELL}",), id="法定代表人"),
        pytest.param(
            (
                "We, Testriver Apparel Co., Ltd., hereby appoint Blue Trial Trading Limited as our agent for",
                "TESTRIVER products.",
                "For and on behalf of Testriver Apparel Co., Ltd.",
            ),
            id="the licensee is an agent",
        ),
    ],
)
def test_who_grants_in_its_own_name_is_known(rows: tuple[str, ...]) -> None:
    licensor = fields("授权书", *rows, *SIGNED).licensor
    assert licensor is not None
    assert licensor.value in (OWNER, "Testriver Apparel Co., Ltd.")
    assert licensor.confidence >= FLOOR


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((f"我司{OWNER}兹授权{AGENT}和{LICENSEE}销售“TESTRIVER”品牌商品。",), id="prose"),
        pytest.param((f"授权人：{OWNER}", f"被授权人：{AGENT}、{LICENSEE}", "授权品牌：TESTRIVER"), id="one label"),
        pytest.param(
            (f"授权人：{OWNER}", f"被授权人：{AGENT}", f"被授权人：{LICENSEE}", "授权品牌：TESTRIVER"), id="two labels"
        ),
        pytest.param(
            (
                "We, Testriver Apparel Co., Ltd., hereby authorize Harbour Brand Management Limited and",
                "Blue Trial Trading Limited to sell TESTRIVER products.",
            ),
            id="English",
        ),
    ],
)
def test_of_two_licensees_neither_is_taken_for_the_only_one(rows: tuple[str, ...]) -> None:
    read = fields("授权书", *rows, *SIGNED)
    assert read.licensee is not None
    assert read.licensee.confidence < FLOOR
    assert read.licensor is not None
    assert read.licensor.value in (OWNER, "Testriver Apparel Co., Ltd.")
    assert read.licensor.confidence >= FLOOR
    assert read.licensees is not None
    names = (
        (AGENT, LICENSEE)
        if is_chinese(read.licensees.value[0])
        else ("Harbour Brand Management Limited", "Blue Trial Trading Limited")
    )
    assert (read.licensees.value, read.licensees.confidence >= FLOOR) == (names, True)


def test_three_licensees_are_all_read() -> None:
    third = "温州试远品牌管理有限公司"
    read = fields("授权书", f"我司{OWNER}兹授权{AGENT}、{third}以及{LICENSEE}销售“TESTRIVER”品牌商品。", *SIGNED)
    assert read.licensees is not None
    assert read.licensees.value == (AGENT, third, LICENSEE)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(f"我司{OWNER}兹授权{AGENT}，{LICENSEE}不得使用上述商标。", id="may not"),
        pytest.param(f"我司{OWNER}兹授权{AGENT}、{LICENSEE}不得使用上述商标。", id="may not, in a list"),
        pytest.param(f"被授权人：{AGENT}；{LICENSEE}除外", id="excepted in a form"),
        pytest.param(f"被授权人：{AGENT}、{LICENSEE}除外", id="excepted in a list"),
        pytest.param(f"被授权人：{AGENT}和{LICENSEE}（不含）", id="excepted in brackets"),
        pytest.param(f"我司{OWNER}兹授权{AGENT}，{LICENSEE}负责供货，在速卖通销售“TESTRIVER”品牌商品。", id="delivers"),
        pytest.param(f"我司{OWNER}授权{AGENT}，{LICENSEE}为仓储服务商，在速卖通销售“TESTRIVER”商品。", id="stores"),
        pytest.param(f"我司{OWNER}兹授权{AGENT}与{LICENSEE}签署的《经销协议》项下的商品在速卖通销售。", id="contract"),
        pytest.param(
            f"我司{OWNER}兹授权{AGENT}与{LICENSEE}于2025年1月1日签署的《经销协议》项下的商品在速卖通销售。",
            id="contract of a day",
        ),
        pytest.param(f"我司{OWNER}兹授权{AGENT}及{LICENSEE}以外的关联公司在速卖通销售“TESTRIVER”商品。", id="but for"),
        pytest.param(f"我司{OWNER}兹授权{AGENT}和{LICENSEE}的子公司在速卖通销售“TESTRIVER”商品。", id="its subsidiary"),
        pytest.param(f"我司{OWNER}兹授权{AGENT}及{LICENSEE}经营的店铺销售“TESTRIVER”商品。", id="its store"),
        pytest.param(f"我司{OWNER}兹授权{AGENT}与{LICENSEE}销售合作项下的商品在速卖通销售。", id="works with it"),
        pytest.param(f"我司{OWNER}兹授权{AGENT}与{LICENSEE}销售部在速卖通销售上述商品。", id="its department"),
        pytest.param(
            f"我司{OWNER}兹授权{AGENT}和{LICENSEE}在速卖通销售商品，{LICENSEE}除外。", id="excepted behind it"
        ),
        pytest.param(f"我司{OWNER}兹授权{AGENT}和{LICENSEE}均不得使用上述商标。", id="neither may"),
        pytest.param(
            "We, Testriver Apparel Co., Ltd., hereby authorize Harbour Brand Management Limited, Blue Trial Trading "
            "Limited being the carrier, to sell TESTRIVER products.",
            id="carrier",
        ),
    ],
)
def test_a_company_behind_the_licensee_is_no_licensee_for_that(row: str) -> None:
    read = fields("授权书", f"授权人：{OWNER}", row, "授权品牌：TESTRIVER", *SIGNED)
    assert read.licensees is None
    assert read.licensee is None or read.licensee.confidence < FLOOR


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((f"被授权人：{AGENT}", f"被授权人：{LICENSEE}除外"), id="two labels"),
        pytest.param((f"我司{OWNER}兹授权{AGENT}销售上述商品。兹授权{LICENSEE}负责仓储。",), id="two sentences"),
    ],
)
def test_a_company_named_apart_is_no_licensee_for_that(rows: tuple[str, ...]) -> None:
    assert fields("授权书", f"授权人：{OWNER}", *rows, "授权品牌：TESTRIVER", *SIGNED).licensees is None


def test_a_licensee_of_whom_more_is_told_is_one() -> None:
    read = fields("授权书", f"我司{OWNER}兹授权{LICENSEE}，于速卖通和天猫销售“TESTRIVER”品牌商品。", *SIGNED)
    assert read.licensees is None
    assert read.licensee is not None
    assert read.licensee.confidence >= FLOOR


GRANT = "授权期限自2026年1月1日至2026年12月31日。"


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((f"根据合作合同（合同期限自2020年1月1日至2030年12月31日），{OWNER}兹{SELL}", GRANT), id="合同"),
        pytest.param((f"{OWNER}兹{SELL}{GRANT}", "商标有效期自2020年1月1日至2030年12月31日。"), id="商标"),
        pytest.param(
            (
                "The distribution agreement is valid from January 1, 2020 to December 31, 2030.",
                "We, Testriver Apparel Co., Ltd., hereby authorize Blue Trial Trading Limited to sell",
                "TESTRIVER products from January 1, 2026 to December 31, 2026.",
            ),
            id="agreement",
        ),
    ],
)
def test_the_term_is_the_grants_and_not_the_contracts(rows: tuple[str, ...]) -> None:
    read = fields("授权书", *rows, *SIGNED)
    assert read.valid_to is not None
    assert (read.valid_to.value, read.valid_to.confidence >= FLOOR) == (date(2026, 12, 31), True)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            (
                f"{OWNER}兹{SELL}自2026年1月1日至2026年12月31日有效。",
                "期限自2024年1月1日至2028年12月31日。",
            ),
            id="two of the same kind",
        ),
        pytest.param((f"{OWNER}兹{SELL}", "双方合同期限自2020年1月1日至2030年12月31日。"), id="the contract's alone"),
        pytest.param(
            (
                f"{OWNER}兹{SELL}",
                "授权期限：2026年1月1日至2026年12月31日",
                "有效期：2026年1月1日至2028年12月31日",
            ),
            id="two labels",
        ),
    ],
)
def test_terms_that_may_be_the_grants_are_in_doubt(rows: tuple[str, ...]) -> None:
    read = fields("授权书", *rows, *SIGNED)
    assert read.valid_to is None or read.valid_to.confidence < FLOOR


@pytest.mark.parametrize(
    ("said", "territory"),
    [
        pytest.param("在除美国以外的全球范围内", "除美国以外的全球", id="ahead"),
        pytest.param("在全球（美国除外）", "全球（美国除外）", id="in brackets"),
        pytest.param("在全球范围内（不含美国）", "全球范围内（不含美国）", id="behind"),
    ],
)
def test_a_territory_keeps_its_exception(said: str, territory: str) -> None:
    read = fields("授权书", f"{OWNER}兹授权{LICENSEE}{said}销售“TESTRIVER”品牌商品。", *SIGNED)
    assert read.territory is not None
    assert read.territory.value == territory
