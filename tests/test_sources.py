"""What rules and rulebook rest on can be opened by whoever has the repository."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from validators.engine import Rule
from validators.rulebook import ALIEXPRESS
from validators.rules import RULES

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
PACKAGE = sorted(
    path
    for path in (ROOT / "cli.py", *(ROOT / name for name in ("pipeline", "extractors", "validators", "docs")))
    for path in (path.rglob("*") if path.is_dir() else [path])
    if path.suffix in {".py", ".yaml", ".j2", ".md"}
)
REFERENCE = re.compile(r"docs/sources\.md#([a-z0-9-]+)")
ELSEWHERE = re.compile(
    r"/work/|domain\.md|domain facts|(?:architecture|categories|contract|reliability|rules|style)\.(?:md|json)"
)


def anchors(text: str) -> list[str]:
    """Return the anchors of a page's headings, as GitHub and its like make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def references(paths: list[Path]) -> set[str]:
    return {anchor for path in paths for anchor in REFERENCE.findall(path.read_text(encoding="utf-8"))}


def test_every_section_of_the_sources_has_an_anchor_of_its_own() -> None:
    assert len(anchors(SOURCES)) == len(set(anchors(SOURCES)))


def test_every_anchor_that_the_package_names_exists() -> None:
    named = references(PACKAGE)
    assert len(named) > 20
    assert named <= set(anchors(SOURCES))


def test_links_within_the_sources_lead_somewhere() -> None:
    assert set(re.findall(r"\]\(#([^)]+)\)", SOURCES)) <= set(anchors(SOURCES))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_what_a_rule_cites_of_the_sources_exists(rule: Rule[Any]) -> None:
    found = REFERENCE.findall(rule.cites)
    assert len(found) == rule.cites.count("docs/sources.md")
    assert set(found) <= set(anchors(SOURCES))


def test_every_block_of_the_rulebook_names_its_section_of_the_sources() -> None:
    rulebook = yaml.safe_load(ALIEXPRESS.read_text(encoding="utf-8"))
    blocks = [*rulebook["policy"], *(block for each in rulebook["categories"] for block in each["terms"])]
    assert not [block["source"] for block in blocks if not REFERENCE.search(block["source"])]


def without_links_within(path: Path) -> str:
    """Return a page without the links that lead to files of this repository."""

    def leads_within(link: re.Match[str]) -> bool:
        target = (path.parent / link[1]).resolve()
        return target.is_file() and target.is_relative_to(ROOT)

    text = path.read_text(encoding="utf-8")
    if path.suffix != ".md":
        return text
    return re.sub(r"\]\(([^)#]+)(?:#[^)]*)?\)", lambda link: "]" if leads_within(link) else link[0], text)


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_points_outside_the_repository(path: Path) -> None:
    assert not ELSEWHERE.findall(without_links_within(path))


def test_a_link_to_a_page_that_is_not_here_points_outside(tmp_path: Path) -> None:
    elsewhere = tmp_path / "page.md"
    elsewhere.write_text("[reliability](reliability.md#speed) and [rules](../rules.md)", encoding="utf-8")
    assert ELSEWHERE.findall(without_links_within(elsewhere)) == ["reliability.md", "rules.md"]
