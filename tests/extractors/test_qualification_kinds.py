"""Every kind of qualification is told by its title or its law, and nothing else is taken for one."""

import re
from collections.abc import Sequence
from datetime import date

import pytest

from extractors import DOCUMENT_TYPES
from extractors.qualifications import KINDS
from pipeline.claims import claims
from pipeline.model import PageRecord, ReadPage, TextLine
from tests.extractors.qualified import AUTHORITY, CODE, ENGLISH, FOOD, HOLDER, english, permit, values
from validators.rulebook import load_rulebook


def types_told(lines: Sequence[TextLine]) -> dict[str, float]:
    record = PageRecord(file="a.jpg", page=1, width=1500, height=1000, turned=0)
    return {claim.name: claim.score for claim in claims(ReadPage(record=record, lines=tuple(lines)), DOCUMENT_TYPES)}


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


def test_every_kind_that_the_rulebook_asks_for_can_be_told() -> None:
    rulebook = load_rulebook(None, as_of=date(2026, 11, 24))
    asked = {name for category in rulebook.categories for each in category.terms.qualifications for name in each.kinds}
    assert asked - {kind.name for kind in KINDS} == set()


def test_no_two_kinds_have_a_title_in_common() -> None:
    titles = [re.sub(r"\W", "", title).upper() for kind in KINDS for title in kind.titles]
    assert len(titles) == len(set(titles))
