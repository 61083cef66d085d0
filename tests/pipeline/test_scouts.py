"""Scouts see what the batch would see, and without them, or with some of them gone, everything comes out the same."""

import os
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pipeline import scout, scouts
from pipeline.glances import Glances
from pipeline.ingest import survey
from pipeline.launch import launch
from pipeline.marks import mark_of
from pipeline.roster import Found
from pipeline.scout import Scout, Told
from pipeline.scouts import Scouts, scouting
from pipeline.settings import Settings
from tests.commands import SAMPLES, alive, wait_until
from tests.pipeline.parts import WHITE, run, write_dossier
from tests.pipeline.test_glances import seen

DEPTH = Settings().max_depth


def forms(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).mkdir(parents=True)
        (folder / name / "Application.YAML").write_text(name)


def flat(folder: Path) -> None:
    forms(folder, *(f"d{number:02}" for number in range(40)))


def one_group(folder: Path) -> None:
    forms(folder, *(f"2026/d{number:02}" for number in range(40)))


def groups_and_others(folder: Path) -> None:
    forms(folder, *(f"g{group:02}/{place}" for group in range(20) for place in ("a", "b", "deep/c")), "z")
    (folder / "no form" / "pages").mkdir(parents=True)
    (folder / "no form" / "page.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "empty").mkdir()
    (folder / "application.yaml").mkdir()
    (folder / "link").symlink_to(folder / "z")
    (folder / "a.zip").write_bytes(b"PK\x03\x04")


LAYOUTS = pytest.mark.parametrize("fill", [flat, one_group, groups_and_others])


def share(folder: Path | str, at: int = 0, of: int = 1, reports: Path | str = "", max_depth: int = DEPTH) -> Scout:
    return Scout(str(folder), max_depth, str(reports), at, of)


@LAYOUTS
@pytest.mark.parametrize("of", [1, 3])
def test_all_together_tell_of_every_folder_that_may_be_a_dossier(
    fill: Callable[[Path], None], of: int, tmp_path: Path
) -> None:
    fill(tmp_path)
    shares = [dict(share(tmp_path, at, of).told()) for at in range(of)]
    told = {folder: mark for each in shares for folder, mark in each.items()}
    folders = [path for path in tmp_path.rglob("*") if path.is_dir() and not path.is_symlink()]
    assert told == {str(path): mark_of(str(path)) if [*path.glob("*.YAML")] else None for path in folders}
    most = max(map(len, shares))
    assert most < 0.6 * len(told) or of == 1, "they share the work"


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
            assert each.glimpse == (mark_of(each.where) if [*each.path.glob("*.YAML")] else None)


@contextmanager
def told_by(shares: Iterable[Scout]) -> Iterator[Scouts]:
    """Yield scouts that are threads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scout, "fall_silent", lambda: None)
        pairs = [(each, *Pipe()) for each in shares]
        threads = [Thread(target=each, args=(theirs,)) for each, _, theirs in pairs]
        for thread in threads:
            thread.start()
        yield Scouts([ours for _, ours, _ in pairs])
        for _, ours, _ in pairs:
            ours.close()
        for thread in threads:
            thread.join()


def test_the_batch_folder_may_be_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms(tmp_path, "a", "g/b")
    monkeypatch.chdir(tmp_path)
    told = dict(share(Path()).told())
    roster, _ = survey(Path(), glimpse=told.get)
    with closing(roster):
        assert [(each.where, bool(each.glimpse)) for each in roster] == [("a", True), ("g/b", True)]


def test_folders_without_end_end_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scout, "MOST_VAIN", 5)
    (tmp_path / "/".join("abcdefgh")).mkdir(parents=True)
    assert len(list(share(tmp_path).told())) == 6
    assert len(list(share(tmp_path, max_depth=1).told())) == 2


def test_what_cannot_be_listed_is_told_of_as_without_a_form(tmp_path: Path) -> None:
    forms(tmp_path, "a")
    told: list[Told] = list(share(tmp_path).told())
    (tmp_path / "a" / "Application.YAML").unlink()
    (tmp_path / "a").rmdir()
    assert told == [(str(tmp_path / "a"), told[0][1])]
    assert list(share(tmp_path / "a").told()) == []


class Asked:
    """An entry of a folder that tells which status is asked for."""

    def __init__(self, entry: "os.DirEntry[str]", told: set[str]) -> None:
        self._entry, self._told, self.path = entry, told, entry.path

    def __fspath__(self) -> str:
        return self.path

    def is_dir(self, *, follow_symlinks: bool) -> bool:
        return self._entry.is_dir(follow_symlinks=follow_symlinks)

    def stat(self, *, follow_symlinks: bool) -> None:
        assert not follow_symlinks
        self._told.add(self.path)


@contextmanager
def listing(folder: Any, told: set[str], scandir: Callable[[Any], Any]) -> Iterator[Iterator[Asked]]:
    with scandir(folder) as listed:
        yield (Asked(each, told) for each in listed)


def test_every_report_is_asked_for_its_status_by_somebody_and_no_link_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one/a/b", "one/c", "two/d"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file").touch()
    (tmp_path / "beside.json").touch()
    (tmp_path / "one" / "a" / "round").symlink_to(tmp_path / "one")
    told: set[str] = set()
    scandir: Callable[[Any], Any] = os.scandir
    monkeypatch.setattr(scout, "fall_silent", lambda: None)
    monkeypatch.setattr(os, "scandir", lambda folder: listing(folder, told, scandir))
    for at in range(2):
        ours, theirs = Pipe()
        with ours:
            share("/nowhere", at, 2, reports=tmp_path)(theirs)
    monkeypatch.undo()
    assert told == {str(path) for path in tmp_path.rglob("*") if path.is_symlink() or path.is_file()}


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


@pytest.mark.parametrize("size", [10_000, 10_000_000])
def test_processes_look_where_many_may_be_done_and_are_gone_afterwards(
    size: int, tmp_path: Path, launched: "list[subprocess.Popen[bytes]]"
) -> None:
    journal = tmp_path / "journal"
    journal.touch()
    os.truncate(journal, size)
    with scouting(SAMPLES, tmp_path, journal, max_depth=DEPTH) as them:
        roster, _ = survey(SAMPLES, glimpse=them.glimpse)
        with closing(roster):
            with_form = [each for each in roster if (each.path / "application.yaml").exists()]
            assert {bool(each.glimpse) for each in with_form} == {size > 10_000}
    assert len(launched) == (scouts.SCOUTS if size > 10_000 else 0)
    assert not alive([process.pid for process in launched])


def test_one_that_is_killed_is_done_without(tmp_path: Path, launched: "list[subprocess.Popen[bytes]]") -> None:
    flat(tmp_path)
    journal = tmp_path / "journal"
    journal.touch()
    os.truncate(journal, 10_000_000)
    with scouting(tmp_path, tmp_path, journal, max_depth=DEPTH) as them:
        launched[1].kill()
        launched[1].wait()
        roster, _ = survey(tmp_path, glimpse=them.glimpse)
        with closing(roster):
            assert len(roster) == 40


def test_those_that_cannot_be_started_stop_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "journal").write_bytes(b"?")
    monkeypatch.setattr(scouts, "FROM_BYTES", 1)
    monkeypatch.setattr(scouts, "launch", lambda _: os.open("/nowhere", os.O_RDONLY))
    with scouting(tmp_path, tmp_path, tmp_path / "journal", max_depth=DEPTH) as them:
        assert them.glimpse("x") is None


def look_for_ever(parent: Connection) -> None:
    def for_ever(_: Scout) -> Iterator[Told]:
        while True:
            yield "x" * 1_000, None
            time.sleep(0.001)

    setattr(Scout, "told", for_ever)  # noqa: B010 - a method
    share("/")(parent)


def test_they_end_with_the_pipe_to_their_parent() -> None:
    process, connection = launch(look_for_ever)
    connection.recv()
    connection.close()
    wait_until(lambda: process.poll() is not None)


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


@pytest.mark.parametrize("scouted", [True, False])
def test_a_batch_says_the_same_with_scouts(scouted: bool, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.marks.SETTLED_SECONDS", -60.0)
    run(folder)
    (folder / "birch" / "late.png").write_bytes(b"x")
    monkeypatch.setattr(scouts, "FROM_BYTES", 1 if scouted else 10**9)
    asked: list[str | None] = []
    at = Glances.at

    def told(self: Glances, found: Found, judged: str) -> Any:
        asked.append(found.glimpse)
        return at(self, found, judged)

    monkeypatch.setattr(Glances, "at", told)
    tally = run(folder)
    assert (tally.found, tally.unchanged, tally.finished) == (4, 3, 4)
    assert [bool(glimpse) for glimpse in asked] == [scouted] * 4
