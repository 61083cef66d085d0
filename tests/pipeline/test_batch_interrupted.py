"""An interrupted batch ends soon: what would take long is left to the next one."""

import time
from pathlib import Path

import pytest

from pipeline.locks import TooLong
from pipeline.order import Order, Tally
from pipeline.progress import notes
from pipeline.results import open_results
from pipeline.summary import is_up_to_date, write_summary
from tests.pipeline.outputs import listed
from tests.pipeline.parts import HANGS, WHITE, run, snapshot, write_dossier

SUMMARY = ("summary.csv", "index.html")


def interrupt_at(finished: int) -> "Watch":
    return Watch(finished)


class Watch:
    """Interrupts a batch once so many dossiers have come to something."""

    def __init__(self, finished: int) -> None:
        """Take the number."""
        self._finished = finished

    def __call__(self, tally: Tally) -> None:
        """Look at what has become of the batch."""
        if tally.finished == self._finished:
            raise KeyboardInterrupt


def summary(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in SUMMARY}


def said(tally: Tally, folder: Path) -> str:
    return "\n".join(notes(tally, Order(folder, folder.parent / "out", 1), seen=False))


@pytest.mark.parametrize("is_held", [False, True], ids=["it takes long", "another batch is at it"])
def test_a_summary_that_would_take_long_is_left_to_the_next_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch, is_held: bool
) -> None:
    out = folder.parent / "out"
    run(folder)
    before = summary(out)
    write_dossier(folder / "beech", WHITE, brand="ANOTHER")
    write_dossier(folder / "zelkova", HANGS)
    monkeypatch.setattr("pipeline.batch.SUMMARY_SECONDS", 0.3 if is_held else -1)
    with open_results(out, dossiers=1) as other:
        held = other.alone()

        def watch(tally: Tally) -> None:
            if tally.finished == 5:
                if is_held:
                    held.__enter__()
                raise KeyboardInterrupt

        tally = run(folder, watch=watch)
        if is_held:
            held.__exit__(None, None, None)
    assert (tally.interrupted, tally.summary_is_left) == (True, True)
    assert summary(out) == before
    assert "the next run writes them" in said(tally, folder)
    write_dossier(folder.parent / "others" / "alder", WHITE)
    tally = run(folder.parent / "others")
    assert not tally.summary_is_left
    assert "the next run writes them" not in said(tally, folder)
    assert list(listed(out)) == ["alder", "ash", "beech", "birch", "cedar", "yew"]


def test_a_summary_that_takes_no_time_is_written_by_an_interrupted_batch(folder: Path) -> None:
    write_dossier(folder / "zelkova", HANGS)
    tally = run(folder, watch=interrupt_at(4))
    assert (tally.interrupted, tally.summary_is_left) == (True, False)
    assert list(listed(folder.parent / "out")) == ["ash", "birch", "cedar", "yew"]


def test_one_that_is_left_is_written_by_a_run_that_has_nothing_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = folder.parent / "out"
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.batch.SUMMARY_SECONDS", -1)
        run(folder)
        before = summary(out)
        (out / "errors").mkdir()
        tally = run(folder, thorough=True, watch=interrupt_at(4))
        assert tally.summary_is_left
    assert summary(out) == before
    with open_results(out, dossiers=4) as results:
        assert not is_up_to_date(results, lang="en"), "though the journal may be as it was"
    assert run(folder).unchanged == 4
    with open_results(out, dossiers=4) as results:
        assert is_up_to_date(results, lang="en")


def test_nothing_is_torn_or_left_behind_where_time_runs_out_in_the_middle(folder: Path) -> None:
    run(folder)
    out = folder.parent / "out"
    before = snapshot(out)
    with open_results(out, dossiers=4) as results, pytest.raises(TooLong):
        write_summary(results, lang="en", until=time.monotonic() - 1)
    assert snapshot(out) == before
