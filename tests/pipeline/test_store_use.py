"""A database file that several batches have open: none of them may lose it."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from pipeline.errors import UsageError
from pipeline.store import DATABASE, FOLDER_ID, open_store, read_store
from pipeline.store.database import make_durable
from pipeline.store.usage import SUFFIX, Use
from tests.pipeline.test_store import entry, filled, flip_a_byte

LOCK = DATABASE + SUFFIX


@pytest.mark.parametrize("is_shared", [False, True], ids=["the folder's own", "elsewhere"])
def test_two_that_begin_at_once_work_on_one_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_shared: bool
) -> None:
    """The second comes while the first has opened the file that it has just made, and written nothing to it yet."""
    database = f"sqlite:///{tmp_path / DATABASE}" if is_shared else None

    def put(name: str) -> None:
        with open_store(tmp_path, database=database) as store:
            store.put(entry(name), "1" * 64)

    other = threading.Thread(target=put, args=["b"])

    def open_and_let_the_other_begin(connection: object) -> None:
        make_durable(connection)
        if threading.current_thread() is threading.main_thread() and not other.ident:
            other.start()
            other.join(timeout=1)

    monkeypatch.setattr("pipeline.store.database.make_durable", open_and_let_the_other_begin)
    put("a")
    other.join(timeout=30)
    assert {each.name for each in tmp_path.iterdir()} - {FOLDER_ID} == {DATABASE}
    assert [each.dossier_id for each in read_store(tmp_path / DATABASE)] == ["a", "b"]


def test_a_damaged_one_is_not_set_aside_under_a_batch_that_uses_it(tmp_path: Path) -> None:
    filled(tmp_path)
    with open_store(tmp_path):
        flip_a_byte(tmp_path / DATABASE)
        with pytest.raises(UsageError, match="another batch uses it; wait until that has ended"), open_store(tmp_path):
            pass
        assert not list(tmp_path.glob("*.set-aside-*"))
    with open_store(tmp_path):
        assert len(list(tmp_path.glob("*.set-aside-*"))) == 1


def test_one_that_is_looked_at_may_be_written_to_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.database.WAIT_SECONDS", 0.1)
    filled(tmp_path)
    seen: list[str] = []
    with open_store(tmp_path) as one:

        def write(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if "quick_check" in statement or "FROM claims" in statement:
                seen.append(statement)
                one.put(entry(f"c{len(seen)}"), "3" * 64)

        event.listen(Engine, "after_cursor_execute", write)
        try:
            with open_store(tmp_path):
                pass
        finally:
            event.remove(Engine, "after_cursor_execute", write)
    assert len(seen) == 2
    assert {"c1", "c2"} <= {each.dossier_id for each in read_store(tmp_path / DATABASE)}


def test_the_lock_is_there_while_somebody_uses_it_and_goes_with_the_last(tmp_path: Path) -> None:
    (tmp_path / LOCK).touch()  # of a batch that was killed
    with open_store(tmp_path):
        with open_store(tmp_path):
            pass
        assert (tmp_path / LOCK).exists()
    assert not (tmp_path / LOCK).exists()


def test_whoever_waits_for_a_lock_that_goes_takes_the_next_one(tmp_path: Path) -> None:
    first, second, third = (Use(tmp_path / DATABASE) for _ in range(3))
    assert first.take(alone=True)
    waiting = threading.Thread(target=second.take, kwargs={"alone": False})
    waiting.start()
    first.close()
    waiting.join(timeout=10)
    assert not third.take(alone=True), "the second has the lock that bears the name"
    second.close()
    assert third.take(alone=True)
    third.close()
    assert not (tmp_path / LOCK).exists()


def test_one_that_a_program_of_another_version_uses_is_left_as_it_is(tmp_path: Path) -> None:
    filled(tmp_path)
    with open_store(tmp_path):
        connection = sqlite3.connect(tmp_path / DATABASE)
        connection.execute("PRAGMA user_version = 2")
        connection.close()
        with pytest.raises(UsageError, match=r"version 2, not .*another batch uses it"), open_store(tmp_path):
            pass
