"""What runs out among the papers of a batch's dossiers: licences, marks, letters, qualifications."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.model import Record
from pipeline.outputs import report_files
from pipeline.records import Decision, OnRecord
from pipeline.register import entry_of
from pipeline.report.json import load_report
from pipeline.report.titles import TYPES, title
from pipeline.report.words import phrase

if TYPE_CHECKING:
    from rich.table import Table

_UNITS = {"d": 1, "w": 7}


class Expiry(Record):
    """One paper that runs out."""

    dossier_id: str
    decision: Decision
    company: str | None
    document: str
    type: str
    file: str
    ends: date
    """Last day of its term."""
    days: int
    """Until then; below 0 it has run out since the dossier was judged."""


def days_of(within: str) -> int:
    """Return a span such as `60d` or `8w` in days.

    Raises:
        UsageError: It is none.
    """
    match = re.fullmatch(r"(\d{1,5})([dw]?)", within.strip().lower(), re.ASCII)
    if match is None:
        raise UsageError(f"{within!r} is no span of days or weeks such as 60d or 8w")
    return int(match[1]) * _UNITS[match[2] or "d"]


def expiring(out: Path, *, as_of: date, within: int) -> tuple[Expiry, ...]:
    """Return what runs out within so many days, the soonest first.

    What had run out already when its dossier was judged is the report's matter, and left out.

    Args:
        out: A batch's output folder.
        as_of: Today.
        within: Days from then.

    Raises:
        UsageError: It is no output folder, or a file in it is no report.
    """
    found: list[Expiry] = []
    for path in report_files(out):
        report = load_report(path.read_text(encoding="utf-8", errors="replace"))
        found += expiries_of(entry_of(report), as_of, as_of + timedelta(days=within))
    return _in_order(found)


def expiring_on_record(database: str, *, as_of: date, within: int, out: Path | None = None) -> tuple[Expiry, ...]:
    """Return what runs out within so many days by a results database, the soonest first; no report is read.

    Args:
        database: Its URL.
        as_of: Today.
        within: Days from then.
        out: Output folder whose dossiers are meant; None for all that are on record.

    Raises:
        UsageError: It is no results database, the folder has nothing in it, or dossiers were put on record by a
            version that did not keep terms.
    """
    from pipeline.store import read_store

    entries = read_store(database, folder=out)
    untold = sum(each.terms is None for each in entries)
    if untold:
        raise UsageError(
            f"{untold} of {len(entries)} dossiers were put on record by a version that did not keep when papers "
            "run out; judge them again (dossier batch --no-resume), or ask the output folder, without --database"
        )
    until = as_of + timedelta(days=within)
    return _in_order(each for entry in entries for each in expiries_of(entry, as_of, until))


def _in_order(found: Iterable[Expiry]) -> tuple[Expiry, ...]:
    return tuple(sorted(found, key=lambda each: (each.ends, each.dossier_id, each.document)))


def expiries_of(entry: OnRecord, as_of: date, until: date) -> Iterator[Expiry]:
    """Yield what of one dossier's papers runs out up to a day."""
    for term in entry.terms or ():
        if entry.as_of <= term.ends <= until:
            yield Expiry(
                dossier_id=entry.dossier_id,
                decision=entry.decision,
                company=entry.company_name,
                document=term.document,
                type=term.type,
                file=term.file,
                ends=term.ends,
                days=(term.ends - as_of).days,
            )


def expiring_table(found: Sequence[Expiry], *, lang: str) -> "Table":
    """Return what runs out as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    headings = ("ends", "days", "what", "dossier", "decision", "company", "file")
    table = Table(*(phrase(f"expiring.{each}", lang) for each in headings), box=SIMPLE_HEAD)
    for column in table.columns[:2]:
        column.no_wrap = True
    for column in table.columns[2:]:
        # Chinese has no spaces to break at: without this a long name would be cut.
        column.overflow = "fold"
    table.caption = None if found else phrase("expiring.nothing", lang)
    for each in found:
        cells = (each.dossier_id, phrase(f"decision.{each.decision}", lang), each.company or "", each.file)
        table.add_row(str(each.ends), str(each.days), title(TYPES, each.type, lang), *map(escape, cells))
    return table
