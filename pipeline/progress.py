"""What a person sees on the terminal while a batch runs, and when it has ended."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from pipeline.batch import run_batch
from pipeline.collector import spare_what_stays
from pipeline.console import people
from pipeline.events import Event, is_json, tell
from pipeline.order import Order, Tally
from pipeline.report.masking import mask_text
from pipeline.run import Parts
from pipeline.scouts import Scouts
from pipeline.settings import Settings
from pipeline.verdict import Decision

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import ProgressColumn, Task
    from rich.table import Table

SHOWN_STRAYS = 5
SHOWN_TROUBLES = 10
STYLES = {Decision.APPROVED: "green", Decision.NEEDS_REVIEW: "yellow", Decision.REJECTED: "red"}


def run_in_sight(order: Order, build: Callable[[], Parts], settings: Settings, scouts: Scouts) -> Tally:
    """Run a batch with a bar and a table for whoever looks at the terminal. SIGTERM ends it like Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    spare_what_stays()
    console, started = people(), time.monotonic()
    with progress(console) as watch:
        tally = run_batch(order, build, settings, scouts=scouts, watch=_told_to_the_log(watch))
    tell(Event.STOPPED, seconds=time.monotonic() - started, counts=tally.counts())
    if is_json():
        return tally
    if console.is_terminal:
        console.print(summary_table(tally))
    for note in notes(tally, order, seen=console.is_terminal):
        console.print(note, soft_wrap=True, markup=False)
    return tally


def _told_to_the_log(watch: Callable[[Tally], None]) -> Callable[[Tally], None]:
    """Return `watch`, which at its first call also says how many dossiers there are."""
    is_told = False

    def both(tally: Tally) -> None:
        nonlocal is_told
        if not is_told:
            tell(Event.STARTED, counts={"found": tally.found, "strays": len(tally.strays)})
            is_told = True
        watch(tally)

    return both


@contextmanager
def progress(console: "Console") -> Iterator[Callable[[Tally], None]]:
    """Yield what is called with each new state of the batch; it draws a bar if `console` is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns: tuple[ProgressColumn, ...] = (
        TextColumn("dossiers"),
        BarColumn(bar_width=12),
        MofNCompleteColumn(),
        TextColumn("· {task.fields[files]} files · {task.fields[pages]} pages · {task.fields[rate]}"),
        TextColumn("· {task.fields[left]}"),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("batch", total=None, files=0, pages=0, rate="", left="")

        def watch(tally: Tally) -> None:
            state = bar.tasks[0]
            bar.update(
                task,
                total=tally.found,
                completed=tally.finished,
                files=tally.files,
                pages=tally.pages,
                rate=_rate(tally, state),
                left=_left(tally, state),
            )

        yield watch


def summary_table(tally: Tally) -> "Table":
    """Return how many dossiers came out how."""
    from rich.table import Table

    table = Table(title=f"{tally.finished} of {tally.found} dossiers", title_justify="left")
    table.add_column("decision")
    table.add_column("dossiers", justify="right")
    for decision, style in STYLES.items():
        table.add_row(f"[{style}]{decision}[/]", str(tally.decisions[decision]))
    if tally.errors:
        table.add_row("[bold red]could not be processed[/]", str(tally.errors))
    if tally.unchanged:
        table.caption = f"{tally.unchanged} of them were done by an earlier run and have not changed"
    return table


def notes(tally: Tally, order: Order, *, seen: bool) -> Iterator[str]:
    """Yield what should be known once the batch has ended.

    Args:
        tally: What became of it.
        order: What it was asked to do.
        seen: Whether a person is looking, who is also told what went well.
    """
    if tally.interrupted:
        yield "Interrupted. What is finished stays; the same command goes on from here."
    if tally.summary_is_left:
        yield "There was no time for summary.csv and index.html: they are as they were, and the next run writes them."
    if tally.errors:
        yield f"{tally.errors} dossiers could not be processed; why is written in {order.out / 'errors'}."
    if tally.strays:
        shown = mask_text(", ".join(tally.strays[:SHOWN_STRAYS]))
        more = f" and {len(tally.strays) - SHOWN_STRAYS} more" if len(tally.strays) > SHOWN_STRAYS else ""
        yield f"These files belong to no dossier and were not read: {shown}{more}."
    if tally.named_by_numbers:
        yield (
            f"{tally.named_by_numbers} dossiers have an identity number in the name of their folder or zip. It is "
            "masked in their ids, beside a short hash by which whoever tries numbers could find it: better name them "
            "otherwise."
        )
    if tally.left_out:
        yield f"Of what is on record: {tally.left_out}; the reports of this output folder fill it again."
    for trouble in tally.troubles[:SHOWN_TROUBLES]:
        yield f"A machine did not last: {trouble}."
    if len(tally.troubles) > SHOWN_TROUBLES:
        yield f"{len(tally.troubles) - SHOWN_TROUBLES} more machines did not last."
    if order.copy_to:
        yield f"Results were copied from {order.out}, where they stay for the next run."
    if seen:
        out = order.out
        yield f"Reports: {out / 'reports'} · table: {out / 'summary.csv'} · page: {out / 'index.html'}"


def _rate(tally: Tally, task: "Task") -> str:
    return f"{tally.pages / task.elapsed:.1f} pages/s" if task.elapsed and tally.pages else ""


def _left(tally: Tally, task: "Task") -> str:
    """Return the time that remains if dossiers go on finishing as fast as those that were not done before."""
    worked = tally.finished - tally.unchanged
    if not worked or not task.elapsed:
        return ""
    seconds = task.elapsed / worked * (tally.found - tally.finished)
    return f"{timedelta(seconds=round(seconds))} left"
