"""What batches survive, in numbers: `python -m tests.hostile.survival --kills 100 --workers 500`.

A batch is killed at random moments, its workers are, and its database is damaged in every way; each time it is run
again, and all must be as if nothing had happened. Exits with 1 if anything was lost.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.store import DATABASE
from tests.commands import workers
from tests.hostile.small import SmallBatch, complaints, is_like, left_behind, prepare, processes
from tests.pipeline.parts import snapshot

LONGEST = 8.0
"""Seconds within which a batch is killed: at its start, at work, and at its end."""
ORPHAN_SECONDS = 1.0
"""After which none of its workers may be left."""


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


def damaged(batch: SmallBatch, quiet: Path, damage: str) -> Iterator[str]:
    """Yield what does not hold once the database of a finished batch was damaged, and the batch run again."""
    out = batch.home / f"database-{damage}"
    shutil.copytree(quiet, out)
    DAMAGES[damage](out / DATABASE)
    again = batch.run(out)
    if again.returncode != 0:
        yield again.stderr
        return
    if json.loads(again.stdout)["unchanged"] != json.loads(again.stdout)["found"]:
        yield "what was done is done again"
    for path in out.glob(f"{DATABASE}.set-aside-*"):
        path.unlink()
    if not is_like(out, quiet):
        yield "it is not what it was"
    if _entries(out) != _entries(quiet):
        yield "something else is on record"


def _entries(out: Path) -> list[tuple[str, str]]:
    with sqlite3.connect(out / DATABASE) as connection:
        rows = connection.execute("SELECT dossier_id, entry FROM dossiers ORDER BY dossier_id").fetchall()
    connection.close()
    return [(row[0], row[1]) for row in rows]


def killed(batch: SmallBatch, quiet: Path, turn: int, dice: random.Random) -> Iterator[str]:
    """Yield what does not hold once a batch was killed at a random moment, and run again."""
    before, out = snapshot(batch.home / "in"), batch.home / f"killed-{turn}"
    process = _start(batch, out)
    time.sleep(dice.uniform(0.2, LONGEST))
    process.kill()
    process.wait()
    time.sleep(ORPHAN_SECONDS)
    if orphans := processes(batch):
        yield f"{len(orphans)} processes outlive their parent"
    yield from complaints(batch, out, before)
    again = batch.run(out)
    if again.returncode != 0:
        yield again.stderr
    elif not is_like(out, quiet):
        yield "it is not what an undisturbed batch writes"
    yield from left_behind(batch)
    shutil.rmtree(out, ignore_errors=True)


def without_workers(batch: SmallBatch, quiet: Path, kills: int) -> Iterator[str]:
    """Yield what does not hold once so many workers were killed, in as many batches as it takes.

    A dossier that is hit twice loses a file or is given up, as it must: all are there, though not all are as ever.
    """
    done, turn, before = 0, 0, snapshot(batch.home / "in")
    names = sorted(path.stem for path in (quiet / "reports").iterdir())
    while done < kills:
        out, seen, turn = batch.home / f"workers-{turn}", 0, turn + 1
        process = _start(batch, out)
        while process.poll() is None:
            finished = len(list((out / "reports").glob("*.json")))
            if finished > seen and done < kills and (victims := workers(process.pid)):
                os.kill(victims[0], signal.SIGKILL)
                done, seen = done + 1, finished
            time.sleep(0.02)
        there = sorted(path.stem for kind in ("reports", "errors") for path in (out / kind).glob("*.json"))
        if process.returncode not in (0, 1) or there != names:
            yield f"batch {turn} ended with {process.returncode} and {len(there)} results"
        yield from complaints(batch, out, before)
        shutil.rmtree(out, ignore_errors=True)
    yield from left_behind(batch)


def _start(batch: SmallBatch, out: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        batch.command(out), env=batch.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def main() -> None:
    """Do all of it and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.survival", description=__doc__)
    parser.add_argument("--kills", type=int, default=5, help="of the batch itself")
    parser.add_argument("--workers", type=int, default=10, help="kills of workers")
    parser.add_argument("--dossiers", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    counts, found = Counter[str](), list[str]()
    with tempfile.TemporaryDirectory(prefix="dossier-survival-") as folder:
        batch = prepare(Path(folder), [f"d{number:03}" for number in range(arguments.dossiers)])
        quiet, dice = batch.home / "quiet", random.Random(arguments.seed)
        assert batch.run(quiet).returncode == 0
        for damage in DAMAGES:
            counts["damaged databases"] += 1
            found += [f"database {damage}: {what}" for what in damaged(batch, quiet, damage)]
        for turn in range(arguments.kills):
            counts["killed batches"] += 1
            found += [f"kill {turn}: {what}" for what in killed(batch, quiet, turn, dice)]
        counts["killed workers"] = arguments.workers
        found += without_workers(batch, quiet, arguments.workers)
    sys.stdout.write(json.dumps({**counts, "dossiers": arguments.dossiers, "complaints": found}, indent=2) + "\n")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
