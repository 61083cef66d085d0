"""One dossier by itself: run it, and write its report where it is wanted."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.console import ending_at_once, write_file, write_out
from pipeline.errors import UsageError
from pipeline.ingest import Intake
from pipeline.names import FORM_NAMES
from pipeline.report.json import Report, to_json, to_report
from pipeline.run import Parts, run
from pipeline.settings import Settings


@dataclass(frozen=True)
class Where:
    """What is read, and where the report goes."""

    inputs: tuple[Path, ...]
    """Files and folders, which no output may touch."""
    output: Path | None
    """Where the JSON goes; None is standard output."""
    html: Path | None
    """Where the page for people goes, if it is wanted."""


def report_on(
    open_it: Callable[[Settings], Intake],
    build: Callable[[], Parts],
    settings: Settings,
    where: Where,
    *,
    with_form: bool,
) -> Report:
    """Run one dossier and write its report.

    Args:
        open_it: Opens the dossier; before the parts are put together, since a wrong path is found at once.
        build: Puts the parts together.
        settings: Limits, and the language of the page for people.
        where: What is read, and where the report goes.
        with_form: False if there is no application to decide on.

    Raises:
        UsageError: An output would change an input, or the other output.
    """
    _keep_apart(where.inputs, [path for path in (where.output, where.html) if path])
    with ending_at_once():
        started = time.perf_counter()
        intake = open_it(settings)
        opened_in = time.perf_counter() - started
        outcome = run(intake, build(), with_form=with_form, opened_in=opened_in)
        report = to_report(outcome)
    if where.html:
        from pipeline.report.html import to_html

        write_file(where.html, to_html(report, outcome.pictures, lang=settings.lang))
    if where.output:
        write_file(where.output, to_json(report))
    else:
        write_out(to_json(report))
    return report


def files_below(folder: Path) -> list[Path]:
    """Return the documents in a folder; an application form at its top is none."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if not (path.parent == folder and path.name.casefold() in FORM_NAMES))


def _keep_apart(inputs: Sequence[Path], outputs: Sequence[Path]) -> None:
    files = [path.resolve() for path in outputs if path.is_file() or not path.exists()]
    if len(set(files)) < len(files):
        raise UsageError("--output and --html name the same file; give two")
    for path in outputs:
        if any(path.resolve().is_relative_to(given.resolve()) for given in inputs):
            raise UsageError(f"{path} is or lies inside what is read, and inputs are never changed; write elsewhere")
