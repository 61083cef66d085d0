"""What the documentation and the package say must be so."""

import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

import cli
from pipeline.ocr import ENGINES
from pipeline.settings import Settings
from pipeline.verdict import Decision
from validators.assembly import CODE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DRAWN_LATER = {"docs/report.png"}
CONTRACT = {"verify", "inspect", "batch", "rules", "categories", "schema", "explain", "doctor"}
PLANNED = {"evaluate", "review"}
OURS = {"expiring", "notice", "purge", "rulebook"}
COMMANDS = cli.dossier.all_commands()


def test_commands_are_those_of_the_contract() -> None:
    assert CONTRACT <= set(COMMANDS) <= CONTRACT | PLANNED | OURS


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_command_is_in_the_readme_with_all_its_options(name: str) -> None:
    assert f"`dossier {name}" in README
    parameters = [parameter for command in _with_those_below(COMMANDS[name]) for parameter in command.params]
    options = {option for parameter in parameters for option in parameter.opts}
    unknown = {option for option in options if option.startswith("--") and option not in README}
    assert not unknown


def _with_those_below(command: click.Command) -> list[click.Command]:
    below = command.commands.values() if isinstance(command, click.Group) else ()
    return [command, *below]


def test_a_command_of_a_group_is_in_the_readme() -> None:
    groups = {name: command for name, command in COMMANDS.items() if isinstance(command, click.Group)}
    assert not [
        f"{name} {below}"
        for name in groups
        for below in groups[name].commands
        if f"`dossier {name} {below}" not in README
    ]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_nothing_is_hidden(command: object) -> None:
    assert not getattr(command, "hidden", False)
    assert not [parameter for parameter in getattr(command, "params", []) if getattr(parameter, "hidden", False)]


def test_every_decision_has_its_exit_code() -> None:
    assert {decision.value: cli.EXIT_CODES[decision.value] for decision in Decision} == cli.EXIT_CODES


@pytest.mark.parametrize("engine", ENGINES)
def test_engine_is_in_the_readme_and_in_the_help(engine: str) -> None:
    assert f"`{engine}`" in README
    assert engine in str(next(option.help for option in cli.verify.params if option.name == "engine"))


def test_every_setting_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"`DOSSIER_([A-Z_]+)`", README))
    commands = [cli.dossier, *COMMANDS.values()]
    of_options = {str(getattr(option, "envvar", None)) for command in commands for option in command.params}
    assert {f"DOSSIER_{name}" for name in named} <= of_options | {
        f"DOSSIER_{name.upper()}" for name in Settings.model_fields
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8"))
    local = {target for target in targets if "://" not in target} - DRAWN_LATER
    assert not [target for target in local if not (document.parent / target).exists()]


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_module_of_the_code_is_in_the_wheel_and_in_the_fingerprint() -> None:
    included = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    assert tuple(included) == CODE
    assert all((ROOT / name).exists() for name in included)


def test_validators_are_ours() -> None:
    """A distribution of the same name on the public index would overwrite them without a word."""
    assert PYPROJECT["tool"]["uv"]["constraint-dependencies"] == ["validators<0"]
    assert "\nvalidators<0\n" in (ROOT / "constraints.txt").read_text(encoding="utf-8")
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("validators")
    found = subprocess.run(
        [sys.executable, "-c", "import validators; print(validators.__file__)"],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert Path(found.stdout.strip()) == ROOT / "validators" / "__init__.py"


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
