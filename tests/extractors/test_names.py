"""Names are found in running Chinese and English text, and spaCy is loaded only for that."""

import subprocess
import sys

import pytest

from extractors.names import NameKind, find_names, goods_in_scope, naming, tidy_names

ORG, PERSON, DATE, GOODS = NameKind.ORG, NameKind.PERSON, NameKind.DATE, NameKind.GOODS
LETTER = (
    "兹授权深圳市试星贸易有限公司在速卖通平台销售本公司商品，授权期限自2024年1月1日至2026年12月31日。"
    "授权人：杭州云试服饰股份有限公司，法定代表人：林试之（签字）。"
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            LETTER,
            [
                (ORG, "深圳市试星贸易有限公司"),
                (DATE, "2024年1月1日"),
                (DATE, "2026年12月31日"),
                (ORG, "杭州云试服饰股份有限公司"),
                (PERSON, "林试之"),
            ],
        ),
        ("联系人王小试先生", [(PERSON, "王小试")]),
        ("委托试星商标事务所办理", [(ORG, "试星商标事务所")]),
        ("二〇二四年一月一日", [(DATE, "二〇二四年一月一日")]),
        ("服装零售；鞋帽批发", [(GOODS, "服装"), (GOODS, "鞋帽")]),
        (
            "Blue Test Trading Co., Ltd. is authorized by Testriver Corporation until December 31, 2026.",
            [(ORG, "Blue Test Trading Co., Ltd."), (ORG, "Testriver Corporation"), (DATE, "December 31, 2026")],
        ),
        ("Signed by Mr. John A. Tester on 5 March 2025", [(PERSON, "Mr. John A. Tester"), (DATE, "5 March 2025")]),
        ("Nordtest GmbH and Delta & Sons Ltd agree", [(ORG, "Nordtest GmbH"), (ORG, "Delta & Sons Ltd")]),
        ("Class 25: clothing; hats, scarves.", [(GOODS, "clothing"), (GOODS, "hats"), (GOODS, "scarves")]),
        ("no name in here", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[tuple[NameKind, str]]) -> None:
    found = [name for name in find_names(text) if name.kind is not GOODS or (names and names[0][0] is GOODS)]
    assert [(name.kind, name.text) for name in found] == names
    assert all(text[name.start : name.stop] == name.text for name in found)


def test_goods_of_a_scope_are_named_once() -> None:
    scope = "一般项目：服装零售；服装批发；皮革制品制造；货物进出口；国内贸易代理。许可项目：食品销售"
    assert goods_in_scope(scope) == ("服装", "皮革制品", "食品")


@pytest.mark.parametrize(
    ("texts", "terms", "found"),
    [
        (("婚纱", "手套(服装)", "皮带"), ("手套及围巾",), ("手套(服装)",)),
        (("Hats", "chatter boxes"), ("Hats & caps", "帽子"), ("Hats",)),
        (("上衣", "t恤衫"), ("上衣及T恤",), ("上衣", "t恤衫")),
        (("吉他",), ("连衣裙", "dresses"), ()),
        ((), ("连衣裙",), ()),
        (("吉他",), (), ()),
    ],
)
def test_goods_are_told_by_the_terms_of_a_rulebook(
    texts: tuple[str, ...], terms: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert naming(texts, terms) == found


def test_names_of_one_kind_in_normal_form() -> None:
    assert tidy_names(find_names(LETTER), PERSON) == ("林试之",)


def test_spacy_is_not_imported_with_the_extractors() -> None:
    script = "import extractors, extractors.names, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
