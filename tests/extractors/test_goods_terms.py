"""Which kinds of goods an item is: its head decides, in Chinese and in English."""

import pytest

from extractors.goods_terms import GoodsTerms

TERMS = GoodsTerms({"dress": ("连衣裙", "dresses"), "hat": ("帽", "hats & caps"), "clothing": ("服装", "clothing")})


@pytest.mark.parametrize(
    ("item", "kinds"),
    [
        ("连衣裙", {"dress"}),
        ("儿童连衣裙（非运动用）", {"dress"}),
        ("贝雷帽", {"hat"}),
        ("帽子用衬里", set()),
        ("服装绶带", set()),
        ("Dresses", {"dress"}),
        ("evening dress", {"dress"}),
        ("Caps", {"hat"}),
        ("hats for children", {"hat"}),
        ("linings for hats", set()),
        ("Clothing, namely, dresses and skirts; hats", {"clothing", "dress", "hat"}),
        ("连衣裙及帽", {"dress", "hat"}),
        ("clothing made of leather", {"clothing"}),
        ("addresses", set()),
        ("", set()),
    ],
)  # fmt: skip
def test_the_head_of_an_item_decides(item: str, kinds: set[str]) -> None:
    assert TERMS.kinds_of(item) == kinds
    assert TERMS.kinds_of(item) == kinds, "and what is remembered is the same"
