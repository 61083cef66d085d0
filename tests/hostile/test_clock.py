"""A clock that jumps while a batch runs, or between two: nothing is lost, done twice, or left as it was.

What the batch is told is moved by libfaketime, which reads a file at every look (its workers may not, and start with
the system's). The system's own clock stays, and what it writes on files with it.
"""

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.marks import SETTLED_SECONDS
from pipeline.outputs import STATE
from pipeline.results import open_results
from pipeline.summary import is_up_to_date
from tests.hostile.small import SmallBatch, complaints, is_like, left_behind, prepare
from tests.pipeline.parts import snapshot

LIBRARY = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)
NAMES = ("ash", "birch", "cedar", "elm", "fir", "hazel", "oak", "yew")
DAYS = 400
NANOSECONDS = 10**9

pytestmark = pytest.mark.skipif(LIBRARY is None, reason="libfaketime is not installed")


@dataclass(frozen=True)
class Clock:
    """The clock of one batch."""

    file: Path

    def jump(self, days: int) -> None:
        """Put it so many days after what it is."""
        ahead = self.file.with_suffix(".new")
        ahead.write_text(f"{days:+d}d\n", encoding="ascii")
        ahead.replace(self.file)

    @property
    def prefix(self) -> list[str]:
        """Return what is put before a command that is to believe it."""
        told = {
            "LD_PRELOAD": LIBRARY,
            "FAKETIME_TIMESTAMP_FILE": self.file,
            "FAKETIME_NO_CACHE": 1,
            "FAKETIME_DONT_FAKE_MONOTONIC": 1,
            "NO_FAKE_STAT": 1,
        }
        return ["env", *(f"{name}={value}" for name, value in told.items())]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> SmallBatch:
    made = prepare(tmp_path_factory.mktemp("clock"), NAMES)
    assert made.run(made.home / "quiet").returncode == 0
    return made


@pytest.fixture
def clock(batch: SmallBatch) -> Clock:
    made = Clock(batch.home / "clock")
    made.jump(0)
    return made


def test_programs_believe_the_clock(batch: SmallBatch, clock: Clock) -> None:
    clock.jump(DAYS)
    script = [*clock.prefix, "python3", "-c", "import time; print(time.time(), time.monotonic())"]
    wall, monotonic = map(float, subprocess.check_output(script, encoding="ascii").split())
    assert wall - time.time() == pytest.approx(DAYS * 86_400, abs=60)
    assert monotonic - time.monotonic() == pytest.approx(0, abs=60)


@pytest.mark.parametrize("days", [DAYS, -DAYS], ids=["forward", "back"])
def test_a_jump_while_a_batch_runs_changes_nothing(batch: SmallBatch, clock: Clock, days: int) -> None:
    before, out = snapshot(batch.home / "in"), batch.home / f"jump{days}"
    command = [*clock.prefix, *batch.command(out)]
    with subprocess.Popen(
        command, env=batch.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None and not list((out / "reports").glob("*.json")):
            time.sleep(0.01)
        process.send_signal(signal.SIGSTOP)
        clock.jump(days)
        process.send_signal(signal.SIGCONT)
    assert process.returncode == 0
    assert is_like(out, batch.home / "quiet")
    again = batch.run(out, prefix=clock.prefix)
    assert json.loads(again.stdout)["unchanged"] == len(NAMES)
    assert [*complaints(batch, out, before), *left_behind(batch)] == []


@pytest.mark.parametrize("days", [DAYS, -DAYS], ids=["forward", "back"])
def test_what_is_changed_after_a_jump_is_done_again(batch: SmallBatch, clock: Clock, days: int) -> None:
    out, form = batch.home / f"changed{days}", batch.home / "in" / "birch" / "application.yaml"
    # What has just changed is told by its content, whatever the clock says.
    time.sleep(SETTLED_SECONDS + 0.5)
    assert batch.run(out, prefix=clock.prefix).returncode == 0
    clock.jump(days)
    said, status = form.read_bytes(), form.stat()
    try:
        # As large and as old as before: by the time of the change alone it is seen to be another.
        form.write_bytes(said.swapcase())
        os.utime(form, ns=(status.st_atime_ns, status.st_mtime_ns))
        again = batch.run(out, prefix=clock.prefix)
    finally:
        form.write_bytes(said)
    assert json.loads(again.stdout)["unchanged"] == len(NAMES) - 1


@pytest.mark.parametrize("days", [DAYS, -DAYS], ids=["forward", "back"])
def test_a_summary_is_written_anew_whatever_time_the_journal_bears(batch: SmallBatch, clock: Clock, days: int) -> None:
    out = batch.home / f"summary{days}"
    assert batch.run(out).returncode == 0
    table = (out / "summary.csv").read_bytes()
    (out / "summary.csv").write_bytes(b"of yesterday")
    moved = time.time_ns() + days * 86_400 * NANOSECONDS
    os.utime(out / STATE, ns=(moved, moved))
    assert batch.run(out, prefix=clock.prefix).returncode == 0
    assert (out / "summary.csv").read_bytes() == table


def test_a_batch_that_has_nothing_to_do_leaves_the_summary_as_it_is(batch: SmallBatch) -> None:
    out = batch.home / "idle"
    assert batch.run(out).returncode == 0
    before = (out / "summary.csv").stat()
    assert batch.run(out).returncode == 0
    after = (out / "summary.csv").stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino, before.st_mtime_ns, before.st_ctime_ns,
    )  # fmt: skip


def test_a_line_that_comes_within_the_same_moment_makes_the_summary_old(batch: SmallBatch) -> None:
    out = batch.home / "moment"
    assert batch.run(out).returncode == 0
    state = (out / STATE).stat()
    with open_results(out, dossiers=len(NAMES)) as results:
        assert is_up_to_date(results, lang="en")
        with (out / STATE).open("ab") as journal:
            journal.write(b"{}\n")
        os.utime(out / STATE, ns=(state.st_mtime_ns, state.st_mtime_ns))
        assert not is_up_to_date(results, lang="en")
