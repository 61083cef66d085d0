"""Where a dossier stands after all that was done to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.review.events import Assigned, Decided, Event, Noted, Seconded, Undone, Valued


class State(StrEnum):
    """What is still to be done."""

    OPEN = "open"
    SECOND = "second"
    """Decided, and a second reviewer must agree."""
    DECIDED = "decided"


@dataclass(frozen=True)
class Standing:
    """Where a dossier stands."""

    version: int = 0
    state: State = State.OPEN
    decided: Event | None = None
    """The decision that stands or waits for a second reviewer."""
    seconded: Event | None = None
    lapsed: bool = False
    """Whether it was decided on another report than there is now, and so is open again."""
    assignee: str | None = None
    values: tuple[Event, ...] = ()
    """What reviewers read and was not taken back: the last of each field."""
    notes: tuple[Event, ...] = ()
    undone: frozenset[int] = frozenset()
    """Numbers of the events that were taken back."""


def standing_of(events: Sequence[Event], *, gist: str | None = None) -> Standing:
    """Return where a dossier stands.

    Args:
        events: All that was done to it, in order.
        gist: Of the report as it is now; None if that has not been read yet.
    """
    undone = frozenset(event.body.undoes for event in events if isinstance(event.body, Undone))
    counting = [event for event in events if event.number not in undone]
    values = {(e.body.document, e.body.entity): e for e in counting if isinstance(e.body, Valued)}
    assigned = [event.body.to for event in counting if isinstance(event.body, Assigned)]
    decided = next((event for event in reversed(counting) if isinstance(event.body, Decided)), None)
    seconded = _seconded(counting, decided)
    lapsed = _has_lapsed(decided, gist)
    return Standing(
        version=events[-1].version if events else 0,
        state=State.OPEN if lapsed else _state(decided, seconded),
        decided=decided if not _is_refused(seconded) else None,
        seconded=seconded,
        lapsed=lapsed,
        assignee=assigned[-1] if assigned else None,
        values=tuple(sorted(values.values(), key=lambda event: event.number)),
        notes=tuple(event for event in counting if isinstance(event.body, Noted)),
        undone=undone,
    )


def _seconded(counting: Sequence[Event], decided: Event | None) -> Event | None:
    if decided is None:
        return None
    about = (e for e in counting if isinstance(e.body, Seconded) and e.body.decision == decided.number)
    return next(about, None)


def _is_refused(seconded: Event | None) -> bool:
    return seconded is not None and isinstance(seconded.body, Seconded) and not seconded.body.agrees


def _has_lapsed(decided: Event | None, gist: str | None) -> bool:
    return decided is not None and isinstance(decided.body, Decided) and gist is not None and decided.body.gist != gist


def _state(decided: Event | None, seconded: Event | None) -> State:
    if decided is None or not isinstance(decided.body, Decided) or _is_refused(seconded):
        return State.OPEN
    return State.SECOND if decided.body.needs_second and seconded is None else State.DECIDED
