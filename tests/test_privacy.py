"""What commands say and write about people: numbers only where they are asked for, and never in the log."""

import json
import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.commands import AS_OF, DOSSIER, dossier, workers
from tests.hostile.small import CANARY_NAME, CANARY_NUMBER, SmallBatch, prepare

CANARIES = (CANARY_NAME, CANARY_NUMBER)
LOG = ("--log-format", "json", "--log-level", "debug")


@pytest.fixture
def batch(tmp_path: Path) -> SmallBatch:
    """Two dossiers, a file of one of which is called by a name and a number."""
    batch = prepare(tmp_path)
    ash = batch.home / "in" / "ash"
    (ash / "01.png").rename(ash / f"{CANARY_NAME}{CANARY_NUMBER}.png")
    (ash / f"{CANARY_NAME}{CANARY_NUMBER}.pdf").write_bytes(b"%PDF-1.4 broken")
    return batch


def events(stderr: str) -> list[dict[str, object]]:
    """Return the log, each line of which must be one event without any canary."""
    assert not any(canary in stderr for canary in CANARIES), stderr
    lines = [json.loads(line) for line in stderr.splitlines()]
    assert all({"time", "level", "event"} <= line.keys() for line in lines)
    return lines


def run(batch: SmallBatch, *arguments: object) -> "subprocess.CompletedProcess[str]":
    return dossier(*LOG, *arguments, AS_OF, **batch.environment)


def test_a_batch_logs_what_became_of_each_dossier_by_id_and_code(batch: SmallBatch) -> None:
    out = batch.home / "out"
    done = run(batch, "batch", batch.home / "in", "-o", out, "--jobs", "1")
    assert done.returncode == 0
    log = events(done.stderr)
    assert [line["event"] for line in log if line["event"] != "message"] == [
        "started", "finished", "finished", "stopped",
    ]  # fmt: skip
    decided = {line["dossier"]: line["code"] for line in log if line["event"] == "finished"}
    assert decided == {"ash": "needs_review", "birch": "rejected"}
    again = events(run(batch, "batch", batch.home / "in", "-o", out).stderr)
    assert sum(line["event"] == "unchanged" for line in again) == 2


def test_no_column_of_the_database_but_the_entry_holds_a_name_or_a_number(batch: SmallBatch) -> None:
    out = batch.home / "out"
    assert run(batch, "batch", batch.home / "in", "-o", out, "--reveal").returncode == 0
    with sqlite3.connect(out / "results.sqlite") as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        database.row_factory = sqlite3.Row
        rows = [dict(row) for name in tables for row in database.execute(f"SELECT * FROM {name}")]
    database.close()
    assert len(rows) >= 2
    assert not any(CANARY_NUMBER in str(row) for row in rows)
    for row in rows:
        row.pop("entry", None)
        assert CANARY_NAME not in str(row)


@pytest.mark.parametrize("reveal", [False, True])
def test_numbers_are_whole_only_where_that_is_asked_for(batch: SmallBatch, reveal: bool) -> None:
    page, report = batch.home / "page.html", batch.home / "report.json"
    option = ["--reveal"] if reveal else []
    done = run(batch, "verify", batch.home / "in" / "birch", "-o", report, "--html", page, *option)
    assert done.returncode == 10
    assert "finished" in {line["event"] for line in events(done.stderr)}
    for path in (page, report):
        assert (CANARY_NUMBER in path.read_text(encoding="utf-8")) is reveal


def test_revealing_makes_masked_reports_anew(batch: SmallBatch) -> None:
    out = batch.home / "out"
    assert run(batch, "batch", batch.home / "in", "-o", out).returncode == 0
    done = run(batch, "batch", batch.home / "in", "-o", out, "--reveal")
    assert json.loads(done.stdout)["unchanged"] == 0
    assert CANARY_NUMBER in (out / "reports" / "birch.json").read_text(encoding="utf-8")


def test_inspecting_logs_no_name_of_a_file(batch: SmallBatch) -> None:
    ash = batch.home / "in" / "ash"
    done = run(batch, "inspect", *sorted(path for path in ash.iterdir() if path.suffix != ".yaml"))
    assert done.returncode == 0
    assert [line["event"] for line in events(done.stderr) if line["event"] != "message"] == [
        "started", "finished", "stopped",
    ]  # fmt: skip


def test_a_command_that_cannot_go_on_logs_its_exit_code_alone(batch: SmallBatch) -> None:
    done = run(batch, "verify", batch.home / "in" / "birch", "--engine", CANARY_NAME)
    assert done.returncode == 3
    assert events(done.stderr)[-1]["exit_code"] == 3


def test_a_killed_worker_is_told_by_code_alone(tmp_path: Path) -> None:
    batch = prepare(tmp_path, [f"d{number:02}" for number in range(8)])
    command = [str(DOSSIER), *LOG, *batch.command(tmp_path / "out")[1:]]
    with subprocess.Popen(
        command, env=batch.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        end = time.monotonic() + 60
        while not list((tmp_path / "out").glob("reports/*.json")) and time.monotonic() < end:
            time.sleep(0.01)
        for pid in workers(process.pid):
            os.kill(pid, signal.SIGKILL)
        _, stderr = process.communicate(timeout=120)
    assert process.returncode == 0
    assert [line["code"] for line in events(stderr) if line["event"] == "worker_lost"] == ["crash"]


def test_whatever_is_written_is_open_to_its_owner_alone_whatever_the_umask(batch: SmallBatch) -> None:
    out, kept = batch.home / "new" / "out", batch.home / "kept" / "deep"
    environment = {**batch.environment, "DOSSIER_CACHE": "true", "DOSSIER_CACHE_FOLDER": str(kept / "ocr")}
    shell = ("sh", "-c", 'umask 0 && exec "$@"', "-")
    done = dossier("batch", batch.home / "in", "-o", out, "--html", AS_OF, prefix=shell, **environment)
    assert done.returncode == 0, done.stderr
    written = [path for top in (out.parent, kept.parent) for path in (top, *top.rglob("*"))]
    assert {path.suffix for path in written} >= {".json", ".html", ".csv", ".sqlite", ".gz"}
    assert {oct(path.stat().st_mode & 0o777) for path in written if path.is_file()} == {"0o600"}
    assert {oct(path.stat().st_mode & 0o777) for path in written if path.is_dir()} == {"0o700"}
