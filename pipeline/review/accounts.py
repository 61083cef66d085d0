"""Who may use the desk: local users with a role, passwords by argon2, and the sessions that they are signed in by.

A session's token is known to the browser alone; the database holds its hash. Failed attempts are counted by name and by
address. A name that is not known costs as much time as a wrong password.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    Index,
    MetaData,
    String,
    Table,
    delete,
    func,
    select,
    update,
)

from pipeline.errors import DossierError, UsageError
from pipeline.review.database import writing

METADATA = MetaData()
USERS = Table(
    "users",
    METADATA,
    Column("name", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("password", String, nullable=False),
    Column("locked", Boolean, nullable=False),
)
SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_sha256", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("csrf", String, nullable=False),
    Column("begun", Float, nullable=False),
    Column("used", Float, nullable=False),
    Index("sessions_by_name", "name"),
)
ATTEMPTS = Table(
    "failed_attempts",
    METADATA,
    Column("of", String, nullable=False),  # a name or an address
    Column("at", Float, nullable=False),
    Index("failed_attempts_by_whom", "of", "at"),
)

IDLE_SECONDS = 3600.0
LONGEST_SECONDS = 12 * 3600.0
WINDOW_SECONDS = 900.0
FAILURES_OF_A_NAME = 5
FAILURES_OF_AN_ADDRESS = 20
SHORTEST_PASSWORD = 10
_NAME = re.compile(r"[\w.@-]{1,64}")


class Role(StrEnum):
    """What somebody may do."""

    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    READ_ONLY = "read-only"


@dataclass(frozen=True)
class User:
    """Somebody who may use the desk."""

    name: str
    role: Role
    locked: bool = False

    @property
    def decides(self) -> bool:
        """Whether they may change things."""
        return self.role is not Role.READ_ONLY

    @property
    def supervises(self) -> bool:
        """Whether they may see to accounts, tokens and webhooks."""
        return self.role is Role.SUPERVISOR


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in."""

    user: User
    csrf: str
    """What every form has to send, so that no other site can act for them."""


class Refused(DossierError):
    """Name and password do not belong together, or the account is locked: which of them is not told."""


class TooMany(DossierError):
    """There were too many failed attempts lately."""


class Accounts:
    """The accounts of one desk."""

    def __init__(self, engine: Engine) -> None:
        """Make the tables."""
        METADATA.create_all(engine)
        self._engine = engine

    def add(self, name: str, role: Role, password: str) -> None:
        """Add a user.

        Raises:
            UsageError: There is one of this name, or name or password will not do.
        """
        if not _NAME.fullmatch(name):
            raise UsageError("a name has up to 64 letters, digits, and . _ @ -")
        hashed = _hashed(password)
        with writing(self._engine) as connection:
            if _user(connection, name):
                raise UsageError(f"there is a user {name} already")
            connection.execute(USERS.insert().values(name=name, role=role.value, password=hashed, locked=False))

    def set_password(self, name: str, password: str) -> None:
        """Set a password, and end all sessions of its user.

        Raises:
            UsageError: There is no such user, or the password will not do.
        """
        self._change(name, password=_hashed(password))

    def lock(self, name: str, *, locked: bool) -> None:
        """Keep a user from signing in, or let them again; their sessions end."""
        self._change(name, locked=locked)

    def change_password(self, name: str, password: str, *, old: str, now: float) -> None:
        """Set one's own password, knowing the old one; it ends all sessions.

        Raises:
            Refused: The old one is wrong.
            TooMany: There were too many failed attempts.
        """
        self.sign_in(name, old, address="", now=now)
        self.set_password(name, password)

    def set_role(self, name: str, role: Role) -> None:
        """Let a user do more or less; their sessions end."""
        self._change(name, role=role.value)

    def sign_out_everywhere(self, name: str) -> None:
        """End all sessions of a user."""
        self._change(name)

    def remove(self, name: str) -> None:
        """Take a user away. What they did stays in the journal."""
        with writing(self._engine) as connection:
            _require(connection, name)
            connection.execute(delete(USERS).where(USERS.c.name == name))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.name == name))

    def users(self) -> tuple[User, ...]:
        """Return all of them, by name."""
        query = select(USERS.c.name, USERS.c.role, USERS.c.locked).order_by(USERS.c.name)
        with self._engine.connect() as connection:
            return tuple(User(row.name, Role(row.role), row.locked) for row in connection.execute(query))

    def sign_in(self, name: str, password: str, *, address: str, now: float) -> str:
        """Return the token of a new session.

        Raises:
            Refused: Name and password do not belong together, or the account is locked.
            TooMany: There were too many failed attempts of this name or from this address.
        """
        keys = {f"name:{name[:64]}": FAILURES_OF_A_NAME, f"address:{address}": FAILURES_OF_AN_ADDRESS}
        with self._engine.connect() as connection:
            if any(_failures(connection, key, now) >= most for key, most in keys.items()):
                raise TooMany("too many failed attempts; wait a quarter of an hour")
            row = connection.execute(select(USERS).where(USERS.c.name == name)).mappings().first()
        # Slow, and so outside of any transaction; as slow for a name that is not known.
        is_right = _is_right(row["password"] if row else _nobodys(), password)
        if row is None or not is_right or row["locked"]:
            with writing(self._engine) as connection:
                connection.execute(ATTEMPTS.insert(), [{"of": key, "at": now} for key in keys])
            raise Refused("name and password do not belong together")
        return self._begin(name, now)

    def session(self, token: str, *, now: float) -> Session | None:
        """Return who is signed in by a token, if anybody still is."""
        digest = _digest(token)
        query = select(SESSIONS, USERS.c.role, USERS.c.locked).join(USERS, USERS.c.name == SESSIONS.c.name)
        with self._engine.connect() as connection:
            row = connection.execute(query.where(SESSIONS.c.token_sha256 == digest)).mappings().first()
        if row is None or row["locked"] or now - row["used"] > IDLE_SECONDS or now - row["begun"] > LONGEST_SECONDS:
            return None
        if now - row["used"] > 60:
            with writing(self._engine) as connection:
                this = SESSIONS.c.token_sha256 == digest
                connection.execute(update(SESSIONS).where(this).values(used=now))
        return Session(User(row["name"], Role(row["role"])), row["csrf"])

    def sign_out(self, token: str) -> None:
        """End a session."""
        with writing(self._engine) as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_sha256 == _digest(token)))

    def _begin(self, name: str, now: float) -> str:
        token = secrets.token_urlsafe(32)
        session = {"token_sha256": _digest(token), "name": name, "csrf": secrets.token_urlsafe(32)}
        with writing(self._engine) as connection:
            _clear_away(connection, now)
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.of == f"name:{name[:64]}"))
            connection.execute(SESSIONS.insert().values(**session, begun=now, used=now))
        return token

    def _change(self, name: str, **values: Any) -> None:
        with writing(self._engine) as connection:
            _require(connection, name)
            if values:
                connection.execute(update(USERS).where(USERS.c.name == name).values(**values))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.name == name))


def _user(connection: Connection, name: str) -> bool:
    return connection.execute(select(USERS.c.name).where(USERS.c.name == name)).first() is not None


def _require(connection: Connection, name: str) -> None:
    if not _user(connection, name):
        raise UsageError(f"there is no user {name}")


def _failures(connection: Connection, key: str, now: float) -> int:
    lately = (ATTEMPTS.c.of == key) & (ATTEMPTS.c.at > now - WINDOW_SECONDS)
    return connection.execute(select(func.count()).select_from(ATTEMPTS).where(lately)).scalar_one()


def _clear_away(connection: Connection, now: float) -> None:
    connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.at < now - WINDOW_SECONDS))
    stale = (SESSIONS.c.used < now - IDLE_SECONDS) | (SESSIONS.c.begun < now - LONGEST_SECONDS)
    connection.execute(delete(SESSIONS).where(stale))


def _hashed(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise UsageError(f"a password has at least {SHORTEST_PASSWORD} characters")
    return PasswordHasher().hash(password)


@cache
def _nobodys() -> str:
    return PasswordHasher().hash(secrets.token_urlsafe(32))


def _is_right(hashed: str, password: str) -> bool:
    try:
        return PasswordHasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
