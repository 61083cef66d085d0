"""Decisions on record of one output folder, each with the hash of the report that it was made from."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, delete, func, select

from pipeline.lists import parts
from pipeline.records import OnRecord, Records
from pipeline.store.database import Unusable, reading, writing
from pipeline.store.neighbours import Neighbours
from pipeline.store.tables import DOSSIERS, insert_into

AT_ONCE = 1_000
"""Rows that are fetched in one go."""


class Entries:
    """Entries by dossier."""

    def __init__(self, connection: Connection, folder: str, *, is_checked: bool = False) -> None:
        """Work on an open connection; `open_store` makes it.

        Args:
            connection: To the database.
            folder: Key of the output folder.
            is_checked: Whether every entry was just seen to be what was written.
        """
        self.connection = connection
        self.folder = folder
        self._is_checked = is_checked
        self.neighbours = Neighbours(connection, folder)
        # Made once: to put it together takes longer than to ask it.
        is_it = (DOSSIERS.c.folder == folder) & (DOSSIERS.c.dossier_id == bindparam("name"))
        self._one = select(DOSSIERS.c.entry, DOSSIERS.c.entry_sha256).where(is_it)

    def entries(self) -> Iterator[tuple[OnRecord, str]]:
        """Yield every entry with the hash of its report.

        Raises:
            Unusable: What is stored is not what was written.
        """
        for entry, report in self.read():
            if entry is None:
                raise Unusable("an entry has changed since it was written")
            yield entry, report

    def read(self) -> Iterator[tuple[OnRecord | None, str]]:
        """Yield every entry with the hash of its report, or with its id where it is not what was written."""
        columns = (DOSSIERS.c.dossier_id, DOSSIERS.c.entry, DOSSIERS.c.entry_sha256, DOSSIERS.c.report_sha256)
        statement = select(*columns).where(DOSSIERS.c.folder == self.folder).order_by(DOSSIERS.c.dossier_id)
        last = ""
        while True:
            with reading(self.connection):
                rows = self.connection.execute(statement.where(DOSSIERS.c.dossier_id > last).limit(AT_ONCE)).all()
            for dossier_id, written, digest, report in rows:
                entry = _entry(dossier_id, written, digest)
                yield entry, report if entry else dossier_id
            if len(rows) < AT_ONCE:
                return
            last = rows[-1][0]

    def get(self, dossier_id: str) -> OnRecord | None:
        """Return a dossier's entry; None if it has none, or not what was written."""
        with reading(self.connection):
            row = self.connection.execute(self._one, {"name": dossier_id}).one_or_none()
        return _entry(dossier_id, *row) if row else None

    def count(self) -> int:
        """Return how many dossiers are on record."""
        with reading(self.connection):
            statement = select(func.count()).select_from(DOSSIERS).where(DOSSIERS.c.folder == self.folder)
            return int(self.connection.execute(statement).scalar() or 0)

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield each dossier with the hash of its report; with an empty one where its entry is not what was written."""
        columns = [DOSSIERS.c.dossier_id, DOSSIERS.c.report_sha256]
        if not self._is_checked:
            columns += [DOSSIERS.c.entry, DOSSIERS.c.entry_sha256, DOSSIERS.c.as_of]
        statement = select(*columns).where(DOSSIERS.c.folder == self.folder).execution_options(yield_per=AT_ONCE)
        with reading(self.connection), self.connection.execute(statement) as rows:
            for dossier_id, report, *entry in rows:
                yield dossier_id, report if not entry or _is_written(dossier_id, report, *entry) else ""

    def check(self) -> None:
        """See that every entry is what was written.

        Raises:
            Unusable: One is not.
        """
        if not all(report for _, report in self.digests()):
            raise Unusable("an entry has changed since it was written")

    def put(self, entry: OnRecord, report_sha256: str) -> None:
        """Write an entry, in place of the dossier's earlier one."""
        with writing(self.connection):
            self._put(entry, report_sha256)

    def _put(self, entry: OnRecord, report_sha256: str) -> None:
        written = entry.model_dump_json()
        values = {
            "as_of": entry.as_of.isoformat(),
            "decision": entry.decision.value,
            "company_code": entry.company_code,
            "store_type": entry.store_type,
            "category": entry.category,
            "report_sha256": report_sha256,
            "entry": written,
            "entry_sha256": _sha256(written),
        }
        statement = insert_into(self.connection, DOSSIERS.name).values(
            folder=self.folder, dossier_id=entry.dossier_id, **values
        )
        self.neighbours.put(self.get(entry.dossier_id), entry)
        self.connection.execute(statement.on_conflict_do_update(index_elements=["folder", "dossier_id"], set_=values))

    def remove(self, *dossier_ids: str) -> None:
        """Forget dossiers; some hundreds at once."""
        with writing(self.connection):
            for each in dossier_ids:
                self.neighbours.put(self.get(each), None)
            self.connection.execute(
                delete(DOSSIERS).where(DOSSIERS.c.folder == self.folder, DOSSIERS.c.dossier_id.in_(dossier_ids))
            )

    def beside(self, dossier_id: str, entry: OnRecord | None = None) -> tuple[Records, str]:
        """Return what a dossier is judged beside, and its hash.

        That is earlier ones with its company, a mark, a file, a picture or the number of a paper of it.

        Args:
            dossier_id: The dossier.
            entry: What it would put on record; None for what it has there.
        """
        with reading(self.connection):
            entry = entry or self.get(dossier_id)
            found = self.neighbours.entries(entry) if entry else []
        entries = (_entry(row.dossier_id, row.entry, row.entry_sha256) for row in found)
        return Records(entries=tuple(each for each in entries if each)), _digest(found)

    def digest_beside(self, dossier_id: str) -> str:
        """Return the hash of what a dossier is judged beside; empty for nothing."""
        with reading(self.connection):
            entry = self.get(dossier_id)
            return _digest(self.neighbours.entries(entry)) if entry else ""

    def digest_before(self, entry: OnRecord) -> str:
        """Return the hash of what a dossier would be judged beside with this entry; empty for nothing."""
        with reading(self.connection):
            return _digest(self.neighbours.entries(entry))

    def with_neighbours(self) -> set[str]:
        """Return every dossier that has something beside it."""
        with reading(self.connection):
            return self.neighbours.all()

    def is_new(self) -> bool:
        """Whether nobody has worked on the output folder with this database yet, or with one that is lost."""
        with reading(self.connection):
            return self.neighbours.is_new()

    def is_made_as_now(self) -> bool:
        """Whether dossiers find each other by the keys by which they are looked for now."""
        with reading(self.connection):
            return self.neighbours.is_made_as_now()

    def are_neighbours_sound(self) -> bool:
        """Whether all by what dossiers find each other is what was written, and what would be written now."""
        with reading(self.connection):
            return self.neighbours.is_sound()

    def mend(self, *, anew: bool = False) -> None:
        """See that dossiers find each other: make that part anew of the entries if it is not as it would be written.

        Others, who may be at work, never see half of it.

        Args:
            anew: Make it anew whatever it is.
        """
        if not anew and self.are_neighbours_sound():
            return
        with writing(self.connection):
            self.neighbours.begin_anew()
            for some in self._in_parts():
                self.neighbours.add(some)
            self.neighbours.end_anew()

    def make_anew(self) -> None:
        """Make anew how dossiers find each other while nobody is at work on them: others who write wait for a part."""
        with writing(self.connection):
            self.neighbours.begin_anew()
        for some in self._in_parts():
            with writing(self.connection):
                self.neighbours.add(some)
        with writing(self.connection):
            self.neighbours.end_anew()

    def _in_parts(self) -> Iterator[list[OnRecord]]:
        return parts((entry for entry, _ in self.read() if entry), AT_ONCE)


def _is_written(dossier_id: Any, report: Any, written: Any, digest: Any, as_of: Any = "") -> bool:
    """Whether what stands in a row may be what was written."""
    # SQLite's own checks see neither flipped bytes nor bytes that claim to be no text.
    is_text = all(isinstance(each, str) for each in (dossier_id, report, written, digest, as_of))
    return is_text and _sha256(written) == digest


def _entry(dossier_id: str, written: str, digest: str) -> OnRecord | None:
    if not _is_written(dossier_id, "", written, digest):
        return None
    try:
        entry = OnRecord.model_validate_json(written)
    except ValidationError:
        return None
    return entry if entry.dossier_id == dossier_id else None


def _digest(rows: Sequence[Any]) -> str:
    return _sha256("\n".join(f"{row.dossier_id} {row.entry_sha256}" for row in rows)) if rows else ""


def _sha256(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()
