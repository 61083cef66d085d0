"""The results database, the same on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.errors import UsageError
from pipeline.records import Decision, OnRecord
from pipeline.store import DATABASE, FOLDER_ID, open_store, read_store
from pipeline.store.database import connect, place_of


def entry(name: str, decision: Decision = Decision.APPROVED) -> OnRecord:
    return OnRecord(dossier_id=name, as_of=date(2026, 11, 24), decision=decision)


def filled(folder: Path, database: str | None = None) -> str | Path:
    with open_store(folder, database=database) as store:
        store.put(entry("a"), "1" * 64)
        store.put(entry("b"), "2" * 64)
    return database or folder / DATABASE


def execute(where: str | Path, *statements: str) -> None:
    engine = connect(place_of(where))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_what_is_put_is_there_the_next_time(tmp_path: Path, database: str | None) -> None:
    where = filled(tmp_path, database)
    with open_store(tmp_path, database=database) as store:
        assert list(store.entries()) == [(entry("a"), "1" * 64), (entry("b"), "2" * 64)]
        store.put(entry("a", Decision.REJECTED), "3" * 64)
        store.remove("b")
    assert read_store(where) == (entry("a", Decision.REJECTED),)


def test_each_output_folder_has_its_own_rows(tmp_path: Path, database: str | None) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    filled(tmp_path / "one", database)
    with open_store(tmp_path / "two", database=database) as store:
        assert list(store.entries()) == []
        store.put(entry("a", Decision.REJECTED), "3" * 64)
    (tmp_path / "one").rename(tmp_path / "moved")
    with open_store(tmp_path / "moved", database=database) as store:
        assert [each.decision for each, _ in store.entries()] == [Decision.APPROVED] * 2


def test_ids_stand_in_the_order_of_their_letters(tmp_path: Path, database: str | None) -> None:
    names = ["B", "a", "b", "中", "ä", "A-1", "A_1"]
    with open_store(tmp_path, database=database) as store:
        for name in names:
            store.put(entry(name), "1" * 64)
        assert [each.dossier_id for each, _ in store.entries()] == sorted(names)


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_of_a_later_version_is_not_touched(tmp_path: Path, database: str) -> None:
    where = filled(tmp_path, database)
    execute(where, "UPDATE meta SET value = '99' WHERE name = 'version'")
    with pytest.raises(UsageError, match="later version"), open_store(tmp_path, database=database):
        pass
    with pytest.raises(UsageError, match="version 99"):
        read_store(where)


def test_a_row_that_is_not_what_was_written_is_seen(tmp_path: Path, database: str | None) -> None:
    where = filled(tmp_path, database)
    execute(where, "UPDATE dossiers SET entry = replace(entry, 'approved', 'rejected') WHERE dossier_id = 'b'")
    with pytest.raises(UsageError, match="has changed since"):
        read_store(where)
    with open_store(tmp_path, database=database) as store:
        left = list(store.read())
    assert left == ([(entry("a"), "1" * 64), (None, "b")] if database else [])


def test_only_the_owner_may_read_it_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    filled(tmp_path)
    assert (tmp_path / DATABASE).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == [DATABASE]


def test_the_key_of_a_folder_is_for_its_owner_alone(tmp_path: Path, postgresql: str) -> None:
    with open_store(tmp_path, database=postgresql):
        pass
    assert [each.name for each in tmp_path.iterdir()] == [FOLDER_ID]
    assert (tmp_path / FOLDER_ID).stat().st_mode & 0o777 == 0o600


def test_every_commit_is_on_the_disk_before_it_counts(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        ask = store.connection.exec_driver_sql
        assert (ask("PRAGMA journal_mode").scalar(), ask("PRAGMA synchronous").scalar()) == ("wal", 2)


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
def test_a_file_that_cannot_be_relied_on_is_set_aside(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    filled(tmp_path)
    path = tmp_path / DATABASE
    harm(path)
    with pytest.raises(UsageError, match="no results database of this version"):
        read_store(path)
    with open_store(tmp_path) as store:
        assert list(store.entries()) == []
        store.put(entry("a"), "1" * 64)
    assert (tmp_path / f"{DATABASE}.set-aside-1").exists()
    assert read_store(path) == (entry("a"),)


def test_one_that_somebody_else_locks_is_waited_for_and_not_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.database.WAIT_SECONDS", 0.2)
    filled(tmp_path)
    other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UsageError, match="locked"), open_store(tmp_path) as store:
        store.put(entry("c"), "3" * 64)
    other.close()
    with open_store(tmp_path) as store:
        assert len(list(store.entries())) == 2


def test_one_whose_making_was_interrupted_is_made_anew_and_not_set_aside(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / DATABASE).close()
    (tmp_path / f"{DATABASE}-wal").touch()
    filled(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [DATABASE]


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    filled(tmp_path)
    before = (tmp_path / DATABASE).read_bytes()
    read_store(tmp_path / DATABASE)
    assert (tmp_path / DATABASE).read_bytes() == before
    with pytest.raises(UsageError):
        read_store(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("name", ["a#b", "a?b", "a?mode=rwc", "a%41b", "a b&c=d", "档案"])
def test_whatever_its_folder_is_called_it_is_read_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    where = filled(tmp_path / name)
    assert [each.dossier_id for each in read_store(where)] == ["a", "b"]
    with pytest.raises(UsageError):
        read_store(tmp_path / name / "none.sqlite")
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert all(each.name.startswith(DATABASE) for each in (tmp_path / name).iterdir())


SECRET = "s3cret-of-nobody"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(f"postgresql://someone:{SECRET}@127.0.0.1:1/results", id="nobody answers"),
        pytest.param(f"postgresql://127.0.0.1:1/results?password={SECRET}", id="password among the options"),
        pytest.param(f"postgresql://someone:{SECRET}@host:port/results", id="no URL"),
        pytest.param(f"mysql://someone:{SECRET}@host/results", id="another kind of server"),
    ],
)
def test_a_password_is_told_to_nobody(tmp_path: Path, url: str) -> None:
    for attempt in (lambda: read_store(url), lambda: open_store(tmp_path, database=url).__enter__()):
        with pytest.raises(UsageError) as caught:
            attempt()
        shown: BaseException | None = caught.value
        while shown:
            assert SECRET not in str(shown)
            shown = None if shown.__suppress_context__ and not shown.__cause__ else shown.__cause__ or shown.__context__
