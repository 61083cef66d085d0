"""Business licences of all eras and formats are read, whatever became of their labels."""

from datetime import date

import pytest

from extractors.business_licence import CopyKind, LegalPersonRole, Template, read
from pipeline.model import LONG_TERM, TextLine
from tests.extractors.licence import ADDRESS, COMPANY, DAY, SCOPE, TYPE, WHOLE_ADDRESS, WHOLE_SCOPE, portrait, values
from tests.extractors.paper import barcode, column, line, paper

FORMATS = [
    pytest.param(
        [
            ("名称", COMPANY),
            ("类型", TYPE),
            ("住所", ADDRESS),
            ("法定代表人", "林试之"),
            ("注册资本", "人民币壹佰万元整"),
            ("成立日期", "2019年06月03日"),
            ("营业期限", "2019年06月03日至2039年06月02日"),
            ("经营范围", SCOPE),
        ],
        LegalPersonRole.LEGAL_REPRESENTATIVE,
        id="A company",
    ),
    pytest.param(
        [("名称", COMPANY), ("类型", "全民所有制"), ("住所", ADDRESS), ("法定代表人", "林试之"),
         ("注册资金", "100万元")],
        LegalPersonRole.LEGAL_REPRESENTATIVE,
        id="B non-company",
    ),
    pytest.param(
        [
            ("名称", "深圳市试星合伙企业（有限合伙）"),
            ("类型", "有限合伙企业"),
            ("主要经营场所", ADDRESS),
            ("执行事务合伙人", "林试之"),
            ("成立日期", "2019年06月03日"),
            ("合伙期限", "长期"),
        ],
        LegalPersonRole.PARTNER,
        id="C partnership",
    ),
    pytest.param(
        [("名称", "试星农民专业合作社"), ("类型", "农民专业合作社"), ("住所", ADDRESS), ("法定代表人", "林试之"),
         ("成员出资总额", "100万元"), ("业务范围", SCOPE)],
        LegalPersonRole.LEGAL_REPRESENTATIVE,
        id="D cooperative",
    ),
    pytest.param(
        [("名称", "试星服装厂"), ("类型", "个人独资企业"), ("住所", ADDRESS), ("投资人", "林试之"),
         ("经营范围", SCOPE)],
        LegalPersonRole.INVESTOR,
        id="E sole proprietorship",
    ),
    pytest.param(
        [("名称", "试验区试星服装店"), ("类型", "个体工商户"), ("经营场所", ADDRESS), ("经营者", "林试之"),
         ("组成形式", "个人经营"), ("注册日期", "2019年06月03日"), ("经营范围", SCOPE)],
        LegalPersonRole.OPERATOR,
        id="F individual",
    ),
    pytest.param(
        [("名称", f"{COMPANY}南山分公司"), ("类型", "有限责任公司分公司"), ("营业场所", ADDRESS), ("负责人", "林试之"),
         ("成立日期", "2019年06月03日"), ("营业期限", "******")],
        LegalPersonRole.PERSON_IN_CHARGE,
        id="G branch",
    ),
    pytest.param(
        [("名称", "试星专业合作社分社"), ("类型", "农民专业合作社分支机构"), ("经营场所", ADDRESS),
         ("负责人", "林试之"),
         ("业务范围", SCOPE)],
        LegalPersonRole.PERSON_IN_CHARGE,
        id="H cooperative branch",
    ),
    pytest.param(
        [("字号名称", "试验区试星服装店"), ("经营者姓名", "林试之"), ("组成形式", "个人经营"), ("经营场所", ADDRESS),
         ("经营范围及方式", SCOPE)],
        LegalPersonRole.OPERATOR,
        id="before 2014, individual",
    ),
    pytest.param(
        [("名称", COMPANY), ("住所", ADDRESS), ("法定代表人姓名", "林试之"),
         ("注册资本", "壹佰万元"), ("实收资本", "伍拾万元"),
         ("公司类型", TYPE), ("经营范围", SCOPE), ("成立日期", "二〇一九年六月三日")],
        LegalPersonRole.LEGAL_REPRESENTATIVE,
        id="before 2014, company",
    ),
]  # fmt: skip
CAPITAL = {"人民币壹佰万元整": 1_000_000, "100万元": 1_000_000, "壹佰万元": 1_000_000}


@pytest.mark.parametrize(("pairs", "role"), FORMATS)
def test_format(pairs: list[tuple[str, str]], role: LegalPersonRole) -> None:
    found, given = values(portrait(pairs)), dict(pairs)
    assert found["company_name"] == pairs[0][1]
    assert (found["legal_person"], found["legal_person_role"]) == ("林试之", role)
    assert found["address"] == WHOLE_ADDRESS
    for label in ("类型", "公司类型"):
        assert label not in given or found["company_type"] == given[label]
    for label in ("经营范围", "业务范围", "经营范围及方式"):
        assert label not in given or found["business_scope"] == WHOLE_SCOPE
    for label in ("注册资本", "注册资金", "成员出资总额"):
        assert label not in given or found["registered_capital"].amount == CAPITAL[given[label]]
    for label in ("成立日期", "注册日期"):
        assert label not in given or found["establishment_date"] == DAY
    assert ("组成形式" in given) == ("composition" in found)


def test_two_columns_of_2019() -> None:
    left = [("名称", COMPANY), ("类型", TYPE), ("法定代表人", "林试之"), ("经营范围", SCOPE)]
    right = [
        ("注册资本", "壹佰万元整"),
        ("成立日期", "2019年06月03日"),
        ("营业期限", "2019年06月03日至长期"),
        ("住所", ADDRESS),
    ]
    foot = [
        line("登记机关", 0.6, 0.75),
        line("深圳市试验区市场监督管理局", 0.7, 0.79),
        line("2019年", 0.7, 0.85),
        line("06月", 0.78, 0.852),
        line("03日", 0.84, 0.848),
        line("国家市场监督管理总局监制", 0.7, 0.93),
        line("市场主体应当于每年1月1日至6月30日通过", 0.4, 0.93, height=0.02),
    ]
    found = values([line("营业执照", 0.4, 0.1, height=0.08), *column(left), *column(right, left=0.58), *foot])
    assert found == {
        "company_name": COMPANY,
        "company_type": TYPE,
        "legal_person": "林试之",
        "legal_person_role": LegalPersonRole.LEGAL_REPRESENTATIVE,
        "registered_capital": found["registered_capital"],
        "establishment_date": DAY,
        "valid_from": DAY,
        "valid_to": LONG_TERM,
        "address": WHOLE_ADDRESS,
        "business_scope": WHOLE_SCOPE,
        "issue_date": DAY,
        "registration_authority": "深圳市试验区市场监督管理局",
        "copy": CopyKind.DUPLICATE,
        "template": Template.LANDSCAPE_2019,
    }


LABELS = {
    "letter-spaced": [line("名    称", 0.1, 0.3), line(COMPANY, 0.25, 0.3)],
    "split": [line("名", 0.1, 0.3), line("称", 0.2, 0.3), line(COMPANY, 0.25, 0.3)],
    "split, the end at the value": [line("名", 0.1, 0.3), line(f"称{COMPANY}", 0.2, 0.3)],
    "at the value": [line(f"名称{COMPANY}", 0.1, 0.3)],
    "with a colon": [line(f"名称：{COMPANY}", 0.1, 0.3)],
    "value a little higher": [line("名称", 0.1, 0.3), line(COMPANY, 0.25, 0.288)],
    "only the end was read": [line("称", 0.2, 0.3), line(COMPANY, 0.25, 0.3)],
    "only the beginning was read": [line("名", 0.1, 0.3), line(COMPANY, 0.25, 0.3)],
    "stacked with the labels below": [line("名类住", 0.1, 0.3, right=0.12, height=0.165), line(COMPANY, 0.25, 0.311)],
    "letters of the ground in it": [line(f"名CJDGL称{COMPANY} SCJDGL", 0.1, 0.3)],
    "value on two lines": [line("名称", 0.1, 0.3), line("深圳市试星", 0.25, 0.3), line("贸易有限公司", 0.25, 0.335)],
    "value in two pieces": [line("名称", 0.1, 0.3), line("深圳市试星", 0.25, 0.3), line("贸易有限公司", 0.35, 0.3)],
    "a character of a seal behind it": [
        line("名称", 0.1, 0.3),
        line(COMPANY, 0.25, 0.3),
        line("管", 0.5, 0.305, probability=0.4),
    ],
    "traditional characters": [line("名稱", 0.1, 0.3), line("深圳市試星貿易有限公司", 0.25, 0.3)],
}


@pytest.mark.parametrize("lines", LABELS.values(), ids=LABELS)
def test_label(lines: list[TextLine]) -> None:
    assert values([line("营业执照", 0.35, 0.1, height=0.08), *lines])["company_name"] == COMPANY


def test_the_label_of_the_second_column_ends_a_value_that_runs_into_it() -> None:
    found = values(
        [line("营业执照", 0.4, 0.1, height=0.08), line(f"名    称 {COMPANY} 成 立 日 期 2019年06月03日", 0.1, 0.3)]
    )
    assert (found["company_name"], found["establishment_date"]) == (COMPANY, date(2019, 6, 3))


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("有限责任公司自然人独资）", "有限责任公司（自然人独资）"),
        ("有限责任公司分公司自然人投资或控股）", "有限责任公司分公司（自然人投资或控股）"),
        ("有限责任公司）", "有限责任公司"),
    ],
)
def test_the_bracket_before_a_companys_owners_is_known(printed: str, kind: str) -> None:
    assert values([line("名称", 0.1, 0.3), line("类型", 0.1, 0.4), line(printed, 0.25, 0.4)])["company_type"] == kind


def test_a_scope_that_ends_within_a_bracket_is_doubted() -> None:
    def sure(scope: str) -> float:
        fields = read(paper([line("经营范围", 0.1, 0.3), line(scope, 0.25, 0.3)]))
        assert fields.business_scope is not None
        return fields.business_scope.confidence

    assert sure("服装零售（除依法须经批准") < 0.9 < sure("服装零售（除依法须经批准）")


@pytest.mark.parametrize("tiled", [True, False])
def test_two_letters_of_the_ground_before_a_row_are_none_of_it_where_the_ground_was_seen(tiled: bool) -> None:
    ground = [line("SCJDGL", 0.1 + 0.3 * at, 0.2) for at in range(2)] if tiled else []
    rows = [line("经营范围", 0.1, 0.3), line("服装；鞋；日用", 0.25, 0.3), line("SC百货", 0.25, 0.335)]
    assert values([*ground, *rows])["business_scope"] == ("服装；鞋；日用百货" if tiled else "服装；鞋；日用SC百货")


def test_raw_is_what_was_read() -> None:
    fields = read(paper([line("名稱", 0.1, 0.3), line("深圳市試星貿易有限公司", 0.25, 0.3)]))
    assert fields.company_name is not None
    assert fields.company_name.raw == "深圳市試星貿易有限公司"
    assert [proof.text for proof in fields.company_name.evidence] == ["深圳市試星貿易有限公司"]


def test_values_printed_between_the_rows_of_a_ready_form_find_their_labels() -> None:
    pairs = [("名称", COMPANY), ("住所", "试验区不存在路1号"), ("法定代表人姓名", "林试之"), ("注册资本", "壹佰万元整")]
    lines = [line("注册号", 0.3, 0.25)]
    for row, (label, value) in enumerate(pairs):
        lines += [line(label, 0.1, 0.3 + 0.05 * row, height=0.04), line(value, 0.32, 0.33 + 0.05 * row)]
    found = values(lines)
    assert [found[name] for name in ("company_name", "address", "legal_person")] == [pair[1] for pair in pairs[:3]]
    assert found["registered_capital"].amount == 1_000_000


def test_a_stamp_across_the_fields_is_no_value() -> None:
    lines = portrait([("法定代表人", "林试之"), ("注册资本", "壹佰万元整")])
    lines += [line("此复印件仅限于资质审核使用", 0.3, 0.33), line("再次复印无效", 0.42, 0.3, slope=0.4)]
    found = values(lines)
    assert found["legal_person"] == "林试之"
    assert found["registered_capital"].amount == 1_000_000


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("国家市场监督管理总局监制", Template.LANDSCAPE_2019),
        ("中华人民共和国国家工商行政管理总局监制", Template.PORTRAIT_2014),
        ("中华人民共和国国家工商行政管理总局制", Template.PRE_2014),
        ("企业法人营业执照", Template.PRE_2014),
    ],
)
def test_template(text: str, template: Template) -> None:
    assert values([line(text, 0.1, 0.1)])["template"] == template


@pytest.mark.parametrize(
    ("text", "kind"),
    [("（副 本）", CopyKind.DUPLICATE), ("(副本)(1-1)", CopyKind.DUPLICATE), ("正本", CopyKind.ORIGINAL)],
)
def test_copy(text: str, kind: CopyKind) -> None:
    assert values([line(text, 0.4, 0.2)])["copy"] == kind


def test_the_link_to_the_register_is_the_qr_code() -> None:
    url = "http://www.gsxt.gov.cn/index.html?uniscid=X"
    assert values([], [barcode("https://shop.example/a"), barcode(url)])["qr_code"] == url


def test_an_empty_page_has_no_fields() -> None:
    assert values([]) == {}


def test_the_row_below_is_no_value_of_a_label_without_one() -> None:
    pairs = [("名称", COMPANY), ("类型", TYPE), ("法定代表人", "林有限"), ("经营范围", SCOPE)]
    lines = [each for each in portrait(pairs) if each.text not in (TYPE, "法定代表人")]
    found = values(lines)
    assert "company_type" not in found
    assert found["legal_person"] == "林有限"
