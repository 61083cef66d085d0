"""Every kind of qualification is told by its title or its law, and its facts are read."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from extractors import DOCUMENT_TYPES
from extractors.qualification import Qualification, read
from extractors.qualifications import KINDS
from pipeline.claims import claims
from pipeline.model import LONG_TERM, PageRecord, ReadPage, TextLine
from tests.extractors.paper import column, line, paper
from validators.rulebook import load_rulebook

HOLDER = "深圳市试星贸易有限公司"
AUTHORITY = "深圳市市场监督管理局"
CODE = "91440397MA5TEXT0X5"


def permit(title: str, left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> list[TextLine]:
    return [
        line(title, 0.3, 0.1, height=0.07),
        *column(left, left=0.05, top=0.25, step=0.07),
        *column(right, left=0.55, top=0.25, step=0.07),
        line("国家市场监督管理总局监制", 0.4, 0.95),
    ]


FOOD = permit(
    "食品经营许可证",
    [
        ("经营者名称：", HOLDER),
        ("社会信用代码：", CODE),
        ("法定代表人：", "林试样"),
        ("住所：", "深圳市星屿区望川路18号"),
        ("经营场所：", "深圳市星屿区望川路18号"),
        ("经营项目：", "预包装食品销售；散装食品销售"),
    ],
    [
        ("许可证编号：", "JY14403970012345"),
        ("发证机关：", AUTHORITY),
        ("签发日期：", "2023年05月02日"),
        ("有效期至：", "2028年05月01日"),
    ],
)


def english(title: str, rows: Sequence[str]) -> list[TextLine]:
    return [
        line(title, 0.2, 0.1, height=0.06),
        *(line(text, 0.05, 0.25 + 0.06 * at, height=0.025) for at, text in enumerate(rows)),
    ]


def values(lines: Sequence[TextLine]) -> dict[str, Any]:
    fields = read(paper(lines, kind="qualification"))
    assert isinstance(fields, Qualification)
    return {name: entity.value for name, entity in fields.entities().items()}


def types_told(lines: Sequence[TextLine]) -> dict[str, float]:
    record = PageRecord(file="a.jpg", page=1, width=1500, height=1000, turned=0)
    return {claim.name: claim.score for claim in claims(ReadPage(record=record, lines=tuple(lines)), DOCUMENT_TYPES)}


def test_food_permit() -> None:
    assert values(FOOD) == {
        "kind": "food_business",
        "certificate_number": "JY14403970012345",
        "holder": HOLDER,
        "products": ("预包装食品销售", "散装食品销售"),
        "valid_from": date(2023, 5, 2),
        "valid_to": date(2028, 5, 1),
        "issuer": AUTHORITY,
    }


def test_device_permit_with_columns_that_ran_into_one_line() -> None:
    lines = [
        line("医疗器械经营许可证", 0.3, 0.1, height=0.07),
        line("许可证编号：深药监械经营许20230123号", 0.55, 0.25),
        line(f"企业名称：{HOLDER}", 0.05, 0.32),
        line("经营方式：批发", 0.05, 0.39),
        line("经营范围：6864医用卫生材料及敷料***", 0.55, 0.39),
        line("库房地址：望川路18号五单发证部门：深圳市药品监督管理局", 0.05, 0.6),
        line("有效期限：至", 0.05, 0.7),
        line("2028 年 05 月 01 日 发证日期：", 0.3, 0.7),
        line("2023 年 05 月 02 日", 0.72, 0.7),
    ]
    assert values(lines) == {
        "kind": "medical_device_operation",
        "certificate_number": "深药监械经营许20230123号",
        "holder": HOLDER,
        "products": ("6864医用卫生材料及敷料",),
        "valid_from": date(2023, 5, 2),
        "valid_to": date(2028, 5, 1),
        "issuer": "深圳市药品监督管理局",
    }


def test_registration_of_a_device() -> None:
    rows = [
        ("注册证编号：", "粤械注准20232070123"),
        ("注册人名称", HOLDER),
        ("注册人住所", "深圳市星屿区望川路18号"),
        ("产品名称", "红外额温计"),
        ("型号、规格", "TR-1"),
        ("结构及组成", "由主机及外壳组成。"),
        ("审批部门：", "广东省药品监督管理局"),
        ("批准日期：", "2023年05月02日"),
        ("有效期至：", "2028年05月01日"),
    ]
    assert values(permit("中华人民共和国医疗器械注册证", rows, [])) == {
        "kind": "medical_device_registration",
        "certificate_number": "粤械注准20232070123",
        "holder": HOLDER,
        "products": ("红外额温计",),
        "valid_from": date(2023, 5, 2),
        "valid_to": date(2028, 5, 1),
        "issuer": "广东省药品监督管理局",
    }


def test_ccc_names_and_addresses_stand_under_their_labels() -> None:
    texts = [
        "证书编号：2023972200012345",
        "认证委托人名称及地址",
        HOLDER,
        "深圳市星屿区望川路18号",
        "产品名称和系列、规格、型号",
        "塑胶玩具",
        "产品标准和技术要求",
        "GB 6675.1-2014",
        "认证模式",
        "型式试验＋获证后监督",
        "发证日期：2023年05月02日",
        "有效期至：2028年05月01日",
    ]
    lines = [line("中国国家强制性产品认证证书", 0.2, 0.05, height=0.06)]
    lines += [line(text, 0.1, 0.15 + 0.05 * at) for at, text in enumerate(texts)]
    lines.append(line("中国星屿质量认证中心", 0.4, 0.9))
    assert values(lines) == {
        "kind": "ccc",
        "certificate_number": "2023972200012345",
        "holder": HOLDER,
        "products": ("塑胶玩具",),
        "valid_from": date(2023, 5, 2),
        "valid_to": date(2028, 5, 1),
        "issuer": "中国星屿质量认证中心",
    }


ENGLISH = (
    "Certificate No.: TR2305001234",
    "Applicant: Shenzhen Testriver Toys Co., Ltd.",
    "Address: Room 301, Yunzhan Building, Shenzhen, China",
    "Product: Plush bear",
    "Model: TR-100",
    "Complies with directives {laws}",
    "Date of issue: 12 March 2026",
    "Valid until: March 11, 2031",
    "Clearfall Testing Services Co., Ltd.",
)


@pytest.mark.parametrize(
    ("title", "laws", "kind"),
    [
        pytest.param("CERTIFICATE OF CONFORMITY", "2014/30/EU and 2011/65/EU", "ce", id="CE names RoHS besides"),
        pytest.param("Certificate of Compliance", "Low voltage directive 2014/35/EU", "ce", id="compliance"),
        pytest.param("EU Declaration of Conformity", "2009/48/EC", "ce", id="EU declaration"),
        pytest.param("DECLARATION OF CONFORMITY", "2011/65/EU", "rohs", id="RoHS alone"),
        pytest.param("RoHS Certificate of Compliance", "2011/65/EU", "rohs", id="RoHS by title"),
        pytest.param("CERTIFICATE OF CONFORMITY", "FCC Part 15 Subpart B", "fcc", id="FCC"),
        pytest.param("Supplier's Declaration of Conformity", "47 CFR 2.1077", "fcc", id="SDoC"),
        pytest.param("UK Declaration of Conformity", "S.I. 2016 No. 1091", "ukca", id="UKCA by title"),
        pytest.param("CERTIFICATE OF CONFORMITY", "UKCA", "ukca", id="UKCA by mark"),
        pytest.param("Children's Product Certificate", "ASTM F963-23", "cpc", id="CPC"),
        pytest.param("Certificate of Registration", "U.S. Food and Drug Administration 21 CFR 807", "fda", id="FDA"),
        pytest.param("CERTIFICATE OF CONFORMITY", "Radio Waves Act of Korea", "kc", id="KC"),
        pytest.param("PSE Certificate of Conformity", "DENAN", "pse", id="PSE"),
        pytest.param("Safety Data Sheet", "GHS", "msds", id="MSDS"),
        pytest.param("UN38.3 Test Report", "ST/SG/AC.10", "un38_3", id="UN38.3"),
        pytest.param("EMC TEST REPORT", "2014/30/EU", "test_report", id="a report is no certificate"),
        pytest.param("RoHS TEST REPORT", "2011/65/EU", "test_report", id="report on RoHS"),
    ],
)
def test_kinds_of_english_papers(title: str, laws: str, kind: str) -> None:
    lines = english(title, [text.format(laws=laws) for text in ENGLISH])
    found = values(lines)
    assert found["kind"] == kind
    assert found["holder"] == "Shenzhen Testriver Toys Co., Ltd."
    assert found["certificate_number"] == "TR2305001234"
    assert found["products"] == ("Plush bear",)
    assert found["valid_from"] == date(2026, 3, 12)
    told = types_told(lines)
    assert max(told, key=lambda name: told[name]) == "qualification"


def test_end_and_issuer_of_an_english_certificate() -> None:
    found = values(english("CERTIFICATE OF CONFORMITY", [text.format(laws="2014/30/EU") for text in ENGLISH]))
    assert found["valid_to"] == date(2031, 3, 11)
    assert found["issuer"] == "Clearfall Testing Services Co., Ltd."


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("食品生产许可证", "food_production"),
        ("食品流通许可证", "food_business"),
        ("化妆品生产许可证", "cosmetics_production"),
        ("医疗器械生产许可证", "medical_device_production"),
        ("第二类医疗器械经营备案凭证", "medical_device_operation"),
        ("第一类医疗器械备案凭证", "medical_device_registration"),
        ("烟草专卖零售许可证", "tobacco_monopoly"),
        ("强制性产品认证证书", "ccc"),
        ("检验检测报告", "test_report"),
        ("化学品安全技术说明书", "msds"),
        ("食品经营许可证（副本）", "food_business"),
        ("食品经莒许可证", "food_business"),
    ],
)
def test_kinds_of_chinese_papers(title: str, kind: str) -> None:
    lines = permit(title, [("企业名称：", HOLDER)], [("编号：", "粤字20230123")])
    assert values(lines)["kind"] == kind
    assert types_told(lines)["qualification"] >= 0.8


@pytest.mark.parametrize(
    "title",
    [
        "药品经营许可证",
        "危险化学品经营许可证",
        "企业等级证书",
        "台港澳侨投资企业批准证书",
        "质量管理体系认证证书",
        "会员证书",
        "开户许可证",
    ],
)
def test_other_permits_are_none(title: str) -> None:
    lines = permit(title, [("企业名称：", HOLDER), ("法定代表人：", "林试样")], [("许可证编号：", "粤字20230123")])
    assert all(score < 0.5 for score in types_told(lines).values())


def test_a_licence_is_no_qualification_and_a_permit_no_licence() -> None:
    licence = permit(
        "营业执照",
        [
            ("名称", HOLDER),
            ("类型", "有限责任公司"),
            ("法定代表人", "林试样"),
            ("经营范围", "食品经营；第二类医疗器械销售"),
        ],
        [
            ("统一社会信用代码", CODE),
            ("注册资本", "壹佰万元整"),
            ("成立日期", "2019年06月03日"),
            ("登记机关", AUTHORITY),
        ],
    )
    of_licence, of_permit = types_told(licence), types_told(FOOD)
    assert (of_licence["business_licence"] >= 0.9, of_licence["qualification"] < 0.5) == (True, True)
    assert (of_permit["qualification"] >= 0.9, of_permit["business_licence"] < 0.5) == (True, True)


def test_a_shared_title_without_a_known_law_is_no_qualification() -> None:
    lines = english("CERTIFICATE OF COMPLIANCE", [text.format(laws="ISO 9001:2015") for text in ENGLISH])
    assert types_told(lines)["qualification"] < 0.5
    assert values(lines) == {}


def test_a_maker_who_declares_is_the_holder() -> None:
    lines = english(
        "EU DECLARATION OF CONFORMITY",
        [
            "We, Testriver Lighting Co., Ltd., declare under our sole responsibility",
            "that the product is in conformity with 2014/35/EU",
        ],
    )
    assert values(lines)["holder"] == "Testriver Lighting Co., Ltd."


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        pytest.param("2023年05月02日至2028年05月01日", date(2023, 5, 2), date(2028, 5, 1), id="from and to"),
        pytest.param("2028-05-01", date(2023, 5, 2), date(2028, 5, 1), id="figures"),
        pytest.param("长期", date(2023, 5, 2), LONG_TERM, id="without an end"),
        pytest.param("2020年05月01日", None, date(2020, 5, 1), id="an end before the issue: one of both was misread"),
    ],
)
def test_terms(term: str, start: date | None, end: object) -> None:
    lines = permit(
        "食品生产许可证", [("生产者名称：", HOLDER)], [("签发日期：", "2023年05月02日"), ("有效期至：", term)]
    )
    found = values(lines)
    assert (found.get("valid_from"), found["valid_to"]) == (start, end)


def test_a_date_that_lost_a_figure_is_in_doubt() -> None:
    lines = permit("食品生产许可证", [("生产者名称：", HOLDER)], [("有效期至：", "2029年01月7日")])
    entity = read(paper(lines)).valid_to
    assert entity is not None
    assert entity.confidence < 0.7


def test_a_holder_whose_name_begins_within_a_place_is_in_doubt() -> None:
    lines = permit("食品经营许可证", [("经营者名称：", "区试星百货商店")], [])
    entity = read(paper(lines)).holder
    assert entity is not None
    assert entity.confidence < 0.5


def test_a_holder_with_a_gap_in_its_name_is_in_doubt() -> None:
    lines = [*permit("食品经营许可证", [("经营者名称：", "深圳")], []), line("贸易有限公司", 0.29, 0.25)]
    entity = read(paper(lines)).holder
    assert entity is not None
    assert entity.confidence < 0.5


def test_a_number_of_another_form_is_in_doubt() -> None:
    lines = permit("食品经营许可证", [("经营者名称：", HOLDER)], [("许可证编号：", "122021003082")])
    entity = read(paper(lines)).certificate_number
    assert entity is not None
    assert entity.confidence < 0.7


def test_an_o_among_the_figures_of_a_number_is_put_right() -> None:
    lines = permit("食品经营许可证", [("经营者名称：", HOLDER)], [("许可证编号：", "JY1440397OO12345")])
    entity = read(paper(lines)).certificate_number
    assert entity is not None
    assert entity.value == "JY14403970012345"
    assert [(each.position, each.read, each.meant) for each in entity.corrections] == [(9, "O", "0"), (10, "O", "0")]


def test_every_kind_that_the_rulebook_asks_for_can_be_told() -> None:
    rulebook = load_rulebook(None, as_of=date(2026, 11, 24))
    asked = {name for category in rulebook.categories for each in category.terms.qualifications for name in each.kinds}
    assert asked - {kind.name for kind in KINDS} == set()


def test_no_two_kinds_have_a_title_in_common() -> None:
    titles = [re.sub(r"\W", "", title).upper() for kind in KINDS for title in kind.titles]
    assert len(titles) == len(set(titles))


def test_an_empty_page_has_no_fields() -> None:
    assert values([]) == {}
