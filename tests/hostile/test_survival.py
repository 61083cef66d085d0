"""Kills, ends and damaged databases: after each, a further run makes of it what an undisturbed one does."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.hostile.damages import DAMAGES, damaged, held_for_a_moment, locked
from tests.hostile.rows import Survivor
from tests.hostile.small import prepare
from tests.hostile.survival import END_SECONDS, interruptions, kills_of_batches, undisturbed
from tests.hostile.worker_kills import kills_of_workers

pytestmark = pytest.mark.engine

IN_CI = ("truncated", "flipped")
DOSSIERS = 20


@pytest.fixture(scope="module")
def survivor(tmp_path_factory: pytest.TempPathFactory, recorded: Path) -> Survivor:
    names = [f"d{number:03}" for number in range(DOSSIERS)]
    made = undisturbed(
        prepare(tmp_path_factory.mktemp("survival") / "home", names, recorded=recorded), random.Random(1)
    )
    with_pages = replace(made.batch, html=True)
    assert with_pages.run(with_pages.home / "quiet-html").returncode == 0
    return made


def test_two_dossiers_of_the_batch_are_approved(survivor: Survivor) -> None:
    table = (survivor.batch.quiet / "summary.csv").read_text(encoding="utf-8")
    assert table.count("approved") == 2
    assert len(survivor.names) == DOSSIERS + 2


def test_a_batch_that_is_killed_goes_on_and_leaves_nobody_behind(survivor: Survivor, whole: bool) -> None:
    wanted = 20 if whole else 2
    row = kills_of_batches(survivor, wanted)
    assert row.losses == []
    assert row.runs == wanted, "each of them while it was alive"


def test_workers_that_are_killed_with_a_dossier_in_hand_change_nothing(survivor: Survivor, whole: bool) -> None:
    wanted = 20 if whole else 2
    row = kills_of_workers(survivor, wanted)
    assert row.losses == []
    assert row.runs >= wanted


def test_a_batch_that_is_told_to_end_does_so_in_time(survivor: Survivor, whole: bool) -> None:
    row = interruptions(survivor, 6 if whole else 1)
    assert row.losses == []
    assert float(str(row.notes["slowest end in seconds"])) < END_SECONDS


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_database_is_filled_from_the_reports(survivor: Survivor, damage: str, whole: bool) -> None:
    if damage not in IN_CI and not whole:
        pytest.skip("with --faults")
    assert list(damaged(survivor.batch, damage)) == []


def test_a_database_that_somebody_holds_is_waited_for(survivor: Survivor, whole: bool) -> None:
    if whole:
        assert list(locked(survivor.batch)) == []
        return
    out = survivor.batch.home / "database-held"
    shutil.copytree(survivor.batch.quiet, out)
    assert list(held_for_a_moment(survivor.batch, out)) == []
