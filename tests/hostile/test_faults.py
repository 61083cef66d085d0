"""A disk that is full or read-only, what is said and what is left: nothing torn, nothing lost, nothing told."""

import json
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.hostile.small import (
    CANARY_NAME,
    CANARY_NUMBER,
    SmallBatch,
    complaints,
    in_a_small_disk,
    is_like,
    left_behind,
    on_a_read_only_disk,
    prepare,
)
from tests.pipeline.parts import snapshot


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


@needs_mounts
def test_a_full_disk_is_said_once_and_with_room_the_batch_goes_on(batch: SmallBatch, quiet: Path) -> None:
    out = batch.home / "full"
    out.mkdir()
    before = snapshot(batch.home / "in")
    done = batch.run(out, prefix=in_a_small_disk(batch, out))
    assert "2 then 0" in done.stdout, done.stdout + done.stderr
    complaint = done.stderr.splitlines()
    assert len(complaint) == 1
    assert "cannot write to" in complaint[0]
    assert list(complaints(batch, batch.home / "full.full", before)) == []
    assert [*complaints(batch, batch.home / "full.kept", before), *left_behind(batch)] == []
    assert is_like(batch.home / "full.kept", quiet)


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
