"""What costs its readers, or its batch, each time is given up."""

import json
import shutil
from pathlib import Path

from pipeline.given_up import note
from pipeline.model import FailureCode
from pipeline.store import open_store
from tests.pipeline.outputs import listed
from tests.pipeline.parts import WHITE, build_with_a_broken_judge, run, write_dossier


def test_what_costs_its_readers_is_given_up_until_it_changes_or_is_asked_for(folder: Path) -> None:
    limits = {"dossier_seconds": 2}
    write_dossier(folder / "hanging")
    assert run(folder, build_with_a_broken_judge, settings=limits).errors == 1
    error = folder.parent / "out" / "errors" / "hanging.json"
    record = json.loads(error.read_bytes())
    assert (record["code"], record["earlier"], record["attempts"]) == ("quarantined", ["timeout", "timeout"], 2)
    before = error.read_bytes()
    tally = run(folder, settings=limits)
    assert (tally.errors, tally.unchanged) == (1, 4), "it is not tried again, though it would do no harm now"
    assert error.read_bytes() == before
    tally = run(folder, settings=limits, retry_quarantined=True)
    assert (tally.errors, tally.unchanged) == (0, 4)
    assert not error.exists()


def test_what_was_given_up_is_tried_again_once_it_has_changed(folder: Path) -> None:
    write_dossier(folder / "hanging")
    assert run(folder, build_with_a_broken_judge, settings={"dossier_seconds": 2}).errors == 1
    shutil.rmtree(folder / "hanging")
    write_dossier(folder / "hanging", WHITE)
    assert run(folder, build_with_a_broken_judge).errors == 0


def test_what_kills_its_batch_twice_is_given_up(folder: Path, database: str | None) -> None:
    """As if a batch had died with all of them in hand, and another with one of them alone."""
    run(folder, database=database)
    out = folder.parent / "out"
    for names, alone in ((["ash", "birch", "cedar", "yew"], False), (["birch"], True)):
        with open_store(out, database=database, owner="dead") as store:
            store.claims.take(names, alone=alone)
    tally = run(folder, database=database, thorough=True)
    assert (tally.errors, tally.unchanged) == (1, 2), "cedar has a page of birch's, and is judged without it"
    record = json.loads((out / "errors" / "birch.json").read_bytes())
    assert (record["code"], record["earlier"]) == ("quarantined", ["crash", "crash"])
    assert not (out / "reports" / "birch.json").exists()
    assert list(listed(out)) == ["ash", "birch", "cedar", "yew"]
    assert run(folder, database=database, retry_quarantined=True).errors == 0


def test_what_was_given_up_and_has_changed_is_given_up_again_once_it_kills_its_batch(tmp_path: Path) -> None:
    """As if two batches had died with it in hand since then."""
    out = tmp_path / "out"
    run(write_dossier(tmp_path / "in" / "ash", WHITE).parent)
    with open_store(out, owner="dead") as store:
        store.claims.settle("ash", quarantined=note([FailureCode.TIMEOUT] * 2, "of before", "it hung"))
        for _ in range(2):
            store.claims.take(["ash"], alone=True)
    assert run(tmp_path / "in", thorough=True).errors == 1
    record = json.loads((out / "errors" / "ash.json").read_bytes())
    assert (record["code"], record["earlier"]) == ("quarantined", ["crash", "crash"])
    assert run(tmp_path / "in").errors == 1, "and it is known in which state"


def test_what_was_given_up_is_tried_again_where_the_note_on_it_is_damaged(folder: Path) -> None:
    write_dossier(folder / "hanging")
    limits = {"dossier_seconds": 2}
    assert run(folder, build_with_a_broken_judge, settings=limits).errors == 1
    assert run(folder, settings=limits).errors == 1
    with open_store(folder.parent / "out") as store:
        store.claims.settle("hanging", quarantined='{"codes":["timeouu","timeout"],"mark":"ab","reason":"x"}')
    assert run(folder, settings=limits).errors == 0
