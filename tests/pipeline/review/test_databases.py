"""The desk on SQLite and on PostgreSQL: the same in both."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from pipeline.register import entry_of
from pipeline.report.json import load_report
from pipeline.review import accounts, leases, tables, tokens, webhooks
from pipeline.review.accounts import Accounts, Refused, Role
from pipeline.review.database import open_engine
from pipeline.review.desk import Desk
from pipeline.review.events import Outcome, Reason
from pipeline.review.journal import Overtaken
from pipeline.review.queue import Filters, queue
from pipeline.review.seen import Choice
from pipeline.review.statistics import statistics
from pipeline.review.tokens import Tokens
from pipeline.review.webhooks import Webhooks
from pipeline.store import DATABASE, open_store
from tests.pipeline.review.conftest import EXPECTED, JUDGE, KEY, NAMES, Clock, put_reports

NAME = "legal-person-differs"
PASSWORD = "correct horse battery"
REJECT = Choice(Outcome.REJECTED, Reason.AS_JUDGED)
Open = Callable[[], Desk]


@pytest.fixture
def opened(tmp_path: Path, database: str | None) -> Iterator[Open]:
    out = tmp_path / "out"
    put_reports(out, *NAMES)
    made: list[Desk] = []

    def open_it() -> Desk:
        desk = Desk(open_engine(out, database), out, JUDGE, database=database, now=Clock())
        made.append(desk)
        desk.intake.refresh()
        while desk.intake.read_some():
            pass
        return desk

    yield open_it
    for desk in made:
        desk.engine.dispose()


def test_a_whole_review(opened: Open) -> None:
    desk = opened()
    found = queue(desk.engine, Filters(), who="li", page=1, now=desk.seconds())
    assert found.total == len(NAMES)
    assert queue(desk.engine, Filters(text="欧阳"), who="li", page=1, now=desk.seconds()).total <= found.total
    desk.put_value(NAME, 0, "li", document="d1", entity="legal_person", typed="欧阳泽楷")
    assert desk.see(NAME).report.decision == "approved"
    desk.undo(NAME, 1, "li", number=1)
    desk.decide(NAME, 2, "li", REJECT, gist=desk.see(NAME).gist)
    with pytest.raises(Overtaken):
        desk.note(NAME, 2, "wang", "too late")
    assert desk.see(NAME).case.outcome == "rejected"
    assert queue(desk.engine, Filters(), who="li", page=1, now=desk.seconds()).total == len(NAMES) - 1
    assert statistics(desk.engine, desk.journal).decided == 1


def test_what_was_done_is_there_after_a_start(opened: Open) -> None:
    desk = opened()
    desk.decide(NAME, 0, "li", REJECT, gist=desk.see(NAME).gist)
    desk.engine.dispose()
    assert opened().see(NAME).case.decided_by == "li"


def test_journal_fills_a_database_that_has_lost_everything(opened: Open) -> None:
    desk = opened()
    desk.decide(NAME, 0, "li", REJECT, gist=desk.see(NAME).gist)
    for metadata in (tables.METADATA, accounts.METADATA, tokens.METADATA, webhooks.METADATA):
        assert isinstance(metadata, MetaData)
        metadata.drop_all(desk.engine)
    desk.engine.dispose()
    again = opened()
    assert again.see(NAME).case.outcome == "rejected"
    assert len(again.journal.of(NAME)) == 1


def test_accounts_tokens_and_webhooks(opened: Open) -> None:
    desk = opened()
    people, programs = Accounts(desk.engine), Tokens(desk.engine)
    people.add("li", Role.REVIEWER, PASSWORD)
    with pytest.raises(Refused):
        people.sign_in("li", "wrong password", address="a", now=0)
    session = people.sign_in("li", PASSWORD, address="a", now=0)
    assert people.session(session, now=100)
    people.change_password("li", "another password", old=PASSWORD, now=100)
    assert people.session(session, now=100) is None
    token = programs.make("li")
    assert programs.user_of(token)
    assert programs.counts() == {"li": 1}
    people.lock("li", locked=True)
    assert programs.user_of(token) is None
    hooks = Webhooks(desk.engine, now=desk.now, key=KEY)
    desk.listeners.append(hooks.heard)
    hooks.add("https://example.com/", by="li")
    desk.decide(NAME, 0, "li", REJECT, gist=desk.see(NAME).gist)
    assert [each.attempts for each in hooks.latest(hooks.all()[0].id)] == [0]


def test_of_many_who_take_a_dossier_at_once_one_has_it(opened: Open) -> None:
    desk = opened()
    got: list[str] = []

    def take(name: str) -> None:
        got.append(leases.take(desk.engine, NAME, name, now=desk.seconds()).holder)

    threads = [threading.Thread(target=take, args=(f"reviewer{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(got)) == 1


def test_results_come_from_where_the_batch_put_them(tmp_path: Path, database: str | None) -> None:
    out = tmp_path / "out"
    put_reports(out, *NAMES)
    with open_store(out, database=database) as store:
        for name in NAMES[:2]:
            text = (EXPECTED / f"{name}.json").read_text(encoding="utf-8")
            store.put(entry_of(load_report(text)), f"{len(name):064}")
    assert (out / DATABASE).exists() is (database is None)
    desk = Desk(open_engine(out, database), out, JUDGE, database=database, now=Clock())
    try:
        assert desk.intake.refresh() == 2
        assert desk.intake.refresh() == 0
        with open_store(out, database=database) as store:
            text = (EXPECTED / f"{NAMES[2]}.json").read_text(encoding="utf-8")
            store.put(entry_of(load_report(text)), f"{3:064}")
        assert desk.intake.refresh() == 1
    finally:
        desk.engine.dispose()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_folders_on_one_server_have_a_desk_each(tmp_path: Path, database: str) -> None:
    desks = []
    for name in ("one", "two"):
        put_reports(tmp_path / name, *NAMES)
        desks.append(Desk(open_engine(tmp_path / name, database), tmp_path / name, JUDGE, now=Clock()))
        desks[-1].intake.refresh()
    desks[0].note(NAME, 0, "li", "of the first")
    assert [len(desk.journal.of(NAME)) for desk in desks] == [1, 0]
    for desk in desks:
        desk.engine.dispose()
