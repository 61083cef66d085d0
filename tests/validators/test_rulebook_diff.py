"""`dossier rulebook diff`: what one rulebook has otherwise than another."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import ConfigurationError
from validators.rulebook_diff import Change, compare
from validators.rulebook_file import BUILTIN, read_layers

HEAD = 'id: mine\nversion: "1"\nextends: aliexpress\npolicy:\n  - source: a contract\n'


def changes(folder: Path, block: str, as_of: date | None = None) -> list[Change]:
    path = folder / "mine.yaml"
    path.write_text(HEAD + block, encoding="utf-8")
    return list(compare(read_layers(BUILTIN["aliexpress"]), read_layers(path), as_of=as_of))


def test_a_rulebook_is_like_itself() -> None:
    layers = read_layers(BUILTIN["tmall"])
    assert compare(layers, layers) == ()


def test_a_difference_has_the_days_on_which_it_holds(tmp_path: Path) -> None:
    block = "    effective_from: 2020-03-01\n    effective_to: 2023-05-31\n    min_age: 21\n"
    (change,) = changes(tmp_path, block)
    assert change == Change(
        field="policy.min_age", old=18, new=21, starts=date(2020, 3, 1), ends=date(2023, 5, 31)
    )  # one difference, though other numbers change in between (2022)


def test_a_difference_that_lasts_has_no_end(tmp_path: Path) -> None:
    (change,) = changes(tmp_path, "    effective_from: 2020-03-01\n    min_age: 21\n")
    assert (change.starts, change.ends, change.entry()["to"]) == (date(2020, 3, 1), None, None)


@pytest.mark.parametrize(("day", "told"), [("2020-02-29", 0), ("2020-03-01", 1)])
def test_on_a_day_only_what_holds_then_is_told(tmp_path: Path, day: str, told: int) -> None:
    block = "    effective_from: 2020-03-01\n    min_age: 21\n"
    assert len(changes(tmp_path, block, date.fromisoformat(day))) == told


def test_members_of_lists_are_told_by_their_ids() -> None:
    found = compare(read_layers(BUILTIN["aliexpress"]), read_layers(BUILTIN["tmall"]), as_of=date(2026, 11, 24))
    by_field = {change.field: change for change in found}
    assert (
        by_field["policy.store_types.exclusive.max_links"].old,
        by_field["policy.store_types.exclusive.max_links"].new,
    ) == (2, 1)
    assert by_field["policy.store_types.other.id"].new is None
    assert by_field["categories.apparel.deposit"].old == 10_000
    assert not [field for field in by_field if "subcategories" in field or "sources" in field]


def test_a_day_on_which_one_does_not_hold_is_an_error() -> None:
    layers = read_layers(BUILTIN["aliexpress"])
    with pytest.raises(ConfigurationError, match="nothing holds on 2010-01-01"):
        compare(layers, layers, as_of=date(2010, 1, 1))
