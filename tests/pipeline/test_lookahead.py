import os
from collections.abc import Callable
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from pipeline.launch import launch
from pipeline.lookahead import look_at, looking_ahead
from tests.commands import workers
from tests.pipeline.parts import WHITE, run, write_dossier


def test_everything_is_looked_at_and_no_link_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one/a/b", "one/c", "two/d"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file").touch()
    (tmp_path / "one" / "a" / "round").symlink_to(tmp_path / "one")
    folders = [str(path) for path in tmp_path.rglob("*") if path.is_dir() and not path.is_symlink()]
    listed: list[str] = []
    list_folder: Callable[[Any], Any] = os.scandir

    def list_and_tell(folder: Any) -> Any:
        listed.append(os.fspath(folder))
        return list_folder(folder)

    monkeypatch.setattr(os, "nice", lambda _: None)
    monkeypatch.setattr(os, "scandir", list_and_tell)
    look_at([str(tmp_path / name) for name in ("one", "missing", "two")], Pipe()[0])
    assert sorted(listed) == sorted([*folders, str(tmp_path / "missing")])


@pytest.mark.parametrize("is_large", [True, False])
def test_a_process_looks_ahead_where_many_may_be_done_and_is_gone_afterwards(tmp_path: Path, *, is_large: bool) -> None:
    journal = tmp_path / "journal"
    journal.touch()
    os.truncate(journal, 10_000_000 if is_large else 10_000)
    with looking_ahead([tmp_path], journal):
        assert len(workers(os.getpid())) == is_large
    assert not workers(os.getpid())


def test_a_batch_that_goes_on_looks_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    write_dossier(folder / "ash", WHITE)
    begun: list[Any] = []

    def launch_and_tell(work: Any) -> Any:
        begun.append(work)
        return launch(work)

    monkeypatch.setattr("pipeline.lookahead.FROM_BYTES", 1)
    monkeypatch.setattr("pipeline.lookahead.launch", launch_and_tell)
    run(folder)
    assert not begun, "there is no journal yet"
    assert run(folder).unchanged == 1
    run(folder, thorough=True)
    assert [work.args for work in begun] == [((str(folder), str(tmp_path / "out" / "reports")),)]
    assert not workers(os.getpid())
