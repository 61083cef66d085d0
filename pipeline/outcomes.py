"""What came of each dossier of a batch, and how many came out how."""

from pipeline.order import Tally
from pipeline.report.totals import ERROR
from pipeline.spill import Spilled
from pipeline.verdict import Decision


class Outcomes:
    """Counts each dossier once, by what came of it last; it holds that in memory up to a bound."""

    def __init__(self, tally: Tally) -> None:
        """Begin with none; `tally` has the numbers."""
        self._tally = tally
        self._outcomes: Spilled[str] = Spilled()

    def close(self) -> None:
        """Let go of everything."""
        self._outcomes.close()

    def __contains__(self, dossier_id: str) -> bool:
        """Whether something came of a dossier in this run."""
        return dossier_id in self._outcomes

    def has_report(self, dossier_id: str) -> bool:
        """Whether a report came of it."""
        return self._outcomes.get(dossier_id, ERROR) != ERROR

    def count(self, dossier_id: str, decision: Decision | None) -> None:
        """Count a dossier by what came of it last; None for an error."""
        before, outcome = self._outcomes.get(dossier_id), decision or ERROR
        if before is not None:
            self._add(before, -1)
        self._outcomes[dossier_id] = outcome
        self._add(outcome, 1)

    def _add(self, outcome: str, number: int) -> None:
        if outcome == ERROR:
            self._tally.errors += number
        else:
            self._tally.decisions[Decision(outcome)] += number
