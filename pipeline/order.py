"""What a batch is asked to do, and what has become of it so far."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.verdict import Decision


@dataclass(frozen=True)
class Order:
    """What a batch is asked to do."""

    folder: Path
    """Of dossiers."""
    out: Path
    jobs: int
    """Worker processes."""
    resume: bool = True
    """Leave alone what is done already and would come out the same."""
    as_of: date | None = None
    """Day that workers judge by: an answer as of another is none. None asks nothing."""
    thorough: bool = False
    """See what is done by its content alone, not by sizes and times of files."""
    html: bool = False
    """Write a page for people beside each report."""
    debug: bool = False
    """Let workers write to standard error."""
    judged_by: tuple[Path, ...] = ()
    """Files that workers read besides: a rulebook, a watch list."""
    retry_quarantined: bool = False
    """Try again what was given up because it brought its readers down."""
    database: str | None = field(default=None, repr=False)
    """URL of the results database, which may hold a password; None is the output folder's own."""
    url: str | None = field(default=None, repr=False)
    """Where dossiers lie instead of in `folder`, by fsspec."""
    copy_to: str | None = field(default=None, repr=False)
    """Where results are copied to from `out`, by fsspec."""
    cluster: str | None = None
    """Address of a Ray cluster whose machines do the work; `jobs` is then for each of them, 0 one for each core."""


@dataclass
class Tally:
    """What has become of a batch so far."""

    found: int
    """Dossiers in all."""
    strays: tuple[str, ...] = ()
    """Files in the batch folder that belong to no dossier."""
    named_by_numbers: int = 0
    """Dossiers in whose folder's name an identity number stands."""
    decisions: Counter[Decision] = field(default_factory=Counter)
    errors: int = 0
    """Dossiers that could not be processed."""
    unchanged: int = 0
    """Dossiers that an earlier run had done."""
    files: int = 0
    pages: int = 0
    """Pages that this run has read."""
    interrupted: bool = False
    summary_is_left: bool = False
    """Table and page are left to the next run, since there was no time for them after an interruption."""
    troubles: tuple[str, ...] = ()
    """What befell machines of the cluster."""
    left_out: str = ""
    """What of the results database could not be relied on, in words."""

    @property
    def finished(self) -> int:
        """Dossiers that have a report or an error record."""
        return self.decisions.total() + self.errors

    def counts(self) -> dict[str, int | bool]:
        """Return the numbers, as JSON has them."""
        return {
            "found": self.found,
            **{decision.value: self.decisions[decision] for decision in Decision},
            "errors": self.errors,
            "unchanged": self.unchanged,
            "strays": len(self.strays),
            "interrupted": self.interrupted,
        }
