"""Pages that are made from the catalogue and the rulebooks are not stale."""

from pathlib import Path

import pytest

from pipeline.report.titles import RULE_TITLES, rule_titles
from validators.rendering import GROUPS, pages, titles
from validators.rules import RULES

DOCS = Path(__file__).parent.parent / "docs"
PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_not_stale(name: str) -> None:
    path = DOCS / f"{name}.md"
    assert path.exists(), "run: make docs"
    assert path.read_text(encoding="utf-8") == PAGES[name], "run: make docs"


def test_titles_of_rules_are_not_stale() -> None:
    assert RULE_TITLES.read_text(encoding="utf-8") == titles(), "run: make docs"
    assert {name: said for name, said in rule_titles().items() if name == "LIC206"} == {"LIC206": RULES["LIC206"].holds}


def test_every_rule_is_on_its_page() -> None:
    assert all(f"### {rule}\n" in PAGES["rules"] for rule in RULES)
    assert {rule[:3] for rule in RULES} == set(GROUPS)


def test_every_rulebook_has_a_page() -> None:
    assert "`dresses`" in PAGES["rulebook-aliexpress"]
    assert "旗舰店" in PAGES["rulebook-tmall"]
