"""The note that stands with the claim of a dossier that was given up: what it came to, and in which state it was."""

from collections.abc import Sequence

from pydantic import Field, ValidationError

from pipeline.model import FailureCode, Record


class Note(Record):
    """Why a dossier is not tried again as it is."""

    codes: tuple[FailureCode, ...] = Field(min_length=1)
    """What each attempt came to."""
    mark: str | None
    """Of the dossier and of what reads it; None if a glance cannot tell."""
    reason: str
    """In words, of the last attempt."""


def note(codes: Sequence[FailureCode], mark: str | None, reason: str) -> str:
    """Return a note as the database keeps it."""
    return Note(codes=tuple(codes), mark=mark, reason=reason).model_dump_json()


def read_note(written: str) -> Note | None:
    """Return what a note says; None if it is not what was written, so that the dossier is tried again."""
    try:
        return Note.model_validate_json(written)
    except ValidationError:
        return None
