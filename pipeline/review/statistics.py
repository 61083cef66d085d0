"""What the journal tells of a desk's work: decisions, how often they are the machine's, and what is put right most."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Engine, case, func, select

from pipeline.review.events import Decided, Reason, Undone
from pipeline.review.journal import Journal
from pipeline.review.tables import CASES, VALUES


@dataclass(frozen=True)
class FieldCount:
    """How often reviewers read one field."""

    type: str
    entity: str
    confirmed: int
    corrected: int

    @property
    def wrong(self) -> float:
        """Share of what was read that had to be put right, 0 to 1."""
        return self.corrected / (self.confirmed + self.corrected)


@dataclass
class Statistics:
    """What a desk has done."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """What the rules said, what was decided → decisions that stand."""
    reasons: Counter[Reason] = field(default_factory=Counter)
    reviewers: Counter[str] = field(default_factory=Counter)
    """Who → decisions that stand."""
    undone: int = 0
    fields: tuple[FieldCount, ...] = ()
    """Of each field, what was put right most first."""
    waiting: Mapping[str, int] = field(default_factory=dict)
    """State → dossiers."""

    @property
    def decided(self) -> int:
        """How many decisions stand."""
        return self.outcomes.total()

    @property
    def agreeing(self) -> int:
        """How many of them are what the rules said."""
        return sum(count for (judged, outcome), count in self.outcomes.items() if judged == outcome)


def statistics(engine: Engine, journal: Journal) -> Statistics:
    """Return what a desk has done so far."""
    decided: dict[int, tuple[str, Decided]] = {}
    found = Statistics(fields=_fields(engine), waiting=_waiting(engine))
    for event in journal.all(("decided", "undone")):
        if isinstance(event.body, Undone):
            found.undone += decided.pop(event.body.undoes, None) is not None
        elif isinstance(event.body, Decided):
            decided[event.number] = (event.by, event.body)
    for by, body in decided.values():
        found.outcomes[body.judged or "", body.outcome.value] += 1
        found.reasons[body.reason] += 1
        found.reviewers[by] += 1
    return found


def _fields(engine: Engine) -> tuple[FieldCount, ...]:
    corrected = func.sum(case((VALUES.c.was_right, 0), else_=1))
    confirmed = func.sum(case((VALUES.c.was_right, 1), else_=0))
    query = select(VALUES.c.type, VALUES.c.entity, confirmed, corrected).where(VALUES.c.stands)
    with engine.connect() as connection:
        rows = connection.execute(query.group_by(VALUES.c.type, VALUES.c.entity)).all()
    counts = [FieldCount(*row) for row in rows]
    return tuple(sorted(counts, key=lambda each: (-each.corrected, -each.wrong, each.type, each.entity)))


def _waiting(engine: Engine) -> Mapping[str, int]:
    with engine.connect() as connection:
        rows = connection.execute(select(CASES.c.state, func.count()).group_by(CASES.c.state)).all()
    return {state: count for state, count in rows}  # noqa: C416 - rows are no tuples to the type checker
