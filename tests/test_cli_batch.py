import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.commands import AS_OF, SAMPLES, alive, dossier, family, running, wait_until, workers

pytestmark = pytest.mark.engine

NAMES = ("branch-licence", "class-35-only", "licence-expired", "mark-differs", "no-licence", "starriver")
DATABASE = "results.sqlite"
ENDS = ("", "-wal", "-shm")
LEFT = ["index.html", "reports", DATABASE, "state.jsonl", "summary.csv"]
"""What a finished batch leaves behind."""
ON_RECORD = {"STO707", "STO708", "DOC106"}
"""Rules that look decisions on record up."""
UNCACHED = {"DOSSIER_CACHE": "false"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        shutil.copytree(SAMPLES / name, tmp_path / "in" / name)
    return tmp_path / "in"


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what a batch over the same dossiers says that nobody disturbs."""
    root = tmp_path_factory.mktemp("undisturbed")
    for name in NAMES:
        shutil.copytree(SAMPLES / name, root / "in" / name)
    done = dossier("batch", root / "in", "-o", root / "out", AS_OF)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["found"] == len(NAMES)
    return reports(root / "out")


def reports(out: Path) -> dict[str, str]:
    """Return the reports of an output folder, timings taken out."""
    found = {}
    for path in sorted((out / "reports").iterdir()):
        report = json.loads(path.read_text(encoding="utf-8"))
        del report["provenance"]["seconds"]
        found[path.stem] = json.dumps(report)
    return found


def finished(out: Path) -> int:
    return len(list((out / "reports").glob("*.json"))) if (out / "reports").exists() else 0


def noted(out: Path) -> int:
    """Count the journal's lines: each comes after its report, and is what a later run goes by."""
    journal = out / "state.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def test_a_batch_says_the_same_as_one_dossier_by_itself(undisturbed: dict[str, str]) -> None:
    alone, among_others = (
        json.loads(text)
        for text in (dossier("verify", SAMPLES / "mark-differs", AS_OF).stdout, undisturbed["mark-differs"])
    )
    del alone["provenance"]["seconds"]
    for report in (alone, among_others):
        # A dossier by itself has no decisions of others beside it.
        report["findings"] = [each for each in report["findings"] if each["rule"] not in ON_RECORD]
        del report["summary"]
    assert alone == among_others


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_batch_ends_cleanly_and_goes_on_later(
    folder: Path, undisturbed: dict[str, str], number: signal.Signals, whole: bool
) -> None:
    if number is signal.SIGTERM and not whole:
        pytest.skip("with --faults")
    out = folder.parent / "out"
    with running("batch", folder, "-o", out, AS_OF, **UNCACHED) as process:
        wait_until(lambda: noted(out) >= 1)
        children = family(process.pid)
        started = time.monotonic()
        os.killpg(process.pid, number)
        stdout, stderr = process.communicate(timeout=10)
    assert process.returncode == 130
    assert time.monotonic() - started < 10
    assert not alive(children)
    assert "Interrupted" in stderr
    assert "Traceback" not in stderr
    counts = json.loads(stdout)
    assert counts["interrupted"] is True
    assert finished(out) == len((out / "summary.csv").read_text(encoding="utf-8").splitlines()) - 1 < len(NAMES)
    again = json.loads(dossier("batch", folder, "-o", out, AS_OF).stdout)
    assert again["unchanged"] == finished(out) - (len(NAMES) - again["unchanged"])
    assert again["unchanged"] >= 1
    assert reports(out) == undisturbed


def test_a_killed_batch_leaves_no_orphans_and_goes_on_later(folder: Path, undisturbed: dict[str, str]) -> None:
    out = folder.parent / "out"
    with running("batch", folder, "-o", out, AS_OF, **UNCACHED) as process:
        wait_until(lambda: noted(out) >= 1)
        children = family(process.pid)
        process.kill()
        process.wait()
        wait_until(lambda: not alive(children), seconds=2)
    for path in (out / "reports").iterdir():
        json.loads(path.read_text(encoding="utf-8"))
    done = dossier("batch", folder, "-o", out, AS_OF)
    assert done.returncode == 0
    assert json.loads(done.stdout)["unchanged"] >= 1
    assert reports(out) == undisturbed
    assert sorted(path.name for path in out.iterdir()) == LEFT


def test_a_killed_worker_costs_nothing(folder: Path, undisturbed: dict[str, str]) -> None:
    out = folder.parent / "out"
    with running("batch", folder, "-o", out, AS_OF, **UNCACHED) as process:
        wait_until(lambda: finished(out) >= 1)
        os.kill(workers(process.pid)[0], signal.SIGKILL)
        process.communicate(timeout=120)
    assert process.returncode == 0
    assert reports(out) == undisturbed


def test_exit_code_1_says_that_a_dossier_could_not_be_processed(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / NAMES[0], tmp_path / "in" / NAMES[0])
    done = dossier("batch", tmp_path / "in", "-o", tmp_path / "out", AS_OF, DOSSIER_DOSSIER_SECONDS="0.001")
    assert done.returncode == 1
    assert json.loads(done.stdout)["errors"] == 1
    assert "could not be processed" in done.stderr


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="prlimit is not installed")
def test_a_full_disk_stops_the_batch_with_one_message_and_nothing_torn(
    folder: Path, undisturbed: dict[str, str]
) -> None:
    out = folder.parent / "out"
    done = dossier("batch", folder, "-o", out, AS_OF, prefix=("prlimit", "--fsize=9000"))
    assert done.returncode == 2
    assert "cannot write to" in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path.name for path in out.rglob("*")} <= {"reports", "state.jsonl", *(f"{DATABASE}{end}" for end in ENDS)}
    assert dossier("batch", folder, "-o", out, AS_OF).returncode == 0
    assert reports(out) == undisturbed


@pytest.mark.parametrize(
    ("options", "code"),
    [
        pytest.param(["--engine", "x"], 3, id="no such engine"),
        pytest.param(["--rulebook", __file__], 4, id="no rulebook"),
        pytest.param(["-o", "/proc/nowhere"], 2, id="output folder cannot be made"),
    ],
)
def test_what_stops_every_dossier_stops_the_batch(folder: Path, options: list[str], code: int) -> None:
    done = dossier("batch", folder, "-o", folder.parent / "out", AS_OF, *options)
    assert done.returncode == code
    assert done.stderr.count("\n") <= 6
    assert not finished(folder.parent / "out")
