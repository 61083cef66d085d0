"""Mutants of the samples: each gets one report or is refused with a code, and none is approved but what reads the same."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.report.json import to_json
from pipeline.report.record import Report
from tests.hostile.approved import ALL, build_lenient, settings_of
from tests.hostile.drive import planted, reports_of
from tests.hostile.mutants import as_it_is, mutants
from tests.hostile.small import IN_LOOPS

pytestmark = pytest.mark.engine

EACH, EACH_IN_CI = 42, 1
LIMITS = {"page_seconds": 8.0, "worker_max_bytes": 2_500_000_000}


def documents(report: Report) -> Any:
    """Return what a report says of its documents; the hash of a file differs with any byte of it."""
    said = report.model_dump(mode="json")["documents"]
    for document in said:
        document["sha256"] = ""
    return said


def asked(report: Report) -> Any:
    """Return which rules were asked of what."""
    return [(finding.rule, finding.subject) for finding in report.findings]


def is_borne_out(mutant: str, report: Report, sound: Report) -> bool:
    """Whether a report approves nothing but what the sample's own does; a form may claim less than before."""
    are_same = documents(report) == documents(sound) and asked(report) == asked(sound)
    statuses = [[finding.status for finding in each.findings] for each in (report, sound)]
    return are_same and ("application." in mutant or statuses[0] == statuses[1])


@pytest.mark.parametrize("name", ALL)
def test_mutants_of_a_sample(tmp_path: Path, recorded: Path, name: str, whole: bool) -> None:
    if name not in IN_LOOPS and not whole:
        pytest.skip("with --faults")
    placed = planted([as_it_is(name), *mutants(name, EACH if whole else EACH_IN_CI)], tmp_path)
    make = partial(build_lenient, recorded / name)
    outcomes = dict(reports_of(placed, settings_of(recorded / name, **LIMITS), make))
    assert sorted(outcomes) == sorted(placed), "one for each"
    sound = outcomes.pop("h000")
    assert isinstance(sound, Report)
    assert sound.decision == "approved"
    for identifier, came_of_it in outcomes.items():
        mutant = placed[identifier][0].name
        if isinstance(came_of_it, Report):
            assert "defect of this program" not in to_json(came_of_it), mutant
            if came_of_it.decision == "approved":
                assert is_borne_out(mutant, came_of_it, sound), mutant
