"""The key of an output folder's rows in a database that it shares with others."""

import errno
import os
import re
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.store import FOLDER_ID, open_store, read_store
from pipeline.store.folder_key import key_of, made_key
from tests.pipeline.test_store import entry, filled

DAMAGED = [
    pytest.param(b"", id="empty"),
    pytest.param(b"\0" * 32, id="zeros"),
    pytest.param(b"ab" * 15, id="torn"),
    pytest.param(b"\xff" * 32, id="no text"),
    pytest.param(b"g" * 32, id="no number"),
]


def test_it_stays_what_it_is(tmp_path: Path) -> None:
    key = made_key(tmp_path)
    assert re.fullmatch("[0-9a-f]{32}", key)
    assert made_key(tmp_path) == key_of(tmp_path) == key
    assert [each.name for each in tmp_path.iterdir()] == [FOLDER_ID]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_one_is_made_anew_and_told(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FOLDER_ID).write_bytes(content)
    with pytest.raises(UsageError, match="is damaged"):
        key_of(tmp_path)
    assert re.fullmatch("[0-9a-f]{32}", made_key(tmp_path))
    assert "damaged and is made anew" in caplog.text


def test_two_folders_whose_keys_are_empty_share_no_rows(tmp_path: Path, postgresql: str) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / FOLDER_ID).touch()
    filled(tmp_path / "one", postgresql)
    with open_store(tmp_path / "two", database=postgresql) as store:
        assert list(store.entries()) == []
        store.put(entry("c"), "3" * 64)
    assert [each.dossier_id for each in read_store(postgresql, folder=tmp_path / "one")] == ["a", "b"]


def test_a_damaged_one_stays_while_another_batch_works_under_it(tmp_path: Path) -> None:
    (tmp_path / ".unfinished" / "other").mkdir(parents=True)
    (tmp_path / FOLDER_ID).touch()
    with pytest.raises(UsageError, match="another batch works under it"):
        made_key(tmp_path, owner="me", is_alive=lambda owner: owner == "other")
    made_key(tmp_path, owner="other", is_alive=lambda owner: owner == "other")


def test_what_killed_batches_left_is_swept(tmp_path: Path) -> None:
    for name in ("unfinished", "0" * 32):
        (tmp_path / f"{FOLDER_ID}-{name}").touch()
    made_key(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [FOLDER_ID]


def test_it_is_on_the_disk_before_it_bears_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(UsageError, match=r"cannot write to .*No space left"):
        made_key(tmp_path)
    assert not list(tmp_path.iterdir())
