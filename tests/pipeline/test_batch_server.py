"""A batch whose results database is on a server that goes away: it stops in one line, and goes on from there."""

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.jobs import Job
from pipeline.ledger import Ledger
from pipeline.order import Tally
from pipeline.store import read_store
from pipeline.writing import Settled
from tests import postgres
from tests.pipeline.outputs import written
from tests.pipeline.parts import WHITE, run, snapshot, write_distinct


def restart(folder: Path) -> None:
    postgres.crash(folder)
    postgres.start(folder)


@pytest.mark.parametrize(
    ("befalls", "mend"),
    [
        pytest.param(postgres.crash, postgres.start, id="it is gone"),
        pytest.param(restart, lambda folder: None, id="it was restarted"),
    ],
)
def test_a_server_that_goes_away_stops_the_batch_in_one_line_and_costs_nothing(
    befalls: Callable[[Path], None],
    mend: Callable[[Path], None],
    server: tuple[Path, str],
    tmp_path: Path,
) -> None:
    home, url = server
    folder = write_distinct(tmp_path / "in", 4, WHITE)
    states: list[dict[str, tuple[str, int]]] = []

    def watch(tally: Tally) -> None:
        if tally.finished == 2 and not states:
            states.append(snapshot(tmp_path / "out" / "reports"))
            befalls(home)

    with pytest.raises(UsageError) as caught:
        run(folder, database=url, watch=watch)
    said = str(caught.value)
    assert said.startswith(f"cannot write to postgresql:///{postgres.USER}: ")
    assert "What is done stays" in said
    assert "\n" not in said
    mend(home)
    tally = run(folder, database=url)
    assert (tally.found, tally.finished, tally.errors) == (4, 4, 0)
    assert tally.unchanged >= 2
    after = snapshot(tmp_path / "out" / "reports")
    assert {path: state for path, state in after.items() if path in states[0]} == states[0], "done once"
    assert [entry.dossier_id for entry in read_store(url)] == ["d", "dd", "ddd", "dddd"]
    run(folder, out=tmp_path / "undisturbed")
    assert written(tmp_path / "out" / "reports") == written(tmp_path / "undisturbed" / "reports")


def crash_with_one_in_hand(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the server crash when the next dossier is claimed, and before anything comes of it."""
    make = Ledger.job

    def job(ledger: Ledger, *arguments: object, **options: object) -> Job:
        monkeypatch.setattr(Ledger, "job", make)
        postgres.crash(home)
        return make(ledger, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "job", job)


def test_two_outages_cost_no_dossier_its_report(
    server: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, url = server
    folder, out = write_distinct(tmp_path / "in", 3, WHITE), tmp_path / "out"
    run(folder, database=url)
    before = written(out / "reports")
    for outage in range(3):
        crash_with_one_in_hand(home, monkeypatch)
        with pytest.raises(UsageError, match="see that the server answers"):
            run(folder, database=url, thorough=True)
        assert list((out / ".unfinished").glob("*/word")), f"outage {outage}"
        postgres.start(home)
    tally = run(folder, database=url, thorough=True)
    assert (tally.finished, tally.errors, tally.unchanged) == (3, 0, 3)
    assert written(out / "reports") == before
    assert not (out / ".unfinished").exists()


def test_word_is_left_for_the_database_that_it_is_about(
    server: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, url = server
    folder = write_distinct(tmp_path / "in", 2, WHITE)
    crash_with_one_in_hand(home, monkeypatch)
    with pytest.raises(UsageError):
        run(folder, database=url)
    run(folder)
    assert len(list((tmp_path / "out" / ".unfinished").glob("*/word"))) == 1
    postgres.start(home)
    run(folder, database=url)
    assert not (tmp_path / "out" / ".unfinished").exists()


def test_a_server_that_hangs_stops_the_batch_in_one_line(
    server: tuple[Path, str], stopped: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_distinct(tmp_path / "in", 2, WHITE)

    def watch(tally: Tally) -> None:
        if tally.finished == 1:
            stopped()
            monkeypatch.setattr("pipeline.store.patience.SILENCE_SECONDS", 1.0)
            monkeypatch.setattr("pipeline.store.patience.CONNECT_SECONDS", 2)

    with pytest.raises(UsageError, match=r"has not answered for 1 s.*see that the server answers") as caught:
        run(folder, database=server[1], watch=watch, jobs=1)
    assert "\n" not in str(caught.value)
    with pytest.raises(UsageError, match=r"timeout expired.*see that the server answers"):
        run(folder, database=server[1])


def test_an_interruption_ends_a_batch_soon_whose_server_hangs(
    server: tuple[Path, str], stopped: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_distinct(tmp_path / "in", 2, WHITE)
    interrupted: list[float] = []
    settle = Ledger.settle

    def interrupt() -> None:
        interrupted.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    def hang(ledger: Ledger, group: Sequence[Settled], judged: str) -> None:
        stopped()
        threading.Timer(0.5, interrupt).start()
        settle(ledger, group, judged)

    monkeypatch.setattr(Ledger, "settle", hang)
    tally = run(folder, database=server[1])
    assert time.monotonic() - interrupted[0] < 10
    assert (tally.interrupted, tally.summary_is_left) == (True, True)
    assert list((tmp_path / "out" / ".unfinished").glob("*/word"))


@pytest.mark.parametrize("times", [1, 2])
def test_an_interruption_ends_a_batch_soon_whose_server_hangs_since_a_while(
    server: tuple[Path, str], stopped: Callable[[], None], tmp_path: Path, times: int
) -> None:
    """It comes while nothing is asked of the server, and once more while what is in hand is to be freed."""
    folder = write_distinct(tmp_path / "in", 3, WHITE)
    interrupted: list[float] = []

    def again() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    def watch(tally: Tally) -> None:
        if tally.finished and not interrupted:
            stopped()
            interrupted.append(time.monotonic())
            if times == 2:
                threading.Timer(1.0, again).start()
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        tally = run(folder, database=server[1], watch=watch, jobs=1)
        assert (tally.interrupted, tally.summary_is_left) == (True, True)
    assert time.monotonic() - interrupted[0] < 10
    assert list((tmp_path / "out" / ".unfinished").glob("*/word"))
