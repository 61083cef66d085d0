"""`index.html` of a batch: how many dossiers came out how, why, and a table that leads to their reports.

What needs a person comes first: dossiers without a report, then the rejected, those to review, the approved. Without a
script the page shows the first rows; its script filters and sorts all that the page holds, and draws some at a time.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from urllib.parse import quote

from pydantic import JsonValue

from pipeline.report.html import render
from pipeline.report.record import SecondsRecord
from pipeline.report.row import Row
from pipeline.report.titles import STORE_TYPES, rule_titles, title
from pipeline.report.values import money
from pipeline.report.words import phrase
from pipeline.verdict import Decision

ERROR = "error"
_ORDER = (ERROR, Decision.REJECTED, Decision.NEEDS_REVIEW, Decision.APPROVED, "none")
_TONES = {
    ERROR: "fail",
    Decision.REJECTED: "fail",
    Decision.NEEDS_REVIEW: "open",
    Decision.APPROVED: "good",
    "none": "",
}
SHOWN = 50
"""Rows that are shown without a script."""
_COMMONEST = 10
_SPANS = (0, 1, 2, 5, 10, 30, 60)
"""Seconds where the bands of the chart of times begin."""
_BANDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)
"""Where the bands of confidence begin; the last ends at 1."""


def to_html_index(rows: Iterable[Row], *, lang: str, total: int | None = None) -> str:
    """Return the page; its links lead to the rows' files, so that it belongs into the output folder.

    Args:
        rows: In any order; all are held in memory and in the page.
        lang: `en` or `zh`.
        total: Dossiers of the batch, if `rows` are only a part of them.
    """
    ordered = sorted(rows, key=lambda row: (_ORDER.index(outcome_of(row)), -row.failed.blocker, row.dossier_id))
    outcomes = Counter(map(outcome_of, ordered))
    failures = Counter(rule for row in ordered for rule in row.failed_rules)
    return render(
        "index.html.j2",
        lang,
        rows=ordered[:SHOWN],
        total=len(ordered) if total is None else total,
        more=0 if total is None else max(0, total - len(ordered)),
        every=[_told(row, lang) for row in ordered],
        picks=_picks(ordered, lang),
        tally={outcome: outcomes[outcome] for outcome in _ORDER},
        tones=_TONES,
        failures=[
            (rule, title(rule_titles(), rule, lang), count)
            for rule, count in sorted(failures.items(), key=lambda each: (-each[1], each[0]))[:_COMMONEST]
        ],
        bands=_bands(ordered),
        spans=_spans(ordered),
        stages=_stages(ordered, lang),
        outcome_of=outcome_of,
    )


def outcome_of(row: Row) -> str:
    """Return the decision, `none` for a dossier without one, or `error`."""
    if row.error is not None:
        return ERROR
    return row.decision.value if row.decision else "none"


def _told(row: Row, lang: str) -> Mapping[str, JsonValue]:
    """Return a row for the page's script: what its cells say, and what they are sorted by."""
    outcome = outcome_of(row)
    store_type = title(STORE_TYPES, row.store_type, lang) if row.store_type else ""
    deposit = money(row.deposit.amount, row.deposit.currency) if row.deposit else ""
    rules = " ".join(row.failed_rules)
    company, category = row.company_name or "", row.category or ""
    say = [row.dossier_id, phrase(f"decision.{outcome}", lang), company, category, store_type]
    keys: list[JsonValue] = [row.dossier_id, _ORDER.index(outcome), company, category, store_type]
    amount = float(row.deposit.amount) if row.deposit else -1.0
    return {
        "outcome": outcome,
        "tone": _TONES[outcome],
        "say": [*say, rules, str(row.undetermined or ""), deposit],
        "keys": [*keys, len(row.failed_rules), row.undetermined, amount, row.file or ""],
        "file": quote(row.file or ""),
        "page": quote(row.page or ""),
        "error": row.error,
    }


def _picks(rows: Sequence[Row], lang: str) -> Sequence[tuple[int, str, Sequence[str]]]:
    """Return what can be picked: the cell's number, the name of its column, its values."""
    outcomes = {outcome_of(row) for row in rows}
    decisions = [phrase(f"decision.{outcome}", lang) for outcome in _ORDER if outcome in outcomes]
    categories = sorted({row.category for row in rows if row.category})
    types = sorted({title(STORE_TYPES, row.store_type, lang) for row in rows if row.store_type})
    return (1, "index.decision", decisions), (3, "page.category", categories), (4, "page.store_type", types)


def _spans(rows: Sequence[Row]) -> Sequence[tuple[str, int]]:
    """Return how many dossiers took how long, in seconds; nothing where no report says it."""
    took = [sum(vars(row.seconds).values()) for row in rows if row.seconds]
    names = [*(f"{low}–{high} s" for low, high in pairwise(_SPANS)), f"≥ {_SPANS[-1]} s"]
    return _counted(names, _SPANS, took) if took else ()


def _stages(rows: Sequence[Row], lang: str) -> Sequence[tuple[str, int]]:
    """Return how many seconds each stage took in all, to the second."""
    spent = [row.seconds for row in rows if row.seconds]
    return [
        (phrase(f"stage.{name}", lang), round(sum(getattr(each, name) for each in spent)))
        for name in SecondsRecord.model_fields
        if spent
    ]


def _bands(rows: Sequence[Row]) -> Sequence[tuple[str, int]]:
    """Return of how many dossiers the lowest confidence lies where."""
    names = [f"{low:.2f}–{high:.2f}" for low, high in pairwise((*_BANDS, 1.0))]
    return _counted(names, _BANDS, [row.confidence for row in rows if row.confidence is not None])


def _counted(names: Sequence[str], starts: Sequence[float], values: Sequence[float]) -> Sequence[tuple[str, int]]:
    """Return how many values lie in each band; one begins where the last ends, and the last has no end."""
    found = Counter(bisect_right(starts, value) - 1 for value in values)
    return [(name, found[number]) for number, name in enumerate(names)]
