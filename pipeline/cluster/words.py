"""What driver and nodes say to each other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.marks import hash_of
from pipeline.model import Record
from pipeline.retrying import Lost
from pipeline.run import Parts
from pipeline.settings import Settings
from pipeline.version import code_digest, product_version
from pipeline.worker import Trouble

PACKAGES = ("pipeline", "extractors", "validators")


@dataclass(frozen=True)
class Duty:
    """What a node is there for; pickled, and only opened by one that runs the same code."""

    build: Callable[[], Parts]
    settings: Settings
    workers: int
    html: bool
    debug: bool
    url: str | None
    """Where dossiers lie; None is a folder that every node sees."""
    folder: Path
    example: Path | None
    """A dossier in that folder, by which it is known."""
    judged_by: tuple[tuple[Path, str], ...]
    """Files that workers read besides, with their SHA-256."""


class Word(Record):
    """What a node says of one job. `answer` goes beside it, as bytes."""

    lost: str | None = None
    """JSON of a `Lost`, if the job came to nothing there."""
    introduction: str = ""
    """What its workers judge by, once it has begun."""
    broken: Trouble | None = None
    """Why the node does no job at all; this one was not begun, or is not to blame."""


_LOST = TypeAdapter(Lost)


def lost_to_json(lost: Lost) -> str:
    """Write what became of a job."""
    return _LOST.dump_json(lost).decode()


def lost_from_json(text: str) -> Lost:
    """Read what became of a job; raises ValueError."""
    return _LOST.validate_json(text)


@cache
def version() -> str:
    """Return what tells this installation from others: the version, and a hash over the code."""
    here = Path(__file__).resolve().parent.parent.parent
    return f"{product_version()} {code_digest(here / name for name in PACKAGES)}"


def hashes(paths: Iterable[Path]) -> tuple[tuple[Path, str], ...]:
    """Return files, by their absolute paths, with their SHA-256; empty where one cannot be read."""
    return tuple((path.absolute(), hash_of(path) or "") for path in paths)
