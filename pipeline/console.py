"""What every command has to do with the terminal: standard output, standard error, exit codes, dates."""

import errno
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from pipeline.errors import FAILING, DossierError, UsageError
from pipeline.identity_numbers import LEAST_OF_ONE

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

DEFECT, INTERRUPTED = 70, 130
REPORT_IT = "Please report it to the maintainers, with this line and what `dossier doctor` prints, and no document."


def run_command(command: click.Command, arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; whatever goes wrong becomes one line on standard error."""
    debug = "--debug" in arguments
    try:
        return int(command.main(list(arguments), prog_name="dossier", standalone_mode=False) or 0)
    except (DossierError, click.ClickException) as error:
        if debug:
            _traceback()
        return _refused(error)
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return INTERRUPTED
    except Exception as error:
        if debug:
            _traceback()
        refused = _blame_disk(error) if isinstance(error, OSError) else None
        return _refused(refused) if refused else _defect(error)


def end(code: int) -> NoReturn:
    """End the process with an exit code; an interrupted one at once.

    Taking down the engine's threads in an orderly way while they are at work was seen to abort the process (134).
    """
    if code == INTERRUPTED:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def complain(message: str) -> None:
    """Say what went wrong; identity numbers, which may stand in a path, are masked."""
    click.echo(f"dossier: {_masked(message)}", err=True)


def write_out(text: str) -> None:
    """Write to standard output; a reader that went away early (`| head`) is no error.

    Raises:
        UsageError: There is no room where it leads to, or it is closed (`>&-`).
    """
    if not sys.stdout:
        raise UsageError("standard output is closed")
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence()
    except OSError as error:
        raise _full(error) from error


def write_file(path: Path, content: str) -> None:
    """Write a file that the user named: whole or not at all.

    Raises:
        UsageError: It cannot be written.
    """
    from pipeline.folders import write_whole

    try:
        if path.exists() and not path.is_file():  # a device or a pipe, which nothing may replace
            path.write_text(content, encoding="utf-8")
        else:
            write_whole(path, content.encode(), path.with_name(f".{os.getpid()}.unfinished"))
    except OSError as error:
        raise UsageError(f"cannot write to {path}: {error.strerror}") from error


def people(*, err: bool = True) -> "Console":
    """Return the console for tables and progress, on standard error or output."""
    from rich.console import Console

    return Console(stderr=err, highlight=False)


def show(
    entries: Sequence[dict[str, Any]], shape: str | None, *, alone: bool, table: "Callable[[], RenderableType]"
) -> None:
    """Show an answer on standard output: as asked for, else as a table to people and as JSON to programs.

    Args:
        entries: The answer.
        shape: `table` or `json`, if it was asked for.
        alone: Whether the answer is the one entry, not a list.
        table: Makes the table.
    """
    if (shape or ("table" if sys.stdout and sys.stdout.isatty() else "json")) == "table":
        people(err=False).print(table())
    else:
        write_out(json.dumps(entries[0] if alone else entries, ensure_ascii=False, indent=2) + "\n")


def _silence() -> None:
    # Python would complain once more when it flushes at the end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _full(error: OSError) -> UsageError:
    _silence()
    return UsageError(f"cannot write to standard output: {error.strerror}")


def _blame_disk(error: OSError) -> UsageError | None:
    """Return what to say of a disk that fails or is full; None for what may be a defect of ours."""
    if error.filename is None:
        # Files are written with care, so it is what click or rich show on standard output.
        return _full(error) if error.errno == errno.ENOSPC else None
    if error.errno not in FAILING:
        return None
    from pipeline.text import clean

    path = clean(str(error.filename))
    return UsageError(f"cannot use {path}: {error.strerror}; put this right and give the same command again")


def _refused(error: DossierError | click.ClickException) -> int:
    if _is_told_to_programs(error.exit_code):
        return error.exit_code
    if isinstance(error, click.ClickException):
        said = StringIO()
        error.show(said)
        click.echo(_masked(said.getvalue()), err=True, nl=False)
    elif error.exit_code == DEFECT:
        complain(f"it cannot go on by a defect of its own ({error}). {REPORT_IT}")
    else:
        complain(str(error))
    return error.exit_code


def _masked(message: str) -> str:
    if not LEAST_OF_ONE.search(message):
        return message
    from pipeline.report.masking import mask_text

    return mask_text(message)


def _is_told_to_programs(exit_code: int) -> bool:
    """Tell the log that a command cannot go on; if programs read it, a sentence beside it would break its lines."""
    if "pipeline.events" not in sys.modules:  # nobody asked for a log
        return False
    from pipeline.events import Event, is_json, tell

    tell(Event.REFUSED, counts={"exit_code": exit_code})
    return is_json()


def _defect(error: Exception) -> int:
    from pipeline.worker import place_of

    if _is_told_to_programs(DEFECT):
        return DEFECT
    # Not the error's own message: it may quote a document.
    complain(f"it cannot go on by a defect of its own ({place_of(error)}). {REPORT_IT} `--debug` shows more.")
    return DEFECT


def _traceback() -> None:
    import traceback

    traceback.print_exc()
