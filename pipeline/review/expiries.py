"""What runs out among the papers on the desk, without reading the reports again."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine, func, select

from pipeline.review.tables import CASES, TERMS

MOST = 500
"""Papers of one page."""


@dataclass(frozen=True)
class Ending:
    """A paper that runs out."""

    dossier_id: str
    company: str | None
    decision: str
    type: str
    file: str
    ends: date
    days: int
    """Until then; below 0 it has run out since the dossier was judged."""


def endings(engine: Engine, *, as_of: date, within: int) -> tuple[tuple[Ending, ...], int]:
    """Return what runs out within so many days, the soonest first and at most `MOST`; and how many there are in all."""
    until = (as_of + timedelta(days=within)).isoformat()
    joined = TERMS.join(CASES, TERMS.c.dossier_id == CASES.c.dossier_id)
    columns = (
        TERMS.c.dossier_id,
        CASES.c.company_name,
        CASES.c.outcome,
        CASES.c.judged,
        TERMS.c.type,
        TERMS.c.file,
        TERMS.c.ends,
    )
    query = select(*columns).select_from(joined).where(TERMS.c.ends <= until)
    with engine.connect() as connection:
        total = connection.execute(select(func.count()).select_from(joined).where(TERMS.c.ends <= until)).scalar_one()
        rows = connection.execute(query.order_by(TERMS.c.ends, TERMS.c.dossier_id, TERMS.c.document).limit(MOST)).all()
    found = []
    for row in rows:
        ends = date.fromisoformat(row.ends)
        decision = row.outcome or row.judged
        found.append(Ending(row.dossier_id, row.company_name, decision, row.type, row.file, ends, (ends - as_of).days))
    return tuple(found), total
