"""What reviewers do, as it goes on record: events that are never changed, each sealed to the one before.

What somebody takes back is another event that says so.
"""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, JsonValue

from pipeline.model import JsonBox, Record
from pipeline.verdict import Decision

FIRST = "0" * 64
"""What the first event is sealed to."""
LONGEST_NOTE = 4000


class Outcome(StrEnum):
    """What a reviewer decides."""

    APPROVED = "approved"
    REJECTED = "rejected"
    DOCUMENTS = "documents"
    """The seller is asked for documents."""


class Reason(StrEnum):
    """Why a reviewer decides so."""

    AS_JUDGED = "as_judged"
    """The rules are right."""
    ORIGINAL_SEEN = "original_seen"
    """The paper itself, or the official register, says otherwise than what was read."""
    HARMLESS = "harmless"
    """What was found does not matter here."""
    INCOMPLETE = "incomplete"
    """Something is missing, or cannot be read."""
    DOUBTFUL = "doubtful"
    """A paper is not to be trusted."""
    OTHER = "other"
    """The note says it."""


class RuleChange(Record):
    """One rule that came out otherwise for one subject."""

    rule: str
    subject: str
    before: str
    """Status, with the severity where it counts; empty if it was not checked."""
    after: str


class Judging(Record):
    """What came of judging again."""

    gist: str = ""
    """Of the machine's report that it was judged beside."""
    decision_before: Decision | None = None
    decision_after: Decision | None = None
    wrong_after: int = 0
    """Weighty findings that still do not pass."""
    changed: tuple[RuleChange, ...] = ()


class Decided(Record):
    """A reviewer has decided."""

    kind: Literal["decided"] = "decided"
    outcome: Outcome
    reason: Reason
    note: str = Field(default="", max_length=LONGEST_NOTE)
    judged: Decision | None
    """What the rules said then, after corrections."""
    gist: str
    """Of the report that was decided on: another one opens the dossier again."""
    needs_second: bool = False
    """Whether a second reviewer must agree before it counts."""


class Seconded(Record):
    """A second reviewer has agreed to a decision, or has not."""

    kind: Literal["seconded"] = "seconded"
    decision: int
    """Number of the event."""
    agrees: bool
    note: str = Field(default="", max_length=LONGEST_NOTE)


class Valued(Judging):
    """A reviewer has read a value on the page: confirmed what the machine read, or put it right."""

    kind: Literal["valued"] = "valued"
    document: str
    type: str
    sha256: str
    """Of the document's first file: of another file it says nothing."""
    entity: str
    value: JsonValue
    before: JsonValue = None
    """What the machine read; None if nothing."""
    typed: str
    """As the reviewer wrote it."""
    file: str
    page: int
    box: JsonBox
    kept: tuple[str, ...] = ()
    """Rules whose outcome on record was kept, since no report tells all that they rest on."""

    @property
    def was_right(self) -> bool:
        """Whether the machine had read the same."""
        return self.value == self.before


class Noted(Record):
    """A reviewer has left a note."""

    kind: Literal["noted"] = "noted"
    text: str = Field(min_length=1, max_length=LONGEST_NOTE)


class Assigned(Record):
    """A dossier was given to somebody, or to nobody."""

    kind: Literal["assigned"] = "assigned"
    to: str | None


class Looked(Record):
    """A reviewer has looked at the dossier's identity numbers whole."""

    kind: Literal["looked"] = "looked"


class Undone(Judging):
    """Something was taken back."""

    kind: Literal["undone"] = "undone"
    undoes: int
    """Number of the event."""


Body = Annotated[Decided | Seconded | Valued | Noted | Assigned | Looked | Undone, Field(discriminator="kind")]


class Event(Record):
    """One thing that a reviewer did."""

    number: int = Field(ge=1)
    """In the journal, counting from 1 without a gap."""
    dossier_id: str
    version: int = Field(ge=1)
    """Of the dossier, counting from 1 without a gap."""
    at: datetime
    by: str
    body: Body
    previous: str
    """Seal of the event before."""
    seal: str
    """SHA-256 of all of this but itself."""

    def line(self) -> str:
        """Return it as its line in the file."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)

    @property
    def is_whole(self) -> bool:
        """Whether it is as it was written."""
        return self.seal == _seal(self)


def sealed(number: int, dossier_id: str, version: int, *, at: datetime, by: str, body: Body, previous: str) -> Event:
    """Return an event that is sealed to the one before."""
    event = Event(
        number=number, dossier_id=dossier_id, version=version, at=at, by=by, body=body, previous=previous, seal=""
    )
    return event.model_copy(update={"seal": _seal(event)})


def _seal(event: Event) -> str:
    content = event.model_dump(mode="json", exclude={"seal"})
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
