"""The queue's order, its filters, its pages, and who works on what."""

import threading
import time
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from pipeline.records import Decision, OnRecord
from pipeline.review import leases
from pipeline.review.cases import find_case, row_of
from pipeline.review.choices import Choices
from pipeline.review.database import writing
from pipeline.review.desk import Desk
from pipeline.review.queue import ORDER, PAGE, Filters, first, neighbour, queue
from pipeline.review.shelf import Shelved
from pipeline.review.tables import CASES
from tests.pipeline.review.conftest import EXPECTED, Opener, put_reports


def put(desk: Desk, name: str, *, arrived: float, decision: Decision = Decision.NEEDS_REVIEW, **more: str) -> None:
    entry = OnRecord(dossier_id=name, as_of=date(2026, 11, 1), decision=decision, **more)
    with writing(desk.engine) as connection:
        connection.execute(CASES.insert(), [row_of(Shelved(entry, "0" * 64), arrived=arrived)])


USUAL = Filters()


def shown(desk: Desk, filters: Filters = USUAL, *, page: int = 1, who: str = "li") -> list[str]:
    found = queue(desk.engine, filters, who=who, page=page, now=desk.seconds())
    return [entry.case.dossier_id for entry in found.entries]


@pytest.fixture
def empty(desk: Desk) -> Desk:
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("DELETE FROM desk_cases")
    return desk


def test_what_needs_a_person_comes_first_then_what_waits_longest(empty: Desk) -> None:
    put(empty, "approved", arrived=1, decision=Decision.APPROVED)
    put(empty, "rejected", arrived=2, decision=Decision.REJECTED)
    put(empty, "young", arrived=4)
    put(empty, "old", arrived=3)
    assert shown(empty) == ["old", "young", "rejected", "approved"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(Filters(decision="rejected"), ["b"], id="decision"),
        pytest.param(Filters(store_type="official"), ["a"], id="store type"),
        pytest.param(Filters(category="toys"), ["b"], id="category"),
        pytest.param(Filters(text="STAR 9144"), ["a"], id="every word, any case"),
        pytest.param(Filters(text="%"), [], id="a sign of the database's is a sign"),
        pytest.param(Filters(state="decided"), [], id="state"),
        pytest.param(Filters(state="all"), ["a", "b"], id="all"),
        pytest.param(Filters(mine="1"), ["b"], id="mine"),
    ],
)
def test_filters(empty: Desk, filters: Filters, expected: list[str]) -> None:
    put(empty, "a", arrived=1, company_name="Starriver", company_code="9144", store_type="official", category="apparel")
    put(empty, "b", arrived=2, decision=Decision.REJECTED, store_type="exclusive", category="toys")
    empty.assign("b", 0, "wang", "li")
    assert shown(empty, filters) == expected


def test_pages_hold_everything_once(empty: Desk) -> None:
    names = [f"d{number:03}" for number in range(PAGE + 7)]
    for name in names:
        put(empty, name, arrived=1)
    assert shown(empty) + shown(empty, page=2) == names
    assert shown(empty, page=99) == shown(empty, page=2)


def test_next_and_previous_leave_out_what_others_work_on(empty: Desk) -> None:
    for name in ("a", "b", "c"):
        put(empty, name, arrived=1)
    leases.take(empty.engine, "b", "wang", now=empty.seconds())
    here = find_case(empty.engine, "a")
    assert here
    assert neighbour(empty.engine, Filters(), here, who="li", now=empty.seconds()) == "c"
    assert neighbour(empty.engine, Filters(), here, who="wang", now=empty.seconds()) == "b"
    last = replace(here, dossier_id="c")
    assert neighbour(empty.engine, Filters(), last, who="li", now=empty.seconds()) is None
    assert neighbour(empty.engine, Filters(), last, who="li", now=empty.seconds(), back=True) == "a"
    assert first(empty.engine, Filters(), who="li", now=empty.seconds()) == "a"


def test_who_works_on_a_dossier_is_shown_until_the_lease_runs_out(empty: Desk) -> None:
    put(empty, "a", arrived=1)
    leases.take(empty.engine, "a", "wang", now=100.0)
    held, free = (queue(empty.engine, Filters(), who="li", page=1, now=now).entries[0] for now in (101.0, 701.0))
    assert held.lease
    assert held.lease.holder == "wang"
    assert free.lease is None


def test_choices(empty: Desk) -> None:
    put(empty, "a", arrived=1, category="toys", store_type="official")
    put(empty, "b", arrived=1, category="apparel", store_type="official")
    assert Choices(empty.engine, empty.intake)() == {"category": ("apparel", "toys"), "store_type": ("official",)}


def test_filters_as_an_address_say_what_is_not_as_usual() -> None:
    assert Filters().query() == ""
    assert Filters(text="a&b", state="all").query(page=2) == "state=all&text=a%26b&page=2"


def test_lease_is_renewed_by_its_holder_alone(desk: Desk) -> None:
    mine = leases.take(desk.engine, "starriver", "li", now=0.0)
    assert leases.take(desk.engine, "starriver", "wang", now=599.0) == mine
    renewed = leases.take(desk.engine, "starriver", "li", now=599.0)
    assert (renewed.since, renewed.until) == (0.0, 599.0 + leases.SECONDS)
    assert leases.take(desk.engine, "starriver", "wang", now=700.0, by_force=True).holder == "wang"
    leases.release(desk.engine, "starriver", "li")
    assert leases.lease_of(desk.engine, "starriver", now=701.0)
    leases.release(desk.engine, "starriver", "wang")
    assert leases.lease_of(desk.engine, "starriver", now=701.0) is None


def test_of_many_who_reach_for_a_dossier_one_has_it(desk: Desk) -> None:
    got: list[str] = []
    threads = [
        threading.Thread(target=lambda name=name: got.append(leases.take(desk.engine, "a", name, now=1.0).holder))
        for name in ("li", "wang", "zhao", "qian")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert len(set(got)) == 1


def test_reports_that_appear_while_a_batch_runs_show_up(desk: Desk) -> None:
    assert desk.intake.refresh() == 0
    put_reports(desk.out, "toys-ccc")
    assert desk.intake.refresh() == 1
    assert "toys-ccc" in shown(desk)


def test_reports_that_are_gone_leave_the_desk_and_their_history_stays(desk: Desk) -> None:
    desk.note("starriver", 0, "li", "seen")
    (desk.out / "reports" / "starriver.json").unlink()
    desk.intake.refresh()
    assert "starriver" not in shown(desk)
    assert len(desk.journal.of("starriver")) == 1


def test_report_that_cannot_be_read_stops_nothing(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    put(desk, "vanished", arrived=1)
    put(desk, "wait", arrived=2)
    assert desk.intake.read_some() == 2
    assert desk.intake.read_some() == 0
    assert "vanished" not in caplog.text


def test_desk_that_is_started_takes_in_and_reads_what_is_new(desk: Desk) -> None:
    desk.start()
    try:
        put_reports(desk.out, "toys-ccc")
        for _ in range(200):
            case = find_case(desk.engine, "toys-ccc")
            if case and case.gist:
                break
            time.sleep(0.05)
    finally:
        desk.stop()
    assert case
    assert case.wrong is not None


def test_new_dossiers_bring_new_choices_and_those_that_are_gone_take_theirs(desk: Desk) -> None:
    assert desk.choices()["category"] == ("apparel",)
    put_reports(desk.out, "toys-ccc")
    desk.intake.refresh()
    assert desk.choices()["category"] == ("apparel", "toys_hobbies")
    (desk.out / "reports" / "toys-ccc.json").unlink()
    desk.intake.refresh()
    assert desk.choices()["category"] == ("apparel",)


def test_a_page_shows_its_rows_in_the_queues_order(desk: Desk) -> None:
    put_reports(desk.out, *(path.stem for path in sorted(EXPECTED.glob("*.json"))))
    desk.intake.refresh()
    with desk.engine.connect() as connection:
        wanted = list(connection.execute(select(CASES.c.dossier_id).order_by(*ORDER)).scalars())
    found = queue(desk.engine, Filters(state="all"), who="li", page=1, now=0)
    assert found.total == len(wanted) == len(list(EXPECTED.glob("*.json")))
    assert [entry.case.dossier_id for entry in found.entries] == wanted[:PAGE]


def test_the_queue_is_counted_out_of_an_index_that_old_databases_get_too(open_desk: Opener) -> None:
    desk = open_desk()
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("DROP INDEX desk_cases_covered")
    again = open_desk()
    asked = "SELECT count(*) FROM desk_cases WHERE state IN ('open', 'second') AND words LIKE '%star%'"
    with again.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()
    assert "COVERING INDEX desk_cases_covered" in str(plan)
