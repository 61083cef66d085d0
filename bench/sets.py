"""The labelled sets that accuracy is measured on: drawn ones by condition, the samples, real documents if present."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors import read_fields
from extractors.comparison import YARDSTICK
from pipeline.evaluate.command import score_set
from pipeline.evaluate.crew import Wishes
from pipeline.evaluate.score import DocumentScore
from pipeline.run import Parts
from pipeline.settings import Settings
from samples.generate.conditions import Condition
from samples.generate.labelled import labelled, write_set
from validators.assembly import BuildOptions, build

PROJECT = Path(__file__).resolve().parents[1]
SAMPLES = PROJECT / "samples"
AS_OF = date(2026, 11, 24)


@contextmanager
def drawn_set(condition: Condition, count: int, *, seed: int) -> Iterator[Path]:
    """Draw a set in one condition, and take it away again."""
    with TemporaryDirectory(prefix="dossier-bench-") as name:
        folder = Path(name)
        write_set(labelled(count, seed=seed, conditions=(condition,)), folder)
        yield folder


def real_set() -> Path | None:
    """Return the folder of real documents, if it lies beside this project or the one that it is a worktree of."""
    nearby = (parent / "shared" / "real" for parent in PROJECT.parents)
    return next((folder for folder in nearby if (folder / "truth.json").is_file()), None)


def scores_of_set(folder: Path, *, jobs: int, raw: bool = False, show: bool = False) -> tuple[DocumentScore, ...]:
    """Score a set as `dossier evaluate` does; with `raw`, by the confidence that the readers give."""
    settings = Settings(engine="ppocr")
    make: Callable[[], Parts] = partial(_build, BuildOptions(settings=settings, as_of=AS_OF, threads=1), raw=raw)
    return score_set(folder, make, YARDSTICK, settings, Wishes(jobs=jobs, show=show))


def _build(options: BuildOptions, *, raw: bool) -> Parts:
    parts = build(options)
    return replace(parts, extract=read_fields) if raw else parts
