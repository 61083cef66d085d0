"""`dossier expiring`."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.expiring import days_of, expiring
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
