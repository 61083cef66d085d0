"""Every sample's report is as it was last agreed on: `pytest tests/test_golden.py --update-samples` rewrites them.

The real engine reads the real pages. What depends on the processor (bf16 or f32) may differ a little: how sure the
engine is, where it parts lines, a space or a full-width bracket. Values, findings, messages and decisions may not.
"""

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rapidfuzz import fuzz

from pipeline.ingest import find_dossiers, open_dossier
from pipeline.report.json import to_json, to_report
from pipeline.run import Parts, run
from pipeline.settings import Settings
from validators.assembly import BuildOptions, build

SAMPLES = Path(__file__).parent.parent / "samples"
FOUND = {found.id: found for found in find_dossiers(SAMPLES / "dossiers")}
INTENT = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
AS_OF = date(2026, 11, 24)

TOLERANCE = {"box": 0.05, "confidence": 0.3, "type_confidence": 0.3}
"""How far numbers may differ from one processor to another."""
AS_READ = {"raw", "text"}
"""What is reported as the engine read it, space and punctuation included."""
ALIKE = 75
"""Likeness of two readings, of 100, space and punctuation aside."""
NOT_COMPARED = {"type_reason"}
"""Counts labels, of which an engine may read one more."""
ELSEWHERE = {"seconds", "engine", "sha256"}
"""What says on which machine, or by which edition of a file, a report was made; `models` pins the networks."""

pytestmark = pytest.mark.engine


@cache
def parts() -> Parts:
    return build(BuildOptions(settings=Settings(), as_of=AS_OF))


@cache
def report_of(name: str) -> str:
    found = FOUND[name]
    outcome = run(open_dossier(found.path, parts().settings), parts())
    return to_json(to_report(outcome))


def bare(text: str) -> str:
    """Return the text without space and punctuation."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def differences(expected: Any, actual: Any, place: str = "") -> Iterator[str]:
    """Yield where two reports differ by more than a processor can explain."""
    key = place.rsplit(".", 1)[-1].split("[")[0]
    if isinstance(expected, dict) and isinstance(actual, dict):
        for name in sorted(expected.keys() | actual.keys()):
            if name in NOT_COMPARED or (name in ELSEWHERE and place.startswith(".provenance")):
                continue
            yield from differences(expected.get(name), actual.get(name), f"{place}.{name}")
    elif key == "evidence" and expected and actual:
        # The line that proves the most comes first; what else was touched depends on where lines were parted.
        yield from differences(expected[0], actual[0], f"{place}[0]")
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for number, (one, other) in enumerate(zip(expected, actual, strict=True)):
            yield from differences(one, other, f"{place}[{number}]")
    elif key in TOLERANCE and isinstance(expected, float | int) and isinstance(actual, float | int):
        if abs(expected - actual) > TOLERANCE[key]:
            yield f"{place}: {expected} → {actual}"
    elif key in AS_READ and expected and actual:
        if fuzz.partial_ratio(bare(expected), bare(actual)) < ALIKE:
            yield f"{place}: {expected!r} → {actual!r}"
    elif expected != actual:
        yield f"{place}: {expected!r} → {actual!r}"


@pytest.mark.parametrize("name", sorted(FOUND))
def test_report_is_the_golden_one(name: str, pytestconfig: pytest.Config) -> None:
    golden = SAMPLES / "expected" / f"{name}.json"
    actual = report_of(name)
    if pytestconfig.getoption("--update-samples"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(actual, encoding="utf-8")
        pytest.fail(f"{golden.name} was rewritten; read the diff, then run again without the flag")
    assert list(differences(json.loads(golden.read_text(encoding="utf-8")), json.loads(actual))) == []


@pytest.mark.parametrize("name", sorted(FOUND))
def test_decision_is_what_the_sample_was_drawn_for(name: str) -> None:
    report = json.loads(report_of(name))
    failed = {
        finding["rule"]
        for finding in report["findings"]
        if finding["status"] == "fail" and finding["severity"] in {"blocker", "major"}
    }
    assert report["decision"] == INTENT[name]["decision"]
    assert failed == set(INTENT[name]["fail"])


def test_every_golden_report_belongs_to_a_sample() -> None:
    assert {file.stem for file in (SAMPLES / "expected").glob("*.json")} == set(FOUND)


def test_half_of_the_samples_are_clean() -> None:
    approved = [name for name in FOUND if INTENT[name]["decision"] == "approved"]
    assert len(FOUND) >= 16
    assert 0.4 <= len(approved) / len(FOUND) <= 0.6


def test_a_changed_word_is_a_difference_and_a_nudged_box_is_none() -> None:
    report = {"documents": [{"type": "other", "box": [0.1, 0.2]}]}
    assert list(differences(report, {"documents": [{"type": "other", "box": [0.11, 0.2]}]})) == []
    assert list(differences(report, {"documents": [{"type": "licence", "box": [0.1, 0.2]}]}))
    assert list(differences(report, {"documents": []}))
