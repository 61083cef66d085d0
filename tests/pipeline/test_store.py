"""The results database."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.records import Decision, OnRecord
from pipeline.store import DATABASE, open_store, read_store


def entry(name: str, decision: Decision = Decision.APPROVED) -> OnRecord:
    return OnRecord(dossier_id=name, as_of=date(2026, 11, 24), decision=decision)


def filled(folder: Path) -> Path:
    with open_store(folder) as store:
        store.put(entry("a"), "1" * 64)
        store.put(entry("b"), "2" * 64)
    return folder / DATABASE


def test_what_is_put_is_there_the_next_time(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with open_store(tmp_path) as store:
        assert list(store.entries()) == [(entry("a"), "1" * 64), (entry("b"), "2" * 64)]
        store.put(entry("a", Decision.REJECTED), "3" * 64)
        store.remove("b")
    assert read_store(path) == (entry("a", Decision.REJECTED),)


def test_only_the_owner_may_read_it_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = filled(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [DATABASE]


def test_every_commit_is_on_the_disk_before_it_counts(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        execute = store._connection.exec_driver_sql
        assert (execute("PRAGMA journal_mode").scalar(), execute("PRAGMA synchronous").scalar()) == ("wal", 2)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


def garble(path: Path) -> None:
    path.write_bytes(b"no database at all" * 400)


def flip_a_byte(path: Path) -> None:
    content = path.read_bytes()
    assert content.count(b'"dossier_id":"b"') == 1
    path.write_bytes(content.replace(b'"dossier_id":"b"', b'"dossier_id":"c"'))


def make_newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize("harm", [truncate, garble, flip_a_byte, make_newer])
def test_one_that_cannot_be_relied_on_is_set_aside(tmp_path: Path, harm: object) -> None:
    path = filled(tmp_path)
    harm(path)  # type: ignore[operator]
    with pytest.raises(UsageError, match="no results database of this version"):
        read_store(path)
    with open_store(tmp_path) as store:
        assert list(store.entries()) == []
        store.put(entry("a"), "1" * 64)
    assert (tmp_path / f"{DATABASE}.set-aside-1").exists()
    assert read_store(path) == (entry("a"),)


def test_one_whose_making_was_interrupted_is_made_anew_and_not_set_aside(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / DATABASE).close()
    (tmp_path / f"{DATABASE}-wal").touch()
    filled(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [DATABASE]


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path)
    before = path.read_bytes()
    read_store(path)
    assert path.read_bytes() == before
    with pytest.raises(UsageError):
        read_store(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()
