"""What comes of dossiers is written in one order, whichever ended first."""

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from pipeline.jobs import Job
from pipeline.ledger import Ledger
from pipeline.model import FailureCode
from pipeline.order import Order, Tally
from pipeline.results import open_results
from pipeline.retrying import Lost
from pipeline.roster import Roster
from pipeline.settings import Settings
from pipeline.store import Store, open_store
from pipeline.worker import Trouble
from pipeline.writing import Settled


def test_rows_are_written_and_dossiers_freed_in_the_order_of_their_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every batch does: on a server each would otherwise wait for what the other holds."""
    lost = Lost(Trouble(code=FailureCode.UNREADABLE, reason="it is gone"), 1, ())
    told: list[str] = []
    remove = Store.remove

    def heard(store: Store, *dossier_ids: str) -> None:
        told.extend(dossier_ids)
        remove(store, *dossier_ids)

    monkeypatch.setattr(Store, "remove", heard)
    order = Order(tmp_path / "in", tmp_path / "out", 1)
    with (
        closing(Roster([(f"{tmp_path}/in/{name}", None) for name in "abc"], tmp_path / "in")) as found,
        open_results(order.out, dossiers=3) as results,
        open_store(order.out) as store,
        closing(Ledger(order, Settings(), results, store, Tally(found=3), found)) as ledger,
    ):
        group = [Settled(Job(each), lost, free=partial(told.append, f"free {each.id}")) for each in found]
        ledger.settle([group[1], group[2], group[0]], "")
    assert told == ["a", "b", "c", "free a", "free b", "free c"]
