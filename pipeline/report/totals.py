"""What a batch's page counts over all of its rows, which are gone through once and not kept."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.report.record import SecondsRecord
from pipeline.report.row import Row

ERROR = "error"
_COMMONEST = 10
_SPANS = (0, 1, 2, 5, 10, 30, 60)
"""Seconds where the bands of the chart of times begin."""
_BANDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)
"""Where the bands of confidence begin; the last ends at 1."""


class Totals:
    """Counts of rows that have come by."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.outcomes: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self._bands: Counter[int] = Counter()
        self._spans: Counter[int] = Counter()
        self._stages = dict.fromkeys(SecondsRecord.model_fields, 0.0)

    def counting(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows, each counted."""
        for row in rows:
            self._count(row)
            yield row

    def commonest(self) -> Sequence[tuple[str, int]]:
        """Return the rules that fail most, with in how many dossiers."""
        return sorted(self._failures.items(), key=lambda each: (-each[1], each[0]))[:_COMMONEST]

    def bands(self) -> Sequence[tuple[str, int]]:
        """Return of how many dossiers the lowest confidence lies where."""
        names = [f"{low:.2f}–{high:.2f}" for low, high in pairwise((*_BANDS, 1.0))]
        return [(name, self._bands[number]) for number, name in enumerate(names)]

    def spans(self) -> Sequence[tuple[str, int]]:
        """Return how many dossiers took how long, in seconds; nothing where no report says it."""
        names = [*(f"{low}–{high} s" for low, high in pairwise(_SPANS)), f"≥ {_SPANS[-1]} s"]
        return [(name, self._spans[number]) for number, name in enumerate(names)] if self._spans else ()

    def stages(self) -> Sequence[tuple[str, int]]:
        """Return how many seconds each stage took in all, to the second; nothing where no report says it."""
        return [(name, round(seconds)) for name, seconds in self._stages.items()] if self._spans else ()

    def _count(self, row: Row) -> None:
        self.outcomes[outcome_of(row)] += 1
        self._failures.update(row.failed_rules)
        if row.confidence is not None:
            self._bands[bisect_right(_BANDS, row.confidence) - 1] += 1
        if row.seconds:
            spent = vars(row.seconds)
            self._spans[bisect_right(_SPANS, sum(spent.values())) - 1] += 1
            for name, seconds in spent.items():
                self._stages[name] += seconds


def outcome_of(row: Row) -> str:
    """Return the decision, `none` for a dossier without one, or `error`."""
    if row.error is not None:
        return ERROR
    return row.decision.value if row.decision else "none"
