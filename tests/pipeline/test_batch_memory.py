"""What a batch asks the disk for instead of holding it: the journal, the rows of the summary, what is on record."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline.glances import Glances
from pipeline.journal import Done, Journal
from pipeline.model import FailureCode
from pipeline.on_record import put_right
from pipeline.outputs import STATE
from pipeline.records import OnRecord
from pipeline.report.json import load_report, to_json, to_report
from pipeline.report.record import SecondsRecord
from pipeline.report.row import Row
from pipeline.results import open_results
from pipeline.roster import Roster
from pipeline.store import open_store
from pipeline.store.database import reading
from pipeline.verdict import Decision
from tests.pipeline.outputs import listed
from tests.pipeline.parts import WHITE, run, write_dossier
from tests.pipeline.report import build

SECONDS = SecondsRecord.model_validate({"ingest": 1, "read": 2, "extract": 3, "validate": 4})


def done(name: str, fingerprint: str = "1") -> Done:
    row = Row(dossier_id=name, decision=Decision.APPROVED, seconds=SECONDS, file=f"reports/{name}.json")
    return Done(id=name, fingerprint=fingerprint, files={f"reports/{name}.json": "0" * 64}, row=row)


def test_a_line_of_the_journal_is_read_as_it_was_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.refresh()
    assert journal.get("a") is None
    (tmp_path / "journal").write_bytes(done("a").line() + done("b").line() + done("a", "2").line())
    journal.refresh()
    assert (journal.get("a"), journal.get("b")) == (done("a", "2"), done("b"))
    assert not journal.is_clean, "a has two lines"
    journal.close()


def test_a_torn_line_costs_its_own_dossier_alone(tmp_path: Path) -> None:
    with open_results(tmp_path, dossiers=1) as results:
        results.start_journal()
        results.note([done("a")])
        with (tmp_path / "state.jsonl").open("ab") as file:
            file.write(done("a", "2").line()[:20])
        results.note([done("b")])
        assert [results.journal.get(name) for name in "ab"] == [done("a"), done("b")]
        results.start_journal()
        assert results.journal.is_clean


def test_what_others_add_is_news_and_what_they_write_anew_is_none(tmp_path: Path) -> None:
    with open_results(tmp_path, dossiers=1) as one, open_results(tmp_path, dossiers=1) as other:
        one.start_journal()
        one.note([done("a")])
        one.journal.begin()
        other.start_journal()
        other.note([done("b")])
        one.journal.refresh()
        assert [one.journal.is_news(name) for name in "ab"] == [False, True]
        other.forget_gone()
        one.journal.refresh()
        assert not one.journal.ids()
        other.note([done("a")])
        one.journal.refresh()
        assert one.journal.is_news("a")


def test_reports_in_the_layout_of_a_smaller_batch_stay_listed_and_on_record(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = folder.parent / "out"
    run(folder)
    monkeypatch.setattr("pipeline.results.FLAT_UP_TO", 0)
    write_dossier(folder.parent / "more" / "zelkova", WHITE)
    run(folder.parent / "more", out=out)
    assert set(listed(out)) == {"ash", "birch", "cedar", "yew", "zelkova"}
    with open_store(out) as store:
        assert {name for name, _ in store.digests()} == set(listed(out))


def test_a_report_that_is_newer_than_its_line_is_read_itself(folder: Path) -> None:
    """As if a batch had been killed between the two, and the next one does not get there."""
    out = folder.parent / "out"
    run(folder)
    path = out / "reports" / "ash.json"
    report = {**json.loads(path.read_bytes()), "decision": "needs_review"}
    path.write_text(json.dumps(report), encoding="utf-8")
    with open_store(out, owner="dead") as store:
        store.claims.take(["ash"])
    write_dossier(folder.parent / "more" / "zelkova", WHITE)
    run(folder.parent / "more", out=out)
    assert listed(out)["ash"]["decision"] == "needs_review"
    with open_store(out) as store:
        entry = store.get("ash")
        assert entry
        assert entry.decision is Decision.NEEDS_REVIEW


def test_a_report_that_neither_journal_nor_rows_know_is_put_on_record(folder: Path) -> None:
    """As if a batch had been killed once a report was written, and the next one has other dossiers."""
    out = folder.parent / "out"
    run(folder)
    lines = (out / STATE).read_bytes().splitlines(keepends=True)
    (out / STATE).write_bytes(b"".join(line for line in lines if not line.startswith(b'{"id":"ash"')))
    with open_store(out) as store:
        store.remove("ash")
    write_dossier(folder.parent / "more" / "zelkova", WHITE)
    run(folder.parent / "more", out=out)
    with open_store(out) as store:
        assert store.get("ash")


def test_a_line_without_a_report_asks_for_no_other_dossier(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if somebody had removed one report: it is on record neither in rows nor in files."""
    out = folder.parent / "out"
    run(folder)
    (out / "reports" / "ash.json").unlink()
    asked: list[str] = []
    with open_results(out, dossiers=4) as results, open_store(out) as store, closing(Roster((), folder)) as nobody:
        results.start_journal()
        store.remove("ash")
        real = store.get

        def get(name: str) -> OnRecord | None:
            asked.append(name)
            return real(name)

        monkeypatch.setattr(store, "get", get)
        put_right(store, results, nobody, ())
        assert {name for name, _ in store.digests()} == {"birch", "cedar", "yew"}
    assert not asked


def test_a_lost_database_is_filled_in_several_parts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.on_record.AT_ONCE", 2)
    out = folder.parent / "out"
    run(folder)
    with open_results(out, dossiers=4) as results, open_store(out) as store, closing(Roster((), folder)) as nobody:
        results.start_journal()
        before = sorted(store.digests())
        store.remove("ash", "birch", "yew")
        assert put_right(store, results, nobody, ())
        assert sorted(store.digests()) == before
        assert not put_right(store, results, nobody, ())


def test_workers_are_looked_after_while_what_is_done_is_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.marks.SETTLED_SECONDS", -60.0)
    run(folder)
    monkeypatch.setattr("pipeline.rounds.PASSING_SECONDS", -1.0)
    write_dossier(folder / "birch2", WHITE)
    tally = run(folder)
    assert (tally.unchanged, tally.finished) == (4, 5)


@pytest.mark.parametrize("order", [{"thorough": True}, {"resume": False}])
def test_a_thorough_run_leaves_what_the_next_glance_needs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, order: dict[str, Any]
) -> None:
    monkeypatch.setattr("pipeline.marks.SETTLED_SECONDS", -60.0)
    run(folder)
    run(folder, **order)
    assert run(folder).files == 0, "none is opened"


def test_what_may_be_readable_another_time_is_opened_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.marks.SETTLED_SECONDS", -60.0)
    run(folder)
    out = folder.parent / "out"
    with open_results(out, dossiers=1) as results, open_store(out) as store:
        results.start_journal()
        line, glances = results.journal.get("ash"), Glances(results, store, is_on=True)
        assert line
        for code, is_told in ((FailureCode.CORRUPT, True), (FailureCode.UNREADABLE, False)):
            report = load_report(to_json(to_report(build.outcome())))
            failing = [each for each in report.documents if each.failures]
            failure = (failing[0].failures or ())[0].model_copy(update={"code": code})
            documents = (failing[0].model_copy(update={"failures": (failure,)}),)
            glances._marks["ash"] = "mark"
            told = glances.told(line, report.model_copy(update={"documents": documents}), "judged")
            assert (told.glance is not None) is is_told


def test_who_reads_keeps_nobody_from_writing(tmp_path: Path, database: str | None) -> None:
    with open_store(tmp_path, database=database) as one, open_store(tmp_path, database=database) as other:
        with reading(one.connection):
            assert one.get("a") is None
            other.claims.take(["a"])
        assert one.claims.unfinished() == {"a"}
