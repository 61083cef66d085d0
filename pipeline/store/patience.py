"""How long a PostgreSQL server is waited for: one that is gone or hangs ends a batch in one line.

libpq waits for ever for an answer. Keepalives tell that a machine is gone, but not that a server is stopped while its
system still answers for it; that is seen here, where its silence is counted.
"""

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import waiting
from sqlalchemy import URL, Connection, Engine, event

from pipeline.signals import heard_at

CONNECT_SECONDS = 5
"""For a connection, so that a batch which is interrupted may try one more and still ends within ten seconds."""
STATEMENT_SECONDS = 120
"""For a statement, after which the server gives it up; the longest takes seconds with a million dossiers on record."""
LOCK_SECONDS = 60
"""For what another batch holds, which it does for a transaction."""
SILENCE_SECONDS = STATEMENT_SECONDS + 10.0
"""For a server that says nothing, not even that it gives up."""
INTERRUPTED_SECONDS = 2.0
"""For an answer, once somebody wants the batch to end."""
TICK = 0.1
_UNREACHABLE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 4}
UNREACHABLE_MILLISECONDS = 30_000
"""For what was sent and nobody has received."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when the server says nothing for too long."""

    is_hurried = True

    def wait(self, gen: Generator[Any, Any, Any], *args: Any, **options: Any) -> Any:
        """Consume a generator of psycopg that talks to the server."""
        if options.get("timeout") is not None:
            return super().wait(gen, *args, **options)
        try:
            return waiting.wait(self._bounded(gen), self.pgconn.socket, interval=TICK)
        except (KeyboardInterrupt, SystemExit):
            # psycopg would ask the server to stop the statement, and wait ten seconds more for that.
            self.pgconn.finish()
            raise

    def _bounded(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        began = time.monotonic()
        ready: Any = None
        while True:
            try:
                wanted = gen.send(ready)
            except StopIteration as ended:
                return ended.value
            ready = yield wanted
            if not ready:
                self._lose_patience(began, time.monotonic())

    def _lose_patience(self, began: float, now: float) -> None:
        heard = heard_at()
        if heard is not None and now - max(heard, began) > INTERRUPTED_SECONDS:
            raise KeyboardInterrupt
        if self.is_hurried and now - began > SILENCE_SECONDS:
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the server has not answered for {SILENCE_SECONDS:.0f} s")


def connection_options(url: URL) -> dict[str, Any]:
    """Return what a connection is made with, as far as the URL says nothing else."""
    wanted = {
        "connect_timeout": CONNECT_SECONDS,
        **_UNREACHABLE,
        "tcp_user_timeout": UNREACHABLE_MILLISECONDS,
        "options": f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s",
    }
    return {name: value for name, value in wanted.items() if name not in url.query}


def be_patient(engine: Engine) -> None:
    """Have an engine's connections wait as long as is said here."""

    @event.listens_for(engine, "do_connect")
    def _(_dialect: object, _record: object, words: list[Any], options: dict[str, Any]) -> PatientConnection:
        return PatientConnection.connect(*words, **options)


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """Let statements of the open transaction take as long as they need, as when tables are brought up to date."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    driver = connection.connection.driver_connection
    assert isinstance(driver, PatientConnection)
    driver.is_hurried = False
    try:
        yield
    finally:
        driver.is_hurried = True
