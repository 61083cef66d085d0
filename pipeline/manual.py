"""Every command with its options, as a page of the documentation: `make docs` writes it, a test finds a stale one."""

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click

HEAD = ("# Commands", "", "<!-- Made by `make docs`: change the source, not this page. -->")


def page_of(group: click.Group, name: str) -> str:
    """Return the page of a command and all that are below it."""
    return "\n".join([*HEAD, *_section(group, click.Context(group, info_name=name))]) + "\n"


def commands_below(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """Yield a command and all that are below it, each with the context that it is called in."""
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below and not below.hidden:
                yield from commands_below(below, click.Context(below, parent=context, info_name=name))


def write(group: click.Group, name: str, path: Path) -> None:
    """Write the page."""
    path.write_text(page_of(group, name), encoding="utf-8")


def _section(group: click.Command, context: click.Context) -> Iterator[str]:
    for command, called in commands_below(group, context):
        yield from ("", f"## {called.command_path}", "", _plain(command.help or ""))
        rows = [row for each in command.params if (row := each.get_help_record(called)) and row[1]]
        usage = " ".join(command.collect_usage_pieces(called))
        yield from ("", "```sh", f"{called.command_path} {usage}".rstrip(), "```")
        if rows:
            yield from ("", "| option | does |", "|---|---|", *(_row(*row) for row in rows))


def _row(option: str, does: str) -> str:
    return f"| `{_cell(option)}` | {_cell(' '.join(does.split()))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _plain(text: str) -> str:
    return cleandoc(text)
