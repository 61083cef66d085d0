"""Databases that are damaged, lost or held by somebody else."""

import json
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from pipeline.store import DATABASE
from pipeline.store.stamp import SUFFIX
from tests.hostile.small import SmallBatch, is_like

HELD_SECONDS = 4.0
"""Less than a batch waits for a database."""


def _truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _garble(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 0x5A for byte in path.read_bytes()))


def _flip(path: Path) -> None:
    """Change what is stored, so that SQLite itself sees nothing."""
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE dossiers SET entry = replace(entry, 'rejected', 'approved')")
    connection.close()


def _make_newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "truncated": _truncate,
    "garbled": _garble,
    "flipped": _flip,
    "deleted": Path.unlink,
    "newer": _make_newer,
    "empty": lambda path: path.write_bytes(b""),
}


def damaged(batch: SmallBatch, damage: str) -> Iterator[str]:
    """Yield what does not hold once the database of a finished batch was damaged, and the batch run again.

    It had been vouched for: nobody would look it through, were it as it was.
    """
    batch = replace(batch, is_lowered=True)
    out = batch.home / f"database-{damage}"
    shutil.copytree(batch.quiet, out)
    # The first run tells how the copied reports lie, the second writes its journal anew.
    if any(batch.run(out).returncode for _ in range(2)) or not (out / f"{DATABASE}{SUFFIX}").exists():
        yield "nobody vouches for a database that is as it should be"
    DAMAGES[damage](out / DATABASE)
    yield from _as_before(batch, out)


def locked(batch: SmallBatch) -> Iterator[str]:
    """Yield what does not hold where somebody else holds the database for ever, and then for a moment."""
    out = batch.home / "database-locked"
    shutil.copytree(batch.quiet, out)
    with closing(_hold(out / DATABASE)):
        refused = batch.run(out)
    if refused.returncode != 2 or "wait for whoever uses it" not in refused.stderr:
        yield f"{refused.returncode}: {refused.stderr}"
    if list(out.glob(f"{DATABASE}.set-aside-*")):
        yield "a database that somebody uses is set aside"
    yield from held_for_a_moment(batch, out)


def held_for_a_moment(batch: SmallBatch, out: Path) -> Iterator[str]:
    """Yield what does not hold where somebody else holds the database of a finished batch, and lets go of it."""
    connection = _hold(out / DATABASE)

    def let_go() -> None:
        time.sleep(HELD_SECONDS)
        connection.close()

    started = time.monotonic()
    waiter = threading.Thread(target=let_go)
    waiter.start()
    try:
        yield from _as_before(batch, out)
    finally:
        waiter.join()
    if time.monotonic() - started < HELD_SECONDS:
        yield "it was not held at all"


def _hold(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def _as_before(batch: SmallBatch, out: Path) -> Iterator[str]:
    again = batch.run(out)
    if again.returncode != 0:
        yield again.stderr
        return
    if json.loads(again.stdout)["unchanged"] != json.loads(again.stdout)["found"]:
        yield "what was done is done again"
    for path in out.glob(f"{DATABASE}.set-aside-*"):
        path.unlink()
    if not is_like(out, batch.quiet):
        yield "it is not what it was"
    if _entries(out) != _entries(batch.quiet):
        yield "something else is on record"


def _entries(out: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(out / DATABASE)) as connection:
        rows = connection.execute("SELECT dossier_id, entry FROM dossiers ORDER BY dossier_id").fetchall()
    return [(row[0], row[1]) for row in rows]
