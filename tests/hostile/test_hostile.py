"""Whatever a stranger hands in: the code that it must get, in time by the clock on the wall, and the parent as it was."""

import gc
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.crew import resident_bytes
from tests.hostile.attack import Attack
from tests.hostile.drive import all_attacks, opened_by_the_parent, planted, run, settings_for

SECONDS = 5.0
MOST_GROWTH = 50_000_000
# Beside these, CI tries one in five of those that are quick to plant and to read.
ALWAYS = ("pdf tiles of step 0.001", "PNG 2000 × 3", "zip: overlap", "folder with 15,000 names that look alike")
LARGE = ("MB", "megapixels", "10,000 frames")


def part_of(attacks: Sequence[Attack], *, whole: bool) -> Sequence[Attack]:
    """Return the attacks to try now."""
    if whole:
        return attacks
    quick = [attack for attack in attacks if not attack.is_slow and not any(word in attack.name for word in LARGE)]
    chosen = {attack.name for attack in quick[::5]} | set(ALWAYS)
    return [attack for attack in attacks if attack.name in chosen]


def test_there_are_more_than_three_hundred_and_each_has_a_name_of_its_own() -> None:
    attacks = all_attacks()
    assert len(attacks) >= 300
    assert [name for name, times in Counter(attack.name for attack in attacks).items() if times > 1] == []
    assert set(ALWAYS) <= {attack.name for attack in attacks}


def test_every_hostile_dossier_gets_its_report_with_the_code_that_it_must_get(tmp_path: Path, whole: bool) -> None:
    attacks = part_of(all_attacks(), whole=whole)
    placed = planted(attacks, tmp_path)
    gc.collect()
    before = resident_bytes()
    outcomes = list(run(placed, settings_for()))
    gc.collect()
    assert resident_bytes() - before < MOST_GROWTH, "the parent that takes the answers has grown"
    wrong = [
        f"{outcome.attack.name}: {sorted(outcome.codes)} {outcome.complaint}"
        for outcome in outcomes
        if not outcome.is_expected
    ]
    assert wrong == []
    assert sorted(outcome.attack.name for outcome in outcomes) == sorted(attack.name for attack in attacks)
    if whole:  # CI's machines are too busy to be held to seconds.
        late = {outcome.attack.name: outcome.seconds for outcome in outcomes if outcome.seconds > SECONDS}
        assert set(late) <= {attack.name for attack in attacks if attack.is_slow}, late


def test_a_parent_that_opens_them_all_is_no_larger_afterwards_and_never_waits(tmp_path: Path, whole: bool) -> None:
    attacks = part_of(all_attacks(), whole=whole)
    paths = [path for _, path in planted(attacks, tmp_path).values()]
    settings = settings_for()
    list(opened_by_the_parent(paths[:10], settings))
    gc.collect()
    before = resident_bytes()
    slowest = max(opened_by_the_parent(paths, settings), key=lambda opened: opened[1])
    gc.collect()
    assert resident_bytes() - before < MOST_GROWTH
    assert slowest[1] < 2 * SECONDS, slowest
