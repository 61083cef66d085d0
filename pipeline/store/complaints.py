"""What a database says when it refuses, and what of that may be told."""

from sqlalchemy.exc import DBAPIError

_QUOTING = "Could not decode to UTF-8"
"""So the driver of SQLite begins a sentence that goes on with what stands in the column."""


def reason_of(error: Exception) -> str:
    """Return the first line of what a database said; SQLAlchemy's own text links to its manual."""
    if is_undecodable(error):
        return "it holds text that is not UTF-8"
    said = str(error.orig) if isinstance(error, DBAPIError) else str(getattr(error, "strerror", None) or error)
    return (said.strip().splitlines() or [type(error).__name__])[0]


def is_undecodable(error: Exception) -> bool:
    """Whether bytes of a text column are none that were written: its file is damaged."""
    return isinstance(error, DBAPIError) and str(error.orig).startswith(_QUOTING)


def may_be_shown(error: Exception) -> Exception | None:
    """Return an error as the cause of another, for `--debug`; None if it quotes what stands in a column."""
    return None if is_undecodable(error) else error
