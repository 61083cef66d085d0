"""Commands that are imported when they are asked for."""

import subprocess
import sys

import click
import pytest

import cli
from pipeline.lazy import LazyGroup


def test_every_command_of_the_list_is_there_under_its_name() -> None:
    commands = cli.dossier.all_commands()
    assert set(cli.LATER) <= set(commands)
    assert {name: command.name for name, command in commands.items()} == {name: name for name in commands}


def test_an_unknown_command_is_none() -> None:
    group = LazyGroup("group", later={"rulebook": "validators.commands.rulebook"})
    assert group.get_command(click.Context(group), "nothing") is None


def test_a_command_that_its_module_lacks_is_a_defect_and_not_silently_missing() -> None:
    group = LazyGroup("group", later={"missing": "validators.commands.rulebook"})
    with pytest.raises(AttributeError, match="missing"):
        group.get_command(click.Context(group), "missing")


def test_a_command_does_not_import_the_others() -> None:
    script = (
        "import sys\nfrom click.testing import CliRunner\nimport cli\n"
        "assert CliRunner().invoke(cli.dossier, ['purge', '--help']).exit_code == 0\n"
        "print('validators' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False\n"
