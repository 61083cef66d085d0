"""`summary.csv` of a batch: one line per dossier, for spreadsheets.

It begins with a byte order mark, without which Excel garbles Chinese, and no cell of it is taken for a formula.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain

from pipeline.report.row import Row

COLUMNS = (
    "dossier_id",
    "decision",
    "blockers_failed",
    "majors_failed",
    "minors_failed",
    "undetermined",
    "failed_rules",
    "waived_rules",
    "category",
    "store_type",
    "company_name",
    "deposit",
    "currency",
    "file",
    "error",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the text of the file line by line, to be written as UTF-8 with newlines as they are; rows as they come."""
    line = StringIO(newline="")
    writer = csv.writer(line)
    line.write("\ufeff")
    for cells in chain([COLUMNS], map(_cells, rows)):
        writer.writerow([_harmless(cell) for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _cells(row: Row) -> tuple[str | int, ...]:
    if row.error is not None:
        return (row.dossier_id, "", *[""] * (len(COLUMNS) - 3), row.error)
    return (
        row.dossier_id,
        row.decision or "",
        row.failed.blocker,
        row.failed.major,
        row.failed.minor,
        row.undetermined,
        " ".join(row.failed_rules),
        " ".join(row.waived_rules),
        row.category or "",
        row.store_type or "",
        row.company_name or "",
        row.deposit.amount if row.deposit else "",
        row.deposit.currency if row.deposit else "",
        row.file or "",
        "",
    )


def _harmless(cell: str | int) -> str | int:
    """Keep a spreadsheet from running what a seller wrote."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
