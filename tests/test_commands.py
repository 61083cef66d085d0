"""Commands and options as they are named in the documentation, and as they are."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import dossier
from pipeline.manual import commands_below, page_of

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "commands.md"
PROSE = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
COMMANDS = {
    tuple(context.command_path.split()): command
    for command, context in commands_below(dossier, click.Context(dossier, info_name="dossier"))
}
SNIPPET = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
CALL = re.compile(r"(?:^|[`|&] ?|nice )dossier((?: +[^\s`|;&]+)+)", re.MULTILINE)


def test_page_of_commands_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page_of(dossier, "dossier"), "run: make docs"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    answer = CliRunner().invoke(dossier, [*words[1:], "--help"])
    assert answer.exit_code == 0
    command = COMMANDS[words]
    named = {name for each in command.params for name in each.opts if name.startswith("--")}
    assert all(name in answer.output for name in named)
    assert all(each.help for each in command.params if isinstance(each, click.Option))
    assert command.help
    page = PAGE.read_text(encoding="utf-8")
    assert f"## {' '.join(words)}\n" in page
    assert all(name in page for name in named)


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_prose_names_no_command_and_no_option_that_there_is_not(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    calls = [call[1].split() for snippet in SNIPPET.findall(text) for call in CALL.finditer(snippet)]
    assert [wrong for words in calls if (wrong := unknown(words))] == []


def test_what_is_not_there_is_found() -> None:
    assert unknown(["batch", "applications", "--nowhere"]) == "dossier batch --nowhere"
    assert unknown(["review", "results", "--four-eyes"]) is None
    assert unknown(["review", "adduser", "results", "--four-eyes"]) == "dossier review adduser --four-eyes"
    assert unknown(["rulebook", "burn"]) == "dossier rulebook burn"
    assert unknown(["burn", "OUT"]) == "dossier burn"
    assert unknown(["…"]) is None


def unknown(words: list[str]) -> str | None:
    """Return what of a call is no command or no option, if anything is."""
    called: tuple[str, ...] = ("dossier",)
    rest = list(words)
    while rest and (*called, rest[0]) in COMMANDS:
        called = (*called, rest.pop(0))
    if called == ("dossier", "review"):
        called = ("dossier", "review", "serve")
    elif isinstance(COMMANDS[called], click.Group) and rest and re.fullmatch(r"[a-z]{3,}", rest[0]):
        return " ".join((*called, rest[0]))
    known = {name for depth in range(1, len(called) + 1) for name in names_of(called[:depth])} | {"--help", "--version"}
    asked = [match[0] for word in rest if (match := re.match(r"--[a-z][a-z-]*", word))]
    return next((" ".join((*called, name)) for name in asked if name not in known), None)


def names_of(called: tuple[str, ...]) -> set[str]:
    return {name for each in COMMANDS[called].params for name in (*each.opts, *each.secondary_opts)}
