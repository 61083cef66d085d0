"""Dossiers of one batch that have something in common: none is approved that what is on record is against."""

import json
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Message
from pipeline.results import Results
from pipeline.run import Parts
from pipeline.supervisor import Supervisor
from pipeline.verdict import Decision, Dossier, Finding, Severity, Status, Verdict
from tests.pipeline.parts import AS_OF, WHITE, build, run, write_distinct, write_dossier

Contents = Mapping[str, bytes | Iterable[bytes]]


def first_come(dossier: Dossier) -> Verdict:
    """Approve who comes first, of those that are about one mark."""
    verdict = build().judge(dossier)
    is_held = bool(dossier.records and dossier.records.approved)
    against = Finding(
        rule="STO707",
        status=Status.FAIL if is_held else Status.PASS,
        severity=Severity.BLOCKER,
        subject="dossier",
        message=Message(en="held", zh="已占用"),
    )
    decision = Decision.REJECTED if is_held else Decision.APPROVED
    return verdict.model_copy(update={"decision": decision, "findings": (against,)})


def build_first_come() -> Parts:
    """Put parts together of which the judge asks only what is on record."""
    return replace(build(), judge=first_come)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Return the name and the decision of each report, as it is written."""
    seen: list[tuple[str, str]] = []
    real = Results.write_all

    def write_all(results: Results, contents: Contents) -> None:
        for place, content in contents.items():
            if place.startswith("reports/") and isinstance(content, bytes):
                seen.append((Path(place).stem, json.loads(content)["decision"]))
        real(results, contents)

    monkeypatch.setattr(Results, "write_all", write_all)
    return seen


def test_no_report_is_written_that_approves_what_is_on_record_against_it(
    tmp_path: Path, written: list[tuple[str, str]]
) -> None:
    for name in ("ash", "birch", "cedar"):
        write_dossier(tmp_path / "in" / name, WHITE)
    tally = run(tmp_path / "in", build_first_come, jobs=1)
    assert written[0] == ("ash", "approved")
    assert {decision for _, decision in written[1:]} == {"rejected"}
    assert tally.decisions == {Decision.APPROVED: 1, Decision.REJECTED: 2}


def test_one_that_is_done_again_at_once_is_done_by_a_later_run(tmp_path: Path, written: list[tuple[str, str]]) -> None:
    for name in ("ash", "birch"):
        write_dossier(tmp_path / "in" / name, WHITE)
    run(tmp_path / "in", build_first_come, jobs=1)
    written.clear()
    assert run(tmp_path / "in", build_first_come, jobs=1).unchanged == 2
    assert run(tmp_path / "in", build_first_come, jobs=1, thorough=True).unchanged == 2
    assert not written


def test_a_report_of_an_earlier_run_does_not_stand_without_resume(
    tmp_path: Path, written: list[tuple[str, str]]
) -> None:
    for name in ("ash", "birch"):
        write_dossier(tmp_path / "in" / name, WHITE)
    run(tmp_path / "in", build_first_come, jobs=1)
    written.clear()
    run(tmp_path / "in", build_first_come, jobs=1, resume=False)
    assert written == [("ash", "approved"), ("birch", "rejected")]


def build_next_day() -> Parts:
    """Put the same parts together a day later."""
    return replace(build_first_come(), as_of=AS_OF + timedelta(days=1), fingerprint="parts/2")


def test_on_another_day_nothing_is_beside_itself_and_each_is_judged_as_often_as_on_the_first(
    tmp_path: Path, written: list[tuple[str, str]]
) -> None:
    write_distinct(tmp_path / "in", 3, WHITE)
    run(tmp_path / "in", build_first_come, jobs=1)
    written.clear()
    run(tmp_path / "in", build_next_day, jobs=1)
    assert written == [("d" * number, "approved") for number in range(1, 4)]


def test_those_that_end_at_the_same_moment_are_seen_by_each_other(
    tmp_path: Path, written: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if all workers of a machine had ended at once."""
    real = Supervisor.groups

    def together(self: Supervisor[Any, Any], jobs: Any) -> Generator[list[Any]]:
        with closing(real(self, jobs)) as groups:
            first = [done for _, group in zip(range(3), groups, strict=False) for done in group]
            yield first
            yield from groups

    monkeypatch.setattr(Supervisor, "groups", together)
    for name in ("ash", "birch", "cedar"):
        write_dossier(tmp_path / "in" / name, WHITE)
    run(tmp_path / "in", build_first_come, jobs=3)
    assert [name for name, decision in written if decision == "approved"] == ["ash"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_has_nothing_in_common_is_judged_once(tmp_path: Path, written: list[tuple[str, str]], jobs: int) -> None:
    write_distinct(tmp_path / "in", 4, WHITE)
    run(tmp_path / "in", build_first_come, jobs=jobs)
    assert sorted(written) == [("d" * number, "approved") for number in range(1, 5)]


def test_several_workers_come_to_the_same_end(tmp_path: Path) -> None:
    names = [f"d{number}" for number in range(8)]
    for name in names:
        write_dossier(tmp_path / "in" / name, WHITE)
    tally = run(tmp_path / "in", partial(build_first_come), jobs=3)
    assert tally.decisions == {Decision.APPROVED: 1, Decision.REJECTED: 7}
    report = json.loads((tmp_path / "out" / "reports" / "d0.json").read_bytes())
    assert report["decision"] == "approved"
