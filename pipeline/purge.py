"""What is kept of people goes once it is older than it may be: results, uploads, rows, readings in the cache.

Safe beside a batch that runs: a dossier is claimed like one that is to be judged, and left alone if a batch has it in
hand. The reviewers' journal (`desk.jsonl`) stays as it is: each of its lines is sealed to the one before, so that
nothing could be taken out of it without breaking what it proves. Copies of it that were set aside since they were
damaged prove nothing, and go by age.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from sqlalchemy import delete, inspect

from pipeline.errors import UsageError
from pipeline.lists import parts
from pipeline.model import Record
from pipeline.outputs import OWN_FOLDERS, STATE
from pipeline.results import open_results
from pipeline.review import database as desk
from pipeline.review.journal import JOURNAL
from pipeline.review.shelf import UPLOADED
from pipeline.review.tables import CASES, LEASES, TERMS, VALUES
from pipeline.review.uploads import UPLOADS
from pipeline.review.versions import REVIEWED
from pipeline.store import DATABASE, Store, open_store
from pipeline.store.database import place_of
from pipeline.summary import write_summary

AT_ONCE = 500
"""Dossiers in one transaction."""


class Purged(Record):
    """What was removed, or would be."""

    reports: int = 0
    pages: int = 0
    """For people, beside reports."""
    errors: int = 0
    uploads: int = 0
    """Dossiers that reviewers or programs handed in."""
    reviewed: int = 0
    """Reports with reviewers' values, which the desk makes again of the journal if it is asked for them."""
    set_aside: int = 0
    """Databases, with their side files, and journals of reviewers that were damaged once."""
    cached: int = 0
    """Files of which the cache held what was read."""
    in_hand: int = 0
    """Dossiers that were left, since a batch works on them."""
    journal_kept: int = 0
    """Lines of the reviewers' journal, which nobody can shorten without breaking it."""


@dataclass(frozen=True)
class _Old:
    """All that is written about one dossier."""

    id: str
    paths: tuple[Path, ...]


def purge_results(out: Path, *, before: float, database: str | None, lang: str, dry_run: bool) -> Purged:
    """Remove what was written about dossiers before a moment.

    Args:
        out: A batch's output folder.
        before: Seconds since 1970.
        database: URL of another database than the folder's own.
        lang: Of the page over what is left.
        dry_run: Only count.

    Raises:
        UsageError: It is no output folder of a batch, or cannot be written to.
    """
    if not ((out / "reports").is_dir() and ((out / STATE).exists() or (out / DATABASE).exists())):
        raise UsageError(f"{out} is no output folder of a batch; give what `dossier batch -o` was given")
    aside = _old_files(_set_aside(out, database), before)
    reviewed = _old_files((out / REVIEWED).glob("*/*"), before)
    uploads = list(_old_uploads(out, before))
    if dry_run:
        purged = _counted(out, list(_old_results(out, before)))
    else:
        purged = _purge_dossiers(out, before, database, lang)
        _take_off_the_desk(out, [upload.id for upload in uploads])
        for path in (*(path for upload in uploads for path in upload.paths), *aside, *reviewed):
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        for folder in {path.parent for path in reviewed}:
            with suppress(OSError):  # a younger one is in it
                folder.rmdir()
    journal = out / JOURNAL
    lines = journal.read_bytes().count(b"\n") if journal.exists() else 0
    counts = {"uploads": len(uploads), "reviewed": len(reviewed), "set_aside": len(aside), "journal_kept": lines}
    return purged.model_copy(update=counts)


def _set_aside(out: Path, database: str | None) -> Iterator[Path]:
    """Yield what was damaged and is kept beside what is in its place, and such copies that were never finished."""
    elsewhere = place_of(database).path if database else None
    for path in (elsewhere or out / DATABASE, out / desk.DATABASE, out / JOURNAL):
        for begin in ("", "."):
            yield from path.parent.glob(f"{begin}{escape(path.name)}.set-aside-*")


def purge_cache(folder: Path, *, before: float, dry_run: bool) -> int:
    """Remove what was read before a moment from the cache; return of how many files that was."""
    old = _old_files(folder.glob("[0-9a-f][0-9a-f]/*"), before)
    for path in () if dry_run else old:
        path.unlink(missing_ok=True)
    return len(old)


def _purge_dossiers(out: Path, before: float, database: str | None, lang: str) -> Purged:
    purged = Purged()
    with (
        open_results(out, dossiers=0) as results,
        open_store(out, database=database, owner=results.owner, is_alive=results.is_alive) as store,
    ):
        try:
            for some in parts(list(_old_results(out, before)), AT_ONCE):
                purged = _sum(purged, _purge_some(out, some, store, before))
        finally:
            store.claims.release()
        results.forget_gone()
        with results.alone():
            if results.is_alone():
                store.claims.forget(but={path.stem for path in _written(out)})
            write_summary(results, lang=lang)
    if database is None:
        with closing(sqlite3.connect(out / DATABASE)) as connection:  # or its log would tell on
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return purged


def _purge_some(out: Path, some: Sequence[_Old], store: Store, before: float) -> Purged:
    claims = store.claims.take([old.id for old in some])
    ours = [old for old in some if claims[old.id].is_ours]
    # A batch may have written one anew before it was claimed.
    old = [each for each in ours if not _has_young(each, before)]
    counted = _counted(out, old)
    names = [each.id for each in old]
    _take_off_the_desk(out, names)
    store.remove(*names)
    for path in (path for each in old for path in each.paths):
        path.unlink(missing_ok=True)
    store.remove(*names)  # a batch that began between may have put it right by the report
    for each in ours:
        if each in old:
            store.claims.settle(each.id)
        else:
            store.claims.give_back(each.id, attempts=claims[each.id].attempts)
    return counted.model_copy(update={"in_hand": len(some) - len(ours)})


def _take_off_the_desk(out: Path, dossier_ids: Sequence[str]) -> None:
    """Remove what the desk's own database repeats of reports; one on a server does so by itself once it looks."""
    if not dossier_ids or not (out / desk.DATABASE).exists():
        return
    engine = desk.open_engine(out)
    try:
        with desk.writing(engine) as connection:
            present = inspect(connection).get_table_names()
            for table in (CASES, TERMS, LEASES, VALUES):
                if table.name in present:
                    for some in parts(dossier_ids, AT_ONCE):
                        connection.execute(delete(table).where(table.c.dossier_id.in_(some)))
    finally:
        engine.dispose()


def _written(out: Path) -> Iterator[Path]:
    for name in OWN_FOLDERS:
        yield from (path for path in (out / name).rglob("*") if path.suffix in (".json", ".html"))


def _old_results(out: Path, before: float) -> Iterator[_Old]:
    by_id: dict[str, list[Path]] = {}
    for path in _written(out):
        by_id.setdefault(path.stem, []).append(path)
    for dossier_id, paths in sorted(by_id.items()):
        old = _Old(dossier_id, tuple(sorted(paths)))
        if not _has_young(old, before):
            yield old


def _old_uploads(out: Path, before: float) -> Iterator[_Old]:
    """Yield uploads with the reports on them, each as old as the youngest of its files."""
    reports = out / UPLOADED / "reports"
    folders = sorted((out / UPLOADS).iterdir()) if (out / UPLOADS).is_dir() else []
    names = {path.name for path in folders} | ({path.stem for path in reports.iterdir()} if reports.is_dir() else set())
    for name in sorted(names):
        paths = (out / UPLOADS / name, *(reports / f"{name}{suffix}" for suffix in (".json", ".html")))
        there = tuple(path for path in paths if path.exists())
        inside = tuple(path for folder in there if folder.is_dir() for path in folder.rglob("*"))
        if not _has_young(_Old(name, (*there, *inside)), before):
            yield _Old(name, there)


def _has_young(old: _Old, before: float) -> bool:
    return any(_is_young(path, before) for path in old.paths)


def _is_young(path: Path, before: float) -> bool:
    with suppress(FileNotFoundError):
        return path.lstat().st_mtime >= before
    return False


def _old_files(paths: "Iterator[Path] | Sequence[Path]", before: float) -> list[Path]:
    return [path for path in paths if path.is_file() and not _is_young(path, before)]


def _counted(out: Path, old: Sequence[_Old]) -> Purged:
    paths = [path for each in old for path in each.paths]
    errors = sum(path.relative_to(out).parts[0] == "errors" for path in paths)
    pages = sum(path.suffix == ".html" for path in paths)
    return Purged(reports=len(paths) - errors - pages, pages=pages, errors=errors)


def _sum(one: Purged, two: Purged) -> Purged:
    return Purged(**{name: getattr(one, name) + getattr(two, name) for name in Purged.model_fields})
