"""What a batch of a million would not hold in memory: mappings and the roster, kept by SQLite."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.outputs import STATE
from pipeline.results import open_results
from pipeline.roster import Roster
from pipeline.spill import Spill, Spilled
from tests.pipeline.test_batch_memory import done


def unnamed_files() -> int:
    """Return how many open files of this process have no name any more."""
    links = (path.readlink().name for path in Path("/proc/self/fd").iterdir() if path.is_symlink())
    return sum(link.endswith("(deleted)") for link in links)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file grow beyond some bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


held_or_not = pytest.mark.parametrize("most", [pytest.param(100, id="in memory"), pytest.param(2, id="by SQLite")])


@held_or_not
def test_a_mapping_keeps_what_it_is_told_in_the_order_of_names(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.spill.MOST_HELD", most)
    with closing(Spilled[int]()) as kept:
        kept.put_all([("é", 2), ("b", 1), ("\U00020000", 4), ("\uffef", 3), ("", 0), ("b", 5)])
        kept["a"] = 6
        assert list(kept.items()) == [("", 0), ("a", 6), ("b", 5), ("é", 2), ("\uffef", 3), ("\U00020000", 4)]
        assert list(kept) == sorted(kept)
        assert (kept.pop("a"), kept.pop("a", None), "a" in kept, kept.get("a")) == (6, None, False, None)
        with pytest.raises(KeyError):
            del kept["a"]
        assert len(kept) == 5
        kept.clear()
        assert not kept


@held_or_not
def test_a_mapping_may_change_while_it_is_gone_through(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.spill.MOST_HELD", most)
    monkeypatch.setattr("pipeline.spill.AT_ONCE", 2)
    with closing(Spilled[int]()) as kept:
        kept.put_all((f"{number:02}", number) for number in range(20))
        seen = []
        for name in kept:
            seen.append(name)
            del kept[name]
            kept[f"-{name}"] = 0
        assert seen == [f"{number:02}" for number in range(20)]
        assert list(kept) == [f"-{number:02}" for number in range(20)]


@pytest.fixture
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Next to no memory."""
    monkeypatch.setattr("pipeline.spill.MOST_HELD", 10)
    monkeypatch.setattr("pipeline.spill.CACHE_KILOBYTES", 100)


@pytest.mark.usefixtures("little")
def test_what_does_not_fit_into_memory_goes_to_the_disk_under_no_name() -> None:
    before = unnamed_files()
    with closing(Spilled[str]()) as kept:
        kept.put_all((f"{number:05}", "x" * 100) for number in range(5_000))
        assert unnamed_files() == before + 1
        assert kept["04999"] == "x" * 100
    assert unnamed_files() == before


def roster(*places: str, mark: Callable[[str], str | None] = lambda _: None) -> Roster:
    return Roster(((place, None) for place in places), Path("/in"), mark=mark)


NO_ROOM = r"no room for temporary files .* TMPDIR, .*\. What is done stays; make room"


def many_lines(count: int) -> bytes:
    return b"".join(done(f"{number:05}-{'x' * 100}").line() for number in range(count))


@pytest.mark.usefixtures("little")
def test_a_journal_that_finds_no_room_is_told_and_leaves_no_lock(tmp_path: Path) -> None:
    (tmp_path / STATE).write_bytes(many_lines(5_000))
    with (
        pytest.raises(UsageError, match=NO_ROOM),
        open_results(tmp_path, dossiers=1) as results,
        files_of_at_most(100_000),
    ):
        results.journal.refresh()
    assert {path.name for path in tmp_path.iterdir()} == {STATE, "reports"}


def test_who_is_left_in_the_middle_says_nothing_when_all_is_closed(
    recwarn: pytest.WarningsRecorder, capsys: pytest.CaptureFixture[str]
) -> None:
    found_there = roster("/in/a", "/in/b")
    going_through = iter(found_there)
    next(going_through)
    found_there.close()
    going_through.close()  # type: ignore[attr-defined]  # a generator
    with closing(roster("/in/a", "/in/b")) as another:
        begun = iter(another)
        next(begun)
    del begun, another
    assert (capsys.readouterr().err, list(recwarn)) == ("", [])


def test_what_is_a_defect_is_not_taken_for_a_full_disk() -> None:
    spill = Spill()
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        spill.rows("SELECT * FROM nowhere")
    spill.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        spill.rows("SELECT 1")


@pytest.mark.usefixtures("little")
def test_a_roster_that_finds_no_room_is_told() -> None:
    with pytest.raises(UsageError, match=NO_ROOM), files_of_at_most(100_000):
        roster(*(f"/in/{number:05}-{'x' * 100}" for number in range(5_000)))


def test_a_roster_says_who_is_where() -> None:
    places = ["/in/f", "/in/b", "/in/e\u0301", "/in/a/\udcff", "/in/B", "/in/a/x", "/in/b"]
    with closing(roster(*places, mark=lambda place: str(len(place)))) as found_there:
        assert len(found_there) == 6, "what is named twice counts once"
        found = list(found_there)
        assert [each.where for each in found] == [
            "/in/B",
            "/in/a/x",
            "/in/a/\udcff",
            "/in/b",
            "/in/f",
            "/in/e\u0301",
        ]
        assert [each.mark for each in found] == ["5", "7", "7", "5", "5", "6"]
        assert [found[0].id, found[1].id] == ["B", "a__x"]
        assert found[3].id.startswith("b-"), "B came first, and a disk may take both for one"
        assert found_there.has("B")
        assert not found_there.has("b")
        assert not found_there.has("nobody")


@pytest.mark.parametrize(
    ("path", "holder"),
    [
        pytest.param("/in/a/out", "a", id="in a dossier"),
        pytest.param("/in/a/out/deeper", "a", id="deep in a dossier"),
        pytest.param("/in/a", None, id="a dossier itself"),
        pytest.param("/in/out", None, id="beside dossiers"),
        pytest.param("/in/ab", None, id="a name that begins like one"),
    ],
)
def test_whose_folder_something_lies_in(path: str, holder: str | None) -> None:
    with closing(roster("/in/a")) as found_there:
        assert found_there.holder_of(Path(path)) == holder


def test_what_lies_in_the_output_folder_is_no_dossier() -> None:
    places = ["/in/out", "/in/out/reports", "/in/outer", "/in/o", "/in/out/a/b"]
    with closing(roster(*places)) as found_there:
        found_there.leave_out(Path("/in/out"))
        assert [each.where for each in found_there] == ["/in/o", "/in/outer"]
        assert len(found_there) == 2
        assert [found_there.has(each) for each in ("out", "out__a__b", "outer", "o")] == [False, False, True, True]
