"""All scouts together tell of every folder that may be a dossier, each of its share."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import chain
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from pipeline import scout
from pipeline.ingest import survey
from pipeline.launch import launch
from pipeline.marks import mark_of
from pipeline.scout import Scout, Told
from tests.commands import wait_until


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
