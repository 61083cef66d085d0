"""How long a PostgreSQL server is waited for that says nothing, or whose tables another session holds."""

import os
import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from pipeline.errors import UsageError
from pipeline.signals import held_back
from pipeline.store import Store, open_store
from pipeline.store.patience import connection_options
from tests.pipeline.test_store import entry

Hang = Callable[[], None]
QUESTIONS: dict[str, Callable[[Store], object]] = {
    "a row": lambda store: store.get("a"),
    "a claim": lambda store: store.claims.take(["a", "b"]),
    "an entry": lambda store: store.put(entry("a"), "1" * 64),
}


def ask(tmp_path: Path, url: str, stopped: Hang, question: Callable[[Store], object]) -> None:
    with open_store(tmp_path, database=url, owner="me") as store:
        stopped()
        question(store)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_one_that_says_nothing_is_told_of_in_one_line(
    server: tuple[Path, str],
    stopped: Hang,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    question: Callable[[Store], object],
) -> None:
    monkeypatch.setattr("pipeline.store.patience.SILENCE_SECONDS", 2.0)
    monkeypatch.setattr("pipeline.store.patience.CONNECT_SECONDS", 2)
    said = r"cannot write to .*has not answered for 2 s.*see that the server answers.*"
    with pytest.raises(UsageError) as caught:
        ask(tmp_path, server[1], stopped, question)
    assert re.fullmatch(said, str(caught.value))
    with pytest.raises(UsageError, match="timeout expired"), open_store(tmp_path, database=server[1]):
        pass


@pytest.mark.parametrize("is_held", [True, False], ids=["held back", "not held back"])
@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_an_interruption_is_heard_while_one_says_nothing(
    server: tuple[Path, str], stopped: Hang, tmp_path: Path, question: Callable[[Store], object], is_held: bool
) -> None:
    interrupted: list[float] = []

    def interrupt() -> None:
        interrupted.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    def ask_and_interrupt(store: Store) -> None:
        threading.Timer(0.5, interrupt).start()
        if is_held:
            with held_back():
                question(store)
        else:
            question(store)

    with pytest.raises(KeyboardInterrupt):
        ask(tmp_path, server[1], stopped, ask_and_interrupt)
    assert time.monotonic() - interrupted[0] < 6


def test_what_the_url_says_of_waiting_counts() -> None:
    said = connection_options(make_url("postgresql://host/name?connect_timeout=30&options=-c%20geqo%3Doff"))
    assert said.keys().isdisjoint({"connect_timeout", "options"})
    assert {"keepalives", "tcp_user_timeout"} <= said.keys()


def test_what_another_session_holds_is_waited_for_in_bounds(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.store.patience.LOCK_SECONDS", 1)

    def take() -> None:
        with open_store(tmp_path, database=postgresql, owner="two") as two:
            assert two.connection.exec_driver_sql("SHOW statement_timeout").scalar() == "2min"
            two.connection.rollback()
            two.claims.take(["a"])

    with open_store(tmp_path, database=postgresql, owner="one") as one, one.connection.begin():
        one.connection.exec_driver_sql("LOCK TABLE claims IN EXCLUSIVE MODE")
        with pytest.raises(UsageError, match=r"lock timeout.*no other session of it holds locks"):
            take()
