"""Claims on dossiers: nobody does what another has in hand, and attempts outlive whoever made them."""

import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.journal import Done
from pipeline.results import open_results
from pipeline.signals import held_back
from pipeline.store import Store, open_store


@pytest.fixture
def stores(tmp_path: Path, database: str | None) -> Iterator[tuple[Store, Store]]:
    """Return the store as two batches see it, both of which live."""
    with (
        open_store(tmp_path, database=database, owner="one", is_alive=lambda owner: owner != "dead") as one,
        open_store(tmp_path, database=database, owner="two", is_alive=lambda owner: owner != "dead") as two,
    ):
        yield one, two


def taken(store: Store, *names: str) -> list[str]:
    return [name for name, claim in store.claims.take(names).items() if claim.is_ours]


def test_what_one_has_in_hand_the_other_does_not_get(stores: tuple[Store, Store]) -> None:
    one, two = stores
    assert taken(one, "a", "b") == ["a", "b"]
    assert taken(two, "a", "b", "c") == ["c"]
    one.claims.settle("a")
    assert taken(two, "a", "b") == ["a"]


def test_what_the_dead_had_in_hand_is_free_and_was_begun(tmp_path: Path, database: str | None) -> None:
    for alone, begun in ((False, 1), (False, 1), (True, 2)):
        with open_store(tmp_path, database=database, owner="dead") as dead:
            dead.claims.take(["a", "b"], alone=alone)
        with open_store(tmp_path, database=database, owner="heir") as heir:
            claims = heir.claims.take(["a"])
            assert (claims["a"].is_ours, claims["a"].attempts) == (True, begun)
            heir.claims.give_back("a", attempts=begun)


def test_what_is_given_back_in_order_was_not_begun(stores: tuple[Store, Store]) -> None:
    one, two = stores
    taken(one, "a", "b")
    one.claims.release()
    assert [claim.attempts for claim in two.claims.take(["a", "b"]).values()] == [0, 0]


def test_what_a_living_batch_has_in_hand_is_unfinished_and_not_abandoned(
    tmp_path: Path, stores: tuple[Store, Store], database: str | None
) -> None:
    one, two = stores
    taken(one, "a")
    with open_store(tmp_path, database=database, owner="dead") as dead:
        dead.claims.take(["b"])
    two.claims.take(["c"])
    two.claims.leave("c")
    assert two.claims.unfinished() == {"a", "b", "c"}
    assert two.claims.abandoned() == {"b", "c"}


def test_word_that_another_batch_hears_first_is_passed_over(tmp_path: Path) -> None:
    for _ in range(2):
        with open_results(tmp_path, dossiers=1) as left:
            left.leave_word("w")
    with open_results(tmp_path, dossiers=1) as results:
        words = results.words()
        heard, _ = next(words)
        other = next(path for path in (tmp_path / ".unfinished").iterdir() if path.name not in (heard, results.owner))
        results.heard(other.name)
        assert list(words) == []


def test_the_last_to_go_takes_no_folder_from_under_one_that_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever begins makes that folder and its own in it while it keeps others away."""
    monkeypatch.setattr("pipeline.results.CLOSE_SECONDS", 0.0)
    with open_results(tmp_path, dossiers=1) as results:
        beginning = results.alone()
        beginning.__enter__()
    assert (tmp_path / ".unfinished").is_dir()
    beginning.__exit__(None, None, None)
    with open_results(tmp_path, dossiers=1):
        pass
    assert not (tmp_path / ".unfinished").exists()


def test_an_interruption_is_not_kept_waiting_for_the_summary_of_another_batch(tmp_path: Path) -> None:
    done = Done(id="a", fingerprint="f", files={}, page=None)
    with open_results(tmp_path, dossiers=1) as results, open_results(tmp_path, dossiers=1) as other:
        with other.alone():
            threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
            began = time.monotonic()
            with pytest.raises(KeyboardInterrupt), held_back():
                results.note([done])
            assert 2 < time.monotonic() - began < 6
        results.note([done])
        assert results.journal.get("a") == done


def test_a_batch_lives_as_long_as_it_holds_its_lock(tmp_path: Path) -> None:
    with open_results(tmp_path, dossiers=1) as one, open_results(tmp_path, dossiers=1) as two:
        assert two.is_alive(one.owner)
        assert not two.is_alive("0" * 32)
    assert not one.is_alive(two.owner)
    assert not (tmp_path / ".unfinished").exists()


def test_what_the_living_are_about_to_write_is_not_swept(tmp_path: Path) -> None:
    with open_results(tmp_path, dossiers=1) as one:
        left = tmp_path / ".unfinished" / "dead"
        shutil.copytree(tmp_path / ".unfinished" / one.owner, left)
        with open_results(tmp_path, dossiers=1):
            assert not left.exists()
        one.write("reports/a.json", b"{}")
    assert (tmp_path / "reports" / "a.json").read_bytes() == b"{}"
