"""A batch whose results database is on a server that goes away: it stops in one line, and goes on from there."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.order import Tally
from pipeline.store import read_store
from tests import postgres
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
