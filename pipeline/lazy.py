"""A command line whose parts are imported when they are asked for, from an explicit list."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A group of commands, some of which live in modules of their own.

    `dossier rules` need not wait for what only `dossier rulebook` imports.
    """

    def __init__(self, *args: Any, later: Mapping[str, str] | None = None, **options: Any) -> None:
        """Make the group.

        Args:
            *args: As click has them.
            later: Command → module that defines it, as an attribute of the command's name.
            **options: As click has them.
        """
        super().__init__(*args, **options)
        self.later = dict(later or {})

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was asked for; an interruption ends it without click's empty line."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as interrupted:
            raise click.Abort from interrupted

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click hands it in
        """Return the names of all commands, imported or not."""
        return sorted({*self.commands, *self.later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported if need be."""
        return self._imported(cmd_name) if cmd_name in self.later else super().get_command(ctx, cmd_name)

    def all_commands(self) -> dict[str, click.Command]:
        """Return every command by its name, all of them imported."""
        return {**self.commands, **{name: self._imported(name) for name in self.later}}

    def _imported(self, name: str) -> click.Command:
        command: click.Command = getattr(import_module(self.later[name]), name)
        return command
