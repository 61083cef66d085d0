"""Letters are told from certificates, licences, contracts and letters of intent, in both languages."""

import pytest

from extractors import DOCUMENT_TYPES
from pipeline.classify import claims
from pipeline.model import PageRecord, ReadPage, TextLine
from tests.extractors.letters.page import letter, line

CLAIM = 0.5
BODY_ZH = (
    "兹授权乙试有限公司销售我公司产品。",
    "授权人：甲试有限公司",
    "被授权人：乙试有限公司",
    "授权期限：一年",
    "日期：2026年1月1日",
)
BODY_EN = (
    "We hereby authorize Blue Trial Limited to sell our products.",
    "Licensor: Testriver Inc.",
    "Licensee: Blue Trial Limited",
    "Date: March 5, 2025",
)


def kind_of(lines: list[TextLine]) -> str:
    record = PageRecord(file="a.jpg", page=1, width=1000, height=1414, turned=0)
    best = claims(ReadPage(record=record, lines=tuple(lines)), DOCUMENT_TYPES)[0]
    return best.name if best.score >= CLAIM else "other"


def titled(title: str, *body: str) -> list[TextLine]:
    top = line(title, 0.3, 0.05)
    large = top.model_copy(update={"box": top.box.model_copy(update={"bottom": top.box.top + 0.034, "right": 0.8})})
    return [large, *letter(*body, top=0.15)]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("授权书", BODY_ZH),
        ("品 牌 授 权 书", BODY_ZH),
        ("商标使用授权书", BODY_ZH),
        ("独占授权书", BODY_ZH),
        ("LETTER OF AUTHORIZATION", BODY_EN),
        ("Brand Authorisation Letter", BODY_EN),
        ("Authorized Distributor Certificate", BODY_EN),
        ("YETKİ BELGESİ", ("TESTRIVER markalı ürünler için yetkilidir.",)),
    ],
)
def test_titles(title: str, body: tuple[str, ...]) -> None:
    assert kind_of(titled(title, *body)) == "authorization_letter"


def test_a_letter_without_a_title_is_told_by_its_phrases() -> None:
    rows = (
        "TO WHOM IT MAY CONCERN",
        "SUBJECT: AUTHORIZATION LETTER",
        "We are the authorized dealer and hereby confirm that Blue Trial Limited may sell.",
        "(Authorized Signatory)",
    )
    assert kind_of(letter(*rows)) == "authorization_letter"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("商标使用许可合同", ("甲方：甲试有限公司", "乙方：乙试有限公司", "第一条 许可人许可被许可人使用商标。")),
        ("采购合同", ("甲方：甲试有限公司", "乙方：乙试有限公司", "一、货物名称")),
        ("法定代表人授权委托书", ("兹授权林试之为我方代理人", "委托代理权限：参加投标")),
        ("合作意向书", ("双方有意合作，本意向书不具有法律约束力。", "授权人：甲试有限公司")),
        ("LETTER OF INTENT", ("This letter is not legally binding.", "Licensor: Testriver Inc.")),
        (
            "TRADEMARK LICENSE AGREEMENT",
            ("Licensor grants to Licensee a non-exclusive license to use the Protected Marks.", "2.2 Territory"),
        ),
        ("PURCHASE CONTRACT", ("Seller: Testriver Inc.", "Buyer: Blue Trial Limited")),
        (
            "商标注册证",
            (
                "第91234567号",
                "核定使用商品（国际分类：25）",
                "注册人 甲试有限公司",
                "注册地址 试市",
                "有效期至 2030年1月1日",
            ),
        ),
    ],
)
def test_look_alikes(title: str, body: tuple[str, ...]) -> None:
    assert kind_of(titled(title, *body)) != "authorization_letter"


def test_phrases_of_a_letter_do_not_make_one_of_what_binds_nobody() -> None:
    rows = (
        "TO WHOM IT MAY CONCERN",
        "We hereby confirm that we would like to appoint an authorized dealer by authorization letter.",
        "This letter is not legally binding.",
        "(Authorized Signatory)",
    )
    assert kind_of(letter(*rows)) == "other"
