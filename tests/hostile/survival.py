"""What batches survive, in numbers: `python -m tests.hostile.survival --kills 100 --workers 500`.

A batch is killed at random moments, its workers are, it is told to end, and its database is damaged in every way; each
time it is run again, and all must be as if nothing had happened. Two samples that are approved are among its dossiers.
Half of the runs have the floors lowered from which on there are scouts and spilled mappings. Exits with 1 if anything
was lost.
"""

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pipeline.model import FailureCode
from pipeline.results import ErrorRecord
from tests.commands import wait_until, workers
from tests.hostile.approved import record
from tests.hostile.damages import DAMAGES, damaged, locked
from tests.hostile.rows import Row, Survivor
from tests.hostile.small import IN_LOOPS, SmallBatch, complaints, is_like, left_behind, prepare, processes
from tests.hostile.worker_kills import kills_of_workers
from tests.pipeline.parts import snapshot

ORPHAN_SECONDS = 1.0
"""After which none of its workers may be left."""
END_SECONDS = 10.0
"""Within which a batch that is told to end is over."""


def undisturbed(batch: SmallBatch, dice: random.Random) -> Survivor:
    """Run a batch twice, and take the time of the second: the first one loads what the system had not in memory."""
    assert batch.run(batch.home / "warm").returncode == 0
    started = time.monotonic()
    done = batch.run(batch.quiet)
    assert done.returncode == 0, done.stderr
    return Survivor(batch, dice, snapshot(batch.home / "in"), time.monotonic() - started)


def killed(survivor: Survivor, out: Path, *, after: float) -> Iterator[str]:
    """Yield what does not hold once a batch was killed so many seconds after its start; nothing if it was over.

    Raises:
        TooLate: It had ended.
    """
    batch = survivor.batch
    process = batch.start(out)
    time.sleep(after)
    if process.poll() is not None:
        raise TooLate
    process.kill()
    process.wait()
    time.sleep(ORPHAN_SECONDS)
    if orphans := processes(batch):
        yield f"{len(orphans)} processes outlive their parent"
    yield from complaints(batch, out, survivor.before)


class TooLate(Exception):
    """What was to be killed had ended."""


def kills_of_batches(survivor: Survivor, wanted: int) -> Row:
    """Kill batches until so many were alive at that; every other one of them is killed in its resume once more."""
    row, late = Row("batch killed"), 0
    for turn in range(20 * wanted):
        if row.runs == wanted:
            break
        # Every second one with what only large batches have, in its first run and in its resume.
        lowered, html, jobs = bool(turn % 2), turn % 4 > 1, 1 + turn % 3
        each = replace(survivor, batch=replace(survivor.batch, is_lowered=lowered, html=html, jobs=jobs))
        out = each.batch.home / f"killed-{turn}"
        try:
            row.count(_killed_and_resumed(each, out, again=turn % 3 == 0))
        except TooLate:
            late += 1
        shutil.rmtree(out, ignore_errors=True)
    if row.runs < wanted:
        row.losses.append(f"only {row.runs} of {wanted} kills hit a batch that was alive")
    row.notes = {"too late, not counted": late, "seconds of an undisturbed run": round(survivor.seconds, 1)}
    return row


def _killed_and_resumed(survivor: Survivor, out: Path, *, again: bool) -> Iterator[str]:
    dice, batch = survivor.dice, survivor.batch
    yield from killed(survivor, out, after=dice.uniform(0.05, survivor.seconds))
    with suppress(TooLate):  # the resume may be over sooner
        if again:
            yield from killed(survivor, out, after=dice.uniform(0.05, survivor.seconds / 2))
    resumed = batch.run(out)
    if again and resumed.returncode == 1 and _is_given_up_for_that(out):
        resumed = batch.run(out, "--retry-quarantined")
    if resumed.returncode != 0:
        yield resumed.stderr
    quiet = batch.quiet.with_name("quiet-html") if batch.html else batch.quiet
    if not is_like(out, quiet):
        yield "it is not what an undisturbed batch writes"
    yield from complaints(batch, out, survivor.before, resumed)
    yield from left_behind(batch)


def _is_given_up_for_that(out: Path) -> bool:
    """Whether all that has an error record was alone in hand when the batch was killed once more: nothing else is."""
    records = [ErrorRecord.model_validate_json(path.read_bytes()) for path in (out / "errors").glob("*.json")]
    return {(each.code, each.attempts) for each in records} == {(FailureCode.QUARANTINED, 2)}


def interruptions(survivor: Survivor, wanted: int) -> Row:
    """Tell batches to end, by Ctrl-C and as a service does: code 130 within ten seconds, and what is finished stays.

    It is done in their first half, so that one that ends with 0 has not heard.
    """
    row, slowest = Row("batch told to end"), 0.0
    for turn in range(wanted):
        out = survivor.batch.home / f"told-{turn}"
        number = (signal.SIGTERM, signal.SIGINT)[turn % 2]
        taken: list[float] = []
        each = replace(survivor, batch=replace(survivor.batch, jobs=1 + turn % 3))
        row.count(_told_to_end(each, out, number, taken))
        slowest = max(slowest, *taken)
        shutil.rmtree(out, ignore_errors=True)
    row.notes = {"slowest end in seconds": round(slowest, 2), "dossiers": len(survivor.names)}
    return row


def _told_to_end(survivor: Survivor, out: Path, number: signal.Signals, taken: list[float]) -> Iterator[str]:
    batch = survivor.batch
    process = batch.start(out)
    # Not before its command is there to hear it, nor once it may be over.
    after = survivor.dice.randrange(len(survivor.names) // 2)
    wait_until(lambda: workers(process.pid) and len(list((out / "reports").glob("*.json"))) >= after, seconds=600)
    started = time.monotonic()
    process.send_signal(number)
    with suppress(subprocess.TimeoutExpired):
        process.wait(5 * END_SECONDS)
    taken.append(time.monotonic() - started)
    if taken[-1] > END_SECONDS:
        yield f"it took {taken[-1]:.1f} s to end"
    if process.returncode != 130:
        yield f"it ended with {process.returncode}"
    kept = len(list((out / "reports").glob("*.json")))
    yield from complaints(batch, out, survivor.before)
    yield from left_behind(batch)
    resumed = batch.run(out)
    if resumed.returncode != 0:
        yield resumed.stderr
    elif json.loads(resumed.stdout)["unchanged"] < kept:
        yield "what was finished is done again"
    if not is_like(out, batch.quiet):
        yield "it is not what an undisturbed batch writes"


def damaged_databases(survivor: Survivor) -> Row:
    """Damage the database of a finished batch in every way, and run it again."""
    row = Row("database damaged")
    for damage in DAMAGES:
        row.count(f"{damage}: {what}" for what in damaged(survivor.batch, damage))
    row.count(f"locked: {what}" for what in locked(survivor.batch))
    return row


def with_samples(home: Path, dossiers: int) -> SmallBatch:
    """Prepare a batch with two samples that are approved, which the real engine reads once."""
    from pipeline.ocr.ppocr import PpOcr

    engine = PpOcr(precision="f32")
    for name in IN_LOOPS:
        record(name, engine, home / "samples")
    return prepare(home / "batch", [f"d{number:04}" for number in range(dossiers)], recorded=home / "samples")


def survive(
    home: Path, *, kills: int, workers: int, ends: int, dossiers: int, seed: int, damages: bool = True
) -> list[Row]:
    """Do all of it below a folder and return what came of it."""
    survivor = undisturbed(with_samples(home, dossiers), random.Random(seed))
    with_pages = replace(survivor.batch, html=True)
    assert with_pages.run(with_pages.home / "quiet-html").returncode == 0
    loops: list[tuple[int, Callable[[Survivor, int], Row]]] = [
        (kills, kills_of_batches), (workers, kills_of_workers), (ends, interruptions),
    ]  # fmt: skip
    first = [damaged_databases(survivor)] if damages else []
    return [*first, *(loop(survivor, wanted) for wanted, loop in loops if wanted)]


def main() -> None:
    """Do all of it and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.survival", description=__doc__)
    parser.add_argument("--kills", type=int, default=5, help="of the batch itself, while it was alive")
    parser.add_argument("--workers", type=int, default=10, help="kills of workers")
    parser.add_argument("--ends", type=int, default=2, help="how often a batch is told to end")
    parser.add_argument("--dossiers", type=int, default=20, help="beside two samples that are approved")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-damages", dest="damages", action="store_false", help="leave databases as they are")
    wishes = vars(parser.parse_args())
    with tempfile.TemporaryDirectory(prefix="dossier-survival-") as folder:
        rows = survive(Path(folder), **wishes)
    shown = [{**vars(row), "losses": len(row.losses), "seconds": round(row.seconds, 1)} for row in rows]
    losses = [loss for row in rows for loss in row.losses]
    sys.stdout.write(json.dumps({**wishes, "rows": shown, "losses": losses}, indent=2) + "\n")
    raise SystemExit(bool(losses))


if __name__ == "__main__":
    main()
