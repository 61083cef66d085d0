"""Which dossiers of an output folder have a company, a mark, a file, a picture or a paper's number in common.

Made of the entries alone, so that it is made anew whenever it is not what was written, or would be written otherwise
now: a dossier that looks for others by one key, while they stand under another, finds none and says nothing.
"""

import hashlib
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, exists, func, select, tuple_
from sqlalchemy.exc import DBAPIError

from pipeline import belonging, records, register, sameness
from pipeline.lists import parts
from pipeline.records import OnRecord
from pipeline.register import keys_of
from pipeline.report import values
from pipeline.store.complaints import is_undecodable
from pipeline.store.tables import DOSSIERS, HELD, META, insert_into
from pipeline.version import code_digest

AT_ONCE = 1_000
"""Rows that are fetched in one go."""
MOST_TOLD = 2_000
"""More than any of our rulebooks lets a company have; of a rulebook that allows more, STO708 counts these."""
ASKED_AT_ONCE = 10_000
"""Keys in one question: SQLite takes three times as many values, and a dossier may have more pages."""
UNFINISHED = ""
"""Kept of how rows are made while not all are."""
MAKERS = (belonging, records, register, sameness, values)
"""Modules that have a part in what a key is."""


@cache
def making() -> str:
    """Return what tells how rows are made now from how another version of the program, or of its dictionaries, does."""
    code = code_digest(Path(str(place)) for place in (*(module.__file__ for module in MAKERS), __file__))
    told = f"{code} {version('opencc')} {unicodedata.unidata_version}"
    return hashlib.sha256(told.encode()).hexdigest()


class Neighbours:
    """What is held in common, on an open connection and in its transaction."""

    def __init__(self, connection: Connection, folder: str) -> None:
        """Work on an open connection."""
        self._connection = connection
        self._folder = folder
        self._made = f"made {folder}"
        # Made once: to put it together takes longer than to write a row.
        self._insert = insert_into(connection, HELD.name).on_conflict_do_nothing()

    def put(self, before: OnRecord | None, entry: OnRecord | None) -> None:
        """Take up what a dossier holds now, in place of what it held before; None where it is not on record."""
        gone, come = self._rows(before), self._rows(entry)
        if gone == come:
            return
        if gone:
            mine = (HELD.c.folder == self._folder) & (HELD.c.dossier_id == gone[0]["dossier_id"])
            for some in parts([row["key"] for row in gone], ASKED_AT_ONCE):
                self._connection.execute(delete(HELD).where(mine, HELD.c.key.in_(some)))
        if come:
            self._connection.execute(self._insert, come)

    def add(self, entries: Iterable[OnRecord]) -> None:
        """Take up what dossiers hold of which nothing stands here; some hundreds at once."""
        if rows := [row for entry in entries for row in self._rows(entry)]:
            self._connection.execute(self._insert, rows)

    def entries(self, entry: OnRecord) -> Sequence[Any]:
        """Return the rows (id, entry, its hash) of the dossiers before this one with something in common, in order.

        Of each thing in common and each type of store the first `MOST_TOLD`: a brand may have thousands of sellers, and
        no rule has to see more of them than it takes to object.
        """
        before = tuple_(HELD.c.as_of, HELD.c.dossier_id) < tuple_(entry.as_of.isoformat(), entry.dossier_id)
        # Nothing is beside itself, as it was on an earlier day.
        before &= HELD.c.dossier_id != entry.dossier_id
        told = (HELD.c.folder == self._folder) & (HELD.c.is_told == 1)
        columns = (DOSSIERS.c.dossier_id, DOSSIERS.c.as_of, DOSSIERS.c.entry, DOSSIERS.c.entry_sha256)
        rows: dict[str, Any] = {}
        for some in parts(keys_of(entry), ASKED_AT_ONCE):
            is_it = (DOSSIERS.c.folder == HELD.c.folder) & (DOSSIERS.c.dossier_id == HELD.c.dossier_id)
            alike, order = (HELD.c.key, DOSSIERS.c.store_type), (HELD.c.as_of, HELD.c.dossier_id)
            at = func.row_number().over(partition_by=alike, order_by=order).label("at")
            asked = select(HELD.c.dossier_id, at).join(DOSSIERS, is_it).where(told, HELD.c.key.in_(some), before)
            of_each = asked.subquery()
            others = select(of_each.c.dossier_id).where(of_each.c.at <= MOST_TOLD)
            found = (DOSSIERS.c.folder == self._folder) & DOSSIERS.c.dossier_id.in_(others)
            rows |= {row.dossier_id: row for row in self._connection.execute(select(*columns).where(found))}
        return sorted(rows.values(), key=lambda row: (row.as_of, row.dossier_id))

    def all(self) -> set[str]:
        """Return every dossier that has another before it with something in common."""
        other = HELD.alias()
        same = (other.c.folder == HELD.c.folder) & (other.c.key == HELD.c.key) & (other.c.is_told == 1)
        before = tuple_(other.c.as_of, other.c.dossier_id) < tuple_(HELD.c.as_of, HELD.c.dossier_id)
        found = select(HELD.c.dossier_id).where(HELD.c.folder == self._folder, exists().where(same, before)).distinct()
        return set(self._connection.execute(found).scalars())

    def is_made_as_now(self) -> bool:
        """Whether rows were made as they would be made now."""
        return self._how_made() == making()

    def is_new(self) -> bool:
        """Whether nobody has made any yet."""
        return self._how_made() is None

    def _how_made(self) -> str | None:
        statement = select(META.c.value).where(META.c.name == self._made)
        try:
            made = self._connection.execute(statement).scalar()
        except DBAPIError as error:
            if not is_undecodable(error):
                raise
            return UNFINISHED
        return None if made is None else str(made)

    def is_sound(self) -> bool:
        """Whether every row is what was written, and what would be written now."""
        if not self.is_made_as_now():
            return False
        columns = (HELD.c.check, HELD.c.key, HELD.c.is_told, HELD.c.as_of, HELD.c.dossier_id)
        statement = select(*columns).where(HELD.c.folder == self._folder).execution_options(yield_per=AT_ONCE)
        try:
            with self._connection.execute(statement) as rows:
                return all(check == _check(*values) for check, *values in rows)
        except DBAPIError as error:
            if not is_undecodable(error):
                raise
            return False

    def begin_anew(self) -> None:
        """Forget everything; until `end_anew` it is known that not all is here."""
        # First, so that batches which begin at once make them one after the other.
        self._call_made(UNFINISHED)
        self._connection.execute(delete(HELD).where(HELD.c.folder == self._folder))

    def end_anew(self) -> None:
        """Keep that all is here, made as it is made now."""
        self._call_made(making())

    def _call_made(self, value: str) -> None:
        made = insert_into(self._connection, META.name).values(name=self._made, value=value)
        values = {"value": made.excluded.value}
        self._connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=values))

    def _rows(self, entry: OnRecord | None) -> list[dict[str, str | int]]:
        if entry is None:
            return []
        as_of = entry.as_of.isoformat()
        return [
            {
                "folder": self._folder,
                "key": key,
                "is_told": int(is_told),
                "as_of": as_of,
                "dossier_id": entry.dossier_id,
                "check": _check(key, int(is_told), as_of, entry.dossier_id),
            }
            for key, is_told in keys_of(entry).items()
        ]


def _check(*values: str | int) -> int:
    return zlib.crc32("|".join(map(str, values)).encode("utf-8", "surrogatepass"))
