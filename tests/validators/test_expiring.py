"""`dossier expiring`."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.errors import UsageError
from pipeline.expiring import days_of, expiring, expiring_on_record, expiring_table
from pipeline.outputs import report_files
from pipeline.records import Decision, OnRecord
from pipeline.register import entry_of
from pipeline.report.json import load_report
from pipeline.store import DATABASE, open_store
from tests.validators import build
from tests.validators.reports import report_of, results

LATER = build.AS_OF + timedelta(days=30)


def found(folder: Path, *, within: int = 60, as_of: date = build.AS_OF) -> list[tuple[str, str, int]]:
    return [(each.dossier_id, each.type, each.days) for each in expiring(folder, as_of=as_of, within=within)]


@pytest.fixture(name="out")
def _out(tmp_path: Path) -> Path:
    soon = build.dossier(build.licence(valid_to=LATER), build.certificate(valid_to=LATER + timedelta(days=9)))
    gone = build.dossier(build.licence(valid_to=date(2024, 5, 31)), build.certificate())
    return results(
        tmp_path, report_of(soon, dossier_id="soon"), report_of(gone, dossier_id="gone"), report_of(build.dossier())
    )


def test_what_runs_out_is_listed_the_soonest_first(out: Path) -> None:
    assert found(out) == [("soon", "business_licence", 30), ("soon", "trademark_certificate", 39)]


@pytest.mark.parametrize(("within", "count"), [(29, 0), (30, 1), (39, 2)])
def test_the_last_day_counts(out: Path, within: int, count: int) -> None:
    assert len(found(out, within=within)) == count


def test_what_has_run_out_since_is_told_and_what_had_run_out_then_is_not(out: Path) -> None:
    assert found(out, as_of=LATER + timedelta(days=1), within=0) == [("soon", "business_licence", -1)]


def test_an_entry_says_whose_it_is(out: Path) -> None:
    first = expiring(out, as_of=build.AS_OF, within=60)[0]
    assert (first.company, first.file, first.ends, first.document) == (build.COMPANY, "01.jpg", LATER, "d1")


@pytest.mark.parametrize(("text", "days"), [("60d", 60), ("8w", 56), ("30", 30), (" 5D ", 5)])
def test_spans(text: str, days: int) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize("text", ["", "soon", "-5d", "5y", "1.5d", "٣d"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="no span of days or weeks"):
        days_of(text)


def test_a_folder_that_is_no_batchs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="output folder of `dossier batch`"):
        found(tmp_path / "nothing")


def on_record(out: Path, tmp_path: Path, *, database: str | None = None) -> str:
    """Put a folder's reports on record and return the database's URL."""
    url = database or f"sqlite:///{out / DATABASE}"
    with open_store(out, database=database) as store:
        for path in report_files(out):
            store.put(entry_of(load_report(path.read_text(encoding="utf-8"))), "ab")
    return url


def test_the_database_tells_what_the_reports_tell(out: Path, tmp_path: Path) -> None:
    told = expiring_on_record(on_record(out, tmp_path), as_of=build.AS_OF, within=60)
    assert told == expiring(out, as_of=build.AS_OF, within=60)
    assert len(told) == 2


def test_of_a_shared_database_one_folder_may_be_asked(out: Path, tmp_path: Path) -> None:
    shared = f"sqlite:///{tmp_path / 'shared.sqlite'}"
    on_record(out, tmp_path, database=shared)
    other = results(tmp_path / "other", report_of(build.dossier(build.licence(valid_to=LATER)), dossier_id="else"))
    on_record(other, tmp_path, database=shared)

    def ids(folder: Path | None) -> list[str]:
        told = expiring_on_record(shared, as_of=build.AS_OF, within=30, out=folder)
        return [each.dossier_id for each in told]

    assert (ids(out), ids(other), ids(None)) == (["soon"], ["else"], ["else", "soon"])
    with pytest.raises(UsageError, match="no output folder of"):
        ids(tmp_path / "nothing")


def test_what_an_earlier_version_put_on_record_is_not_passed_over(out: Path, tmp_path: Path) -> None:
    url = on_record(out, tmp_path)
    with open_store(out) as store:
        store.put(OnRecord(dossier_id="old", as_of=build.AS_OF, decision=Decision.APPROVED), "ab")
    with pytest.raises(UsageError, match="1 of 4 dossiers were put on record by a version that did not keep"):
        expiring_on_record(url, as_of=build.AS_OF, within=60)


@pytest.mark.parametrize(("lang", "words"), [("en", ("company", "Business licence")), ("zh", ("企业", "营业执照"))])
def test_the_table_speaks_either_language(out: Path, lang: str, words: tuple[str, str]) -> None:
    console = Console(width=200, record=True, file=StringIO())
    console.print(expiring_table(expiring(out, as_of=build.AS_OF, within=60), lang=lang))
    text = console.export_text()
    assert all(word in text for word in words)
