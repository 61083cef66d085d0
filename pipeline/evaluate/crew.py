"""Reads the files of a labelled set in worker processes; a file that brings its worker down costs that file alone."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.evaluate.score import DocumentScore, Yardstick, score
from pipeline.evaluate.truth import Label, Place, place_of
from pipeline.ingest import Intake, open_dossier, open_files
from pipeline.jobs import access_of, limits_of
from pipeline.retrying import Lost
from pipeline.run import Parts, run
from pipeline.settings import Settings
from pipeline.supervisor import Supervisor
from pipeline.worker import Handler, Serve, Tell

_SCORES: TypeAdapter[tuple[DocumentScore, ...]] = TypeAdapter(tuple[DocumentScore, ...])


@dataclass(frozen=True)
class FileJob:
    """One file and every label that speaks of it."""

    place: Place
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Wishes:
    """What an evaluation is asked for."""

    jobs: int
    """Worker processes."""
    only: tuple[str, ...] = ()
    """Fields that count; empty for all."""
    show: bool = False
    """Keep values of documents in the results."""


@dataclass(frozen=True)
class ScoringDesk:
    """Makes, in a worker process, what scores files there; picklable if `build` and `yardstick` are."""

    build: Callable[[], Parts]
    yardstick: Yardstick
    wishes: Wishes

    def __call__(self) -> Handler[FileJob]:
        """Put the parts together, once, and return the handler of jobs."""
        parts = self.build()
        return lambda job, tell: _SCORES.dump_json(self._scores(job, parts, tell))

    def _scores(self, job: FileJob, parts: Parts, tell: Tell) -> tuple[DocumentScore, ...]:
        documents = run(_opened(job.place, parts.settings), parts, with_form=False, tell=tell).dossier.documents
        only, show = self.wishes.only, self.wishes.show
        return tuple(score(label, documents, self.yardstick, only=only, show=show) for label in job.labels)


def jobs_of(labels: Sequence[Label], folder: Path) -> tuple[FileJob, ...]:
    """Return one job per file of the set, in the order of the labels.

    Raises:
        UsageError: A file is missing.
    """
    grouped: dict[Place, list[Label]] = {}
    for label in labels:
        grouped.setdefault(place_of(label, folder), []).append(label)
    return tuple(FileJob(place, tuple(here)) for place, here in grouped.items())


def scores_of(jobs: Sequence[FileJob], desk: ScoringDesk, settings: Settings) -> Iterator[tuple[DocumentScore, ...]]:
    """Yield the scores of each file's documents as they are done; call from the main thread."""
    with access_of(settings, *{job.place.path for job in jobs}) as access:
        supervisor: Supervisor[FileJob, tuple[DocumentScore, ...]] = Supervisor(
            Serve(desk),
            access=access,
            workers=min(desk.wishes.jobs, len(jobs)),
            limits=limits_of(settings),
            read=lambda _, answer: _SCORES.validate_json(answer),
        )
        with closing(supervisor.run(jobs)) as finished:
            for job, came_of_it in finished:
                yield _lost(job, came_of_it, desk) if isinstance(came_of_it, Lost) else came_of_it


def _opened(place: Place, settings: Settings) -> Intake:
    if not place.member:
        return open_files([place.path], settings)
    whole = open_dossier(place.path, settings)
    return replace(
        whole,
        sources=tuple(source for source in whole.sources if source.file == place.member),
        failures=tuple(failure for failure in whole.failures if failure.file == place.member),
    )


def _lost(job: FileJob, lost: Lost, desk: ScoringDesk) -> tuple[DocumentScore, ...]:
    """Return what is left of documents whose file could not be processed: nothing read."""
    scores = (score(label, (), desk.yardstick, only=desk.wishes.only, show=desk.wishes.show) for label in job.labels)
    return tuple(
        each.model_copy(update={"lost": lost.trouble.code.value, "reason": lost.trouble.reason}) for each in scores
    )
