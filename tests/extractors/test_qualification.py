"""The facts of a qualification are read, whatever its form."""

from datetime import date

import pytest

from extractors.qualification import read
from pipeline.model import LONG_TERM
from tests.extractors.paper import line, paper
from tests.extractors.qualified import AUTHORITY, ENGLISH, FOOD, HOLDER, english, permit, values


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


def test_end_and_issuer_of_an_english_certificate() -> None:
    found = values(english("CERTIFICATE OF CONFORMITY", [text.format(laws="2014/30/EU") for text in ENGLISH]))
    assert found["valid_to"] == date(2031, 3, 11)
    assert found["issuer"] == "Clearfall Testing Services Co., Ltd."


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


def test_an_empty_page_has_no_fields() -> None:
    assert values([]) == {}
