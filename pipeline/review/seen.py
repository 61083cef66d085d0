"""A dossier as a reviewer sees it, what they choose, and what stands in the way."""

from dataclasses import dataclass

from pipeline.errors import DossierError
from pipeline.report.record import Report
from pipeline.review.cases import Case
from pipeline.review.events import Event, Outcome, Reason, Valued
from pipeline.review.leases import Lease
from pipeline.review.standing import Standing
from pipeline.review.values import applies


class Held(DossierError):
    """Somebody else works on the dossier."""

    def __init__(self, lease: Lease) -> None:
        """Take the lease that holds."""
        super().__init__("somebody else works on this dossier")
        self.lease = lease


class NoSuchDossier(DossierError):
    """There is no dossier of this id on the desk."""


@dataclass(frozen=True)
class Seen:
    """A dossier as a reviewer sees it."""

    case: Case
    recorded: Report
    """As the machine judged it."""
    report: Report
    """The same with reviewers' values, judged again."""
    gist: str
    """Of the machine's report, see `gist_of`."""
    standing: Standing
    events: tuple[Event, ...]
    kept: tuple[str, ...] = ()
    other_rulebook: bool = False
    reveals: bool = False
    """Whether the batch wrote identity numbers whole (`--reveal`), so that they can be looked at."""

    @property
    def lapsed_values(self) -> tuple[Event, ...]:
        """What reviewers read on files that are no longer in the dossier."""
        values = self.standing.values
        return tuple(e for e in values if isinstance(e.body, Valued) and not applies(e.body, self.recorded))


@dataclass(frozen=True)
class Choice:
    """What a reviewer chose."""

    outcome: Outcome
    reason: Reason
    note: str = ""
