"""A dossier that is approved undisturbed is not approved while one of its files cannot be read, and is again after.

Nothing else about it is wrong, so that every test here fails if a fault is passed over.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.crew import resident_bytes
from pipeline.model import FailureCode
from pipeline.order import Tally
from pipeline.report.json import load_report
from pipeline.report.record import Report
from tests.hostile.approved import (
    ALL,
    Mood,
    build_credulous,
    build_moody,
    files_of,
    place_of,
    settings_of,
)
from tests.hostile.attack import Attack
from tests.hostile.drive import Outcome, run
from tests.hostile.mutants import as_it_is
from tests.pipeline.outputs import without_seconds
from tests.pipeline.parts import run as run_batch

pytestmark = pytest.mark.engine

LICENCE = "营业执照"
NAME = "starriver"
LIMITS = {"page_seconds": 8.0, "worker_max_bytes": 1_200_000_000}
SUFFERS = {
    Mood.KILLED: FailureCode.CRASH,
    Mood.ABORTS: FailureCode.CRASH,
    Mood.HANGS: FailureCode.TIMEOUT,
    Mood.EATS: FailureCode.MEMORY,
    Mood.GARBLES: FailureCode.PROTOCOL,
    Mood.FLOODS: FailureCode.PROTOCOL,
    Mood.FILLS: FailureCode.PROTOCOL,
}
IN_CI = (Mood.KILLED, Mood.HANGS, Mood.EATS, Mood.FLOODS)
MOST_GROWTH = 50_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch folder with a dossier that is approved."""
    made = tmp_path_factory.mktemp("closed") / "in"
    shutil.copytree(place_of(NAME), made / NAME)
    return made


@pytest.fixture(scope="module")
def quiet(folder: Path, recorded: Path) -> Path:
    """Its output folder if nothing befalls it."""
    out = folder.parent / "quiet"
    judge(folder, recorded, Mood.NONE, out=out)
    assert report_in(out).decision == "approved"
    return out


def judge(folder: Path, recorded: Path, mood: Mood, *, out: Path, **order: Any) -> Tally:
    """Run a batch in which something befalls whoever reads the licence."""
    flags = folder.parent / f"flags-{out.name}"
    make = partial(build_moody, recorded / NAME, mood, LICENCE, flags)
    # Workers may write where an engine is told to record.
    patience = {} if mood is Mood.HANGS else {"page_seconds": 60.0}
    limits = settings_of(recorded, **{**LIMITS, **patience}, record_folder=flags).model_dump()
    return run_batch(folder, make, out=out, settings=limits, **order)


def report_in(out: Path) -> Report:
    return load_report((out / "reports" / f"{NAME}.json").read_text(encoding="utf-8"))


def codes_of(report: Report) -> set[FailureCode]:
    return {failure.code for document in report.documents for failure in document.failures or ()}


@pytest.mark.parametrize("mood", SUFFERS, ids=lambda mood: mood.value)
def test_what_befalls_a_reader_leaves_nothing_approved(
    folder: Path, recorded: Path, quiet: Path, mood: Mood, whole: bool
) -> None:
    if mood not in IN_CI and not whole:
        pytest.skip("with --faults")
    out = folder.parent / mood.name
    before = resident_bytes()
    judge(folder, recorded, mood, out=out)
    assert resident_bytes() - before < MOST_GROWTH, "the parent has grown"
    disturbed = report_in(out)
    assert disturbed.decision == "needs_review"
    assert codes_of(disturbed) == {SUFFERS[mood]}
    assert len(disturbed.documents) == len(report_in(quiet).documents), "its other file is reported"
    judge(folder, recorded, Mood.NONE, out=out)
    assert report_in(out).decision == "needs_review", "what its readers died of is not tried again unasked"
    judge(folder, recorded, Mood.NONE, out=out, resume=False)
    assert without_seconds(out / "reports" / f"{NAME}.json") == without_seconds(quiet / "reports" / f"{NAME}.json")


def test_a_reader_that_dies_once_changes_nothing(folder: Path, recorded: Path, quiet: Path) -> None:
    out = folder.parent / "once"
    judge(folder, recorded, Mood.KILLED_ONCE, out=out)
    assert (folder.parent / "flags-once" / "killed").exists()
    assert without_seconds(out / "reports" / f"{NAME}.json") == without_seconds(quiet / "reports" / f"{NAME}.json")


def test_a_report_that_was_approved_is_none_any_more_once_a_file_cannot_be_read(
    folder: Path, recorded: Path, quiet: Path
) -> None:
    """The other way round: approved first, then damaged, then as it was."""
    own = folder.parent / "changing"
    shutil.copytree(folder, own / "in")
    out, licence = own / "out", own / "in" / NAME / "01.jpg"
    judge(own / "in", recorded, Mood.NONE, out=out)
    assert report_in(out).decision == "approved"
    content = licence.read_bytes()
    for damaged in (content[: len(content) // 2], b"", content[:2] + bytes(len(content) - 2)):
        licence.write_bytes(damaged)
        judge(own / "in", recorded, Mood.NONE, out=out)
        assert report_in(out).decision == "needs_review"
        assert codes_of(report_in(out)) <= {FailureCode.CORRUPT, FailureCode.UNREADABLE, FailureCode.UNSUPPORTED_TYPE}
    licence.write_bytes(content)
    judge(own / "in", recorded, Mood.NONE, out=out)
    assert without_seconds(out / "reports" / f"{NAME}.json") == without_seconds(quiet / "reports" / f"{NAME}.json")


def _link(path: Path) -> None:
    path.rename(path.parent.parent / f"elsewhere-{path.name}")
    path.symlink_to(path.parent.parent / f"elsewhere-{path.name}")


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _cut(percent: int) -> Callable[[Path], None]:
    def cut(path: Path) -> None:
        os.truncate(path, path.stat().st_size * percent // 100)

    return cut


def _poison(path: Path) -> None:
    """Put a PDF in its place at which readers hang: the pattern of tiles a thousandth wide."""
    from tests.hostile.pdfs import attacks

    attack = next(each for each in attacks() if each.name == "pdf tiles of step 0.001")
    attack.plant(path.parent.parent / f"poison-{path.parent.name}")
    (path.parent.parent / f"poison-{path.parent.name}" / "hostile.bin").rename(path)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut to a twentieth": _cut(5),
    "cut in half": _cut(50),
    "zeros after its first bytes": lambda path: path.write_bytes(path.read_bytes()[:16] + bytes(path.stat().st_size)),
    "garbage": lambda path: path.write_bytes(bytes(byte ^ 0x5A for byte in path.read_bytes())),
    "gone": Path.unlink,
    "a link": _link,
    "a pipe": _pipe,
    "poison": _poison,
}


def damaged(name: str, file: Path, damage: str) -> Attack:
    """Return a sample of which one file is damaged."""

    def plant(path: Path) -> None:
        source = place_of(name)
        if source.is_file():
            shutil.copy(source, path)
            DAMAGES[damage](path)
            return
        shutil.copytree(source, path)
        DAMAGES[damage](path / file.relative_to(source))

    return Attack(f"{name}/{file.name}: {damage}", plant, suffix=".zip" if file.suffix == ".zip" else "")


def trials(name: str, *, whole: bool) -> Iterator[Attack]:
    """Yield a sample as it is, and with each file damaged in each way; a dossier that is no file is none."""
    yield as_it_is(name)
    for at, file in enumerate(files_of(name)):
        for damage in DAMAGES:
            is_slow = damage == "poison" and at > 0
            is_possible = file.suffix != ".zip" or damage not in ("gone", "a link", "a pipe", "poison", "empty")
            if is_possible and (whole or not is_slow):
                yield damaged(name, file, damage)


@pytest.mark.parametrize("name", ALL)
def test_whatever_is_wrong_with_one_file_it_is_not_approved(
    tmp_path: Path, recorded: Path, name: str, whole: bool
) -> None:
    """By an engine that reads on what is left of a page all that was there."""
    if name != NAME and not whole:
        pytest.skip("with --faults")
    settings = settings_of(recorded / name, **LIMITS)
    placed = {}
    for number, attack in enumerate(trials(name, whole=whole)):
        # Each below a folder of its own, or what it leaves beside itself would be another dossier.
        path = tmp_path / f"{number:02}" / f"t{number:02}{attack.suffix}"
        path.parent.mkdir()
        attack.plant(path)
        placed[f"t{number:02}"] = (attack, path)
    outcomes = {
        outcome.attack.name: outcome for outcome in run(placed, settings, partial(build_credulous, recorded / name))
    }
    assert len(outcomes) == len(placed)
    assert outcomes.pop(name).complaint == "it was approved", "it is approved if nothing is wrong"
    assert [each for each, outcome in outcomes.items() if "approved" in outcome.complaint] == []
    assert [each for each, outcome in outcomes.items() if not is_told(outcome)] == []


def is_told(outcome: Outcome) -> bool:
    """Whether the report names what is wrong with a file, where there is one."""
    return bool(outcome.codes) or outcome.attack.name.endswith(": gone") or ".zip" in outcome.attack.name
