import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pipeline.events import Event
from pipeline.model import FailureCode
from pipeline.order import Tally
from pipeline.report.json import load_report
from pipeline.run import Parts
from pipeline.store import DATABASE, FOLDER_ID, open_store
from pipeline.verdict import Decision
from tests.commands import workers
from tests.pipeline.outputs import listed, written
from tests.pipeline.parts import (
    HANGS,
    KILLS,
    RAISES,
    SECRET,
    SLOW,
    WHITE,
    build,
    build_with_a_broken_judge,
    run,
    snapshot,
    write_dossier,
)


def test_every_dossier_gets_one_report_that_says_whose_it_is(folder: Path) -> None:
    before = snapshot(folder)
    tally = run(folder)
    out = folder.parent / "out"
    reports = {path.stem: load_report(path.read_text(encoding="utf-8")) for path in (out / "reports").iterdir()}
    assert [reports[name].dossier_id for name in sorted(reports)] == ["ash", "birch", "cedar", "yew"]
    assert (tally.found, tally.finished, tally.errors) == (4, 4, 0)
    assert list(listed(out)) == ["ash", "birch", "cedar", "yew"]
    assert listed(out)["ash"]["file"] == "reports/ash.json"
    assert snapshot(folder) == before, "inputs are never changed"


def test_the_number_of_workers_changes_nothing(folder: Path) -> None:
    run(folder, jobs=1, out=folder.parent / "one")
    run(folder, jobs=3, out=folder.parent / "three")
    assert written(folder.parent / "one") == written(folder.parent / "three")


def test_nothing_but_results_is_left_and_only_the_owner_may_read_them(folder: Path) -> None:
    run(folder, html=True)
    out = folder.parent / "out"
    assert {path.name for path in out.iterdir()} == {
        "reports",
        "index.html",
        "summary.csv",
        "state.jsonl",
        DATABASE,
    }
    assert {path.stat().st_mode & 0o777 for path in out.rglob("*") if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (out, out / "reports")} == {0o700}
    assert (out / "reports" / "ash.html").exists()
    assert "reports/ash.html" in (out / "index.html").read_text(encoding="utf-8")
    assert not workers(os.getpid())


@pytest.mark.parametrize(
    ("colour", "code", "settings"),
    [
        pytest.param(KILLS, FailureCode.CRASH, {}, id="kills every worker it meets"),
        pytest.param(HANGS, FailureCode.TIMEOUT, {"page_seconds": 2}, id="hangs"),
    ],
)
def test_poison_costs_its_file_alone_and_is_not_touched_again(
    folder: Path, colour: tuple[int, int, int], code: FailureCode, settings: dict[str, Any]
) -> None:
    write_dossier(folder / "dogwood", WHITE, colour, WHITE)
    tally = run(folder, settings=settings)
    report = load_report((folder.parent / "out" / "reports" / "dogwood.json").read_text(encoding="utf-8"))
    codes = {document.file: [failure.code for failure in document.failures or ()] for document in report.documents}
    assert codes == {"01.png": [], "02.png": [code], "03.png": []}
    assert report.decision is not Decision.APPROVED
    assert (tally.errors, tally.finished) == (0, 5)
    assert run(folder, settings=settings).unchanged == 5


def test_a_defect_in_judging_one_dossier_spares_the_rest_and_tells_no_secret(folder: Path) -> None:
    write_dossier(folder / "broken", WHITE)
    tally = run(folder, build_with_a_broken_judge)
    out = folder.parent / "out"
    assert tally.errors == 1
    assert not any(SECRET.encode() in content for content in written(out).values())
    assert "KeyError" in (out / "errors" / "broken.json").read_text(encoding="utf-8")


def test_a_file_that_brings_the_reader_down_costs_only_that_file(folder: Path) -> None:
    write_dossier(folder / "dogwood", WHITE, RAISES)
    assert run(folder).errors == 0
    report = load_report((folder.parent / "out" / "reports" / "dogwood.json").read_text(encoding="utf-8"))
    assert [bool(document.failures) for document in report.documents] == [False, True]


def test_a_killed_worker_costs_nothing(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("elm", "fir", "gum", "hop", "ivy"):
        write_dossier(folder / name, SLOW)
    killed: list[int] = []

    def is_over() -> bool:
        """Whether every dossier that lost its worker has its report: whoever loses two is to blame for it."""
        lost = [getattr(record, "fields", {}) for record in caplog.records if record.message == Event.WORKER_LOST]
        reports = folder.parent / "out" / "reports"
        return len(lost) == len(killed) and all(
            (reports / f"{event['dossier']}.json").exists() for event in lost if "dossier" in event
        )

    def kill_one(tally: Tally) -> None:
        victims = workers(os.getpid())
        if tally.finished >= 2 and len(killed) < 2 and victims and is_over():
            os.kill(victims[0], signal.SIGKILL)
            killed.append(victims[0])

    assert run(folder, watch=kill_one).errors == 0
    assert len(killed) == 2
    run(folder, out=folder.parent / "quiet")
    assert written(folder.parent / "out") == written(folder.parent / "quiet")


def test_a_second_run_does_nothing_again(folder: Path) -> None:
    out = folder.parent / "out"
    run(folder)
    before = snapshot(out / "reports")
    tally = run(folder)
    assert (tally.unchanged, tally.finished, tally.pages) == (4, 4, 0)
    assert snapshot(out / "reports") == before
    assert len(listed(out)) == 4


def edit_a_page(folder: Path) -> None:
    shutil.rmtree(folder / "birch")
    write_dossier(folder / "birch", (9, 9, 9))


def edit_a_form(folder: Path) -> None:
    form = folder / "birch" / "application.yaml"
    form.write_text(form.read_text(encoding="utf-8").replace("TESTRIVER", "OTHER"), encoding="utf-8")


def garble_a_report(folder: Path) -> None:
    (folder.parent / "out" / "reports" / "birch.json").write_bytes(b"{}")


def delete_a_report(folder: Path) -> None:
    (folder.parent / "out" / "reports" / "birch.json").unlink()


def tear_the_journal(folder: Path) -> None:
    journal = folder.parent / "out" / "state.jsonl"
    lines = [line for line in journal.read_bytes().splitlines() if b'"birch"' not in line]
    journal.write_bytes(b"\n".join(lines) + b'\n{"id":"birch","finge')


@pytest.mark.parametrize("change", [edit_a_page, edit_a_form, garble_a_report, delete_a_report, tear_the_journal])
def test_only_what_changed_is_done_again(folder: Path, change: Callable[[Path], None]) -> None:
    run(folder)
    change(folder)
    assert run(folder).unchanged == 3
    run(folder, out=folder.parent / "fresh")
    assert written(folder.parent / "out") == written(folder.parent / "fresh")


@pytest.mark.parametrize(
    ("make", "order"),
    [
        pytest.param(partial(build, "parts/2"), {}, id="another version or rulebook"),
        pytest.param(build, {"resume": False}, id="--no-resume"),
        pytest.param(build, {"html": True}, id="pages are wanted now"),
    ],
)
def test_all_is_done_again(folder: Path, make: Callable[[], Parts], order: dict[str, Any]) -> None:
    run(folder)
    assert run(folder, make, **order).unchanged == 0


def test_an_error_record_gives_way_to_a_report_and_a_report_to_an_error_record(folder: Path) -> None:
    out = folder.parent / "out"
    write_dossier(folder / "broken", WHITE)
    assert run(folder, build_with_a_broken_judge).errors == 1
    assert run(folder).errors == 0
    assert not list((out / "errors").iterdir())
    shutil.rmtree(folder / "broken")
    write_dossier(folder / "broken", WHITE, WHITE)
    assert run(folder, build_with_a_broken_judge).errors == 1
    assert not (out / "reports" / "broken.json").exists()


def test_a_database_on_a_server_changes_no_result_and_is_rebuilt_from_reports(
    folder: Path, database: str | None
) -> None:
    out = folder.parent / "out"
    run(folder, database=database)
    run(folder, out=folder.parent / "plain")
    assert {name: content for name, content in written(out).items() if name != FOLDER_ID} == written(
        folder.parent / "plain"
    )
    with open_store(out, database=database) as store:
        before = list(store.read())
        with store.connection.begin():
            store.connection.execute(text("UPDATE dossiers SET entry = '{}' WHERE dossier_id = 'ash'"))
            store.connection.execute(text("DELETE FROM dossiers WHERE dossier_id = 'yew'"))
    assert run(folder, database=database).unchanged == 4
    with open_store(out, database=database) as store:
        assert list(store.read()) == before


def test_what_a_killed_run_left_unfinished_is_swept_away(folder: Path) -> None:
    run(folder)
    scratch = folder.parent / "out" / ".unfinished"
    scratch.mkdir()
    (scratch / "1-1").write_bytes(b"{")
    run(folder)
    assert not scratch.exists()


def test_an_interruption_keeps_and_lists_what_is_finished(folder: Path) -> None:
    for name in ("zelkova", "zinnia"):
        write_dossier(folder / name, HANGS)

    def interrupt(tally: Tally) -> None:
        if tally.finished == 4:
            raise KeyboardInterrupt

    tally = run(folder, watch=interrupt)
    out = folder.parent / "out"
    assert tally.interrupted
    assert list(listed(out)) == ["ash", "birch", "cedar", "yew"]
    assert not workers(os.getpid())


def test_files_that_belong_to_no_dossier_are_named(folder: Path) -> None:
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    assert run(folder).strays == ("notes.txt",)


def test_past_ten_thousand_dossiers_new_reports_lie_in_subfolders_and_old_ones_stay(
    folder: Path, monkeypatch: pytest.MonkeyPatch, database: str | None
) -> None:
    out = folder.parent / "out"
    run(folder, database=database)
    before = snapshot(out / "reports")
    monkeypatch.setattr("pipeline.results.FLAT_UP_TO", 4)
    write_dossier(folder / "zelkova", SLOW, brand="ANOTHER")
    assert run(folder, database=database).unchanged == 4
    assert run(folder, database=database, thorough=True).unchanged == 5
    after = snapshot(out / "reports")
    assert {path: state for path, state in after.items() if path in before} == before
    places = {name: row["file"] for name, row in listed(out).items()}
    assert [len(Path(places[name]).parts) for name in sorted(places)] == [2, 2, 2, 2, 4]
    assert all((out / place).exists() for place in places.values())
    with open_store(out, database=database) as store:
        assert [each.dossier_id for each, _ in store.entries()] == sorted(places)


def test_a_report_that_is_written_anew_moves_to_where_new_ones_lie(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = folder.parent / "out"
    run(folder)
    monkeypatch.setattr("pipeline.results.FLAT_UP_TO", 3)
    assert run(folder, html=True).unchanged == 0
    places = [row["file"] for row in listed(out).values()]
    assert all(len(Path(place).parts) == 4 and (out / place).exists() for place in places)
    assert len(list((out / "reports").rglob("*.json"))) == 4, "reports in the old places are gone"
