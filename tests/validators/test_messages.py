"""Messages speak to people: no id of ours stands in them but in backticks, where it is what the form takes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import validators
from tests.validators import build
from tests.validators.pair import Pair
from tests.validators.pairs import pairs
from validators import judge
from validators.wording import FORM_NAMES, choices, form_name, in_both, kind_name, value_name

EXPECTED = sorted((Path(__file__).parents[2] / "samples" / "expected").glob("*.json"))
_ID = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b|\b(?:store|brands|applicant|account|settlement)(?:\[\d+\])?\.[a-z_]+")
_ASKED = re.compile(r'\bgiven\([^"]*"([a-z_.]+)"\)')
_QUOTED = re.compile(r"`[^`]*`")


def texts(findings: list[dict[str, Any]], remedies: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield what a report says, with the rule that says it."""
    for said in (*findings, *remedies):
        yield from ((said["rule"], said["message"][lang]) for lang in ("en", "zh"))
        yield from ((said["rule"], said[key]) for key in ("expected", "found") if said.get(key))


def ids_in(said: Iterator[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(rule, found) for rule, text in said for found in _ID.findall(_QUOTED.sub("", text))}


@pytest.mark.parametrize("pair", list(pairs()), ids=lambda pair: pair.name)
def test_no_message_about_a_pair_shows_an_id(pair: Pair) -> None:
    for dossier in (pair.broken, pair.clean):
        verdict = judge(dossier, build.rulebook(), watchlist=pair.watchlist)
        findings = [finding.model_dump(mode="json") for finding in verdict.findings]
        assert ids_in(texts(findings, [remedy.model_dump(mode="json") for remedy in verdict.remedies])) == set()


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_no_message_of_a_sample_shows_an_id(expected: Path) -> None:
    report = json.loads(expected.read_text(encoding="utf-8"))
    assert ids_in(texts(report["findings"], report["remedies"])) == set()


def test_an_id_would_be_seen() -> None:
    said = [("A", "a food_business licence"), ("B", "state store.category"), ("C", "state `store.category`, please")]
    assert ids_in(iter(said)) == {("A", "food_business"), ("B", "store.category")}


def test_a_field_of_the_form_is_called_by_its_name_and_its_key() -> None:
    assert form_name("brands[1].nice_classes").en == "Nice classes (`brands[1].nice_classes`)"
    assert form_name("brands[1].nice_classes").zh == "商标类别（`brands[1].nice_classes`）"
    assert all(name.en and name.zh for name in FORM_NAMES.values())


def test_every_field_of_the_form_that_a_rule_asks_for_has_a_name() -> None:
    rules = Path(validators.__file__).parent.rglob("*.py")
    asked = {name for path in rules for name in _ASKED.findall(path.read_text(encoding="utf-8"))}
    assert len(asked) > 10
    assert {f"brands{name}" if name.startswith(".") else name for name in asked} <= set(FORM_NAMES)


def test_values_and_kinds_are_called_by_their_names() -> None:
    assert (value_name("person_in_charge").zh, kind_name("food_business").zh) == ("负责人", "食品经营许可证（备案）")
    assert kind_name("msds").en != "msds"
    assert kind_name("new_kind").en == "new kind"
    assert in_both(value_name("exclusive"), value_name("sole")) == "独占 exclusive / 排他 sole"


def test_choices_are_told_by_name_with_what_the_form_takes() -> None:
    told = choices([kind for kind in build.rulebook().policy.store_types if kind.id == "official"])
    assert (told.en, told.zh) == ("official store (`official`)", "官方店（`official`）")
