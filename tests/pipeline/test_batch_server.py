"""A batch whose results database is on a server that goes away: it stops in one line, and goes on from there."""

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from pipeline.errors import UsageError
from pipeline.jobs import Job
from pipeline.ledger import Ledger
from pipeline.order import Tally
from pipeline.store import open_store, read_store
from pipeline.store.patience import connection_options
from tests import postgres
from tests.commands import family
from tests.pipeline.parts import WHITE, run, snapshot, write_distinct
from tests.pipeline.test_batch import written


@pytest.fixture
def server() -> Iterator[tuple[Path, str]]:
    """A server of the test's own, by the folder that it runs below, and the URL of a database on it."""
    if why := postgres.missing():
        pytest.skip(why)
    with tempfile.TemporaryDirectory(prefix="dossier-pg-", dir="/tmp") as name:
        folder = Path(name)
        with postgres.server(folder) as url:
            yield folder, url


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


@pytest.fixture
def stopped(server: tuple[Path, str]) -> Iterator[Callable[[], None]]:
    """Stops the server so that it says nothing any more, though its system still takes connections for it."""
    number = int((server[0] / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0])
    still: list[int] = []

    def stop() -> None:
        still.extend([number, *family(number)])
        for each in still:
            os.kill(each, signal.SIGSTOP)

    yield stop
    for each in still:
        os.kill(each, signal.SIGCONT)


def test_a_server_that_hangs_stops_the_batch_in_one_line(
    server: tuple[Path, str], stopped: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.patience.SILENCE_SECONDS", 1.0)
    monkeypatch.setattr("pipeline.store.patience.CONNECT_SECONDS", 2)
    folder = write_distinct(tmp_path / "in", 3, WHITE)

    def watch(tally: Tally) -> None:
        if tally.finished == 1:
            stopped()

    with pytest.raises(UsageError, match=r"has not answered for 1 s.*see that the server answers") as caught:
        run(folder, database=server[1], watch=watch, jobs=1)
    assert "\n" not in str(caught.value)
    with pytest.raises(UsageError, match=r"timeout expired.*see that the server answers"):
        run(folder, database=server[1])


@pytest.mark.parametrize("is_settling", [True, False], ids=["while results are written", "while dossiers are claimed"])
def test_an_interruption_ends_a_batch_soon_whose_server_hangs(
    server: tuple[Path, str],
    stopped: Callable[[], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_settling: bool,
) -> None:
    folder = write_distinct(tmp_path / "in", 3, WHITE)
    interrupted: list[float] = []

    def interrupt() -> None:
        interrupted.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    later = threading.Timer(1.0, interrupt)
    name = "settle" if is_settling else "job"
    original = getattr(Ledger, name)

    def hang(ledger: Ledger, *arguments: object, **options: object) -> object:
        if not later.is_alive():
            stopped()
            later.start()
        return original(ledger, *arguments, **options)

    monkeypatch.setattr(Ledger, name, hang)
    tally = run(folder, database=server[1])
    assert time.monotonic() - interrupted[0] < 10
    assert (tally.interrupted, tally.summary_is_left) == (True, True)
    assert list((tmp_path / "out" / ".unfinished").glob("*/word"))


def test_what_the_url_says_of_waiting_counts() -> None:
    said = connection_options(make_url("postgresql://host/name?connect_timeout=30&options="))
    assert said.keys().isdisjoint({"connect_timeout", "options"})
    assert {"keepalives", "tcp_user_timeout"} <= said.keys()


def test_a_server_gives_up_what_another_holds_for_long(postgresql: str, tmp_path: Path) -> None:
    with open_store(tmp_path, database=postgresql) as store, store.connection.begin():
        for name in ("statement_timeout", "lock_timeout"):
            assert store.connection.exec_driver_sql(f"SHOW {name}").scalar() in ("1min", "2min")
