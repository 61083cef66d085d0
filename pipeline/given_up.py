"""Dossiers of which nothing came: which are not tried again, and what stands in the place of a report.

The note that stands with the claim of one that was given up says what it came to, and in which state it was.
"""

from collections.abc import Sequence

from pydantic import Field, ValidationError

from pipeline.model import FailureCode, Message, Record
from pipeline.report.masking import mask_text
from pipeline.results import ErrorRecord
from pipeline.retrying import Lost

DEADLY = (FailureCode.CRASH, FailureCode.TIMEOUT, FailureCode.MEMORY, FailureCode.PROTOCOL)
"""What costs a worker process."""


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


def is_deadly(lost: Lost) -> bool:
    """Whether a dossier is not to be tried again as it is, since each attempt cost a process."""
    return bool(lost.codes) and all(code in DEADLY for code in lost.codes)


def error_record(dossier_id: str, lost: Lost) -> ErrorRecord:
    """Return what stands in the place of a report."""
    is_given_up = is_deadly(lost)
    return ErrorRecord(
        dossier_id=dossier_id,
        code=FailureCode.QUARANTINED if is_given_up else lost.trouble.code,
        message=_message(lost),
        attempts=lost.attempts,
        earlier=lost.codes if is_given_up else (),
    )


def _message(lost: Lost) -> Message:
    # A reason may name a path.
    times, reason = lost.attempts, mask_text(lost.trouble.reason)
    return Message(
        en=f"could not be processed in {times} attempts ({lost.trouble.code}): {reason}",
        zh=f"{times} 次尝试均未能处理（{lost.trouble.code}）：{reason}",
    )
