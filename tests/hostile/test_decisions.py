"""What reviewers decided outlives whatever befalls the desk's process, its database and the batch's."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.review import database as desk_database
from pipeline.review.events import Event
from pipeline.review.journal import JOURNAL
from tests.hostile.damages import DAMAGES
from tests.hostile.deciding import open_desk
from tests.hostile.small import SmallBatch, prepare
from tests.pipeline.review.conftest import NAMES, put_reports

IN_CI = ("deleted", "garbled")


def acknowledged_until_killed(out: Path, seconds: float) -> set[str]:
    """Return the events that a desk acknowledged before it was killed at its work."""
    command = [sys.executable, "-m", "tests.hostile.deciding", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        first = process.stdout.readline().strip()
        time.sleep(seconds)
        assert process.poll() is None, "it is at its work"
        process.kill()
        return {first, *(line.strip() for line in process.stdout if line.endswith("\n"))}


def seals(out: Path) -> set[str]:
    lines = (out / JOURNAL).read_text(encoding="utf-8").splitlines()
    return {Event.model_validate_json(line).seal for line in lines}


def states(out: Path) -> dict[str, str]:
    """Return in which state the desk has each dossier, once it was opened again."""
    desk = open_desk(out)
    found = {path.stem: desk.see(path.stem).case.state for path in sorted((out / "reports").glob("*.json"))}
    desk.engine.dispose()
    return found


def test_a_desk_that_is_killed_has_lost_nothing_that_it_acknowledged(tmp_path: Path, whole: bool) -> None:
    put_reports(tmp_path, *NAMES)
    dice, acknowledged = random.Random(1), set[str]()
    for turn in range(20 if whole else 2):
        acknowledged |= acknowledged_until_killed(tmp_path, dice.uniform(0.0, 0.8))
        states(tmp_path)
        assert acknowledged <= seals(tmp_path), f"kill {turn}"
    assert len(acknowledged) > len(NAMES)


@pytest.mark.parametrize("damage", [damage for damage in DAMAGES if damage != "flipped"])
def test_decisions_outlive_both_databases_and_the_next_batch(tmp_path: Path, damage: str, whole: bool) -> None:
    if damage not in IN_CI and not whole:
        pytest.skip("with --faults")
    batch: SmallBatch = prepare(tmp_path)
    out = tmp_path / "out"
    assert batch.run(out).returncode == 0
    acknowledged = acknowledged_until_killed(out, 0.3)
    assert len(acknowledged) > 2
    before = states(out)
    assert set(before.values()) == {"decided"}
    DAMAGES[damage](out / desk_database.DATABASE)
    DAMAGES[damage](out / "results.sqlite")
    assert batch.run(out).returncode == (2 if damage == "newer" else 0)
    assert acknowledged <= seals(out)
    assert states(out) == before
