"""`dossier rulebook check`: what is wrong with a rulebook that is valid."""

import re
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from tests.validators import build
from validators.rulebook import ALIEXPRESS
from validators.rulebook_check import check_rulebook, described
from validators.rulebook_file import BUILTIN, read_layers

TEXT = ALIEXPRESS.read_text(encoding="utf-8")


def problems(folder: Path, text: str) -> list[str]:
    """Return what is said of a rulebook, `line: field: problem`."""
    path = folder / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        check_rulebook(read_layers(path), as_of=build.AS_OF)
    return [each.split("rules.yaml:", 1)[1] for each in str(caught.value).splitlines() if "rules.yaml:" in each]


@pytest.mark.parametrize("name", BUILTIN)
def test_nothing_is_wrong_with_ours(name: str) -> None:
    layers = read_layers(BUILTIN[name])
    facts = described(layers, check_rulebook(layers, as_of=build.AS_OF))
    assert (facts["id"], facts["categories"], facts["problems"]) == (name, 45, [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "    min_remaining_days: 90\n",
            "    min_remaining_days: 200\n",
            r"policy\[\d+\]\.warn_remaining_days: lies below min_remaining_days",
            id="a warning that never comes",
        ),
        pytest.param(
            "max_stores_in_category: 3",
            "max_stores_in_category: 7",
            r"policy\[\d+\]\.max_stores_in_category: exceeds max_stores",
            id="a limit that never counts",
        ),
        pytest.param(
            "{USPTO: [2]}", "{USPT: [2]}", r"registration_weekdays: no such office: USPT", id="unknown office"
        ),
        pytest.param(
            "        direct_right: true\n        one_per_mark: true\n        max_links: 1\n",
            "        direct_right: true\n        one_per_mark: true\n        max_links: 2\n",
            r"store_types: official: a direct right cannot come by 2 links",
            id="direct right by several links",
        ),
        pytest.param(
            "        claims_official: true\n", "", r"store_types: official: its name form says", id="name form"
        ),
        pytest.param(
            "kinds: [food_production, food_business]",
            "kinds: [food_produktion, food_business]",
            r"no such kind of qualification: food_produktion \(did you mean food_production\?\)",
            id="unknown kind",
        ),
        pytest.param('groups: ["2501"]', 'groups: ["1802"]', r"groups of classes that dresses lacks: 1802", id="group"),
        pytest.param(
            "words: [服装, 连衣裙", "words: [服装, 服装, 连衣裙", r"words that stand twice: 服装", id="double word"
        ),
        pytest.param(
            "      - {id: tops, en",
            "      - {id: nobody, en: N, zh: 无}\n      - {id: tops, en",
            r"nobody has no Nice class",
            id="a subcategory that no mark covers",
        ),
        pytest.param(
            "    min_age: 18",
            "    min_age: 18\n  - source: todo\n    effective_from: 2018-01-01\n    min_age: 19",
            r"'todo' names no source",
            id="no source",
        ),
        pytest.param(
            "sources:\n", "sources:\n  - nobody rests on this\n", r"sources\[0\]: no block rests", id="unused source"
        ),
        pytest.param(
            "    min_age: 18",
            "    min_age: 18\n"
            "  - {source: a law of 1990, effective_from: 1990-01-01, effective_to: 2000-12-31, min_age: 20}",
            r"policy\[\d+\]: never in force: it ends before anything holds, on 2017-01-01",
            id="a block before all others",
        ),
        pytest.param(
            "        secondary: [26, 6, 20]\n",
            "        secondary: [26, 6, 20]\n"
            "      - {source: a notice of 2010, effective_from: 2010-01-01, effective_to: 2010-12-31, deposit: 1}\n",
            r"categories\[5\].terms\[1\]: never in force",
            id="terms before the category",
        ),
    ],
)
def test_a_problem_is_told_with_its_line(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in TEXT
    found = problems(tmp_path, TEXT.replace(old, new, 1))
    matching = [each for each in found if re.search(expected, each)]
    assert matching, found
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    # A store type or a category is told by the line on which it begins.
    assert abs(int(matching[0].partition(":")[0]) - line) < 30


def test_leaving_out_what_nobody_states_is_told(tmp_path: Path) -> None:
    below = tmp_path / "below.yaml"
    below.write_text(TEXT.replace("        entry: ", "        # entry: "), encoding="utf-8")
    (problem,) = problems(tmp_path, 'id: mine\nversion: "1"\nextends: below.yaml\nwithout: [entry, deposit]\n')
    assert problem == "4: without: no file below states entry"


def test_a_block_that_states_nothing_is_told(tmp_path: Path) -> None:
    empty = "  - source: a law of 2018\n    effective_from: 2018-01-01\n"
    (problem,) = problems(tmp_path, TEXT.replace("  # Trademarks\n", empty + "  # Trademarks\n", 1))
    assert problem.endswith("this block states nothing")


def test_a_category_that_is_closed_for_good_is_told(tmp_path: Path) -> None:
    text = TEXT.replace(
        '    zh: "鞋"\n    marketplace_ids: [322]\n    terms:\n',
        '    zh: "鞋"\n    marketplace_ids: [322]\n    terms:\n'
        "      - {source: a notice of 2010, effective_from: 2010-01-01, entry: closed}\n",
        1,
    )
    assert any("closed on every day" in each for each in problems(tmp_path, text))
