"""Scouts see what the batch would see, and without them, or with some of them gone, everything comes out the same."""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

import cli
from pipeline import scout, scouts
from pipeline.glances import Glances
from pipeline.ingest import survey
from pipeline.launch import launch
from pipeline.marks import mark_of, uptime
from pipeline.order import Order, Tally
from pipeline.outputs import STATE
from pipeline.roster import Found, Roster
from pipeline.scout import Scout
from pipeline.scouts import Scouts, scouting
from tests.commands import SAMPLES, alive
from tests.pipeline.parts import WHITE, run, write_dossier
from tests.pipeline.test_glances import seen
from tests.pipeline.test_scout import LAYOUTS, flat, forms, share


@LAYOUTS
@pytest.mark.parametrize("most_ahead", [1, 10_000])
def test_a_survey_with_scouts_finds_the_same_and_knows_how_it_lies(
    fill: Callable[[Path], None], most_ahead: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scouts, "MOST_AHEAD", most_ahead)
    monkeypatch.setattr(scout, "AT_ONCE", 2)
    fill(tmp_path)
    with told_by(share(tmp_path, at, 3) for at in range(3)) as them:
        roster, strays = survey(tmp_path, glimpse=them.glimpse)
    alone, strays_alone = survey(tmp_path)
    with closing(roster), closing(alone):
        found = [(each.id, each.where) for each in roster]
        assert (found, strays) == ([(each.id, each.where) for each in alone], strays_alone)
        for each in roster:
            mark = mark_of(each.where) if [*each.path.glob("*.YAML")] else None
            assert each.glimpse == mark or (each.glimpse is None and most_ahead == 1)


@contextmanager
def told_by(shares: Iterable[Scout]) -> Iterator[Scouts]:
    """Yield scouts that are threads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scout, "fall_silent", lambda: None)
        patch.setattr(os, "nice", lambda _: None)
        pairs = [(each, *Pipe()) for each in shares]
        threads = [Thread(target=each, args=(theirs,)) for each, _, theirs in pairs]
        for thread in threads:
            thread.start()
        yield Scouts([ours for _, ours, _ in pairs], uptime())
        for _, ours, _ in pairs:
            ours.close()
        for thread in threads:
            thread.join()


def test_who_tells_of_more_than_is_asked_for_is_not_listened_to_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scouts, "MOST_AHEAD", 8)
    monkeypatch.setattr(scout, "AT_ONCE", 2)
    flat(tmp_path)
    with told_by(share(tmp_path, at, 2) for at in range(2)) as them:
        assert them.glimpse("/nobody/tells/of/this") is None
        assert len(them._told) == 16
        first = sorted(them._told)[0]
        assert them.glimpse(first) == mark_of(first)


def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scouts, "PATIENCE_SECONDS", 0.1)
    ours, theirs = Pipe()
    with theirs:
        them = Scouts([ours], uptime())
        assert them.glimpse("a") is None
        assert ours.closed


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> "list[subprocess.Popen[bytes]]":
    """Return the processes that are launched."""
    begun: list[subprocess.Popen[bytes]] = []

    def launch_and_tell(work: Any) -> Any:
        started = launch(work)
        begun.append(started[0])
        return started

    monkeypatch.setattr(scouts, "launch", launch_and_tell)
    return begun


@pytest.mark.parametrize(("is_large", "is_wanted"), [(True, True), (False, True), (True, False)])
def test_processes_look_where_many_may_be_done_and_are_gone_afterwards(
    is_large: bool, is_wanted: bool, tmp_path: Path, launched: "list[subprocess.Popen[bytes]]"
) -> None:
    journal = tmp_path / STATE
    journal.touch()
    os.truncate(journal, 10_000_000 if is_large else 10_000)
    with scouting(SAMPLES, tmp_path, is_wanted=is_wanted) as them:
        roster, _ = survey(SAMPLES, glimpse=them.glimpse)
        with closing(roster):
            with_form = [each for each in roster if (each.path / "application.yaml").exists()]
            assert {bool(each.glimpse) for each in with_form} == {is_large and is_wanted}
    assert len(launched) == (scouts.SCOUTS if is_large and is_wanted else 0)
    assert not alive([process.pid for process in launched])


def test_one_that_is_killed_is_done_without(tmp_path: Path, launched: "list[subprocess.Popen[bytes]]") -> None:
    flat(tmp_path)
    journal = tmp_path / STATE
    journal.touch()
    os.truncate(journal, 10_000_000)
    with scouting(tmp_path, tmp_path) as them:
        launched[1].kill()
        launched[1].wait()
        roster, _ = survey(tmp_path, glimpse=them.glimpse)
        with closing(roster):
            assert len(roster) == 40


def test_those_that_cannot_be_started_stop_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / STATE).write_bytes(b"?")
    monkeypatch.setattr(scouts, "FROM_BYTES", 1)
    monkeypatch.setattr(scouts, "launch", lambda _: os.open("/nowhere", os.O_RDONLY))
    with scouting(tmp_path, tmp_path) as them:
        assert them.glimpse("x") is None


def test_a_batch_without_anything_to_do_takes_their_word_for_a_while(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.marks.SETTLED_SECONDS", -60.0)
    run(folder)
    write_dossier(folder / "zelkova", WHITE)
    marks = {each.name: mark_of(str(each)) for each in folder.iterdir()}
    (folder / "birch" / "late.png").write_bytes(b"x")
    for fresh, expected in ((300.0, {"ash", "birch", "cedar", "yew"}), (-1.0, {"ash", "cedar", "yew"})):
        monkeypatch.setattr("pipeline.glances.FRESH_SECONDS", fresh)
        assert {name for name, line in seen(folder, glimpses=marks).items() if line} == expected


def test_it_counts_from_the_moment_before_the_first_is_looked_at() -> None:
    def slowly() -> Iterator[tuple[str, None]]:
        yield "/in/a", None
        began.append(uptime())

    began: list[float] = []
    with closing(Roster(slowly(), Path("/in"))) as roster:
        assert roster.listed_at < began[0]


@pytest.mark.parametrize("scouted", [True, False])
def test_a_batch_says_the_same_with_scouts(scouted: bool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.marks.SETTLED_SECONDS", -60.0)
    run(folder)
    (folder / "birch" / "late.png").write_bytes(b"x")
    monkeypatch.setattr(scouts, "FROM_BYTES", 1 if scouted else 10**9)
    asked: list[str | None] = []
    listed_at: list[float] = []
    at = Glances.at

    def ask(self: Glances, found: Found, judged: str) -> Any:
        asked.append(found.glimpse)
        listed_at.append(self._listed_at)
        return at(self, found, judged)

    monkeypatch.setattr(Glances, "at", ask)
    with scouting(folder, folder.parent / "out") as them:
        # As if the command had taken long to load the rest.
        them.began_at -= 100
        tally = run(folder, scouts=them)
    assert (tally.found, tally.unchanged, tally.finished) == (4, 3, 4)
    assert [bool(glimpse) for glimpse in asked] == [scouted] * 4
    assert set(listed_at) == {them.began_at}


@pytest.mark.parametrize(
    ("options", "are_wanted"),
    [
        pytest.param([], True, id="as a rule"),
        pytest.param(["--thorough"], False, id="content is asked"),
        pytest.param(["--no-resume"], False, id="all is done again"),
    ],
)
def test_the_command_sends_them_ahead_where_a_glance_may_be_enough(
    options: list[str], are_wanted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(order: Order, build: object, settings: object, them: Scouts) -> Tally:
        glimpses.append(them.glimpse(str(order.folder / "a")))
        return Tally(found=0)

    glimpses: list[str | None] = []
    monkeypatch.setattr(scouts, "FROM_BYTES", 1)
    monkeypatch.setattr("pipeline.progress.run_in_sight", look)
    forms(tmp_path / "in", "a")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / STATE).write_bytes(b"?")
    command = ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), *options]
    assert CliRunner().invoke(cli.dossier, command).exit_code == 0
    assert glimpses == [mark_of(str(tmp_path / "in" / "a")) if are_wanted else None]
