"""What is on record when a batch begins: made anew by one alone, and put right but for what others have in hand."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.glances import Glances
from pipeline.locks import TooLong, alone_in
from pipeline.on_record import put_right
from pipeline.outputs import DATABASE
from pipeline.records import OnRecord
from pipeline.results import Results, open_results
from pipeline.roster import Roster
from pipeline.store import Store, entries, neighbours, open_store
from pipeline.store.database import writing
from pipeline.store.neighbours import Neighbours
from pipeline.writing import Writer
from tests.pipeline.parts import WHITE, run, write_distinct
from tests.pipeline.test_neighbours import HELD, names_beside
from tests.pipeline.test_store import execute


def begin(out: Path, store: Store, results: Results, names: Iterable[str] = ()) -> bool:
    results.start_journal()
    with closing(Roster([(f"{out.parent}/in/{name}", None) for name in names], out.parent / "in")) as found:
        return put_right(store, results, found, store.claims.abandoned())


def test_beside_one_of_another_version_that_has_written_nothing_yet_nothing_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_results(tmp_path, dossiers=1) as results, open_store(tmp_path, owner=results.owner) as store:
        begin(tmp_path, store, results)
        monkeypatch.setattr(neighbours, "making", lambda: "another")
        with open_results(tmp_path, dossiers=1) as other, pytest.raises(UsageError, match="another version"):
            begin(tmp_path, store, other)


def test_two_of_one_version_begin_on_a_new_folder_together(tmp_path: Path) -> None:
    with (
        open_results(tmp_path, dossiers=1) as results,
        open_results(tmp_path, dossiers=1) as other,
        open_store(tmp_path, owner=results.owner) as store,
    ):
        for each in (results, other):
            begin(tmp_path, store, each)
        assert store.is_made_as_now()


def test_nobody_begins_while_keys_are_made_anew_and_others_write_between_the_parts(
    tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "AT_ONCE", 2)
    add, added = Neighbours.add, []

    def watched(these: Neighbours, some: list[OnRecord]) -> None:
        added.append(len(some))
        with pytest.raises(TooLong), alone_in(tmp_path, until=time.monotonic()):
            pass
        add(these, some)

    monkeypatch.setattr(Neighbours, "add", watched)
    with (
        open_results(tmp_path, dossiers=1) as results,
        open_store(tmp_path, database=database, owner=results.owner) as store,
    ):
        for each in HELD:
            store.put(each, "1" * 64)
        begin(tmp_path, store, results, [each.dossier_id for each in HELD])
        assert added == [2, 2, 2]
        assert names_beside(store, "n") == ["a"]


def test_keys_that_somebody_began_to_make_anew_and_did_not_end_are_not_looked_for(
    tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(tmp_path, database=database) as store:
        for each in HELD:
            store.put(each, "1" * 64)
        monkeypatch.setattr(store, "_in_parts", _one_and_no_more)
        with pytest.raises(MemoryError):
            store.make_anew()
        monkeypatch.undo()
        assert not store.is_made_as_now()
        assert not store.is_new()
        assert not store.are_neighbours_sound()
        store.make_anew()
        assert store.is_made_as_now()
        assert names_beside(store, "n") == ["a"]


def _one_and_no_more() -> Iterator[list[OnRecord]]:
    yield [HELD[0]]
    raise MemoryError


def test_what_a_living_batch_has_in_hand_it_puts_right_itself(tmp_path: Path) -> None:
    folder = write_distinct(tmp_path / "in", 2, WHITE)
    out = tmp_path / "out"
    run(folder)
    for lives in (True, False):
        execute(out / DATABASE, "UPDATE dossiers SET report_sha256 = 'of an earlier report'")
        with open_results(out, dossiers=2) as results, open_store(out, owner=results.owner) as store:
            with open_store(out, owner="other") as other:
                other.claims.take(["d"])
            store.claims._is_alive = lambda owner, lives=lives: lives and owner == "other"  # type: ignore[misc]
            assert begin(out, store, results, ["d", "dd"])
            stale = [name for name, digest in store.digests() if digest == "of an earlier report"]
            assert stale == (["d"] if lives else [])


def test_what_nobody_has_in_hand_is_given_to_nobody_until_a_transaction_ends(
    tmp_path: Path, database: str | None
) -> None:
    got: list[float] = []

    def take() -> None:
        with open_store(tmp_path, database=database, owner="two") as two:
            assert go.wait(20)
            two.claims.take(["b"])
            got.append(time.monotonic())

    go = threading.Event()
    with open_store(tmp_path, database=database, owner="one", is_alive=lambda owner: owner == "living") as one:
        with open_store(tmp_path, database=database, owner="living") as other:
            other.claims.take(["a"])
        with open_store(tmp_path, database=database, owner="dead") as other:
            other.claims.take(["c"])
        thread = threading.Thread(target=take)
        thread.start()
        with writing(one.connection):
            assert one.claims.unheld(["c", "b", "a"]) == ["b", "c"]
            go.set()
            time.sleep(0.5)
            done = time.monotonic()
        thread.join()
    assert got[0] >= done


def test_a_report_whose_line_cannot_be_written_is_known_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object, __: object) -> None:
        raise UsageError("no room")

    with open_results(tmp_path, dossiers=1) as results, open_store(tmp_path, owner=results.owner) as store:
        writer = Writer(results, Glances(results, store, is_on=False, listed_at=0.0), page=None)
        writer.write_reports([], "")
        assert not results.is_behind
        monkeypatch.setattr(Results, "note", full)
        with pytest.raises(UsageError):
            writer.write_reports([], "")
        assert results.is_behind
