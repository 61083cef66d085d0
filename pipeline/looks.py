"""How fields in doubt were looked at again."""

from enum import StrEnum

from pydantic import Field

from pipeline.boxes import Record


class Way(StrEnum):
    """How a place on a page was looked at again."""

    LARGER = "larger"
    """From a larger crop."""
    WITHOUT_RED = "without_red"
    """From a larger crop, the red of seals suppressed."""
    SECOND_ENGINE = "second_engine"
    """By another engine, whose mistakes are others."""
    WHOLE_PAGE = "whole_page"
    """The whole page at a finer scale."""


class Look(Record):
    """One further look at a field that was in doubt, and what came of it."""

    way: Way
    raw: str | None = None
    """What it read for the field; None if nothing."""
    confidence: float = Field(ge=0, le=1)
    """As of an entity; 0 if nothing was read."""
    won: bool
    """Whether its reading was taken."""
