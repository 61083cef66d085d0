"""Who works on which dossier: claims that die with their owner, and attempts that are counted before work.

No clock is asked: an owner is alive as long as it holds the lock on its own folder (`pipeline.results`), so that a
clock that jumps neither doubles nor loses work.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, delete, select, update

from pipeline.lists import parts
from pipeline.store.database import reading, writing
from pipeline.store.tables import CLAIMS, insert_into

ATTEMPTS = 2
"""Begun so often, and never ended in order: then it is given up."""


AT_ONCE = 500
"""Names in one statement."""


@dataclass(frozen=True)
class Claim:
    """What is known of the work on one dossier."""

    is_ours: bool
    """Whether it was free, and is ours now."""
    attempts: int
    """Begun before, and not ended in order."""
    quarantined: str | None
    """What it was when it was given up."""


class Claims:
    """The claims of one batch on the dossiers of one output folder."""

    def __init__(
        self, connection: Connection, folder: str, owner: str, is_alive: Callable[[str], bool] = lambda _: False
    ) -> None:
        """Work on an open connection; `open_store` makes it."""
        self._connection = connection
        self._folder = folder
        self._owner = owner
        self._is_alive = is_alive

    def names(self) -> set[str]:
        """Return the dossiers of which something is known."""
        statement = select(CLAIMS.c.dossier_id).where(CLAIMS.c.folder == self._folder)
        with self._connection.begin():
            return set(self._connection.execute(statement).scalars())

    def unfinished(self) -> set[str]:
        """Return the dossiers that somebody began and has not ended, who may be dead."""
        return {dossier_id for dossier_id, _ in self._begun()}

    def abandoned(self) -> set[str]:
        """Return the dossiers that were begun and not ended by nobody who is still at work on them."""
        begun = self._begun()
        free = {owner for owner in {owner for _, owner in begun} if self._is_free(owner)}
        return {dossier_id for dossier_id, owner in begun if owner in free}

    def _begun(self) -> list[tuple[str, str | None]]:
        begun = (CLAIMS.c.folder == self._folder) & ((CLAIMS.c.attempts > 0) | CLAIMS.c.owner.is_not(None))
        with reading(self._connection):
            rows = self._connection.execute(select(CLAIMS.c.dossier_id, CLAIMS.c.owner).where(begun))
            return [(dossier_id, owner) for dossier_id, owner in rows]

    def take(self, dossier_ids: Collection[str], *, alone: bool = False) -> dict[str, Claim]:
        """Claim dossiers, of which some may be in the hands of another batch.

        Args:
            dossier_ids: Which.
            alone: Whether this batch has nothing else in hand. If it dies with several, that is one attempt at most of
                each, since one may be to blame and the others are not.
        """
        names = sorted(dossier_ids)
        with self._connection.begin():
            self._make(names)
            rows = self._held(names)
            found = {row.dossier_id: Claim(self._is_free(row.owner), row.attempts, row.quarantined) for row in rows}
            ours = [name for name, claim in found.items() if claim.is_ours]
            begun = case((CLAIMS.c.attempts < 1, 1), else_=CLAIMS.c.attempts + int(alone))
            mine = (CLAIMS.c.folder == self._folder) & CLAIMS.c.dossier_id.in_(ours)
            self._connection.execute(update(CLAIMS).where(mine).values(owner=self._owner, attempts=begun))
        return found

    def unheld(self, dossier_ids: Collection[str]) -> list[str]:
        """Return, in order, the dossiers that nobody who is at work has in hand, nor gets before a transaction ends.

        Args:
            dossier_ids: Some hundreds, of which others may have some in hand; the transaction is open, and writes.
        """
        names = sorted(dossier_ids)
        if self._connection.dialect.name == "postgresql":  # SQLite lets nobody else write anyway
            self._make(names)
        held = {row.dossier_id for row in self._held(names) if not self._is_free(row.owner)}
        return [name for name in names if name not in held]

    def _make(self, names: Collection[str]) -> None:
        values = [{"folder": self._folder, "dossier_id": name, "attempts": 0} for name in names]
        self._connection.execute(insert_into(self._connection, CLAIMS.name).on_conflict_do_nothing(), values)

    def _held(self, names: Collection[str]) -> Sequence[Any]:
        """Return rows in the order in which everybody takes them, or two batches could wait for each other."""
        mine = (CLAIMS.c.folder == self._folder) & CLAIMS.c.dossier_id.in_(names)
        return self._connection.execute(
            select(CLAIMS).where(mine).order_by(CLAIMS.c.dossier_id).with_for_update()
        ).all()

    def settle(self, dossier_id: str, *, quarantined: str | None = None) -> None:
        """Say that something came of a dossier: it is free again, and was never begun in vain."""
        with writing(self._connection):
            self._set(dossier_id, owner=None, attempts=0, quarantined=quarantined)

    def release(self, owner: str | None = None, *, is_known_still: bool = False) -> None:
        """Free what a batch has in hand and ends without, in order: it was not begun in vain.

        Args:
            owner: Another batch, which ended without its database; None for this one.
            is_known_still: It stays known in whose hands it was, as of whoever was killed.
        """
        mine = (CLAIMS.c.folder == self._folder) & (CLAIMS.c.owner == (owner or self._owner))
        fewer = case((CLAIMS.c.attempts > 0, CLAIMS.c.attempts - 1), else_=0)
        # In the order in which they are taken, or two batches could wait for each other.
        in_order = select(CLAIMS.c.dossier_id).where(mine).order_by(CLAIMS.c.dossier_id).with_for_update()
        with self._connection.begin():
            self._connection.execute(in_order).all()
            freed = {} if is_known_still else {"owner": None}
            self._connection.execute(update(CLAIMS).where(mine).values(attempts=fewer, **freed))

    def give_back(self, dossier_id: str, *, attempts: int) -> None:
        """Free a dossier that was not worked on."""
        with self._connection.begin():
            self._set(dossier_id, owner=None, attempts=attempts)

    def leave(self, dossier_id: str) -> None:
        """Free a dossier that took along whoever worked on it: it was begun in vain."""
        with self._connection.begin():
            self._set(dossier_id, owner=None)

    def forget(self, but: Collection[str]) -> None:
        """Remove what is known of all dossiers but some, while no batch is at work that counts on it."""
        gone = sorted(self.names() - set(but))
        mine = (CLAIMS.c.folder == self._folder) & CLAIMS.c.owner.is_(None)
        with self._connection.begin():
            for some in parts(gone, AT_ONCE):
                self._connection.execute(delete(CLAIMS).where(mine & CLAIMS.c.dossier_id.in_(some)))

    def _is_free(self, owner: str | None) -> bool:
        return owner is None or owner == self._owner or not self._is_alive(owner)

    def _set(self, dossier_id: str, **values: object) -> None:
        mine = (CLAIMS.c.folder == self._folder) & (CLAIMS.c.dossier_id == dossier_id)
        self._connection.execute(update(CLAIMS).where(mine).values(**values))
