"""What is on record put right by the reports, when a batch begins: the database may have missed the last of them."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.lists import parts
from pipeline.marks import mark_of_files
from pipeline.outputs import STATE, records_below
from pipeline.records import OnRecord
from pipeline.register import entry_of
from pipeline.report.json import load_report
from pipeline.results import Results
from pipeline.roster import Roster
from pipeline.spill import Spilled
from pipeline.store import Store
from pipeline.store.database import writing

AT_ONCE = 500
"""Entries in one transaction."""


def put_right(store: Store, results: Results, found: Roster, unfinished: Collection[str]) -> bool:
    """Make the rows of an output folder say what its reports say, and return whether they said anything else.

    A dossier of this batch whose report is gone stays on record until it is judged again.

    Args:
        store: The rows.
        results: The folder, with its journal.
        found: The dossiers of this batch.
        unfinished: Ids of those that somebody had in hand and did not end, who is gone: a report may be newer than its
            line. Whoever is still at work puts right what it has in hand.

    Raises:
        UsageError: Another version of the program is at work, and looks for others by keys of its own.
    """
    known = results.journal.ids()
    if not unfinished and _is_as_left(store, results, found):
        return False
    _make_as_now(store, results)
    wrong = _compare(store, results, found, unfinished)
    missing: Iterable[str] = () if wrong.noted == len(known) else _missing(store, known)
    for some in parts(wrong.damaged, AT_ONCE):
        store.remove(*sorted(some))
    for some in parts(wrong.gone, AT_ONCE):
        with writing(store.connection):
            store.remove(*(each for each in store.claims.unheld(some) if _report_of(results, each) is None))
    store.mend(anew=bool(wrong.damaged))
    # Reports that the journal does not know, since it was lost.
    reports = records_below(results.folder / "reports")
    strange = (each for each, _ in reports if each not in known and store.get(each) is None)
    is_changed = bool(wrong.gone)
    for some in parts(chain(wrong.damaged, wrong.stale, missing, strange), AT_ONCE):
        is_changed = True
        with writing(store.connection):
            for dossier_id in store.claims.unheld(some):  # whoever has the others in hand writes what is newer
                if (read := _read(results, dossier_id)) is not None:
                    store.put(*read)
    return is_changed


def _make_as_now(store: Store, results: Results) -> None:
    """Make anew by what dossiers find each other, if another version of the program did, while nobody is at work."""
    with results.alone():  # whoever begins now waits, before it says that it is there
        if store.is_made_as_now():
            return
        # Where nobody has made any, those who begin at once see that of each other here, one after the other.
        if not store.is_new() and not results.is_alone():
            raise UsageError(
                f"another batch is at work on {results.folder}, of another version of dossier or just bringing what is "
                "on record up to this one; wait until it has ended, and give the same command again"
            )
        store.make_anew()


def call_in_step(store: Store, results: Results) -> None:
    """Say at the end of a batch that rows and lines tell the same, so that the next one need not compare them.

    Another batch may have stopped between a line and its row: then nothing is said. Neither is it of a journal that is
    written anew when the next one begins, since a dossier was judged twice.
    """
    is_known = results.is_journal_ours and results.journal.is_clean
    if store.stamp and is_known and not store.claims.unfinished():
        store.stamp.note = _mark_of_journal(results) or ""


def _mark_of_journal(results: Results) -> str | None:
    """Return by what it is seen at a glance that nobody has touched the journal; None if it is not there."""
    return mark_of_files([str(results.folder / STATE)])


def _is_as_left(store: Store, results: Results, found: Roster) -> bool:
    """Whether database and journal are as a batch left them, and every line is of a dossier that is still there."""
    seen = store.stamp.seen if store.stamp else ""
    known = results.journal.ids()
    is_left = bool(seen) and seen == _mark_of_journal(results) and store.count() == len(known)
    # Another version of the program may have left it.
    return is_left and store.is_made_as_now() and all(map(found.has, known))


@dataclass(frozen=True)
class _Wrong:
    """Rows that do not say what reports say, by their dossiers."""

    noted: int
    """Rows of which the journal has a line."""
    damaged: list[str]
    stale: list[str]
    gone: list[str]
    """Neither report nor dossier is there."""


def _compare(store: Store, results: Results, found: Roster, unfinished: Collection[str]) -> _Wrong:
    """Compare each row with its line of the journal."""
    noted = 0
    damaged: list[str] = []
    stale: list[str] = []
    gone: list[str] = []
    for dossier_id, digest in store.digests():
        line = results.journal.line(dossier_id)
        noted += line is not None
        if not digest:
            damaged.append(dossier_id)
        elif (line and digest.encode() not in line) or dossier_id in unfinished:
            stale.append(dossier_id)
        elif not found.has(dossier_id) and _report_of(results, dossier_id) is None:
            gone.append(dossier_id)
    return _Wrong(noted, damaged, stale, gone)


def _missing(store: Store, known: Iterable[str]) -> Iterable[str]:
    """Return those of the known that are not on record: all, where the database was lost."""
    missing: Spilled[int] = Spilled()
    missing.put_all((dossier_id, 0) for dossier_id in known)
    for dossier_id, _ in store.digests():
        missing.pop(dossier_id, None)
    return missing


def _report_of(results: Results, dossier_id: str) -> Path | None:
    return results.report_of(dossier_id, results.journal.get(dossier_id))


def _read(results: Results, dossier_id: str) -> tuple[OnRecord, str] | None:
    """Return what a report puts on record, and its hash; None if it is gone, torn or foreign: it is done again."""
    path = _report_of(results, dossier_id)
    if path is None:
        return None
    try:
        content = path.read_bytes()
        return entry_of(load_report(content.decode("utf-8", "replace"))), hashlib.sha256(content).hexdigest()
    except (UsageError, OSError):
        return None
