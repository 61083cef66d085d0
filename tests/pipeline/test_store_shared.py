"""An SQLite file that several output folders share is not taken from all of them for what befell the rows of one."""

import logging
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.order import Order, Tally
from pipeline.progress import notes
from pipeline.store import open_store
from tests.pipeline.test_store import entry, execute, garble, make_newer

NO_UTF_8 = "CAST(x'4d5553544552ff' AS TEXT)"


@pytest.fixture
def shared(tmp_path: Path) -> str:
    """URL of a file in which two folders have two dossiers each, of which one is claimed."""
    url = f"sqlite:///{tmp_path}/shared.sqlite"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with open_store(tmp_path / name, database=url, owner="dead") as store:
            store.put(entry(f"{name} a"), "1" * 64)
            store.put(entry(f"{name} b"), "2" * 64)
            store.claims.take([f"{name} b"])
    return url


def names(folder: Path, url: str) -> tuple[str, list[str], set[str]]:
    """Return what is left out, what is on record and what is claimed."""
    with open_store(folder, database=url) as store:
        return store.left_out, [dossier_id for dossier_id, _ in store.digests()], store.claims.names()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("dossiers SET entry = replace(entry, 'approved', 'rejected') WHERE dossier_id", id="flipped"),
        pytest.param(f"dossiers SET entry = {NO_UTF_8} WHERE dossier_id", id="entry that is no text"),
        pytest.param(f"claims SET owner = {NO_UTF_8} WHERE dossier_id", id="claim that is no text"),
        pytest.param("claims SET attempts = -1 WHERE dossier_id", id="attempts below none"),
    ],
)
def test_only_the_rows_of_the_folder_whose_rows_are_damaged_go(
    tmp_path: Path, shared: str, change: str, caplog: pytest.LogCaptureFixture
) -> None:
    execute(shared, f"UPDATE {change} = 'one b'")
    two = ("", ["two a", "two b"], {"two b"})
    assert names(tmp_path / "two", shared) == two
    assert caplog.messages == []
    left_out, *rows = names(tmp_path / "one", shared)
    assert "rows of this output folder" in left_out
    assert rows == [[], set()]
    assert caplog.messages == [left_out]
    assert names(tmp_path / "one", shared) == ("", [], set())
    assert names(tmp_path / "two", shared) == two
    assert not list(tmp_path.glob("*.set-aside-*"))


def test_one_of_a_later_version_is_not_touched(tmp_path: Path, shared: str) -> None:
    path = tmp_path / "shared.sqlite"
    make_newer(path)
    before = path.read_bytes()
    for folder in (tmp_path, tmp_path / "one"):
        with pytest.raises(UsageError, match="later version"), open_store(folder, database=shared):
            pass
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.set-aside-*"))


def test_what_is_damaged_for_all_is_set_aside_and_said(
    tmp_path: Path, shared: str, caplog: pytest.LogCaptureFixture
) -> None:
    garble(tmp_path / "shared.sqlite")
    left_out, *rows = names(tmp_path / "one", shared)
    assert left_out.endswith("is set aside as shared.sqlite.set-aside-1")
    assert rows == [[], set()]
    assert caplog.messages == [left_out]
    assert all(record.levelno == logging.WARNING for record in caplog.records)
    said = "\n".join(notes(Tally(found=0, left_out=left_out), Order(tmp_path, tmp_path / "one", 1), seen=False))
    assert said == f"Of what is on record: {left_out}; the reports of this output folder fill it again."
