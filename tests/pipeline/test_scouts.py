"""Scouts see what the batch would see, and without them, or with some of them gone, everything comes out the same."""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from multiprocessing import Pipe
from multiprocessing.connection import Connection
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
from pipeline.scout import Scout, Told
from pipeline.scouts import Scouts, scouting
from tests.commands import SAMPLES, alive, wait_until
from tests.pipeline.parts import WHITE, run, write_dossier
from tests.pipeline.test_glances import seen


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
    forms(folder, "__MACOSX/x")
    (folder / "application.yaml").mkdir()
    (folder / "link").symlink_to(folder / "z")
    (folder / "a.zip").write_bytes(b"PK\x03\x04")


def by_digits(folder: Path) -> None:
    forms(folder, *(f"{a}/{b}/{c}" for a in range(4) for b in range(4) for c in range(4)))


LAYOUTS = pytest.mark.parametrize("fill", [flat, one_group, groups_and_others, by_digits])


def told(its_share: Scout) -> list[Told]:
    return list(scout._Walk(its_share).below(its_share.folder))


def share(folder: Path | str, at: int = 0, of: int = 1, reports: Path | str = "") -> Scout:
    return Scout(str(folder), str(reports), at, of)


@LAYOUTS
@pytest.mark.parametrize("of", [1, 3])
def test_all_together_tell_of_every_folder_that_may_be_a_dossier(
    fill: Callable[[Path], None], of: int, tmp_path: Path
) -> None:
    fill(tmp_path)
    shares = [told(share(tmp_path, at, of)) for at in range(of)]
    folders = [path for path in tmp_path.rglob("*") if path.is_dir() and not path.is_symlink()]
    expected = {str(path): mark_of(str(path)) if [*path.glob("*.YAML")] else None for path in folders}
    expected = {path: mark for path, mark in expected.items() if "__MACOSX" not in path}
    assert sorted(chain(*shares)) == sorted(expected.items()), "of each once"
    assert max(map(len, shares)) < 0.6 * len(expected) or of == 1, "they share the work"


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


def test_the_batch_folder_may_be_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms(tmp_path, "a", "g/b")
    monkeypatch.chdir(tmp_path)
    roster, _ = survey(Path(), glimpse=dict(told(share(Path()))).get)
    with closing(roster):
        assert [(each.where, bool(each.glimpse)) for each in roster] == [("a", True), ("g/b", True)]


def test_of_folders_without_end_the_rest_is_left_out_and_of_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scout, "MOST_VAIN", 5)
    (tmp_path / "m" / "/".join("abcdefgh")).mkdir(parents=True)
    forms(tmp_path, "a", "z")
    paths = [Path(path).relative_to(tmp_path).as_posix() for path, _ in told(share(tmp_path))]
    assert sorted(paths) == ["a", "m", "m/a", "m/a/b", "m/a/b/c", "m/a/b/c/d", "m/a/b/c/d/e", "z"]
    monkeypatch.setattr(scout, "MOST_DEPTH", 1)
    assert len(told(share(tmp_path))) == 4


def test_what_cannot_be_listed_is_told_of_as_without_a_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms(tmp_path, "a", "b")
    scandir: Callable[[Any], Any] = os.scandir

    def fail(folder: str) -> Any:
        if folder.endswith("a"):
            raise PermissionError(13, "Permission denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", fail)
    assert sorted(path for path, mark in told(share(tmp_path)) if mark is None) == [str(tmp_path / "a")]


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


def test_a_dossier_of_too_many_files_is_no_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.marks.MOST_FILES", 3)
    forms(tmp_path, "a", "b", "a/c", "a/d", "a/e")
    assert sorted(told(share(tmp_path))) == [
        (str(tmp_path / "a"), None),
        (str(tmp_path / "b"), mark_of(str(tmp_path / "b"))),
    ]


def test_what_is_seen_slowly_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scout, "SOON_SECONDS", -1.0)
    assert list(scout._soon(iter([("a", None), ("b", None)]))) == [[("a", None)], [("b", None)], []]


def test_who_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scouts, "PATIENCE_SECONDS", 0.1)
    ours, theirs = Pipe()
    with theirs:
        them = Scouts([ours], uptime())
        assert them.glimpse("a") is None
        assert ours.closed


class Asked:
    """An entry of a folder that tells which status is asked for."""

    def __init__(self, entry: "os.DirEntry[str]", told: set[str]) -> None:
        self._entry, self._told, self.path, self.name = entry, told, entry.path, entry.name

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
    monkeypatch.setattr(os, "nice", lambda _: None)
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


def look_for_ever(parent: Connection) -> None:
    def for_ever(*_: object) -> Iterator[Told]:
        while True:
            yield "x" * 1_000, None

    setattr(scout._Walk, "below", for_ever)  # noqa: B010 - a method
    share("/", reports="/")(parent)


def test_one_that_nobody_listens_to_any_more_goes_on_to_the_reports() -> None:
    process, connection = launch(look_for_ever)
    connection.recv()
    connection.close()
    try:
        wait_until(lambda: niceness(process.pid) == scout.GIVES_WAY)
    finally:
        process.kill()
        process.wait()


def niceness(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


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
