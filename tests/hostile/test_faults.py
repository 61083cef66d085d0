"""A batch that is killed, or that the system refuses what it needs: nothing torn, nothing lost, nothing left behind."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from tests.commands import alive, wait_until, workers
from tests.hostile.small import (
    CANARY_NAME,
    CANARY_NUMBER,
    SmallBatch,
    broken_at,
    complaints,
    in_a_small_disk,
    is_like,
    left_behind,
    on_a_read_only_disk,
    prepare,
    steps,
)
from tests.pipeline.parts import snapshot

SILENT: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@cache
def works(*command: str) -> bool:
    """Whether a tool is installed and allowed on this machine."""
    return (
        shutil.which(command[0]) is not None
        and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    )


needs_strace = pytest.mark.skipif(not works("strace", "-o", os.devnull), reason="strace is not installed or allowed")
needs_mounts = pytest.mark.skipif(not works("unshare", "--mount"), reason="no disk may be mounted here")


@pytest.fixture
def batch(tmp_path: Path) -> SmallBatch:
    return prepare(tmp_path)


@pytest.fixture
def quiet(batch: SmallBatch) -> Path:
    """What the batch writes if nobody disturbs it."""
    assert batch.run(batch.home / "quiet").returncode == 0
    return batch.home / "quiet"


def is_over(processes: list[int]) -> bool:
    return not alive(processes)


@needs_strace
def test_a_call_that_fails_costs_no_result_and_the_next_run_goes_on(
    batch: SmallBatch, quiet: Path, whole: bool
) -> None:
    before = snapshot(batch.home / "in")
    found = list(steps(batch))
    assert {"openat", "write", "rename", "fsync"} <= {call for call, _ in found}
    tried = [(*step, error) for step in found for error in ("ENOSPC", "EIO")] if whole else []
    # In CI: a report's own file, its journal, its name, and what is removed at the end.
    first = {call: [step for step in found if step[0] == call][-1:] for call in ("write", "rename", "unlink")}
    tried = tried or [(*step, "ENOSPC") for chosen in first.values() for step in chosen]
    for call, number, error in tried:
        out = batch.home / f"{call}-{number}-{error}"
        done = broken_at(batch, out, call, number, error)
        where = f"{call} {number} {error}: {done.returncode} {done.stderr}"
        assert done.returncode in (0, 2), where
        assert "Traceback" not in done.stderr, where
        assert len(done.stderr.splitlines()) <= 1, where
        assert [*complaints(batch, out, before), *left_behind(batch)] == [], where
        again = batch.run(out)
        assert again.returncode == 0, f"{where} then {again.stderr}"
        assert is_like(out, quiet), where
        shutil.rmtree(out)


def test_a_parent_that_is_killed_leaves_nobody_behind_and_the_next_run_goes_on(
    batch: SmallBatch, quiet: Path, whole: bool
) -> None:
    dice, before = random.Random(1), snapshot(batch.home / "in")
    for turn in range(30 if whole else 1):
        out = batch.home / f"killed-{turn}"
        process = subprocess.Popen(batch.command(out), env=batch.environment, **SILENT)
        time.sleep(dice.uniform(1.0, 6.0))
        begun = workers(process.pid)
        process.kill()
        process.wait()
        wait_until(partial(is_over, begun), seconds=5)
        assert list(complaints(batch, out, before)) == []
        assert batch.run(out).returncode == 0
        assert list(left_behind(batch)) == []
        assert is_like(out, quiet)


def test_workers_that_are_killed_again_and_again_cost_no_dossier(tmp_path: Path, whole: bool) -> None:
    names = [f"d{number:03}" for number in range(60 if whole else 6)]
    batch, killed = prepare(tmp_path, names), 0
    out = tmp_path / "out"
    process = subprocess.Popen(batch.command(out), env=batch.environment, **SILENT)
    seen = 0
    while process.poll() is None:
        done = len(list((out / "reports").glob("*.json"))) if (out / "reports").exists() else 0
        if done > seen and (victims := workers(process.pid)):
            os.kill(victims[0], signal.SIGKILL)
            killed, seen = killed + 1, done
        time.sleep(0.05)
    assert process.returncode == 0
    assert killed >= 2
    assert sorted(path.stem for path in (out / "reports").iterdir()) == names
    assert list(left_behind(batch)) == []


@needs_mounts
def test_a_full_disk_is_said_once_and_with_room_the_batch_goes_on(batch: SmallBatch, quiet: Path) -> None:
    out = batch.home / "full"
    out.mkdir()
    done = batch.run(out, prefix=in_a_small_disk(batch, out))
    assert "2 then 0" in done.stdout, done.stdout + done.stderr
    complaint = done.stderr.splitlines()
    assert len(complaint) == 1
    assert "cannot write to" in complaint[0]
    assert is_like(batch.home / "full.kept", quiet)
    assert list(left_behind(batch)) == []


@needs_mounts
def test_an_output_folder_that_is_read_only_is_seen_before_any_work(batch: SmallBatch) -> None:
    out = batch.home / "read-only"
    out.mkdir()
    done = batch.run(out, prefix=on_a_read_only_disk(out))
    assert (done.returncode, done.stdout) == (2, "")
    assert "Read-only file system; give another folder with --output" in done.stderr


def test_no_name_and_no_number_of_a_document_is_in_logs_and_no_number_in_outputs(batch: SmallBatch) -> None:
    out = batch.home / "out"
    done = batch.run(out)
    assert done.returncode == 0
    said = done.stdout + done.stderr
    assert CANARY_NAME not in said
    assert CANARY_NUMBER not in said
    for path in out.rglob("*"):
        assert path.is_dir() or CANARY_NUMBER.encode() not in path.read_bytes(), path
    reports = [json.loads(path.read_bytes()) for path in (out / "reports").iterdir()]
    assert len(reports) == 2


def test_temporary_folders_of_the_killed_are_swept_away_and_those_of_the_living_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.scratch import PREFIX, scratch_folder

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / f"{PREFIX}left"
    left.mkdir(mode=0o700)
    (left / "page").write_bytes(b"x")
    stranger = tmp_path / f"{PREFIX}stranger"
    stranger.symlink_to("/")
    with scratch_folder() as first, scratch_folder() as second:
        assert not left.exists()
        assert first.is_dir()
        assert second.is_dir()
    assert [path.name for path in tmp_path.iterdir()] == [stranger.name]
