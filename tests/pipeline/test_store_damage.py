"""Damage that SQLite's own checks do not see ends no run for good, and what stands in a column is told to nobody."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.given_up import note, read_note
from pipeline.model import FailureCode
from pipeline.store import DATABASE, open_store, read_store
from tests.pipeline.test_neighbours import HELD, names_beside
from tests.pipeline.test_store import entry, execute, filled

NO_UTF_8 = "CAST(x'4d5553544552ff' AS TEXT)"
QUOTED = "MUSTER"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(f"quarantined = {NO_UTF_8}", id="note"),
        pytest.param(f"owner = {NO_UTF_8}", id="owner"),
        pytest.param(f"dossier_id = {NO_UTF_8}", id="id"),
        pytest.param("attempts = 'x'", id="attempts are no number"),
        pytest.param("attempts = -1", id="attempts below none"),
        pytest.param("attempts = 4611686018427387904", id="attempts without end"),
        pytest.param("quarantined = CAST('{}' AS BLOB)", id="note that is no text"),
        pytest.param("owner = CAST('dead' AS BLOB)", id="owner that is no text"),
        pytest.param("dossier_id = CAST('a' AS BLOB)", id="id that is no text"),
    ],
)
def test_one_whose_claims_cannot_be_read_is_set_aside(tmp_path: Path, change: str) -> None:
    with open_store(tmp_path, owner="dead") as store:
        store.claims.take(["a"])
    execute(tmp_path / DATABASE, f"UPDATE claims SET {change}")
    with open_store(tmp_path) as store:
        assert store.claims.take(["a"])["a"].attempts == 0
        assert store.claims.names() == {"a"}
    assert (tmp_path / f"{DATABASE}.set-aside-1").exists()


def test_one_whose_entries_are_no_text_is_set_aside(tmp_path: Path) -> None:
    execute(filled(tmp_path), f"UPDATE dossiers SET entry = {NO_UTF_8} WHERE dossier_id = 'b'")
    with open_store(tmp_path) as store:
        assert list(store.entries()) == []


@pytest.mark.parametrize("column", ["dossier_id", "as_of", "report_sha256", "entry", "entry_sha256"])
def test_one_whose_entries_are_bytes_is_set_aside(tmp_path: Path, column: str) -> None:
    where = filled(tmp_path)
    execute(where, f"UPDATE dossiers SET {column} = CAST({column} AS BLOB) WHERE dossier_id = 'b'")
    with open_store(tmp_path) as store:
        assert list(store.digests()) == []
    assert (tmp_path / f"{DATABASE}.set-aside-1").exists()


def test_an_entry_of_bytes_is_told_in_one_line(tmp_path: Path) -> None:
    where = filled(tmp_path)
    execute(where, "UPDATE dossiers SET entry = CAST(entry AS BLOB) WHERE dossier_id = 'b'")
    with pytest.raises(UsageError, match="has changed since"):
        read_store(where)


def test_one_of_no_version_is_set_aside(tmp_path: Path) -> None:
    execute(filled(tmp_path), "PRAGMA user_version = -1")
    with open_store(tmp_path) as store:
        assert list(store.entries()) == []
    assert (tmp_path / f"{DATABASE}.set-aside-1").exists()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.parametrize("version", ["-1", "four", ""])
def test_a_server_of_no_version_is_refused(tmp_path: Path, database: str, version: str) -> None:
    execute(filled(tmp_path, database), f"UPDATE meta SET value = '{version}' WHERE name = 'version'")
    with pytest.raises(UsageError, match="its version"), open_store(tmp_path, database=database):
        pass


@pytest.mark.parametrize("column", ["key", "dossier_id", "as_of"])
def test_what_dossiers_have_in_common_is_made_anew_where_it_is_no_text(tmp_path: Path, column: str) -> None:
    with open_store(tmp_path) as store:
        for each in HELD:
            store.put(each, "1" * 64)
    execute(tmp_path / DATABASE, f"UPDATE held SET {column} = {NO_UTF_8} WHERE dossier_id = 'n'")
    with open_store(tmp_path) as store:
        store.mend()
        assert names_beside(store, "m") == ["a", "c"]
        assert store.with_neighbours() == {"b", "m", "n"}


def test_what_stands_in_a_column_is_not_told(tmp_path: Path) -> None:
    where = filled(tmp_path)
    execute(where, f"UPDATE dossiers SET entry = {NO_UTF_8} WHERE dossier_id = 'b'")
    with pytest.raises(UsageError, match="text that is not UTF-8") as caught:
        read_store(where)
    assert QUOTED not in str(caught.value)
    assert caught.value.__cause__ is None


def test_what_is_damaged_while_a_batch_runs_is_not_told_either(tmp_path: Path) -> None:
    where = filled(tmp_path)

    def put_beside_damage() -> None:
        with open_store(tmp_path) as store:
            execute(where, f"UPDATE dossiers SET entry = {NO_UTF_8} WHERE dossier_id = 'b'")
            store.put(entry("b"), "1" * 64)

    with pytest.raises(UsageError, match="text that is not UTF-8") as caught:
        put_beside_damage()
    assert QUOTED not in str(caught.value)
    assert caught.value.__cause__ is None


CODES = (FailureCode.CRASH, FailureCode.TIMEOUT)


def test_a_note_says_what_was_written() -> None:
    for mark in ("ab", None):
        read = read_note(note(CODES, mark, "it hung"))
        assert read is not None
        assert (read.codes, read.mark, read.reason) == (CODES, mark, "it hung")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param('"crash"', '"crasi"', id="no code"),
        pytest.param('"codes"', '"coden"', id="no key"),
        pytest.param("}", "|", id="no JSON"),
        pytest.param('["crash","timeout"]', "[]", id="nothing"),
        pytest.param('"it hung"', "7", id="no text"),
    ],
)
def test_a_note_that_cannot_be_read_is_none(before: str, after: str) -> None:
    written = note(CODES, "ab", "it hung")
    assert before in written
    assert read_note(written.replace(before, after)) is None


def test_every_byte_of_a_note_may_flip() -> None:
    """Nothing is raised, and what is not read as it was written has another mark, or says the same in other letters."""
    written = note(CODES, "ab", "x")
    codes: set[Sequence[FailureCode]] = set()
    for at in range(len(written)):
        for bit in range(7):
            read = read_note(written[:at] + chr(ord(written[at]) ^ 1 << bit) + written[at + 1 :])
            codes |= {read.codes} if read else set()
    assert codes == {CODES}
