"""A database that is as a batch left it is not looked through, and one that is not is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.order import Tally
from pipeline.outputs import DATABASE, STATE
from pipeline.release import let_go
from pipeline.results import open_results
from pipeline.store import open_store
from pipeline.store.database import Place
from pipeline.store.entries import Entries
from pipeline.store.neighbours import Neighbours
from pipeline.store.opening import is_sound
from pipeline.store.stamp import SUFFIX, Stamp
from tests.pipeline.parts import RED, WHITE, run, write_distinct, write_dossier
from tests.pipeline.test_store import execute

STAMP = DATABASE + SUFFIX


@pytest.fixture(autouse=True)
def _small_and_young(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.stamp.FROM_BYTES", 1)
    monkeypatch.setattr("pipeline.marks.SETTLED_SECONDS", -60.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return dossiers that have nothing in common: each has one line of the journal, which is not written anew."""
    return write_distinct(tmp_path / "in", 3, WHITE)


@pytest.fixture
def out(folder: Path) -> Path:
    """Return the output folder of a batch that has come to its end."""
    run(folder)
    return folder.parent / "out"


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is looked through from now on, but for what a batch does before it vouches."""
    seen: list[str] = []

    def at_the_end(place: Place, key: str) -> bool:
        before = seen.copy()
        try:
            return is_sound(place, key)
        finally:
            seen[:] = before

    monkeypatch.setattr("pipeline.store.is_sound", at_the_end)
    for kind, name in ((Entries, "check"), (Entries, "digests"), (Neighbours, "is_sound")):
        _hear(monkeypatch, seen, kind, name)
    return seen


def _hear(monkeypatch: pytest.MonkeyPatch, seen: list[str], kind: type, name: str) -> None:
    real = getattr(kind, name)

    def heard(*arguments: object, **named: object) -> object:
        seen.append(name)
        return real(*arguments, **named)

    monkeypatch.setattr(kind, name, heard)


def noted(out: Path) -> str:
    """Return what the stamp of a database says, if that is as it was left."""
    with open_store(out) as store:
        assert store.stamp
        return store.stamp.seen


def test_what_is_as_it_was_left_is_not_looked_through(folder: Path, out: Path, looked: list[str]) -> None:
    assert (out / STAMP).stat().st_mode & 0o777 == 0o600
    stamp = (out / STAMP).stat()
    tally = run(folder)
    assert tally.unchanged == tally.found
    assert looked == []
    assert (out / STAMP).stat().st_mtime_ns == stamp.st_mtime_ns, "what has not changed is not said anew"


def test_a_batch_that_has_done_something_says_so_anew(folder: Path, out: Path, looked: list[str]) -> None:
    write_dossier(folder / "cedar", RED, brand="CEDAR")
    run(folder)
    assert looked == []
    assert noted(out)
    assert run(folder).unchanged == 4
    assert looked == []


@pytest.mark.parametrize("place", [0.3, 0.5, 0.7, 0.99])
def test_any_byte_that_flips_has_all_of_it_looked_through(
    folder: Path, out: Path, looked: list[str], place: float
) -> None:
    content = bytearray((out / DATABASE).read_bytes())
    content[int(len(content) * place)] ^= 1
    (out / DATABASE).write_bytes(content)
    run(folder)
    assert "is_sound" in looked


def test_a_row_that_was_changed_is_seen(folder: Path, out: Path, looked: list[str]) -> None:
    execute(out / DATABASE, "UPDATE dossiers SET decision = 'approved' WHERE dossier_id = 'd'")
    run(folder)
    assert "is_sound" in looked


def lose_a_line(out: Path) -> None:
    lines = (out / STATE).read_bytes().splitlines(keepends=True)
    (out / STATE).write_bytes(b"".join(lines[:-1]))


def copy_the_journal(out: Path) -> None:
    shutil.copy2(out / STATE, out / "copy")
    (out / "copy").replace(out / STATE)


def garble_the_stamp(out: Path) -> None:
    (out / STAMP).write_bytes((out / STAMP).read_bytes()[:-9])


def lose_the_stamp(out: Path) -> None:
    (out / STAMP).unlink()


def leave_a_log(out: Path) -> None:
    (out / f"{DATABASE}-wal").write_bytes(b"x" * 100)


@pytest.mark.parametrize("change", [lose_a_line, copy_the_journal, garble_the_stamp, lose_the_stamp, leave_a_log])
def test_whatever_else_has_changed_is_looked_at(folder: Path, out: Path, looked: list[str], change: object) -> None:
    assert callable(change)
    change(out)
    run(folder)
    assert "is_sound" in looked
    assert noted(out)


def test_what_another_version_left_is_looked_at(
    folder: Path, out: Path, looked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.neighbours.making", lambda: "another")
    run(folder)
    assert "is_sound" in looked
    looked.clear()
    run(folder)
    assert looked == []


def test_a_dossier_that_is_no_longer_there_is_looked_for(folder: Path, out: Path, looked: list[str]) -> None:
    shutil.rmtree(folder / "d")
    run(folder)
    assert "is_sound" in looked


def test_nothing_is_said_of_what_another_batch_may_have_left_half_done(folder: Path, out: Path) -> None:
    """It died between its line and its row; then one that came before it ends in order, and is the last."""
    before = (out / STAMP).read_bytes()
    line = (out / STATE).read_bytes().splitlines(keepends=True)[0]

    def another_writes(_: object) -> None:
        if (out / STATE).read_bytes().count(b"\n") == 4:
            with (out / STATE).open("ab") as journal:
                journal.write(line)

    write_dossier(folder / "cedar", RED, brand="CEDAR")
    run(folder, watch=another_writes)
    assert (out / STATE).read_bytes().count(b"\n") == 5
    assert (out / STAMP).read_bytes() == before
    assert noted(out) == ""


def test_nothing_is_said_while_somebody_is_in_debt_of_a_dossier(folder: Path, out: Path) -> None:
    with open_store(out, owner="killed") as store:
        store.claims.take(["elsewhere"])
    run(folder)
    assert noted(out) == ""


def garble_an_entry(out: Path) -> None:
    execute(out / DATABASE, "UPDATE dossiers SET entry = 'x' WHERE dossier_id = 'd'")


def garble_what_is_held(out: Path) -> None:
    execute(out / DATABASE, "UPDATE held SET is_told = 7 WHERE dossier_id = 'd'")


def garble_a_claim(out: Path) -> None:
    execute(out / DATABASE, "UPDATE claims SET attempts = 'x' WHERE dossier_id = 'd'")


@pytest.mark.parametrize("damage", [garble_an_entry, garble_what_is_held, garble_a_claim])
def test_nothing_is_said_of_what_was_damaged_while_a_batch_was_at_work(
    folder: Path, out: Path, damage: Callable[[Path], None]
) -> None:
    damaged: list[bool] = []

    def damage_once(tally: Tally) -> None:
        if tally.files and not damaged:
            damaged.append(True)
            damage(out)

    write_dossier(folder / "cedar", RED, brand="CEDAR")
    run(folder, watch=damage_once)
    assert damaged
    assert noted(out) == ""
    run(folder)
    assert noted(out)
    with open_store(out) as store:
        assert store.get("d")
        assert store.are_neighbours_sound()


def test_a_batch_that_was_interrupted_keeps_nobody_waiting_to_vouch(folder: Path, out: Path) -> None:
    def interrupt(tally: Tally) -> None:
        if tally.files:
            raise KeyboardInterrupt

    write_dossier(folder / "cedar", RED, brand="CEDAR")
    assert run(folder, watch=interrupt).interrupted
    assert noted(out) == ""


def test_a_stamp_of_another_folder_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "db").write_bytes(b"x")
    for folder, seen in (("a", "n"), ("b", "")):
        first = Stamp(tmp_path / "db", "a")
        first.note = "n"
        first.leave(lambda: True)
        second = Stamp(tmp_path / "db", folder)
        second.look()
        assert second.seen == seen


def test_a_small_database_bears_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.stamp.FROM_BYTES", 4_000_000)
    (tmp_path / "db").write_bytes(b"x" * 3_999_999)
    stamp = Stamp(tmp_path / "db", "a")
    stamp.note = "n"
    stamp.leave(lambda: True)
    assert list(tmp_path.iterdir()) == [tmp_path / "db"]


def test_nothing_is_said_of_a_journal_that_somebody_else_has_written_anew(folder: Path, out: Path) -> None:
    copied: list[bool] = []

    def another_copies(_: object) -> None:
        if not copied:
            copied.append(True)
            copy_the_journal(out)

    before = (out / STAMP).read_bytes()
    shutil.rmtree(folder / "d")
    run(folder, watch=another_copies)
    assert copied
    assert (out / STAMP).read_bytes() == before


def test_beside_a_batch_that_looks_for_others_by_other_keys_nothing_is_judged(folder: Path, out: Path) -> None:
    execute(out / DATABASE, "UPDATE meta SET value = 'another version' WHERE name LIKE 'made %'")
    with open_results(out, dossiers=1), pytest.raises(UsageError, match="another version"):
        run(folder)
    run(folder)
    assert noted(out)


def test_what_has_a_report_and_no_line_stays_begun_where_a_batch_ends_before_it_could_note_it(tmp_path: Path) -> None:
    with open_results(tmp_path, dossiers=1) as results, open_store(tmp_path, owner=results.owner) as store:
        store.claims.take(["a"])
        results.is_behind = True
        assert not let_go(store, results)
        assert store.claims.unfinished() == {"a"}
    with open_store(tmp_path, owner="next") as store:
        assert store.claims.abandoned() == {"a"}
        assert store.claims.take(["a"])["a"].attempts == 0, "it was not begun in vain"
