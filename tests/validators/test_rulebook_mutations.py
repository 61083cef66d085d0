"""A rulebook in which anything is wrong is refused by name, or is one: no mutation of the real one is a crash."""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import ConfigurationError
from tests.validators import build
from validators.rulebook import ALIEXPRESS, Rulebook, load_rulebook

REAL = yaml.safe_load(ALIEXPRESS.read_text(encoding="utf-8"))
ODD: list[Any] = [
    None, True, 0, -1, 10**30, 0.5, float("nan"), float("inf"), "", "x", "2026-01-01", "=1+1", "\u202e", "官方店" * 500,
    date(1, 1, 1), date(9999, 12, 31), [], {}, [None], [[]], {"x": 1}, {1: 2}, ["x", "x"], [1, "x", None],
]  # fmt: skip
Path_ = tuple[Any, ...]


def places(node: Any, place: Path_ = ()) -> list[Path_]:
    """Return the path of everything in the rulebook, itself included."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place, *(each for key, child in children for each in places(child, (*place, key)))]


PLACES = places(REAL)
MUTATIONS = st.lists(
    st.tuples(
        st.sampled_from(["replace", "remove", "double", "rename", "take from elsewhere"]),
        st.sampled_from(PLACES[1:]),
        st.sampled_from(range(len(ODD))),
        st.sampled_from(PLACES[1:]),
    ),
    min_size=1,
    max_size=3,
)


def at(node: Any, place: Path_) -> Any:
    for key in place:
        node = node[key]
    return node


def mutate(content: Any, how: str, place: Path_, odd: Any, elsewhere: Path_) -> None:
    """Change one thing in place; raises LookupError or TypeError where an earlier change took its place away."""
    holder, key = at(content, place[:-1]), place[-1]
    at(content, place)
    if how == "replace":
        holder[key] = odd
    elif how == "remove":
        del holder[key]
    elif how == "take from elsewhere":
        holder[key] = copy.deepcopy(at(content, elsewhere))
    elif isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif how == "rename":
        holder[f"{key}_"] = holder.pop(key)
    else:
        holder[f"{key}2"] = copy.deepcopy(holder[key])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MUTATIONS)
def test_a_mutated_rulebook_is_refused_by_name_or_is_one(tmp_path: Path, mutations: list[Any]) -> None:
    content = copy.deepcopy(REAL)
    for how, place, odd, elsewhere in mutations:
        try:
            mutate(content, how, place, copy.deepcopy(ODD[odd]), elsewhere)
        except (LookupError, TypeError):
            continue
    path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    loaded, said = None, ""
    try:
        loaded = load_rulebook(path, as_of=build.AS_OF)
    except ConfigurationError as error:
        said = str(error)
    assert "rules.yaml" in said or isinstance(loaded, Rulebook)


def test_the_mutations_get_past_the_outermost_level() -> None:
    assert len(PLACES) > 1_000
    assert max(map(len, PLACES)) >= 5


@pytest.mark.parametrize("how", ["replace", "remove", "double", "rename", "take from elsewhere"])
def test_each_kind_of_mutation_changes_something(how: str) -> None:
    content = copy.deepcopy(REAL)
    mutate(content, how, ("policy", 0, "source"), "x", ("categories",))
    assert content != REAL
