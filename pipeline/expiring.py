"""What runs out among the papers of a batch's dossiers: licences, marks, letters, qualifications."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.model import Record
from pipeline.outputs import report_files
from pipeline.records import Decision
from pipeline.register import entry_of
from pipeline.report.json import Report, load_report
from pipeline.report.titles import TYPES, title

if TYPE_CHECKING:
    from rich.table import Table

WATCHED = (
    "business_licence",
    "trademark_certificate",
    "trademark_renewal",
    "authorization_letter",
    "identity_card",
    "qualification",
)
"""Types of documents that have a term."""
_UNITS = {"d": 1, "w": 7}


class Expiry(Record):
    """One paper that runs out."""

    dossier_id: str
    decision: Decision | None
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
        found += expiries_of(report, as_of, as_of + timedelta(days=within))
    return tuple(sorted(found, key=lambda each: (each.ends, each.dossier_id, each.document)))


def expiries_of(report: Report, as_of: date, until: date) -> Iterator[Expiry]:
    """Yield what of one report's papers runs out up to a day."""
    for document in report.documents:
        term = document.entities.get("valid_to") if document.type in WATCHED else None
        ends = _day(term.value) if term else None
        if ends and report.as_of <= ends <= until:
            yield Expiry(
                dossier_id=report.dossier_id,
                decision=report.decision,
                company=entry_of(report).company_name,
                document=document.id,
                type=document.type,
                file=document.file,
                ends=ends,
                days=(ends - as_of).days,
            )


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):  # without an end
        return None


def expiring_table(found: Sequence[Expiry], *, lang: str) -> "Table":
    """Return what runs out as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    table = Table("ends", "days", "what", "dossier", "decision", "company", "file", box=SIMPLE_HEAD)
    table.caption = None if found else "nothing runs out"
    for each in found:
        what = title(TYPES, each.type, lang)
        cells = (each.dossier_id, each.decision or "", each.company or "", each.file)
        table.add_row(str(each.ends), str(each.days), what, *map(escape, cells))
    return table
