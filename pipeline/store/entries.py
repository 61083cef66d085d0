"""Decisions on record of one output folder, each with the hash of the report that it was made from."""

import hashlib
from collections.abc import Iterator

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, delete, select

from pipeline.records import OnRecord, Records
from pipeline.store.database import Unusable, writing
from pipeline.store.neighbours import Neighbours
from pipeline.store.tables import DOSSIERS, insert_into

AT_ONCE = 1_000
"""Rows that are fetched in one go."""


class Entries:
    """Entries by dossier."""

    def __init__(self, connection: Connection, folder: str) -> None:
        """Work on an open connection; `open_store` makes it."""
        self.connection = connection
        self.folder = folder
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
        with self.connection.begin():
            yield from self._read()

    def _read(self) -> Iterator[tuple[OnRecord | None, str]]:
        columns = (DOSSIERS.c.dossier_id, DOSSIERS.c.entry, DOSSIERS.c.entry_sha256, DOSSIERS.c.report_sha256)
        statement = select(*columns).where(DOSSIERS.c.folder == self.folder).order_by(DOSSIERS.c.dossier_id)
        for dossier_id, written, digest, report in self.connection.execute(statement).all():
            entry = _entry(dossier_id, written, digest)
            yield entry, report if entry else dossier_id

    def get(self, dossier_id: str) -> OnRecord | None:
        """Return a dossier's entry; None if it has none, or not what was written."""
        with writing(self.connection):
            row = self.connection.execute(self._one, {"name": dossier_id}).one_or_none()
        return _entry(dossier_id, *row) if row else None

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield each dossier with the hash of its report; with an empty one where its entry is not what was written."""
        columns = (DOSSIERS.c.dossier_id, DOSSIERS.c.report_sha256, DOSSIERS.c.entry, DOSSIERS.c.entry_sha256)
        statement = select(*columns).where(DOSSIERS.c.folder == self.folder).execution_options(yield_per=AT_ONCE)
        with writing(self.connection), self.connection.execute(statement) as rows:
            for dossier_id, report, written, digest in rows:
                yield dossier_id, report if _sha256(written) == digest else ""

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

    def beside(self, dossier_id: str) -> Records:
        """Return what a dossier on record is judged beside: earlier ones with its company, a mark or a file of it."""
        with writing(self.connection):
            entry = self.get(dossier_id)
            found = [self.get(other) for other in self.neighbours.of(entry)] if entry else []
        return Records(entries=tuple(sorted((each for each in found if each), key=lambda each: each.place)))

    def with_neighbours(self) -> set[str]:
        """Return every dossier that has something beside it."""
        with writing(self.connection):
            return self.neighbours.all()

    def mend(self, *, anew: bool = False) -> None:
        """See that dossiers find each other: make that part anew of the entries if it is not as it was written.

        Args:
            anew: Make it anew whatever it is.
        """
        with writing(self.connection):
            if anew or not self.neighbours.is_sound():
                self.neighbours.clear()
                for entry, _ in self._read():
                    if entry:
                        self.neighbours.put(None, entry)


def _entry(dossier_id: str, written: str, digest: str) -> OnRecord | None:
    # SQLite's own checks do not see flipped bytes.
    if _sha256(written) != digest:
        return None
    try:
        entry = OnRecord.model_validate_json(written)
    except ValidationError:
        return None
    return entry if entry.dossier_id == dossier_id else None


def _sha256(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()
