"""Letters of authorization are read, as prose, form and table, in Chinese and English."""

from datetime import date

import pytest

from extractors.authorization_letter import Exclusivity
from pipeline.model import LONG_TERM
from tests.extractors.letters.page import LICENSEE, LICENSOR, fields, values

FORM = {
    "licensor": LICENSOR,
    "licensee": LICENSEE,
    "marks": ("TESTRIVER", "云试"),
    "trademark_numbers": ("91234567", "91234568"),
    "nice_classes": (18, 25),
    "exclusivity": Exclusivity.EXCLUSIVE,
    "platforms": ("速卖通", "天猫"),
    "territory": "全球",
    "sublicensing": False,
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2028, 12, 31),
    "signed_date": date(2025, 12, 20),
}
ROWS = [
    ("授权人", LICENSOR),
    ("被授权人", LICENSEE),
    ("授权品牌", "TESTRIVER、云试"),
    ("商标注册号", "91234567、91234568"),
    ("商标类别", "第18类、第25类"),
    ("授权类型", "独占授权"),
    ("授权平台", "速卖通、天猫"),
    ("授权区域", "全球"),
    ("转授权", "不得转授权"),
    ("授权期限", "自2026年1月1日起至2028年12月31日止"),
]


@pytest.mark.parametrize("between", ["：", ":", " ：", "|"], ids=["form", "half-width", "spaced", "table"])
def test_forms_and_tables(between: str) -> None:
    rows = [f"{label}{between}{value}" for label, value in ROWS]
    assert values("授权书", *rows, "授权人（盖章）：", "日期：2025年12月20日") == FORM


def test_prose_in_chinese() -> None:
    assert values(
        "品牌授权书",
        f"　　我司{LICENSOR}系“TESTRIVER”商标（注册号：91234567，第25类）的注册人。",
        f"　　兹授权{LICENSEE}在全球范围内于速卖通（AliExpress）、亚马逊等",
        "各大电商平台销售上述品牌商品，本授权为普通授权，被授权方有权转授权。",
        "　　有效期三年，自本授权书签署之日起计算。",
        f"{LICENSOR}（盖章）",
        "2024年2月29日",
    ) == {
        "licensor": LICENSOR,
        "licensee": LICENSEE,
        "marks": ("TESTRIVER",),
        "trademark_numbers": ("91234567",),
        "nice_classes": (25,),
        "exclusivity": Exclusivity.NON_EXCLUSIVE,
        "platforms": ("速卖通（AliExpress）", "亚马逊", "各大电商平台"),
        "territory": "全球",
        "sublicensing": True,
        "valid_from": date(2024, 2, 29),
        "valid_to": date(2027, 2, 28),
        "signed_date": date(2024, 2, 29),
    }


def test_prose_in_english() -> None:
    assert values(
        "LETTER OF AUTHORIZATION",
        "To whom it may concern,",
        "We, Testriver Apparel Co., Ltd., being the owner of the trademark “TESTRIVER”",
        "(Reg. No. 9,123,456, Class 25), hereby authorize Blue Trial Trading Limited to sell",
        "its products on AliExpress and Amazon worldwide. The right is non-exclusive and",
        "the distributor may not sublicense it. This letter is valid for two (2) years",
        "from the date of signing.",
        "For and on behalf of Testriver Apparel Co., Ltd.",
        "Date: March 5, 2025",
    ) == {
        "licensor": "Testriver Apparel Co., Ltd.",
        "licensee": "Blue Trial Trading Limited",
        "marks": ("TESTRIVER",),
        "trademark_numbers": ("9123456",),
        "nice_classes": (25,),
        "exclusivity": Exclusivity.NON_EXCLUSIVE,
        "platforms": ("AliExpress", "Amazon"),
        "territory": "worldwide",
        "sublicensing": False,
        "valid_from": date(2025, 3, 5),
        "valid_to": date(2027, 3, 4),
        "signed_date": date(2025, 3, 5),
    }


HEAD = ("授权人：甲试有限公司", "被授权人：乙试有限公司")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("授权类型：独占许可", Exclusivity.EXCLUSIVE),
        ("独家授权其销售", Exclusivity.EXCLUSIVE),
        ("授权性质：排他授权", Exclusivity.SOLE),
        ("许可方式：普通许可", Exclusivity.NON_EXCLUSIVE),
        ("本授权为非独家授权", Exclusivity.NON_EXCLUSIVE),
        ("授权类型：□独占 ☑普通 □排他", Exclusivity.NON_EXCLUSIVE),
        ("授权类型：☑独占 □普通 □排他", Exclusivity.EXCLUSIVE),
        ("授权类型：□独占 □普通 □排他", None),
        ("We grant the exclusive right to sell.", Exclusivity.EXCLUSIVE),
        ("We grant a non-exclusive licence.", Exclusivity.NON_EXCLUSIVE),
        ("It is our sole distributor.", Exclusivity.SOLE),
        ("It is our sole and exclusive distributor.", Exclusivity.EXCLUSIVE),
        ("We are the exclusive owner of the mark.", None),
        ("被授权人可以使用商标", None),
    ],
)
def test_kinds_of_grant(line: str, kind: Exclusivity | None) -> None:
    assert values(*HEAD, line).get("exclusivity") == kind


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        ("被授权人不得转授权。", False),
        ("被授权人无权将上述权利转授权给第三方。", False),
        ("未经授权人书面同意，被授权人不得再授权。", False),
        ("转授权：不允许", False),
        ("转授权：允许", True),
        ("是否可转授权：□是 ☑否", False),
        ("被授权人有权转授权。", True),
        ("被授权人可以进行转授权", True),
        ("The licensee may not sublicense this right.", False),
        ("The licensee has no right to sublicense.", False),
        ("This authorization is granted without the right to sub-license.", False),
        ("a non-sublicensable licence", False),
        ("The licensee has the right to sublicense.", True),
        ("Sub-licensing: Allowed", True),
        ("Sub-licensing: Not allowed", False),
        ("被授权人应遵守平台规则。", None),
    ],
)
def test_the_right_to_pass_it_on(line: str, allowed: bool | None) -> None:
    assert values(*HEAD, line).get("sublicensing") is allowed


SIGNED = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("授权期限：2026年1月1日至2026年12月31日", date(2026, 1, 1), date(2026, 12, 31)),
        ("授权期限：2026.01.01-2026.12.31", date(2026, 1, 1), date(2026, 12, 31)),
        ("有效期至2027年6月30日", None, date(2027, 6, 30)),
        ("有效期至：2027年6月30日", None, date(2027, 6, 30)),
        ("授权期限：自2026年1月1日起三年", date(2026, 1, 1), date(2028, 12, 31)),
        ("授权期限：自2026年1月1日起长期有效", date(2026, 1, 1), LONG_TERM),
        ("授权期限：长期", None, LONG_TERM),
        ("有效期三年，自签署之日起。", SIGNED, date(2029, 2, 28)),
        ("授权有效期：自签发之日起壹年", SIGNED, date(2027, 2, 28)),
        ("授权期限：自产品上市之日起两年", None, None),
        ("授权期限：至商标有效期届满之日止", None, None),
        ("授权期限：2026年1月至2026年12月", None, None),
        ("授权期限：2026年12月31日至2026年1月1日", None, None),
        ("Validity: from January 1, 2026 to December 31, 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("This letter is valid until December 31, 2026.", None, date(2026, 12, 31)),
        ("This letter is valid for three years from the date of signing.", SIGNED, date(2029, 2, 28)),
        ("This letter is valid for one year from January 1, 2026.", date(2026, 1, 1), date(2026, 12, 31)),
        ("Effective Date: January 1, 2026", date(2026, 1, 1), None),
        ("Expiry Date: December 31, 2026", None, date(2026, 12, 31)),
        ("We grant a perpetual licence.", None, LONG_TERM),
        ("被授权人应遵守平台规则。", None, None),
    ],
)
def test_periods(line: str, start: date | None, end: date | str | None) -> None:
    read = values(*HEAD, line, "签署日期：2026年3月1日")
    assert (read.get("valid_from"), read.get("valid_to")) == (start, end)
    assert read["signed_date"] == SIGNED


def test_a_term_counted_from_an_unknown_signing_is_absent() -> None:
    assert "valid_to" not in values(*HEAD, "有效期三年，自签署之日起。")


def test_a_term_of_which_nobody_says_from_when_is_in_doubt() -> None:
    read = fields(*HEAD, "授权期限：三年", "签署日期：2026年3月1日")
    assert read.valid_to is not None
    assert read.valid_to.value == date(2029, 2, 28)
    assert read.valid_to.confidence < 0.75


@pytest.mark.parametrize(
    ("line", "platforms"),
    [
        ("授权平台：速卖通平台", ("速卖通",)),
        ("授权平台：速卖通/亚马逊/eBay", ("速卖通", "亚马逊", "eBay")),
        ("授权平台：A1iExpress", ("AliExpress",)),
        ("授权平台：速卖通天猫", ("速卖通", "天猫")),
        ("授权平台：各大电商平台", ("各大电商平台",)),
        ("可在天猫、京东销售，不得在淘宝销售。", ("天猫", "京东")),
        ("可在速卖通（AliExpress）、亚马逊eBay上销售。", ("速卖通（AliExpress）", "亚马逊", "eBay")),
        ("致：全球速卖通", None),
        ("We wish to sell it by noon under No. 51688234.", None),
        ("to sell on Wish and 1688", ("Wish", "1688")),
        ("to sell on all online platforms", ("all online platforms",)),
        ("可以在线下门店销售。", None),
    ],
)
def test_platforms(line: str, platforms: tuple[str, ...] | None) -> None:
    assert values(*HEAD, line).get("platforms") == platforms


def test_the_name_that_the_letter_writes_most_often_is_the_one() -> None:
    misread = LICENSOR.replace("股份有限公司", "股份有限岛以背")
    read = values(LICENSOR, f"我司{LICENSOR}授权{LICENSEE}销售。", f"授权人（盖章）：{misread}")
    assert read["licensor"] == LICENSOR


@pytest.mark.parametrize(
    "rows",
    [
        ("授权人：甲试有限公司", "被授权人：乙试有限公司", "授权人：乙试有限公司", "被授权人：丙试有限公司"),
        ("授权人|被授权人", "甲试有限公司|乙试有限公司", "乙试有限公司|丙试有限公司"),
        ("甲试有限公司授权乙试有限公司销售。", "乙试有限公司授权丙试有限公司销售。"),
    ],
    ids=["form", "table", "prose"],
)
def test_of_two_links_the_first_is_read_and_in_doubt(rows: tuple[str, ...]) -> None:
    read = fields(*rows)
    assert read.licensor is not None
    assert read.licensee is not None
    assert (read.licensor.value, read.licensee.value) == ("甲试有限公司", "乙试有限公司")
    assert max(read.licensor.confidence, read.licensee.confidence) <= 0.5


def test_parties_that_are_not_named_are_absent() -> None:
    read = values("授权书", "兹授权贵公司销售我公司产品。", "授权人（盖章）：", "日期：    年   月   日")
    assert not {"licensor", "licensee", "marks", "signed_date"} & read.keys()


def test_a_company_with_a_linking_word_in_its_name_keeps_it() -> None:
    read = values("授权人：和特系统科技有限公司", "被授权人：中和特与贸易有限公司")
    assert (read["licensor"], read["licensee"]) == ("和特系统科技有限公司", "中和特与贸易有限公司")


def test_words_for_a_seal_are_no_seal() -> None:
    sealed = fields(*HEAD, "授权人（盖章）：甲试有限公司（公章）").sealed
    assert sealed is not None
    assert not sealed.value


def test_every_value_has_its_lines() -> None:
    rows = [f"{label}：{value}" for label, value in ROWS]
    for name, entity in fields("授权书", *rows, "日期：2025年12月20日").entities().items():
        assert entity.evidence, name
        assert any(entity.raw[:4] in line.text.replace("：", ":") or line.text for line in entity.evidence), name


def test_an_empty_page_has_no_fields() -> None:
    assert values() == {}
