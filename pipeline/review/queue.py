"""The queue: what needs a person first, then what has waited longest."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Engine, and_, func, select, true, tuple_

from pipeline.review.cases import Case, case_of
from pipeline.review.leases import Lease
from pipeline.review.tables import CASES, LEASES

PAGE = 50
"""Rows of one page."""
ORDER = (CASES.c.rank, CASES.c.arrived, CASES.c.dossier_id)


@dataclass(frozen=True)
class Filters:
    """What of the queue is shown; empty shows all."""

    state: str = "open"
    """`open` includes what waits for a second reviewer; `all` is everything."""
    decision: str = ""
    store_type: str = ""
    category: str = ""
    text: str = ""
    mine: str = ""
    """`1`: only what is assigned to whoever looks."""

    def query(self, **more: object) -> str:
        """Return it as the query of an address, with what is not as usual only."""
        return urlencode({**self._given, **{name: value for name, value in more.items() if value}})

    @cached_property
    def _given(self) -> Mapping[str, str]:
        chosen = {each.name: (getattr(self, each.name), each.default) for each in fields(self)}
        return {name: value for name, (value, usual) in chosen.items() if value != usual}


@dataclass(frozen=True)
class Entry:
    """A row of the queue."""

    case: Case
    lease: Lease | None


@dataclass(frozen=True)
class Queue:
    """One page of it."""

    entries: tuple[Entry, ...]
    total: int
    page: int
    """Counts from 1."""

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(1, -(-self.total // PAGE))


def queue(engine: Engine, filters: Filters, *, who: str, page: int, now: float) -> Queue:
    """Return one page of the queue.

    Args:
        engine: The desk's.
        filters: What is to be shown.
        who: Looks at it.
        page: Counts from 1; past the end it is the last one.
        now: Seconds since 1970.
    """
    chosen = _where(filters, who)
    holds = and_(LEASES.c.dossier_id == CASES.c.dossier_id, LEASES.c.until > now)
    with engine.connect() as connection:
        total = connection.execute(select(func.count()).select_from(CASES).where(chosen)).scalar_one()
        page = min(page, max(1, -(-total // PAGE)))
        # Ids alone come out of an index; to sort whole rows takes five times as long.
        wanted = select(CASES.c.dossier_id).where(chosen).order_by(*ORDER).limit(PAGE).offset((page - 1) * PAGE)
        ids = connection.execute(wanted).scalars().all()
        rows = connection.execute(select(CASES).where(CASES.c.dossier_id.in_(ids)).order_by(*ORDER))
        cases = [case_of(row) for row in rows]
        held = connection.execute(select(LEASES).join(CASES, holds).where(LEASES.c.dossier_id.in_(ids))).mappings()
        leases = {row["dossier_id"]: Lease(row["holder"], row["since"], row["until"]) for row in held}
    return Queue(tuple(Entry(case, leases.get(case.dossier_id)) for case in cases), total, page)


def neighbour(engine: Engine, filters: Filters, case: Case, *, who: str, now: float, back: bool = False) -> str | None:
    """Return the id of the next dossier of the queue, or the one before, that nobody else works on."""
    here = (case.rank, case.arrived, case.dossier_id)
    beyond = tuple_(*ORDER) < here if back else tuple_(*ORDER) > here
    order = [column.desc() for column in ORDER] if back else list(ORDER)
    taken = select(LEASES.c.dossier_id).where(LEASES.c.until > now, LEASES.c.holder != who)
    query = select(CASES.c.dossier_id).where(_where(filters, who), beyond, CASES.c.dossier_id.not_in(taken))
    with engine.connect() as connection:
        return connection.execute(query.order_by(*order).limit(1)).scalar()


def first(engine: Engine, filters: Filters, *, who: str, now: float) -> str | None:
    """Return the id of the first dossier of the queue that nobody else works on."""
    taken = select(LEASES.c.dossier_id).where(LEASES.c.until > now, LEASES.c.holder != who)
    query = select(CASES.c.dossier_id).where(_where(filters, who), CASES.c.dossier_id.not_in(taken))
    with engine.connect() as connection:
        return connection.execute(query.order_by(*ORDER).limit(1)).scalar()


def _where(filters: Filters, who: str) -> ColumnElement[bool]:
    terms: list[ColumnElement[bool]] = []
    if filters.state == "open":
        terms.append(CASES.c.state.in_(("open", "second")))
    elif filters.state != "all":
        terms.append(CASES.c.state == filters.state)
    if filters.decision:
        terms.append(CASES.c.judged == filters.decision)
    if filters.store_type:
        terms.append(CASES.c.store_type == filters.store_type)
    if filters.category:
        terms.append(CASES.c.category == filters.category)
    if filters.mine:
        terms.append(CASES.c.assignee == who)
    terms += [CASES.c.words.contains(word, autoescape=True) for word in filters.text.casefold().split()]
    return and_(true(), *terms)
