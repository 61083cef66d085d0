"""Messages speak to people: no id of ours stands in them but in backticks, where it is what the form takes."""

import ast
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


def in_english_alone(code: str) -> list[str]:
    """Return the words that stand in `expected` or `found` as they are, and not in both languages."""
    said: list[str] = []
    for call in ast.walk(ast.parse(code)):
        for keyword in call.keywords if isinstance(call, ast.Call) else ():
            if keyword.arg in ("expected", "found"):
                said += _words_of(keyword.value)
    return said


def _words_of(text: ast.expr) -> Iterator[str]:
    parts = text.values if isinstance(text, ast.JoinedStr | ast.BoolOp) else [text]
    if isinstance(text, ast.IfExp):
        parts = [text.body, text.orelse]
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and re.search("[a-z]{2}", part.value):
            yield part.value
        elif part is not text:
            yield from _words_of(part)


def test_words_of_what_is_expected_and_found_are_in_both_languages() -> None:
    rules = Path(validators.__file__).parent.rglob("*.py")
    assert {path.name: said for path in rules if (said := in_english_alone(path.read_text(encoding="utf-8")))} == {}


@pytest.mark.parametrize(
    "code", ['f(found=name or "none")', 'f(expected=f"{day} or later")', 'f(found="a" if b else "no")']
)
def test_words_in_english_alone_would_be_seen(code: str) -> None:
    assert len(in_english_alone(code)) == 1


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
    assert in_both(value_name("exclusive"), value_name("sole")) == "独占 · exclusive / 排他 · sole"


def test_choices_are_told_by_name_with_what_the_form_takes() -> None:
    told = choices([kind for kind in build.rulebook().policy.store_types if kind.id == "official"])
    assert (told.en, told.zh) == ("official store (`official`)", "官方店（`official`）")
