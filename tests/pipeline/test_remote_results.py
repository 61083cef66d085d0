"""Results at a URL while a batch runs, is killed, is interrupted or fails, on a real S3 server."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.order import Tally
from pipeline.outputs import SCRATCH, STATE
from pipeline.remote.copying import COPIED, PROBE, copying
from pipeline.remote.folder import Gone, Listed, RemoteFolder, Unreachable
from pipeline.results import Results
from tests import s3
from tests.commands import wait_until
from tests.pipeline.outputs import written
from tests.pipeline.parts import SLOW, WHITE, run, write_distinct
from tests.raylets import ROOT

pytest.importorskip("s3fs", reason="the extra `cluster` is not installed")
pytest.importorskip("moto", reason="moto is not installed")

DRIVER = """
import sys
from pathlib import Path
import pipeline.remote.copying as copying
from tests.pipeline.parts import run
copying.JOURNAL_SECONDS, copying.JOURNAL_SHARE = 0.1, 0
run(Path(sys.argv[1]), jobs=1, out=Path(sys.argv[2]), copy_to=sys.argv[3])
"""


pytestmark = pytest.mark.usefixtures("s3_server")


@pytest.fixture
def results(bucket: str) -> str:
    return f"{bucket}/results"


def journalled(url: str) -> set[str]:
    """Return the dossiers of the journal at a URL."""
    try:
        whole, _, _ = RemoteFolder(url).read(STATE, 1 << 20).rpartition(b"\n")
        return {json.loads(line)["id"] for line in whole.splitlines()}
    except Gone:
        return set()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_driver_that_is_lost_with_its_folder_costs_what_came_last(results: str, tmp_path: Path) -> None:
    folder, work = write_distinct(tmp_path / "in", 10, SLOW, WHITE), tmp_path / "work"
    run(folder, out=tmp_path / "here", jobs=1)
    command = [sys.executable, "-c", DRIVER, str(folder), str(work), results]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True) as driver:
        try:
            wait_until(lambda: len(journalled(results)) >= 3)
        finally:
            driver.kill()
    shutil.rmtree(work)
    known = journalled(results)
    tally = run(folder, out=tmp_path / "other", copy_to=results, jobs=1)
    assert 3 <= len(known) <= tally.unchanged < 10
    assert (tally.finished, tally.errors) == (10, 0)
    assert written(tmp_path / "other", but=(COPIED,)) == written(tmp_path / "here")
    there = s3.contents(results)
    assert there == {name: (tmp_path / "other" / name).read_bytes() for name in there}, "what was torn is whole"


def test_the_journal_is_at_the_url_when_a_batch_ends_with_an_error(results: str, tmp_path: Path) -> None:
    folder = write_distinct(tmp_path / "in", 4, WHITE)

    def watch(tally: Tally) -> None:
        if tally.finished >= 2:
            raise UsageError("as if the disk were full")

    with pytest.raises(UsageError, match="as if the disk"):
        run(folder, out=tmp_path / "work", copy_to=results, jobs=1, watch=watch)
    assert len(journalled(results)) >= 2
    assert s3.contents(results)[STATE] == (tmp_path / "work" / STATE).read_bytes()


@pytest.fixture
def hanging() -> Iterator[threading.Event]:
    """A store that answers nothing any more, once this is set."""
    with s3.gate() as shut:
        yield shut


def once_one_is_done(event: threading.Event) -> Callable[[Tally], None]:
    def watch(tally: Tally) -> None:
        if tally.finished:
            event.set()

    return watch


def test_an_interruption_ends_a_batch_whose_store_hangs(
    hanging: threading.Event, results: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.remote.copying.BACKLOG", 1)
    folder = write_distinct(tmp_path / "in", 8, WHITE)
    came: list[float] = []

    def interrupt() -> None:
        hanging.wait()
        time.sleep(2)  # until the batch waits for room
        came.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    tally = run(folder, out=tmp_path / "work", copy_to=results, jobs=1, watch=once_one_is_done(hanging))
    assert time.monotonic() - came[0] < 10
    assert tally.interrupted
    assert 1 <= tally.finished < 8
    assert not (tmp_path / "work" / SCRATCH).exists()


def test_a_store_that_hangs_ends_the_batch_in_one_line(
    hanging: threading.Event, results: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.remote.folder.ANSWER_SECONDS", 1.0)
    folder = write_distinct(tmp_path / "in", 2, WHITE)
    began = time.monotonic()
    with pytest.raises(Unreachable, match=r"cannot be used .*give the same command again"):
        run(folder, out=tmp_path / "work", copy_to=results, jobs=1, watch=once_one_is_done(hanging))
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("size", [0, 1, 6, 7, 8, 20])
def test_large_files_come_and_go_in_pieces(
    size: int, results: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A journal here has the size; no piece is as large as the file."""
    monkeypatch.setattr("pipeline.remote.folder.PIECE_BYTES", 7)
    monkeypatch.setattr("pipeline.remote.recovery.PIECE_BYTES", 7)
    monkeypatch.setattr("pipeline.remote.copying.PIECE_BYTES", 7)
    journal = bytes(range(size))
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / STATE).write_bytes(journal)
    with copying(tmp_path / "work", results) as copy:
        assert copy
        copy.finish(interrupted=False)
    assert s3.contents(results) == {STATE: journal}
    with copying(tmp_path / "other", results):
        assert (tmp_path / "other" / STATE).read_bytes() == journal
        assert (tmp_path / "other" / STATE).stat().st_mode & 0o777 == 0o600
    assert names(tmp_path / "other") == [COPIED, "reports", STATE]


def test_a_file_of_many_pieces_arrives_whole(results: str, tmp_path: Path) -> None:
    content = os.urandom(1 << 10) * (20 << 10)
    (tmp_path / "large").write_bytes(content)
    target = RemoteFolder(results)
    target.write("large", tmp_path / "large")
    assert s3.contents(results)["large"] == content
    (listed,) = target.find()
    assert b"".join(target.pieces(listed)) == content


def test_a_journal_that_grows_is_copied_as_it_was_at_one_moment(
    results: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.remote.copying.PIECE_BYTES", 7)
    journal = tmp_path / STATE
    journal.write_bytes(b"a journal\n")
    sizes: list[int] = []
    write = RemoteFolder.write

    def slowly(self: RemoteFolder, name: str, content: bytes | Path) -> None:
        if isinstance(content, Path):
            sizes.append(content.stat().st_size)
            with journal.open("ab") as file:
                file.write(b"and a line\n")
            sizes.append(content.stat().st_size)
        write(self, name, content)

    monkeypatch.setattr(RemoteFolder, "write", slowly)
    with copying(tmp_path, results):
        wait_until(lambda: STATE in (tmp_path / COPIED).read_text(encoding="utf-8"))
    assert sizes == [10, 10]
    assert s3.contents(results)[STATE] == b"a journal\n"


@pytest.mark.parametrize("size", [3, 5])
def test_a_file_that_is_not_as_it_was_listed_is_an_error(size: int, results: str) -> None:
    s3.put(f"{results}/{STATE}", b"1234")
    with pytest.raises(Unreachable, match=f"listed with {size} bytes and has others now"):
        list(RemoteFolder(results).pieces(Listed(STATE, size, "")))


def test_a_large_journal_is_not_held_to_be_copied(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    with (tmp_path / "work" / STATE).open("wb") as journal:
        journal.truncate(100 << 20)
    tracemalloc.start()
    try:
        with copying(tmp_path / "work", f"file://{tmp_path}/there") as copy:
            assert copy
            copy.finish(interrupted=False)
        with copying(tmp_path / "other", f"file://{tmp_path}/there"):
            pass
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (tmp_path / "other" / STATE).stat().st_size == 100 << 20
    assert most < 40 << 20


def test_what_has_arrived_is_known_by_sqlite_past_a_bound(
    results: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.spill.MOST_HELD", 2)
    work = tmp_path / "work"
    places = [f"reports/{number:02}.json" for number in range(9)]
    (work / "reports").mkdir(parents=True)
    (work / "reports" / os.fsdecode(b"\xff.json")).write_bytes(b"of somebody else")
    for name in places:
        (work / name).write_text(name, encoding="utf-8")
    (work / STATE).write_bytes(b"")
    with copying(work, results) as copy:
        assert copy
        copy.finish(interrupted=False)
    (work / places[0]).unlink()
    (work / places[1]).write_bytes(b"another")
    s3.remove(f"{results}/{places[2]}")
    with copying(work, results) as copy:
        assert copy
        (work / places[3]).unlink()
        copy.put(places[3])
        copy.put("errors/never.json")
        copy.finish(interrupted=False)
    there = s3.contents(results)
    assert there == {STATE: b"", places[1]: b"another", **{name: name.encode() for name in places[4:]}}
    with closing(Results(tmp_path / "lost", dossiers=9)), copying(tmp_path / "lost", results):
        pass
    assert len(list((tmp_path / "lost" / "reports").iterdir())) == 6


def test_what_a_killed_run_left_here_and_there_goes_with_the_next(results: str, tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / SCRATCH / "killed").mkdir(parents=True)
    (work / SCRATCH / "killed" / "0").write_bytes(b"half of a journal")
    s3.put(f"{results}/{PROBE}", b"?")
    with copying(work, results):
        assert not (work / SCRATCH).exists()
        assert names(work) == [COPIED, "reports"]
        assert s3.contents(results) == {}


def test_nothing_is_left_where_results_cannot_be_fetched_back(
    results: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    s3.put(f"{results}/{STATE}", b"a journal")
    monkeypatch.setattr("pipeline.remote.folder.RemoteFolder.read", lambda *_, **__: b"")
    with pytest.raises(Unreachable, match="somebody else writes there"), copying(tmp_path / "work", results):
        pass
    assert set(s3.contents(results)) == {STATE}
    assert list((tmp_path / "work").rglob("*")) == [tmp_path / "work" / "reports"]


@pytest.mark.parametrize("in_the_way", ["work", f"work/{COPIED}/{STATE}"])
def test_a_folder_that_cannot_be_worked_in_is_said_with_what_to_do(
    in_the_way: str, results: str, tmp_path: Path
) -> None:
    (tmp_path / in_the_way).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / in_the_way).write_bytes(b"")
    if in_the_way != "work":
        (tmp_path / "work" / STATE).write_bytes(b"")
    with pytest.raises(UsageError, match=r"cannot write to .*give another folder with --work"):  # noqa: SIM117
        with copying(tmp_path / "work", results):
            pass
