"""What is done is seen without opening it, and whatever has changed is looked at."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from pipeline.glances import Glances
from pipeline.ingest import find_dossiers
from pipeline.journal import Seen
from pipeline.marks import mark_of, now, uptime
from pipeline.results import open_results
from pipeline.store import open_store
from tests.pipeline.parts import RED, run, write_dossier


@pytest.fixture
def done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a batch folder of which all is done, and so long ago that a glance is enough."""
    monkeypatch.setattr("pipeline.marks.SETTLED_SECONDS", -60.0)
    run(folder)
    return folder


def seen(
    folder: Path, judged: str | None = None, *, glimpses: Mapping[str, str | None] = MappingProxyType({})
) -> dict[str, Seen | None]:
    out = folder.parent / "out"
    found = {each.id: each for each in find_dossiers(folder)}
    with open_results(out, dossiers=len(found)) as results, open_store(out, owner=results.owner) as store:
        results.start_journal()
        glances = Glances(results, store, is_on=True, listed_at=uptime())
        line = results.journal.get("ash")
        assert line
        assert line.glance
        return {
            name: glances.at(replace(dossier, glimpse=glimpses.get(name)), judged or line.glance.judged)
            for name, dossier in found.items()
        }


def nothing(_: Path) -> None:
    pass


def edit_and_hide_it(folder: Path) -> None:
    """Change a file and give it back its size and its times, as far as a program can."""
    path = folder / "birch" / "application.yaml"
    before, content = path.stat(), path.read_bytes()
    path.write_bytes(content.swapcase())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def add_a_file(folder: Path) -> None:
    (folder / "birch" / "late.png").write_bytes(b"x")


def put_another_in_its_place(folder: Path) -> None:
    (folder / "birch").rename(folder.parent / "before")
    write_dossier(folder / "birch", RED)


def touch_the_report(folder: Path) -> None:
    (folder.parent / "out" / "reports" / "birch.json").touch()


def remove_the_report(folder: Path) -> None:
    (folder.parent / "out" / "reports" / "birch.json").unlink()


def garble_the_line(folder: Path) -> None:
    journal = folder.parent / "out" / "state.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'{"id":"birch","finger', b'{"id":"birch","winger'))


def garble_the_row(folder: Path) -> None:
    journal = folder.parent / "out" / "state.jsonl"
    row = b'"row":{"dossier_id":"birch","'
    journal.write_bytes(journal.read_bytes().replace(row + b"de", row + b"re"))


@pytest.mark.parametrize(
    ("change", "unseen"),
    [
        (nothing, set()),
        (edit_and_hide_it, {"birch"}),
        (add_a_file, {"birch"}),
        (put_another_in_its_place, {"birch"}),
        (touch_the_report, {"birch"}),
        (remove_the_report, {"birch"}),
        (garble_the_line, {"birch"}),
        (garble_the_row, {"birch"}),
    ],
)
def test_a_glance_sees_what_has_changed(done: Path, change: Callable[[Path], None], unseen: set[str]) -> None:
    change(done)
    assert {name for name, line in seen(done).items() if line is None} == unseen


def test_a_glance_asks_what_is_judged_by_and_what_is_judged_beside(done: Path) -> None:
    assert set(seen(done, judged="0" * 64).values()) == {None}
    with open_store(done.parent / "out") as store:
        store.remove("birch")
    assert seen(done)["cedar"] is None, "it has a page of birch's"


def test_what_has_just_changed_gives_no_mark(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"x")
    assert mark_of(str(tmp_path), settled_by=now()) is None
    assert mark_of(str(tmp_path), settled_by=now() + 3) == mark_of(str(tmp_path))
    assert mark_of(str(tmp_path / "missing")) is None


def test_too_many_files_give_no_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.marks.MOST_FILES", 3)
    for name in "abc":
        (tmp_path / name).mkdir()
    assert mark_of(str(tmp_path)) is not None
    (tmp_path / "a" / "d").touch()
    assert mark_of(str(tmp_path)) is None


def test_a_second_run_is_told_at_a_glance_and_a_thorough_one_by_content(done: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in (done.parent / "out" / "reports").iterdir()}
    tally = run(done)
    assert (tally.unchanged, tally.finished, tally.files) == (4, 4, 0), "no file is opened"
    tally = run(done, thorough=True)
    assert (tally.unchanged, tally.finished) == (4, 4)
    assert tally.files > 0
    assert before == {path.name: path.stat().st_mtime_ns for path in (done.parent / "out" / "reports").iterdir()}
