"""Claims on dossiers: nobody does what another has in hand, and attempts outlive whoever made them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.results import open_results
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
