"""Webhooks: addresses to which the desk tells what was decided, and what came of an upload.

They are an operator's wish, and off unless `dossier review --webhooks` turns them on: nothing else of this program
sends anything anywhere. What is told bears ids and outcomes, and no name or value out of a document. A message is
stored in the transaction of the event that it tells of, and sent by `delivery`.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    func,
    select,
    update,
)

from pipeline.errors import UsageError
from pipeline.review.database import writing
from pipeline.review.events import Decided, Event
from pipeline.review.secret_key import SecretKey, is_sealed
from pipeline.review.standing import State, standing_of

METADATA = MetaData()
WEBHOOKS = Table(
    "webhooks",
    METADATA,
    Column("id", String, primary_key=True),
    Column("url", String, nullable=False),
    Column("secret", String, nullable=False),  # sealed, see `secret_key`
    Column("made_by", String, nullable=False),
)
DELIVERIES = Table(
    "webhook_deliveries",
    METADATA,
    Column("id", String, primary_key=True),
    Column("webhook", String, nullable=False),
    Column("event", String, nullable=False),
    Column("body", String, nullable=False),
    Column("made", Float, nullable=False),  # seconds since 1970, as all times here
    Column("attempts", Integer, nullable=False),
    Column("due", Float),  # null once it has arrived or was given up
    Column("answer", String),  # status of the last attempt, or what went wrong
    Column("arrived", Float),
    Index("webhook_deliveries_due", "due"),
    Index("webhook_deliveries_made", "webhook", "made"),
)
LONGEST_URL = 2000
MOST = 20
KEPT = 200
"""Deliveries of each webhook that are kept, besides those that are still due."""
DECIDED, REOPENED, UPLOADED = "dossier.decided", "dossier.reopened", "upload.finished"


@dataclass(frozen=True)
class Webhook:
    """An address that wants to be told."""

    id: str
    url: str
    made_by: str


@dataclass(frozen=True)
class Delivery:
    """A message and how far it is."""

    id: str
    webhook: str
    event: str
    body: str
    made: float
    attempts: int
    due: float | None
    answer: str | None
    arrived: float | None


class Webhooks:
    """The webhooks of one desk."""

    def __init__(self, engine: Engine, *, now: Callable[[], datetime], key: SecretKey) -> None:
        """Make the tables, and seal what an earlier version stored as it is.

        Args:
            engine: The desk's.
            now: The clock.
            key: Seals the secrets.
        """
        METADATA.create_all(engine)
        self._engine, self._now, self._key = engine, now, key
        _seal_old(engine, key)

    def add(self, url: str, *, by: str) -> str:
        """Add an address; return the secret that its messages are signed by, which is shown this once.

        Raises:
            UsageError: It is no address to send to, or there are too many.
        """
        parts = _parts(url)
        if parts is None or len(url) > LONGEST_URL:
            raise UsageError("a webhook is an address such as https://example.com/dossier, without a user in it")
        secret = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
        row = {"id": secrets.token_hex(8), "url": url, "secret": self._key.seal(secret), "made_by": by}
        with writing(self._engine) as connection:
            if connection.execute(select(func.count()).select_from(WEBHOOKS)).scalar_one() >= MOST:
                raise UsageError("there are too many webhooks; remove one first")
            connection.execute(WEBHOOKS.insert().values(**row))
        return secret

    def remove(self, webhook_id: str) -> None:
        """Tell an address nothing more, and forget what it was told."""
        with writing(self._engine) as connection:
            connection.execute(delete(DELIVERIES).where(DELIVERIES.c.webhook == webhook_id))
            connection.execute(delete(WEBHOOKS).where(WEBHOOKS.c.id == webhook_id))

    def all(self) -> tuple[Webhook, ...]:
        """Return all of them."""
        query = select(WEBHOOKS.c.id, WEBHOOKS.c.url, WEBHOOKS.c.made_by).order_by(WEBHOOKS.c.url)
        with self._engine.connect() as connection:
            return tuple(Webhook(*row) for row in connection.execute(query))

    def latest(self, webhook_id: str, most: int = 10) -> tuple[Delivery, ...]:
        """Return the last deliveries to an address, the latest first."""
        query = select(DELIVERIES).where(DELIVERIES.c.webhook == webhook_id).order_by(DELIVERIES.c.made.desc())
        with self._engine.connect() as connection:
            return tuple(Delivery(**row) for row in connection.execute(query.limit(most)).mappings())

    def heard(self, connection: Connection, events: Sequence[Event]) -> None:
        """Store what is to be told of the last of a dossier's events, in its transaction."""
        event = events[-1]
        before, after = standing_of(events[:-1]), standing_of(events)
        is_decided, was_decided = (each.state is State.DECIDED for each in (after, before))
        if is_decided == was_decided:
            return
        told: dict[str, object] = {"dossier": event.dossier_id, "at": event.at.isoformat()}
        if is_decided and after.decided and isinstance(after.decided.body, Decided):
            told["outcome"] = after.decided.body.outcome
        self._store(connection, DECIDED if is_decided else REOPENED, told, key=event.seal)

    def upload_finished(self, dossier_id: str, progress: str) -> None:
        """Store that an upload has been read, or could not be."""
        with writing(self._engine) as connection:
            told = {"dossier": dossier_id, "at": self._now().isoformat(), "progress": progress}
            self._store(connection, UPLOADED, told, key=f"{dossier_id} {progress}")

    def _store(self, connection: Connection, event: str, told: Mapping[str, object], *, key: str) -> None:
        """Store a message for each address, once: another process may have heard of the same event."""
        now = self._now().timestamp()
        for webhook in connection.execute(select(WEBHOOKS.c.id)).scalars().all():
            name = hashlib.sha256(f"{webhook} {event} {key}".encode()).hexdigest()[:32]
            if connection.execute(select(DELIVERIES.c.id).where(DELIVERIES.c.id == name)).first():
                continue
            body = json.dumps({"id": name, "type": event, "data": dict(told)}, ensure_ascii=False, sort_keys=True)
            row = {"id": name, "webhook": webhook, "event": event, "body": body, "made": now, "attempts": 0}
            connection.execute(DELIVERIES.insert().values(**row, due=now))
            _forget_old(connection, webhook)


def _seal_old(engine: Engine, key: SecretKey) -> None:
    """Seal secrets that an earlier version stored as they are, and leave nothing of them in the database's file."""
    query = select(WEBHOOKS.c.id, WEBHOOKS.c.secret)
    with engine.connect() as connection:
        old = [row for row in connection.execute(query) if not is_sealed(row.secret)]
    if not old:
        return
    with writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        for row in old:
            this = (WEBHOOKS.c.id == row.id) & (WEBHOOKS.c.secret == row.secret)
            connection.execute(update(WEBHOOKS).where(this).values(secret=key.seal(row.secret)))
    if engine.dialect.name == "sqlite":
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _forget_old(connection: Connection, webhook: str) -> None:
    mine = (DELIVERIES.c.webhook == webhook) & DELIVERIES.c.due.is_(None)
    query = select(DELIVERIES.c.id).where(mine).order_by(DELIVERIES.c.made.desc()).offset(KEPT).limit(KEPT)
    old = connection.execute(query).scalars().all()
    if old:
        connection.execute(delete(DELIVERIES).where(DELIVERIES.c.id.in_(old)))


def _parts(url: str) -> object:
    """Return the parts of an address that can be sent to, or None."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises for what is no port
    except ValueError:
        return None
    is_one = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and url.isprintable()
    return parts if is_one and " " not in url else None
