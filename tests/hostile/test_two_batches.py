"""Two batches on one output folder at once: they share the work, and nothing is done twice."""

import json
import signal
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path

import pytest

from pipeline.store import DATABASE
from tests.commands import wait_until, workers
from tests.hostile.small import SmallBatch, is_like, left_behind, prepare

NAMES = [f"d{number:02}" for number in range(40)]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> SmallBatch:
    made = prepare(tmp_path_factory.mktemp("two"), NAMES)
    assert made.run(made.home / "quiet").returncode == 0
    return made


def start(batch: SmallBatch, out: Path, database: str | None) -> "subprocess.Popen[str]":
    command = [*batch.command(out), *(["--database", database] if database else [])]
    return subprocess.Popen(
        command, env=batch.environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def done_in(out: Path) -> Counter[str]:
    journal = out / "state.jsonl"
    lines = journal.read_bytes().splitlines() if journal.exists() else ()
    return Counter(json.loads(line)["id"] for line in lines)


def test_they_share_the_work_and_both_end_well(batch: SmallBatch, database: str | None) -> None:
    out = batch.home / f"shared-{database is None}"
    both = [start(batch, out, database) for _ in range(2)]
    ended = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    assert done_in(out) == Counter(NAMES), "each exactly once"
    counts = [json.loads(stdout) for stdout, _ in ended]
    assert sum(each["found"] - each["unchanged"] for each in counts) == len(NAMES)
    (out / ".folder-id").unlink(missing_ok=True)
    assert is_like(out, batch.home / "quiet")
    assert list(left_behind(batch)) == []


def in_hand(out: Path) -> list[str]:
    """Return the dossiers that somebody has claimed and not ended."""
    with closing(sqlite3.connect(f"file:{out / DATABASE}?mode=ro", uri=True)) as connection:
        return [name for (name,) in connection.execute("SELECT dossier_id FROM claims WHERE owner IS NOT NULL")]


def is_held_at_work(process: "subprocess.Popen[str]", out: Path) -> bool:
    """Hold a batch still, if it has something in hand at the moment; else let it go on."""
    process.send_signal(signal.SIGSTOP)
    if in_hand(out):
        return True
    process.send_signal(signal.SIGCONT)
    return False


def test_what_a_killed_one_had_in_hand_the_other_does(batch: SmallBatch) -> None:
    """It is held still with dossiers in hand until the other one is at work, and killed then."""
    out = batch.home / "killed"
    first = start(batch, out, None)
    wait_until(lambda: done_in(out))
    wait_until(lambda: is_held_at_work(first, out), seconds=20)
    second = start(batch, out, None)
    with suppress(AssertionError):  # where the first is held with the database locked, the other waits for it
        wait_until(lambda: workers(second.pid), seconds=10)
    first.kill()
    first.communicate()
    assert first.returncode == -signal.SIGKILL
    _, stderr = second.communicate(timeout=120)
    assert second.returncode == 0, stderr
    assert done_in(out).keys() == set(NAMES)
    assert is_like(out, batch.home / "quiet")
    batch.run(out)  # whoever comes next sweeps up
    assert list(left_behind(batch)) == []
