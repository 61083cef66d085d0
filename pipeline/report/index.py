"""`index.html` of a batch: how many dossiers came out how, why, and a table that leads to their reports.

What needs a person comes first: dossiers without a report, then the rejected, those to review, the approved. Without a
script the page shows the first rows; its script filters and sorts all that the page holds, and draws some at a time.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from pydantic import JsonValue

from pipeline.report.html import render
from pipeline.report.row import Row
from pipeline.report.titles import STORE_TYPES, title
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
        failures=sorted(failures.items(), key=lambda each: (-each[1], each[0]))[:_COMMONEST],
        bands=_bands(ordered),
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


def _bands(rows: Sequence[Row]) -> Sequence[tuple[str, int]]:
    ends = (*_BANDS[1:], None)
    sure = [row.confidence for row in rows if row.confidence is not None]
    return [
        (
            f"{low:.2f}–{1 if high is None else high:.2f}",
            sum(low <= each and (high is None or each < high) for each in sure),
        )
        for low, high in zip(_BANDS, ends, strict=True)
    ]
