"""The table and the page over everything in an output folder, whichever batch has done it; rows are read as written."""

import heapq
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.journal import Done
from pipeline.locks import TooLong
from pipeline.outputs import STATE, records_below
from pipeline.report.csv import to_csv
from pipeline.report.index import to_html_index
from pipeline.report.json import load_report
from pipeline.report.row import Row, error_row, row_of
from pipeline.results import ErrorRecord, Results, mark_of_outputs

_SECOND = 10**9
"""Nanoseconds."""
HEAD_BYTES = 300
"""Of a page, in which it says its language."""


def write_summary(results: Results, *, lang: str, until: float | None = None) -> None:
    """Write both; nobody else may meanwhile (`Results.alone`).

    Args:
        results: The output folder.
        lang: Language of the page.
        until: When there is no more time, by `time.monotonic`.

    Raises:
        TooLong: There was not enough.
    """
    latest = _mark_of_journal(results.folder)
    results.journal.refresh()
    results.write("index.html", to_html_index(_in_time(_rows(results), until), lang=lang).encode())
    results.write("summary.csv", (part.encode() for part in to_csv(_in_time(_rows(results), until))))
    if latest is not None:
        # Last: whoever stops before does both again, as is done where files keep no such times.
        with suppress(OSError):
            os.utime(results.folder / "summary.csv", ns=(latest, latest))


def is_up_to_date(results: Results, *, lang: str) -> bool:
    """Whether both were written from the journal as it is, and in this language.

    The table's time is a mark of the journal that it was written from. Which of the two is newer would not tell, since
    clocks are set back now and then. What else is told by them, errors and reports that the journal does not know,
    changes with a batch that has something to do.
    """
    try:
        with (results.folder / "index.html").open("rb") as page:
            is_spoken = f'lang="{lang}"'.encode() in page.read(HEAD_BYTES)
    except FileNotFoundError:
        return False
    try:
        return is_spoken and (results.folder / "summary.csv").stat().st_mtime_ns == _mark_of_journal(results.folder)
    except FileNotFoundError:
        return False


def call_outdated(folder: Path) -> None:
    """Have the next run write both, even if the journal is as it was when they were written."""
    table = folder / "summary.csv"
    with suppress(FileNotFoundError):
        status = table.stat()
        os.utime(table, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


def _in_time(rows: Iterable[Row], until: float | None) -> Iterator[Row]:
    for row in rows:
        if until is not None and time.monotonic() > until:
            raise TooLong
        yield row


def _mark_of_journal(folder: Path) -> int | None:
    """Return the second in which the journal was changed last, with nanoseconds that tell its size, too.

    Two changes may bear one time. None if there is no journal.
    """
    try:
        status = (folder / STATE).stat()
    except FileNotFoundError:
        return None
    second, rest = divmod(status.st_mtime_ns, _SECOND)
    return second * _SECOND + (rest + status.st_size) % _SECOND


def row_on_file(path: Path, folder: Path) -> Row | None:
    """Return the line of a report below an output folder; None if it is none of ours, or gone."""
    try:
        report = load_report(path.read_text(encoding="utf-8", errors="replace"))
    except (UsageError, OSError):
        return None
    page = path.with_suffix(".html")
    page_place = page.relative_to(folder).as_posix() if page.exists() else None
    return row_of(report, file=path.relative_to(folder).as_posix(), page=page_place)


def _rows(results: Results) -> Iterator[Row]:
    """Yield every line in the order of the dossiers' ids."""
    return heapq.merge(_noted(results), _found(results), _errors(results.folder), key=lambda row: row.dossier_id)


def _noted(results: Results) -> Iterator[Row]:
    """Yield what the journal tells of reports that are there; `dossier purge` may have been at work meanwhile."""
    for dossier_id in results.journal.ids():
        done = results.journal.get(dossier_id)
        row = done.row if done and _is_kept(done, results.folder) else None
        if row is None and (path := results.report_of(dossier_id, done)) is not None:
            row = row_on_file(path, results.folder)
        if row is not None:
            yield row


def _is_kept(done: Done, folder: Path) -> bool:
    """Whether the files of a line are as they were written; whoever was stopped in between left newer ones."""
    return done.glance is not None and done.glance.kept == mark_of_outputs(done.files, folder)


def _found(results: Results) -> Iterator[Row]:
    """Yield reports that the journal does not tell of, since it was lost."""
    known = results.journal.ids()
    strange = (each for each in records_below(results.folder / "reports") if each[0] not in known)
    for _, path in sorted(strange):
        if (row := row_on_file(Path(path), results.folder)) is not None:
            yield row


def _errors(folder: Path) -> Iterator[Row]:
    for _, path in sorted(records_below(folder / "errors")):
        with suppress(ValidationError, OSError):
            record = ErrorRecord.model_validate_json(Path(path).read_bytes())
            yield error_row(record.dossier_id, record.message.en)
