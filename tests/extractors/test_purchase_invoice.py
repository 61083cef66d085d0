"""Invoices are read: fully digital, of the older form, and commercial ones in English."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from extractors import DOCUMENT_TYPES
from extractors.purchase_invoice import read
from pipeline.claims import claims
from pipeline.model import PageRecord, ReadPage, TextLine
from tests.extractors.paper import line, paper

BUYER, SELLER = "深圳市试星贸易有限公司", "广州市云帆服装有限公司"
NUMBER = "24972000000123456789"

DIGITAL = [
    line("电子发票（增值税专用发票）", 0.3, 0.05, height=0.05),
    line(f"发票号码：{NUMBER}", 0.7, 0.05),
    line("开票日期：2026年03月12日", 0.7, 0.1),
    *(line(sign, 0.03, 0.2 + 0.03 * at, height=0.025) for at, sign in enumerate("购买方信息")),
    line("名称：", 0.07, 0.22),
    line(BUYER, 0.12, 0.22),
    line("统一社会信用代码/纳税人识别号：91440397MA5TEXT0X5", 0.07, 0.3),
    *(line(sign, 0.5, 0.2 + 0.03 * at, height=0.025) for at, sign in enumerate("销售方信息")),
    line(f"名称：{SELLER}", 0.54, 0.22),
    line("项目名称", 0.05, 0.4),
    line("规格型号", 0.3, 0.4),
    line("*服装*连衣裙", 0.05, 0.46),
    line("*服装*围巾", 0.05, 0.52),
    line("价税合计（大写）", 0.05, 0.8),
]
PAPER = [
    line("深圳增值税专用发票", 0.35, 0.05, height=0.05),
    line("No 12345678", 0.75, 0.05, height=0.04),
    line("开票日期：2023年03月12日", 0.7, 0.12),
    line("购买方", 0.02, 0.2),
    line("名 称：" + BUYER, 0.1, 0.2),
    line("*服装*连衣裙", 0.05, 0.46),
    line("销售方", 0.02, 0.75),
    line("名 称：" + SELLER, 0.1, 0.75),
]
COMMERCIAL = [
    line("COMMERCIAL INVOICE", 0.3, 0.05, height=0.05),
    line("Seller: Guangzhou Cloudsail Garments Co., Ltd.", 0.05, 0.2),
    line("Buyer:", 0.05, 0.28),
    line("Shenzhen Testriver Trading Co., Ltd.", 0.15, 0.28),
    line("Invoice No.: INV-202603-001", 0.05, 0.36),
    line("Date: March 12, 2026", 0.05, 0.44),
    line("Description of goods", 0.05, 0.55),
    line("Quantity", 0.5, 0.55),
    line("Plush bear", 0.05, 0.61),
    line("100", 0.5, 0.61),
    line("Wooden puzzle", 0.05, 0.67),
    line("Total (USD)", 0.05, 0.8),
]


def values(lines: Sequence[TextLine]) -> dict[str, Any]:
    fields = read(paper(lines, kind="purchase_invoice"))
    return {name: entity.value for name, entity in fields.entities().items()}


def score(lines: Sequence[TextLine]) -> float:
    record = PageRecord(file="a.jpg", page=1, width=1500, height=1000, turned=0)
    found = claims(ReadPage(record=record, lines=tuple(lines)), DOCUMENT_TYPES)
    return next(claim.score for claim in found if claim.name == "purchase_invoice")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            DIGITAL,
            {
                "seller": SELLER,
                "buyer": BUYER,
                "date": date(2026, 3, 12),
                "number": NUMBER,
                "items": ("*服装*连衣裙", "*服装*围巾"),
            },
            id="fully digital: parties side by side",
        ),
        pytest.param(
            PAPER,
            {
                "seller": SELLER,
                "buyer": BUYER,
                "date": date(2023, 3, 12),
                "number": "12345678",
                "items": ("*服装*连衣裙",),
            },
            id="older form: parties one above the other",
        ),
        pytest.param(
            COMMERCIAL,
            {
                "seller": "Guangzhou Cloudsail Garments Co., Ltd.",
                "buyer": "Shenzhen Testriver Trading Co., Ltd.",
                "date": date(2026, 3, 12),
                "number": "INV-202603-001",
                "items": ("Plush bear", "Wooden puzzle"),
            },
            id="commercial",
        ),
        pytest.param([], {}, id="nothing"),
    ],
)
def test_invoices(lines: Sequence[TextLine], expected: dict[str, Any]) -> None:
    assert values(lines) == expected
    assert score(lines) >= 0.9 or not lines


def test_parties_whose_labels_were_not_read_are_known_by_their_place_but_less_surely() -> None:
    unlabelled = [each for each in DIGITAL if len(each.text) > 1]
    labelled, bare = read(paper([*PAPER])), read(paper(unlabelled))
    assert bare.buyer is not None
    assert bare.seller is not None
    assert labelled.buyer is not None
    assert (bare.buyer.value, bare.seller.value) == (BUYER, SELLER)
    assert bare.buyer.confidence < 0.9 < labelled.buyer.confidence


def test_one_party_of_which_it_is_not_known_whose_it_is_is_neither() -> None:
    lines = [line("增值税普通发票", 0.3, 0.05, height=0.05), line("名称：" + BUYER, 0.1, 0.3)]
    assert {"seller", "buyer"}.isdisjoint(values(lines))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([line("RECEIPT", 0.3, 0.05, height=0.05), line("TOTAL 12.00", 0.1, 0.3)], id="till receipt"),
        pytest.param(
            [line("TAX INVOICE NO 123", 0.3, 0.5), line("CASH 20.00", 0.1, 0.3)], id="words on a till receipt"
        ),
        pytest.param(
            [line("INVOICE", 0.3, 0.05, height=0.05), line("Thank you", 0.1, 0.3)], id="bare title, no company"
        ),
    ],
)
def test_a_shop_receipt_is_none(lines: Sequence[TextLine]) -> None:
    assert score(lines) < 0.5
