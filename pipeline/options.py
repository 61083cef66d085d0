"""Options that several commands share, and the settings that they and the environment make."""

import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.errors import ConfigurationError
from pipeline.text import meant_by

if TYPE_CHECKING:
    from pipeline.settings import Settings

_OF_OPTIONS = ("DOSSIER_DATABASE", "DOSSIER_LOG_FORMAT", "DOSSIER_LOG_LEVEL", "DOSSIER_SECRET_KEY")
"""Variables that are options of commands, or the desk's own, besides the settings."""
_NEARLY = 0.88
"""Likeness of two names, 0 to 1, from which one is taken for a slip of the other."""

Command = TypeVar("Command", bound=Callable[..., Any])
"""A function that click makes a command of."""


class _NewPath(click.Path):
    """A path to write to: an empty one, as of an unset variable, is not the working folder."""

    def convert(
        self, value: "str | os.PathLike[str]", param: click.Parameter | None, ctx: click.Context | None
    ) -> "str | bytes | os.PathLike[str]":
        if not os.fspath(value):
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


class _FolderOrUrl(click.Path):
    """A folder, or the URL of one; a `file:` URL is the folder that it names."""

    def convert(
        self, value: "str | os.PathLike[str]", param: click.Parameter | None, ctx: click.Context | None
    ) -> "str | bytes | os.PathLike[str]":
        text = os.fspath(value)
        if "://" in text and not text.startswith("file://"):
            return text
        if not text:
            self.fail("the path is empty", param, ctx)
        return super().convert(text.removeprefix("file://"), param, ctx)


class _FileOrId(click.Path):
    """A file, or the id of something that comes with the program, which whoever loads it knows."""

    def convert(
        self, value: "str | os.PathLike[str]", param: click.Parameter | None, ctx: click.Context | None
    ) -> "str | bytes | os.PathLike[str]":
        text = os.fspath(value)
        return Path(text) if text.isidentifier() else super().convert(value, param, ctx)


EXISTING = click.Path(exists=True, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FILE = _NewPath(dir_okay=False, path_type=Path)
NEW_FOLDER = _NewPath(file_okay=False, path_type=Path)
FOLDER_OR_URL = _FolderOrUrl(exists=True, file_okay=False, path_type=Path)
NEW_FOLDER_OR_URL = _FolderOrUrl(file_okay=False, path_type=Path)


def day(value: str) -> date:
    """Read a date as programs write it."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a date such as 2026-11-24") from error


AS_OF = click.option("--as-of", type=day, metavar="YYYY-MM-DD", help="Day to judge by.  [default: today]")
FILE_OR_ID = _FileOrId(exists=True, dir_okay=False, path_type=Path)
RULEBOOK = click.option(
    "--rulebook", type=FILE_OR_ID, help="Rulebook to judge by: a YAML file, or one of ours.  [default: aliexpress]"
)
WATCHLIST = click.option("--watchlist", type=FILE, help="Companies, codes, people and marks to stop at.")
WAIVERS = click.option("--waivers", type=FILE, help="Findings that a person has waived, with reason, owner and expiry.")
DATABASE = click.option(
    "--database",
    envvar="DOSSIER_DATABASE",
    metavar="URL",
    help="Where results are on record: postgresql://… or sqlite:///…  [default: OUT/results.sqlite]",
)
CLUSTER = click.option(
    "--cluster",
    metavar="HOST:PORT",
    help="Let the machines of a Ray cluster do the work; --jobs is then for each of them.",
)
WORK = click.option(
    "--work", type=NEW_FOLDER, help="Folder on this machine to work in, if OUT is a URL.  [default: one by its name]"
)
RECORDS = click.option(
    "--records", metavar="FILE|URL", help="Earlier decisions to judge beside: a batch's results.sqlite or --database."
)
ENGINE = click.option("--engine", metavar="NAME", help="OCR engine: ppocr, tesseract or replay.  [default: ppocr]")
LANG = click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of tables and pages.  [default: en]")
REVEAL = click.option("--reveal", is_flag=True, help="Leave identity numbers whole in reports.  [default: masked]")
LOG_FORMAT = click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    envvar="DOSSIER_LOG_FORMAT",
    help="Log events on standard error: lines for people, or JSON.  [default: no log]",
)
LOG_LEVEL = click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"], case_sensitive=False),
    envvar="DOSSIER_LOG_LEVEL",
    help="Least level of events that are logged.  [default: info]",
)
FORMAT = click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json"]),
    help="How to show it.  [default: a table on a terminal, else JSON]",
)
JOBS = click.option("-j", "--jobs", type=click.IntRange(min=1), help="Worker processes.  [default: one per core]")
OUTPUT = click.option("-o", "--output", type=NEW_FILE, help="Write the report here, not to standard output.")
HTML = click.option("--html", type=NEW_FILE, help="Write the page for people here.")


def examples(*lines: str) -> str:
    """Return what stands at the end of a command's help; a backspace keeps click from joining the lines."""
    return "\n".join(("\b", "Example:" if len(lines) == 1 else "Examples:", *(f"  {line}" for line in lines)))


def verifying(command: Command) -> Command:
    """Add the options that every verifying command takes."""
    for option in (REVEAL, LANG, ENGINE, WAIVERS, WATCHLIST, RULEBOOK, AS_OF):
        command = option(command)
    return command


def evaluating(command: Command) -> Command:
    """Add the options of `evaluate`."""
    only = click.option(
        "--field", "only", multiple=True, metavar="NAME", help="Score this field alone; may be repeated."
    )
    values = click.option("--show", "values", is_flag=True, help="Also print what was read and what is true.")
    for option in (LANG, ENGINE, FORMAT, HTML, REVEAL, values, only, JOBS):
        command = option(command)
    return command


def read_settings(*, engine: str | None = None, lang: str | None = None) -> "Settings":
    """Return the settings of the environment, with what the command line says instead.

    Raises:
        ConfigurationError: One of them is not valid, or the environment has one by a name that is nearly a setting's.
    """
    from pydantic import ValidationError

    from pipeline.settings import Settings

    _complain_about_slips(f"DOSSIER_{name}".upper() for name in Settings.model_fields)
    said: dict[str, Any] = {name: value for name, value in {"engine": engine, "lang": lang}.items() if value}
    try:
        return Settings(**said)
    except ValidationError as error:
        wrong = "; ".join(
            f"DOSSIER_{'_'.join(map(str, each['loc'])).upper()}: {each['msg']}"
            for each in error.errors(include_input=False)
        )
        raise ConfigurationError(f"a setting of the environment is not valid: {wrong}") from error


def _complain_about_slips(names: Iterable[str]) -> None:
    """Refuse a variable that is no setting and has nearly a setting's name: a limit would silently not hold."""
    known = {*names, *_OF_OPTIONS}
    for name in sorted(set(map(str.upper, os.environ)) - known):
        near = meant_by(name, known, least=_NEARLY) if name.startswith("DOSSIER_") else None
        if near:
            raise ConfigurationError(f"{name} in the environment is no setting; did you mean {near}?")
