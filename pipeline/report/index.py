"""`index.html` of a batch: how many dossiers came out how, why, and a table that leads to their reports.

What needs a person comes first: dossiers without a report, then the rejected, those to review, the approved. Without a
script the page shows the first rows; its script filters and sorts all that the page holds, and draws some at a time.
"""

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from urllib.parse import quote

from pydantic import JsonValue

from pipeline.report.html import render
from pipeline.report.row import Row
from pipeline.report.titles import STORE_TYPES, rule_titles, title
from pipeline.report.totals import ERROR, Totals, outcome_of
from pipeline.report.values import money
from pipeline.report.words import phrase
from pipeline.verdict import Decision

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
MOST_ROWS = 10_000
"""Rows of the table; the summary for spreadsheets has all."""


def to_html_index(rows: Iterable[Row], *, lang: str, most: int = MOST_ROWS) -> str:
    """Return the page; its links lead to the rows' files, so that it belongs into the output folder.

    Args:
        rows: In any order, gone through once; there may be a million.
        lang: `en` or `zh`.
        most: So many, those that need a person first, are held in memory and in the page's table; all are counted.
    """
    totals = Totals()
    ordered = nsmallest(most, totals.counting(rows), key=_urgency)
    return render(
        "index.html.j2",
        lang,
        rows=ordered[:SHOWN],
        total=totals.outcomes.total(),
        more=totals.outcomes.total() - len(ordered),
        every=[_told(row, lang) for row in ordered],
        picks=_picks(ordered, lang),
        tally={outcome: totals.outcomes[outcome] for outcome in _ORDER},
        tones=_TONES,
        failures=[(rule, title(rule_titles(), rule, lang), count) for rule, count in totals.commonest()],
        bands=totals.bands(),
        spans=totals.spans(),
        stages=[(phrase(f"stage.{name}", lang), seconds) for name, seconds in totals.stages()],
        outcome_of=outcome_of,
    )


def _urgency(row: Row) -> tuple[int, int, str]:
    return _ORDER.index(outcome_of(row)), -row.failed.blocker, row.dossier_id


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
