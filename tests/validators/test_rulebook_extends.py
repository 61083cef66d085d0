"""Rulebook files that extend others."""

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from tests.validators import build
from validators.policy import Entry
from validators.rulebook import ALIEXPRESS, load_rulebook
from validators.rulebook_file import BUILTIN

HEAD = 'id: mine\nversion: "1"\nextends: aliexpress\n'
BLOCK = "policy:\n  - source: a contract of 2020\n    effective_from: 2020-01-01\n    max_stores: 4\n"


def saved(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told(path: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_rulebook(path, as_of=build.AS_OF)
    return str(caught.value)


def test_what_is_stated_goes_before_what_is_extended_and_the_rest_stays(tmp_path: Path) -> None:
    book = load_rulebook(saved(tmp_path, HEAD + BLOCK), as_of=build.AS_OF)
    below = build.rulebook()
    assert (book.identity.id, book.policy.max_stores, below.policy.max_stores) == ("mine", 4, 6)
    assert book.policy.model_copy(update={"max_stores": 6}) == below.policy
    assert book.categories == below.categories


def test_before_its_first_day_a_block_changes_nothing(tmp_path: Path) -> None:
    path = saved(tmp_path, HEAD + BLOCK)
    assert load_rulebook(path, as_of=date(2019, 12, 31)).policy.max_stores == 6


def test_an_older_block_goes_before_a_newer_one_of_the_file_below(tmp_path: Path) -> None:
    middle = saved(tmp_path, HEAD + BLOCK.replace("2020", "2024"), "middle.yaml")
    top = saved(tmp_path, HEAD.replace("aliexpress", middle.name) + BLOCK.replace("max_stores: 4", "max_stores: 5"))
    assert load_rulebook(top, as_of=build.AS_OF).policy.max_stores == 5


def test_provenance_says_which_file(tmp_path: Path) -> None:
    provenance = load_rulebook(saved(tmp_path, HEAD + BLOCK), as_of=build.AS_OF).provenance
    assert (provenance["max_stores"].file, provenance["max_stores"].source) == ("mine.yaml", "a contract of 2020")
    assert provenance["min_age"].file == "aliexpress.yaml"


@pytest.mark.parametrize(
    ("types", "problems"),
    [
        pytest.param(
            "[{id: main, en: Main, zh: 主店, statuses: [R], brands: 1, colour: red}]",
            ["store_types[0].colour: unknown key"],
            id="an entry that is not valid",
        ),
        pytest.param("[]", ["store_types: this list needs at least one entry"], id="no entry"),
    ],
)
def test_a_list_is_too_short_only_if_it_is(tmp_path: Path, types: str, problems: list[str]) -> None:
    said = told(saved(tmp_path, HEAD + BLOCK.replace("max_stores: 4", f"store_types: {types}")))
    assert re.findall(r"store_types[^:]*: (?:unknown key|this list[^\n]*)", said) == problems


def test_the_hash_covers_every_file(tmp_path: Path) -> None:
    below = saved(tmp_path, ALIEXPRESS.read_text(encoding="utf-8"), "below.yaml")
    top = saved(tmp_path, HEAD.replace("aliexpress", "below.yaml") + BLOCK)
    before = load_rulebook(top, as_of=build.AS_OF).identity.sha256
    saved(tmp_path, below.read_text(encoding="utf-8") + "\n", "below.yaml")
    assert load_rulebook(top, as_of=build.AS_OF).identity.sha256 != before


def test_terms_of_categories_may_be_left_out_and_others_stated(tmp_path: Path) -> None:
    shoes = (
        "categories:\n  - id: shoes\n    en: Footwear\n    zh: 鞋靴\n    terms:\n"
        "      - {source: a contract of 2020, effective_from: 2020-01-01, deposit: 5}\n"
    )
    book = load_rulebook(saved(tmp_path, HEAD + "without: [deposit, marketplace_ids]\n" + shoes), as_of=build.AS_OF)
    found, below = book.category("shoes"), build.rulebook().category("shoes")
    assert found
    assert below
    assert (found.en, found.terms.deposit, found.marketplace_ids) == ("Footwear", 5, ())
    assert (found.terms.primary, found.subcategories) == (below.terms.primary, below.subcategories)
    apparel = book.category("apparel")
    assert apparel
    assert apparel.terms.deposit is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            HEAD.replace("aliexpress", "mine.yaml"),
            "mine.yaml:3: extends: mine.yaml is extended by itself",
            id="itself",
        ),
        pytest.param(
            HEAD.replace("aliexpress", "none.yaml"), "mine.yaml:3: extends: no file .*none.yaml", id="no such file"
        ),
        pytest.param(
            HEAD + "without: [fee]\n", "mine.yaml:1: without: no such term of a category: fee", id="no such term"
        ),
        pytest.param(HEAD + "polizy: []\n", "mine.yaml:4: polizy: unknown key; did you mean", id="unknown key"),
        pytest.param(
            HEAD + "categories:\n  - id: shoes\n    en: S\n    zh: 鞋\n    subcategories:\n"
            "      - {id: phones, en: P, zh: 手机, nice: [9]}\n",
            r"mine.yaml:5: categories\[0\]: subcategories with classes that are not the category's: phones",
            id="classes of the file below",
        ),
    ],
)
def test_a_problem_is_told_with_its_file_and_line(tmp_path: Path, text: str, expected: str) -> None:
    assert re.search(expected, told(saved(tmp_path, text)))


def test_a_ring_of_files_is_refused(tmp_path: Path) -> None:
    saved(tmp_path, HEAD.replace("aliexpress", "mine.yaml"), "other.yaml")
    assert "is extended by itself" in told(saved(tmp_path, HEAD.replace("aliexpress", "other.yaml")))


def test_an_unknown_id_names_those_that_there_are() -> None:
    assert "one of aliexpress, tmall" in told(Path("taobao_global"))


@pytest.mark.parametrize("name", BUILTIN)
def test_ours_are_found_by_id(name: str) -> None:
    assert load_rulebook(Path(name), as_of=build.AS_OF).identity.id == name


def test_tmall_is_another_marketplace() -> None:
    tmall = load_rulebook(Path("tmall"), as_of=build.AS_OF)
    flagship = tmall.store_type("official")
    assert flagship
    assert (flagship.zh, flagship.max_links, flagship.brands, flagship.direct_right) == ("旗舰店", 1, 1, True)
    assert [kind.zh for kind in tmall.policy.store_types] == ["旗舰店", "专卖店", "专营店"]
    assert tmall.policy.min_remaining_days == 365
    assert tmall.policy.counting_offices == ("CNIPA",)
    assert "天猫" in tmall.policy.marketplace_names
    assert "速卖通" not in tmall.policy.marketplace_names
    assert not any(kind.individuals for kind in tmall.policy.store_types)
    assert {category.terms.deposit for category in tmall.categories} == {None}
    cigarettes = tmall.category("e_cigarettes")
    assert cigarettes
    assert cigarettes.terms.entry is Entry.CLOSED
