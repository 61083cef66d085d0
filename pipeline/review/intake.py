"""New reports put on the desk, while a batch runs: first that they are there, then, one by one, what is in them."""

import logging
import threading
import time
from collections.abc import Callable, Container, Sequence
from datetime import date
from itertools import islice

from sqlalchemy import Connection, Engine, delete, select

from pipeline.errors import UsageError
from pipeline.expiring import expiries_of
from pipeline.register import entry_of
from pipeline.report.record import Report
from pipeline.review.cases import Case, find_case, put_read, put_standing, replace_case, row_of
from pipeline.review.database import writing
from pipeline.review.journal import Journal
from pipeline.review.shelf import Shelf, Shelved
from pipeline.review.tables import CASES, EVENTS, TERMS

AT_ONCE = 500
"""Dossiers put on the desk in one transaction."""
READ_AT_ONCE = 2
"""Reports read in one transaction; each takes some milliseconds, in which no page can be drawn."""
PAUSE = 0.08
"""Seconds after each of these: 10,000 reports take some ten minutes, and those that are looked at first come first."""
SECONDS_BETWEEN = 3.0

_log = logging.getLogger(__name__)


class Intake:
    """Puts the batch's results on the desk. One thread of the server runs it."""

    def __init__(self, engine: Engine, shelf: Shelf, journal: Journal) -> None:
        """Work on an open database whose tables exist."""
        self._engine = engine
        self._shelf = shelf
        self._journal = journal
        self.taken = 0
        """How often something new was put on the desk: what is made of all cases is made anew when this has changed."""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, first: Callable[[], None]) -> None:
        """Go on taking in what is new, in a thread of its own.

        Args:
            first: What is to be done before that, such as loading what the first reviewer would wait for.
        """
        self._thread = threading.Thread(target=self._run, args=(first,), name="intake", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=10)

    def refresh(self) -> int:
        """Take in what is new; return how many dossiers that were."""
        if not self._shelf.has_changed():
            return 0
        known = self._known()
        entries = self._shelf.entries()
        found: set[str] = set()
        taken = 0
        while some := list(islice(entries, AT_ONCE)):
            found |= {each.entry.dossier_id for each in some}
            new = [each for each in some if known.get(each.entry.dossier_id) != each.report_sha256]
            self._put(new, known)
            taken += len(new)
        self._forget([dossier_id for dossier_id in known if dossier_id not in found])
        self.taken += 1
        return taken

    def read_some(self, limit: int = READ_AT_ONCE) -> int:
        """Read reports that were not read yet; return how many."""
        query = select(CASES.c.dossier_id, CASES.c.report_sha256).where(CASES.c.gist.is_(None))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(CASES.c.rank, CASES.c.arrived).limit(limit)).all()
        read: list[tuple[Report, str]] = []
        for dossier_id, digest in rows:
            try:
                read.append((self._shelf.report(dossier_id), digest))
            except (UsageError, OSError):
                self._forget([dossier_id])
                _log.warning("a report on record cannot be read, and is not on the desk until it can")
        self._put_read(read)
        return len(rows)

    def read_one(self, report: Report, case: Case) -> Case:
        """Note what has been found in a report that somebody is looking at; return its case as it is then."""
        self._put_read([(report, case.report_sha256)])
        return find_case(self._engine, case.dossier_id) or case

    def _put_read(self, read: Sequence[tuple[Report, str]]) -> None:
        with writing(self._engine, lasting=False) as connection:
            for report, digest in read:
                put_read(connection, report, digest)
                _put_terms(connection, report)
            self._stand(connection, [report.dossier_id for report, _ in read])

    def _run(self, first: Callable[[], None]) -> None:
        begun = False
        while not self._stop.is_set():
            try:
                if not begun:
                    begun = True
                    first()
                self.refresh()
                while not self._stop.is_set() and self.read_some():
                    time.sleep(PAUSE)
            except Exception as error:  # the border that promises to go on
                _log.error("taking in reports failed with %s; it is tried again", type(error).__name__)
            self._stop.wait(SECONDS_BETWEEN)

    def _known(self) -> dict[str, str]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(CASES.c.dossier_id, CASES.c.report_sha256)).all()
        return {row.dossier_id: row.report_sha256 for row in rows}

    def _put(self, some: Sequence[Shelved], known: Container[str]) -> None:
        if not some:
            return
        rows = [row_of(each, arrived=self._shelf.arrived(each.entry.dossier_id)) for each in some]
        with writing(self._engine, lasting=False) as connection:
            new = [row for row in rows if row["dossier_id"] not in known]
            if new:
                connection.execute(CASES.insert(), new)
            for row in rows:
                if row["dossier_id"] in known:
                    replace_case(connection, row)
            self._stand(connection, [row["dossier_id"] for row in rows])

    def _stand(self, connection: Connection, dossier_ids: Sequence[str]) -> None:
        """Note where dossiers stand of which the journal tells."""
        query = select(EVENTS.c.dossier_id).where(EVENTS.c.dossier_id.in_(dossier_ids)).distinct()
        for dossier_id in connection.execute(query).scalars().all():
            put_standing(connection, dossier_id, self._journal.of(dossier_id, connection))

    def _forget(self, gone: Sequence[str]) -> None:
        """Take off the desk what is no longer among the results; what was done to it stays in the journal."""
        if gone:
            with writing(self._engine, lasting=False) as connection:
                for dossier_id in gone:
                    connection.execute(delete(CASES).where(CASES.c.dossier_id == dossier_id))
                    connection.execute(delete(TERMS).where(TERMS.c.dossier_id == dossier_id))


def _put_terms(connection: Connection, report: Report) -> None:
    connection.execute(delete(TERMS).where(TERMS.c.dossier_id == report.dossier_id))
    rows = [
        {
            "dossier_id": each.dossier_id,
            "document": each.document,
            "type": each.type,
            "file": each.file,
            "ends": each.ends.isoformat(),
        }
        for each in expiries_of(entry_of(report), report.as_of, date.max)
    ]
    if rows:
        connection.execute(TERMS.insert(), rows)
