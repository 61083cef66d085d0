import os
import subprocess
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from pipeline import lookahead
from pipeline.launch import launch
from pipeline.lookahead import look_at, looking_ahead
from tests.commands import SAMPLES
from tests.pipeline.parts import WHITE, run, write_dossier


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


class Listing:
    """What a folder lists, of such entries."""

    def __init__(self, folder: Any, told: set[str], scandir: Callable[[Any], Any]) -> None:
        self._listed, self._told = scandir(folder), told

    def __enter__(self) -> "Listing":
        return self

    def __exit__(self, *_: object) -> None:
        self._listed.close()

    def __iter__(self) -> "Listing":
        return self

    def __next__(self) -> Asked:
        return Asked(next(self._listed), self._told)


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, "subprocess.Popen[bytes]"]]:
    """Return what is launched, and the processes."""
    begun: list[Any] = []

    def launch_and_tell(work: Any) -> Any:
        started = launch(work)
        begun.append((work, started[0]))
        return started

    monkeypatch.setattr(lookahead, "launch", launch_and_tell)
    return begun


def test_every_file_is_asked_for_its_status_and_no_link_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one/a/b", "one/c", "two/d"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file").touch()
    (tmp_path / "one" / "beside.zip").touch()
    (tmp_path / "one" / "a" / "round").symlink_to(tmp_path / "one")
    told: set[str] = set()
    scandir: Callable[[Any], Any] = os.scandir
    ours, theirs = Pipe()
    monkeypatch.setattr(lookahead, "fall_silent", lambda: None)
    monkeypatch.setattr(os, "nice", lambda _: None)
    monkeypatch.setattr(os, "scandir", lambda folder: Listing(folder, told, scandir))
    with ours, theirs, monkeypatch.context() as patch:
        patch.setattr(lookahead, "_end_with", lambda _: None)
        look_at([str(tmp_path / name) for name in ("one", "missing", "two")], theirs)
    monkeypatch.undo()
    assert told == {str(path) for path in tmp_path.rglob("*") if path.is_symlink() or path.is_file()}


@pytest.mark.parametrize("is_large", [True, False])
def test_a_process_looks_ahead_where_many_may_be_done_and_is_gone_afterwards(
    tmp_path: Path, launched: list[tuple[Any, "subprocess.Popen[bytes]"]], *, is_large: bool
) -> None:
    journal = tmp_path / "journal"
    journal.touch()
    os.truncate(journal, 10_000_000 if is_large else 10_000)
    with looking_ahead([SAMPLES], journal):
        assert len(launched) == is_large
    assert [process.returncode is None for _, process in launched] == [False] * is_large


def test_one_that_cannot_be_started_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "journal").write_bytes(b"?")
    monkeypatch.setattr(lookahead, "FROM_BYTES", 1)
    monkeypatch.setattr(lookahead, "launch", lambda _: os.open("/nowhere", os.O_RDONLY))
    with looking_ahead([tmp_path], tmp_path / "journal"):
        pass


def look_for_ever(parent: Connection) -> None:
    lookahead._share = lambda *_: time.sleep(600)
    look_at(["/"], parent)


def test_it_ends_with_the_pipe_to_its_parent() -> None:
    process, connection = launch(look_for_ever)
    connection.close()
    assert process.wait(timeout=60) == 0


def test_a_batch_that_goes_on_looks_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, launched: list[tuple[Any, "subprocess.Popen[bytes]"]]
) -> None:
    folder = tmp_path / "in"
    write_dossier(folder / "ash", WHITE)
    monkeypatch.setattr(lookahead, "FROM_BYTES", 1)
    run(folder)
    assert not launched, "there is no journal yet"
    assert run(folder).unchanged == 1
    run(folder, thorough=True)
    assert [work.args for work, _ in launched] == [((str(folder), str(tmp_path / "out" / "reports")),)]
