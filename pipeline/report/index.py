"""`index.html` of a batch: how many dossiers came out how, and a table that leads to their reports.

What needs a person comes first: dossiers without a report, then the rejected, those to review, the approved.
"""

from collections.abc import Iterable

from pipeline.report.html import render
from pipeline.report.row import Row
from pipeline.verdict import Decision

ERROR = "error"
_ORDER = (ERROR, Decision.REJECTED, Decision.NEEDS_REVIEW, Decision.APPROVED, "none")


def to_html_index(rows: Iterable[Row], *, lang: str) -> str:
    """Return the page; its links lead to the rows' files, so that it belongs into the output folder."""
    ordered = sorted(rows, key=lambda row: (_ORDER.index(outcome_of(row)), -row.failed.blocker, row.dossier_id))
    outcomes = [outcome_of(row) for row in ordered]
    return render(
        "index.html.j2",
        lang,
        rows=ordered,
        tally={outcome: outcomes.count(outcome) for outcome in _ORDER},
        outcome_of=outcome_of,
    )


def outcome_of(row: Row) -> str:
    """Return the decision, `none` for a dossier without one, or `error`."""
    if row.error is not None:
        return ERROR
    return row.decision.value if row.decision else "none"
