"""What belongs to one marketplace stands in its rulebook, and nowhere in code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for path in (ROOT / "cli.py", *(ROOT / name for name in ("pipeline", "extractors", "validators")))
    for path in (path.rglob("*.py") if path.is_dir() else [path])
)
MARKETPLACE = re.compile(r"aliexpress|速卖通|tmall|天猫", re.IGNORECASE)
NOT_JUDGING = {
    "validators/rulebook_file.py": {"aliexpress", "tmall"},  # the ids of our rulebooks
    "validators/rulebook.py": {"aliexpress"},  # which one is used by default
}
"""File → texts in it that name a marketplace and judge nothing."""
READ_ON_LETTERS = "extractors/letters/words.py"
"""Names all marketplaces that letters speak of, so that they can be read; which of them counts is the rulebook's."""
SHOWN = {"help", "epilog", "cites"}
"""Keywords of calls whose texts are for people."""


def texts(tree: ast.AST) -> Iterator[str]:
    """Yield the texts that a module works with: neither docstrings nor help, examples and sources."""
    shown = {
        id(below)
        for node in ast.walk(tree)
        for part in _shown(node)
        for below in ast.walk(part)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in shown:
            yield node.value


def _shown(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return [node]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "examples":
        return [node]
    if isinstance(node, ast.keyword) and node.arg in SHOWN:
        return [node.value]
    return []


@pytest.mark.parametrize(
    "path",
    [path for path in CODE if path != ROOT / READ_ON_LETTERS],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_code_names_no_marketplace(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    found = {text for text in texts(ast.parse(path.read_text(encoding="utf-8"))) if MARKETPLACE.search(text)}
    assert found <= NOT_JUDGING.get(name, set())


def test_the_guard_sees_what_it_should() -> None:
    tree = ast.parse('"""AliExpress."""\nx = "速卖通"\n@rule("A", cites="sell.aliexpress.com")\ndef f(): ...\n')
    assert [text for text in texts(tree) if MARKETPLACE.search(text)] == ["速卖通"]
