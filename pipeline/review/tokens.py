"""Tokens by which other programs use the desk's API: each belongs to a user, and may do what they may."""

import hashlib
import secrets

from sqlalchemy import Column, Engine, Index, MetaData, String, Table, delete, func, select

from pipeline.errors import UsageError
from pipeline.review.accounts import USERS, Role, User
from pipeline.review.database import writing

METADATA = MetaData()
TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("token_sha256", String, primary_key=True),
    Column("name", String, nullable=False),
    Index("api_tokens_by_name", "name"),
)


class Tokens:
    """The tokens of one desk. The database holds their hashes."""

    def __init__(self, engine: Engine) -> None:
        """Make the table; those of users are there."""
        METADATA.create_all(engine)
        self._engine = engine

    def make(self, name: str) -> str:
        """Return a new token of a user.

        Raises:
            UsageError: There is no such user.
        """
        token = f"dossier_{secrets.token_urlsafe(32)}"
        with writing(self._engine) as connection:
            if connection.execute(select(USERS.c.name).where(USERS.c.name == name)).first() is None:
                raise UsageError(f"there is no user {name}")
            connection.execute(TOKENS.insert().values(token_sha256=_digest(token), name=name))
        return token

    def revoke(self, name: str) -> int:
        """Make all tokens of a user worthless; return how many those were."""
        with writing(self._engine) as connection:
            return connection.execute(delete(TOKENS).where(TOKENS.c.name == name)).rowcount

    def counts(self) -> dict[str, int]:
        """Return how many tokens each user has who has any."""
        query = select(TOKENS.c.name, func.count().label("made")).group_by(TOKENS.c.name).order_by(TOKENS.c.name)
        with self._engine.connect() as connection:
            return {row.name: row.made for row in connection.execute(query)}

    def user_of(self, token: str) -> User | None:
        """Return whose token it is, unless they are locked or gone."""
        query = select(USERS.c.name, USERS.c.role).join(TOKENS, TOKENS.c.name == USERS.c.name)
        this = (TOKENS.c.token_sha256 == _digest(token)) & USERS.c.locked.is_(False)
        with self._engine.connect() as connection:
            row = connection.execute(query.where(this)).first()
        return User(row.name, Role(row.role)) if row else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
