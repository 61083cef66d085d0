"""`dossier evaluate`: a labelled set read, scored and shown."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.batch import default_jobs
from pipeline.console import people, show, write_file
from pipeline.errors import UsageError
from pipeline.evaluate.crew import ScoringDesk, Wishes, jobs_of, scores_of
from pipeline.evaluate.hiding import hide_numbers
from pipeline.evaluate.score import DocumentScore, Yardstick
from pipeline.evaluate.summary import Evaluation, summarise
from pipeline.evaluate.truth import TRUTH, Label, load_truth
from pipeline.run import Parts
from pipeline.settings import Settings


@contextmanager
def _bar(total: int) -> Iterator[Callable[[], None]]:
    """Yield what is called after each file; it draws a bar if standard error is a terminal."""
    from rich.progress import Progress

    console = people()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("files", total=total)
        yield lambda: bar.update(task, advance=1)


def score_set(
    folder: Path, build: Callable[[], Parts], yardstick: Yardstick, settings: Settings, wishes: Wishes
) -> tuple[DocumentScore, ...]:
    """Read every document of a labelled set and compare it with its label, in the order of the labels.

    Args:
        folder: With `truth.json`.
        build: Puts the parts together; called in each worker process, so it must be picklable.
        yardstick: How values are compared; picklable.
        settings: Limits.
        wishes: How many processes, and which fields.

    Raises:
        UsageError: The labels are not valid, or a file is missing.
    """
    labels = load_truth(folder)
    _check(labels, folder, yardstick, wishes.only)
    jobs = jobs_of(labels, folder)
    found: dict[str, DocumentScore] = {}
    with _bar(len(jobs)) as step:
        for scores in scores_of(jobs, ScoringDesk(build, yardstick, wishes), settings):
            found |= {each.id: each for each in scores}
            step()
    return tuple(found[label.id] for label in labels)


def run_evaluation(
    folder: Path,
    build: Callable[[], Parts],
    yardstick: Yardstick,
    settings: Settings,
    *,
    jobs: int | None,
    only: tuple[str, ...],
    values: bool,
    reveal: bool,
    shape: str | None,
    html: Path | None,
) -> Evaluation:
    """Evaluate a labelled set and show what came out.

    Args:
        folder: With `truth.json`.
        build: Puts the parts together.
        yardstick: How values are compared.
        settings: Limits, and the language of table and page.
        jobs: Worker processes; None for one per core.
        only: Fields that count; empty for all.
        values: Whether values of documents may be shown.
        reveal: Whether identity numbers stay whole among them, and in names of documents.
        shape: `table` or `json`, if it was asked for.
        html: Where the page goes, if it is wanted.

    Raises:
        UsageError: The labels are not valid, or an output would change the set.
    """
    if html and html.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{html} lies inside the set, and inputs are never changed; write elsewhere")
    whole = summarise(score_set(folder, build, yardstick, settings, Wishes(jobs or default_jobs(), only, show=values)))
    evaluation = whole if reveal else hide_numbers(whole)
    if html:
        _write_page(evaluation, html, settings.lang)
    from pipeline.evaluate.table import tables

    show([evaluation.model_dump(mode="json")], shape, alone=True, table=lambda: tables(evaluation, lang=settings.lang))
    return evaluation


def _write_page(evaluation: Evaluation, path: Path, lang: str) -> None:
    from pipeline.evaluate.page import to_html

    write_file(path, to_html(evaluation, lang=lang))


def _check(labels: Sequence[Label], folder: Path, yardstick: Yardstick, only: Sequence[str]) -> None:
    for label in labels:
        for name, wanted in label.entities.items():
            if problem := yardstick.problem_with(label.type or "", name, wanted):
                raise UsageError(f"{folder / TRUTH}: entry {label.id}: entities.{name}: {problem}")
    known = {
        yardstick.field_of(label.type or "", name, wanted)
        for label in labels
        for name, wanted in label.entities.items()
    }
    if unknown := sorted(set(only) - {name for name in known if name}):
        raise UsageError(
            f"no label has a field {', '.join(unknown)}; they have {', '.join(sorted(filter(None, known)))}"
        )
