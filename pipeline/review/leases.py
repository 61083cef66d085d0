"""Who works on which dossier: a lease that runs out unless the page renews it.

It saves reviewers from doing the same work twice. That no decision overrides one that was not seen, is the journal's
doing.
"""

from dataclasses import dataclass

from sqlalchemy import Engine, delete, select

from pipeline.review.database import writing
from pipeline.review.tables import LEASES

SECONDS = 600.0


@dataclass(frozen=True)
class Lease:
    """A dossier that somebody works on."""

    holder: str
    since: float
    until: float
    """Both in seconds since 1970."""


def take(engine: Engine, dossier_id: str, holder: str, *, now: float, by_force: bool = False) -> Lease:
    """Take the lease or renew it, unless somebody else has it; return the one that holds.

    Args:
        engine: The desk's.
        dossier_id: What to work on.
        holder: Who wants to.
        now: Seconds since 1970.
        by_force: Take it from whoever has it.
    """
    with writing(engine, lasting=False) as connection:
        row = connection.execute(select(LEASES).where(LEASES.c.dossier_id == dossier_id)).mappings().first()
        holds = row is not None and row["until"] > now
        if row is not None and holds and row["holder"] != holder and not by_force:
            return Lease(row["holder"], row["since"], row["until"])
        since = row["since"] if row is not None and holds and row["holder"] == holder else now
        lease = Lease(holder, since, now + SECONDS)
        connection.execute(delete(LEASES).where(LEASES.c.dossier_id == dossier_id))
        connection.execute(LEASES.insert().values(dossier_id=dossier_id, **vars(lease)))
        return lease


def release(engine: Engine, dossier_id: str, holder: str) -> None:
    """Give a lease back."""
    with writing(engine, lasting=False) as connection:
        mine = (LEASES.c.dossier_id == dossier_id) & (LEASES.c.holder == holder)
        connection.execute(delete(LEASES).where(mine))


def lease_of(engine: Engine, dossier_id: str, *, now: float) -> Lease | None:
    """Return the lease that holds on a dossier."""
    with engine.connect() as connection:
        query = select(LEASES).where(LEASES.c.dossier_id == dossier_id, LEASES.c.until > now)
        row = connection.execute(query).mappings().first()
    return Lease(row["holder"], row["since"], row["until"]) if row else None
