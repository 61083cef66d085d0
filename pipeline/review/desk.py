"""The desk: what a reviewer sees of a dossier, and what they can do to it. Knows no web.

Nothing that a reviewer does changes the machine's report. Corrected facts are judged again at once; the report that
comes of it is a version of its own, see `versions`.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DatabaseError

from pipeline.collector import spare_what_stays
from pipeline.errors import DossierError, UsageError
from pipeline.review import leases
from pipeline.review.cases import Case, earlier_cases, find_case, put_standing
from pipeline.review.changes import judging
from pipeline.review.choices import Choices
from pipeline.review.events import (
    FIRST,
    Assigned,
    Body,
    Decided,
    Event,
    Looked,
    Noted,
    Outcome,
    Reason,
    Seconded,
    Undone,
    Valued,
    sealed,
)
from pipeline.review.intake import Intake
from pipeline.review.journal import Act, Journal, Overtaken, Then
from pipeline.review.judging import Judge
from pipeline.review.numbers import Numbers, numbers_of
from pipeline.review.seen import Choice, Held, NoSuchDossier, Seen
from pipeline.review.shelf import Shelf
from pipeline.review.standing import State, standing_of
from pipeline.review.tables import CASES, make_tables
from pipeline.review.values import valued
from pipeline.review.versions import Versions
from pipeline.verdict import Decision

NEVER = 10**9
"""Number and version of what is not in the journal."""
EARLIER = 20
"""Earlier attempts of a company that a dossier names."""


class Desk:
    """The desk of one output folder."""

    def __init__(
        self,
        engine: Engine,
        out: Path,
        judge: Judge,
        *,
        four_eyes: bool = False,
        supervisor_seconds: bool = False,
        database: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Make the tables, and the journal whole.

        Args:
            engine: Of `open_engine`.
            out: A batch's output folder.
            judge: Judges corrected facts.
            four_eyes: Whether an approval against the rules needs a second reviewer.
            supervisor_seconds: Whether that has to be a supervisor.
            database: Where the batch may have its results, if they are not in the folder.
            now: The clock.

        Raises:
            UsageError: The journal cannot be written.
        """
        make_tables(engine)
        self.engine, self.out, self.judge, self.four_eyes, self.now = engine, out, judge, four_eyes, now
        self.supervisor_seconds = supervisor_seconds
        self.listeners: list[Then] = []
        """Told of every event, in the transaction that adds it to the table."""
        self.journal = Journal(engine, out)
        self.journal.restore()
        self.shelf = Shelf(out, database)
        self.intake = Intake(engine, self.shelf, self.journal)
        self.versions = Versions(self.shelf, judge)
        self.choices = Choices(engine, self.intake)

    def start(self) -> None:
        """Put the batch's results on the desk from now on, as they appear."""
        self.intake.start(self._warm_up)

    def stop(self) -> None:
        """End what `start` began."""
        self.intake.stop()

    def _warm_up(self) -> None:
        """Judge something, so that the first reviewer does not wait until all is loaded that judging needs."""
        try:
            self.intake.refresh()
            with self.engine.connect() as connection:
                dossier_id = connection.execute(select(CASES.c.dossier_id).limit(1)).scalar()
            if dossier_id:
                self.judge.warm_up(self.versions.recorded(dossier_id).report)
            spare_what_stays()
        except (DossierError, DatabaseError):
            return  # whoever asks for it is told

    def seconds(self) -> float:
        """Return the time, in seconds since 1970."""
        return self.now().timestamp()

    def see(self, dossier_id: str) -> Seen:
        """Return a dossier with all that was done to it.

        Raises:
            NoSuchDossier: There is none of this id.
            UsageError: Its report cannot be read.
        """
        case = find_case(self.engine, dossier_id)
        if case is None:
            raise NoSuchDossier("there is no such dossier on the desk")
        found = self.versions.recorded(dossier_id)
        recorded, gist = found.report, found.gist
        if case.gist is None:
            # Sooner than its turn would come.
            case = self.intake.read_one(recorded, case)
        events = self.journal.of(dossier_id)
        standing = standing_of(events, gist=gist)
        judged = self.versions.judged(recorded, standing.values)
        return Seen(
            case,
            recorded,
            judged.report,
            gist,
            standing,
            tuple(events),
            judged.kept,
            other_rulebook=judged.other_rulebook,
            reveals=found.reveals,
        )

    def decide(self, dossier_id: str, seen: int, by: str, choice: Choice, *, gist: str) -> Event:
        """Approve, reject, or ask for documents.

        Args:
            dossier_id: What about.
            seen: Version that was seen.
            by: Who decides.
            choice: What they chose.
            gist: Of the machine's report that was seen.

        Raises:
            Overtaken: Somebody else was quicker.
            Held: Somebody else works on it.
            UsageError: It is decided already, or an approval against the rules bears no reason of its own.
        """
        found = self._about_to(dossier_id, seen, by)
        if gist != found.gist:
            raise Overtaken([])
        if found.standing.state is not State.OPEN:
            raise UsageError("it is decided already; undo that first")
        judged = found.report.decision
        against = choice.outcome is Outcome.APPROVED and judged is not Decision.APPROVED
        if against and choice.reason is Reason.AS_JUDGED:
            raise UsageError("the rules do not approve it: choose why you do")
        if choice.reason is Reason.OTHER and not choice.note.strip():
            raise UsageError("say the reason in the note")
        body = Decided(
            outcome=choice.outcome,
            reason=choice.reason,
            note=choice.note.strip(),
            judged=judged,
            gist=gist,
            # Against the machine's own: putting values right must not be a way around it.
            needs_second=self.four_eyes
            and choice.outcome is Outcome.APPROVED
            and found.recorded.decision is not Decision.APPROVED,
        )
        event = self._append(dossier_id, seen, by, body)
        leases.release(self.engine, dossier_id, by)
        return event

    def second(self, dossier_id: str, seen: int, by: str, *, agrees: bool, note: str = "") -> Event:
        """Agree to an approval of somebody else's against the rules, or do not.

        Raises:
            UsageError: Nothing waits for it, or it is one's own.
        """
        found = self._about_to(dossier_id, seen, by)
        decided = found.standing.decided
        if found.standing.state is not State.SECOND or decided is None:
            raise UsageError("there is no decision that waits for a second reviewer")
        if decided.by == by:
            raise UsageError("the second reviewer must be somebody else")
        event = self._append(dossier_id, seen, by, Seconded(decision=decided.number, agrees=agrees, note=note.strip()))
        leases.release(self.engine, dossier_id, by)
        return event

    def put_value(self, dossier_id: str, seen: int, by: str, *, document: str, entity: str, typed: str | None) -> Event:
        """Confirm a value that was read (`typed` is None), or put it right; the rules run again.

        Raises:
            UsageError: The field cannot hold it, or there is no such field.
        """
        found = self._about_to(dossier_id, seen, by)
        if found.standing.state is not State.OPEN:
            raise UsageError("it is decided already; undo that first")
        body = valued(found.recorded, self.judge, document=document, entity=entity, typed=typed)
        draft = self._draft(dossier_id, by, body)
        same = (body.document, body.entity)
        others = [e for e in found.standing.values if isinstance(e.body, Valued) and _field(e.body) != same]
        after = self.versions.judged(found.recorded, [*others, draft])
        told = body.model_copy(update={**judging(found.gist, found.report, after.report), "kept": after.kept})
        event = self._append(dossier_id, seen, by, told)
        self.versions.write(event.version, after.report)
        return event

    def undo(self, dossier_id: str, seen: int, by: str, *, number: int) -> Event:
        """Take something back: it stays in the history, and counts no more.

        Raises:
            UsageError: There is nothing of this number to take back.
        """
        found = self._about_to(dossier_id, seen, by)
        undone = next((event for event in found.events if event.number == number), None)
        if undone is None or isinstance(undone.body, Undone | Looked) or number in found.standing.undone:
            raise UsageError("there is nothing to take back")
        if isinstance(undone.body, Valued) and found.standing.state is not State.OPEN:
            raise UsageError("it is decided already; undo that first")
        taking_back = self._draft(dossier_id, by, Undone(undoes=number))
        standing = standing_of([*found.events, taking_back], gist=found.gist)
        after = self.versions.judged(found.recorded, standing.values)
        body = Undone(undoes=number, **judging(found.gist, found.report, after.report))
        event = self._append(dossier_id, seen, by, body)
        if isinstance(undone.body, Valued):
            self.versions.write(event.version, after.report)
        return event

    def note(self, dossier_id: str, seen: int, by: str, text: str) -> Event:
        """Leave a note."""
        if not text.strip():
            raise UsageError("the note is empty")
        return self._append(dossier_id, seen, by, Noted(text=text.strip()))

    def assign(self, dossier_id: str, seen: int, by: str, to: str | None) -> Event:
        """Give the dossier to somebody, or to nobody."""
        return self._append(dossier_id, seen, by, Assigned(to=to))

    def look(self, dossier_id: str, seen: int, by: str) -> Numbers:
        """Return a dossier's identity numbers whole, once it is on record who looked.

        Raises:
            Overtaken: Somebody else was quicker.
            Held: Somebody else works on it.
            UsageError: The batch wrote them masked.
        """
        if not self._about_to(dossier_id, seen, by).reveals:
            raise UsageError("the batch was run without --reveal: no file of it holds these numbers whole")
        self._append(dossier_id, seen, by, Looked())
        return numbers_of(self.shelf, dossier_id)

    def earlier(self, case: Case) -> tuple[Case, ...]:
        """Return the same company's dossiers that come before this one, the latest first and at most `EARLIER`."""
        return earlier_cases(self.engine, case, most=EARLIER) if case.company_code else ()

    def _about_to(self, dossier_id: str, seen: int, by: str) -> Seen:
        """Return the dossier if it is as it was seen, and nobody else works on it."""
        found = self.see(dossier_id)
        if found.standing.version != seen:
            raise Overtaken([event for event in found.events if event.version > seen])
        lease = leases.lease_of(self.engine, dossier_id, now=self.seconds())
        if lease and lease.holder != by:
            raise Held(lease)
        return found

    def _append(self, dossier_id: str, seen: int, by: str, body: Body) -> Event:
        act = Act(dossier_id, seen, by, self.now(), body)
        return self.journal.append(act, then=self._then)

    def _then(self, connection: Connection, events: Sequence[Event]) -> None:
        put_standing(connection, events[0].dossier_id, events)
        for listener in self.listeners:
            listener(connection, events)

    def _draft(self, dossier_id: str, by: str, body: Body) -> Event:
        """Return an event that is not in the journal, to see what would come of it."""
        return sealed(NEVER, dossier_id, NEVER, at=self.now(), by=by, body=body, previous=FIRST)


def _field(body: Valued) -> tuple[str, str]:
    return body.document, body.entity
