"""The dossiers as the desk lists them: one row each, made of reports and of the journal, for looking things up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, delete, select, tuple_, update

from pipeline.report.record import Report
from pipeline.review.changes import weighty_open
from pipeline.review.events import Decided, Event, Judging, Valued
from pipeline.review.shelf import Shelved, gist_of
from pipeline.review.standing import Standing, State, standing_of
from pipeline.review.tables import CASES, VALUES
from pipeline.verdict import Decision

RANKS: Mapping[str, int] = {Decision.NEEDS_REVIEW: 0, Decision.REJECTED: 1, Decision.APPROVED: 2}
"""By which the queue goes: what needs a person comes first."""


@dataclass(frozen=True)
class Case:
    """A dossier as the desk lists it."""

    dossier_id: str
    as_of: str
    machine: str
    judged: str
    rank: int
    company_code: str | None
    company_name: str | None
    store_type: str | None
    category: str | None
    words: str
    arrived: float
    report_sha256: str
    gist: str | None
    wrong: int | None
    state: str
    outcome: str | None
    decided_by: str | None
    decided_at: str | None
    assignee: str | None
    version: int


def case_of(row: Row[Any]) -> Case:
    """Return the case of a row of the table."""
    return Case(**row._mapping)


def find_case(engine: Engine, dossier_id: str) -> Case | None:
    """Return a dossier's case."""
    with engine.connect() as connection:
        row = connection.execute(select(CASES).where(CASES.c.dossier_id == dossier_id)).first()
    return case_of(row) if row else None


def earlier_cases(engine: Engine, case: Case, *, most: int) -> tuple[Case, ...]:
    """Return the same company's dossiers that come before this one, the latest first and at most so many."""
    order = (CASES.c.as_of, CASES.c.dossier_id)
    before = tuple_(*order) < (case.as_of, case.dossier_id)
    query = select(CASES).where(CASES.c.company_code == case.company_code, before)
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(*(column.desc() for column in order)).limit(most))
        return tuple(case_of(row) for row in rows)


def row_of(shelved: Shelved, *, arrived: float) -> dict[str, Any]:
    """Return the row of a dossier that nobody has worked on yet."""
    entry = shelved.entry
    marks = (text for mark in entry.marks for text in (mark.text, mark.number) if text)
    named = (entry.dossier_id, entry.company_name, entry.company_code, *marks)
    return {
        "dossier_id": entry.dossier_id,
        "as_of": entry.as_of.isoformat(),
        "machine": entry.decision.value,
        "judged": entry.decision.value,
        "rank": RANKS[entry.decision],
        "company_code": entry.company_code,
        "company_name": entry.company_name,
        "store_type": entry.store_type,
        "category": entry.category,
        "words": " ".join(dict.fromkeys(text.casefold() for text in named if text)),
        "arrived": arrived,
        "report_sha256": shelved.report_sha256,
        "gist": None,
        "wrong": None,
        "state": State.OPEN.value,
        "outcome": None,
        "decided_by": None,
        "decided_at": None,
        "assignee": None,
        "version": 0,
    }


def replace_case(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write a row in place of the dossier's earlier one; since when it waits stays."""
    changed = {name: value for name, value in row.items() if name != "arrived"}
    connection.execute(update(CASES).where(CASES.c.dossier_id == row["dossier_id"]).values(changed))


def put_read(connection: Connection, report: Report, digest: str) -> None:
    """Note what has been found in a report that was read."""
    values = {"gist": gist_of(report), "wrong": len(weighty_open(report))}
    this = (CASES.c.dossier_id == report.dossier_id) & (CASES.c.report_sha256 == digest)
    connection.execute(update(CASES).where(this).values(values))


def put_standing(connection: Connection, dossier_id: str, events: Sequence[Event]) -> Standing:
    """Note where a dossier stands after what was done to it."""
    row = connection.execute(
        select(CASES.c.gist).where(CASES.c.dossier_id == dossier_id)
    ).first()  # fmt: skip
    standing = standing_of(events, gist=row.gist if row else None)
    decided = standing.decided
    judging = _last_judging(events, row.gist) if row else None
    values = {
        "state": standing.state.value,
        "outcome": decided.body.outcome.value if decided and isinstance(decided.body, Decided) else None,
        "decided_by": decided.by if decided else None,
        "decided_at": decided.at.isoformat() if decided else None,
        "assignee": standing.assignee,
        "version": standing.version,
    }
    if judging and judging.decision_after:
        judged = judging.decision_after
        values |= {"judged": judged.value, "rank": RANKS[judged], "wrong": judging.wrong_after}
    connection.execute(update(CASES).where(CASES.c.dossier_id == dossier_id).values(values))
    _put_values(connection, dossier_id, events, standing)
    return standing


def _last_judging(events: Sequence[Event], gist: str | None) -> Judging | None:
    """Return what came of the last value, if the machine's report is still the one that it was judged beside."""
    judgings = (event.body for event in reversed(events) if isinstance(event.body, Judging))
    last = next((body for body in judgings if body.decision_after), None)
    return last if last and last.gist == gist else None


def _put_values(connection: Connection, dossier_id: str, events: Sequence[Event], standing: Standing) -> None:
    standing_numbers = {event.number for event in standing.values}
    rows = [
        {
            "number": event.number,
            "dossier_id": dossier_id,
            "type": event.body.type,
            "entity": event.body.entity,
            "was_right": event.body.was_right,
            "stands": event.number in standing_numbers,
        }
        for event in events
        if isinstance(event.body, Valued)
    ]
    if not rows:
        return
    connection.execute(delete(VALUES).where(VALUES.c.dossier_id == bindparam("of")), {"of": dossier_id})
    connection.execute(VALUES.insert(), rows)
