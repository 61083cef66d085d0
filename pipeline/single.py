"""One dossier by itself: run it, and write its report where it is wanted."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.answers import read_answer
from pipeline.console import write_file, write_out
from pipeline.errors import DossierError, UsageError
from pipeline.events import Event, tell
from pipeline.ingest import Intake
from pipeline.jobs import Answer, Desk, Job, access_of, leave_out, limits_of, tell_outcome
from pipeline.names import FORM_NAMES
from pipeline.report.json import Report
from pipeline.retrying import Lost
from pipeline.roster import Found
from pipeline.run import Parts
from pipeline.settings import Settings
from pipeline.supervisor import Supervisor
from pipeline.worker import Serve


@dataclass(frozen=True)
class Where:
    """What is read, and where the report goes."""

    inputs: tuple[Path, ...]
    """Files and folders, which no output may touch."""
    output: Path | None
    """Where the JSON goes; None is standard output."""
    html: Path | None
    """Where the page for people goes, if it is wanted."""
    judged_by: tuple[Path, ...] = ()
    """Files that are read besides: a rulebook, a watch list."""
    debug: bool = False
    """Let the worker write to standard error."""


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
    started = time.perf_counter()
    intake = open_it(settings)
    job = Job(Found(intake.id, ""), intake=intake, opened_in=time.perf_counter() - started)
    desk = Desk(build, html=where.html is not None, with_form=with_form)
    tell(Event.STARTED, counts={"found": 1, "files": len(intake.sources)})
    # What is inspected is called by its file's name, which is no id.
    name = intake.id if with_form else None
    answer, report = _in_a_worker(job, desk, settings, where, name)
    if where.html:
        write_file(where.html, answer.page or "")
    if where.output:
        write_file(where.output, answer.report or "")
    else:
        write_out(answer.report or "")
    tell(Event.STOPPED, seconds=time.perf_counter() - started)
    return report


def _in_a_worker(job: Job, desk: Desk, settings: Settings, where: Where, name: str | None) -> tuple[Answer, Report]:
    """Do one job in a process of its own: the bytes of a stranger bring down nothing else."""
    with access_of(settings, *where.judged_by) as access:
        supervisor = Supervisor(
            Serve(desk, talk=where.debug),
            access=access,
            workers=1,
            limits=limits_of(settings),
            read=read_answer,
            leave_out=leave_out,
            name=lambda _: name,
        )
        (((_, came_of_it),)) = supervisor.run([job])
    tell_outcome(name, came_of_it)
    if isinstance(came_of_it, Lost):
        raise came_of_it.trouble.as_error()
    answer, report = came_of_it
    if report is None:
        raise DossierError("a worker answered without a report")
    return answer, report


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
