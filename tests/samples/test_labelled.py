"""Labelled sets drawn by lot: the same every time, and as they say."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image

from extractors import DOCUMENT_TYPES
from samples.generate import fonts
from samples.generate.conditions import Condition
from samples.generate.files import picture_of
from samples.generate.kinds import KINDS, DrawnKind
from samples.generate.labelled import draw_one, labelled, turn, write_set
from samples.generate.nuisances import Nuisance
from samples.generate.truth import document_type, entities_of
from samples.generate.wear import CONDITIONS, worn

pytestmark = pytest.mark.skipif(
    bool(fonts.missing()), reason=f"the pages cannot be drawn without Debian's {fonts.PACKAGES}"
)
UNDRAWN: frozenset[str] = frozenset()
"""Types that no page can be drawn of yet."""
NUISANCES = {nuisance.__name__: nuisance for chances in CONDITIONS.values() for nuisance, _ in chances}
PAGE = picture_of(KINDS[0].random_facts(Random(3)), 1150)

each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@each_kind
def test_facts_follow_from_chance_alone_and_are_of_their_kind(kind: DrawnKind) -> None:
    first, again, other = (kind.random_facts(Random(seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert document_type(first) == kind.name.split("/")[0]
    assert entities_of(first)


def test_every_type_that_can_be_drawn_comes_by_lot() -> None:
    assert {kind.name.split("/")[0] for kind in KINDS} == {
        kind.name for kind in DOCUMENT_TYPES if kind.name not in UNDRAWN
    }


@each_kind
def test_a_hundred_lots_can_be_drawn(kind: DrawnKind) -> None:
    values = [entities_of(kind.random_facts(Random(seed))) for seed in range(100)]
    assert len({json.dumps(value, ensure_ascii=False, sort_keys=True) for value in values}) == 100


@pytest.mark.parametrize("condition", Condition)
def test_the_same_number_and_seed_give_the_same_document(condition: Condition) -> None:
    first, again = (draw_one(4, KINDS[1], condition, seed=9) for _ in range(2))
    assert first == again
    assert first.content != draw_one(4, KINDS[1], condition, seed=10).content


def test_a_longer_set_begins_with_the_same_documents() -> None:
    short, long = ([document.entry for document in labelled(count, seed=2)] for count in (2, 3))
    assert long[:2] == short


def test_every_kind_comes_in_every_condition() -> None:
    conditions = tuple(Condition)
    turns = sum(kind.weight for kind in KINDS) * len(conditions)
    seen = Counter(
        (kind.name, condition) for kind, condition in (turn(each, KINDS, conditions) for each in range(turns))
    )
    assert seen == {(kind.name, condition): kind.weight for kind in KINDS for condition in conditions}


def test_a_set_on_disk_is_whole(tmp_path: Path) -> None:
    assert write_set(labelled(3, seed=5), tmp_path) == 3
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert [entry["quality"] for entry in truth] == [condition.value for condition in Condition]
    assert all((tmp_path / entry["file"]).stat().st_size > 10_000 for entry in truth)


@pytest.mark.parametrize("nuisance", NUISANCES.values(), ids=NUISANCES)
def test_a_nuisance_follows_from_chance_alone_and_spoils_the_page(nuisance: Nuisance) -> None:
    before = np.asarray(PAGE).copy()
    first, again = (nuisance(PAGE, Random(6)) for _ in range(2))
    assert first.mode == "RGB"
    assert np.array_equal(np.asarray(first), np.asarray(again))
    assert np.array_equal(before, np.asarray(PAGE)), "the page that was given has changed"
    assert first.size != PAGE.size or not np.array_equal(np.asarray(first), before)


def test_a_clean_page_stays_as_it_is() -> None:
    page, befallen = worn(Condition.CLEAN, PAGE, Random(1))
    assert page is PAGE
    assert befallen == ()


def test_what_befell_a_page_is_named() -> None:
    page, befallen = worn(Condition.PHOTOGRAPHED, PAGE.resize((300, 212)), Random(1))
    assert isinstance(page, Image.Image)
    assert befallen
    assert set(befallen) <= set(NUISANCES)
