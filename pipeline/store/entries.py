"""Decisions on record of one output folder, each with the hash of the report that it was made from."""

import hashlib
from collections.abc import Iterator

from pydantic import ValidationError
from sqlalchemy import Connection, delete, select

from pipeline.records import OnRecord
from pipeline.store.database import Unusable, insert_into, writing
from pipeline.store.tables import DOSSIERS


class Entries:
    """Entries by dossier."""

    def __init__(self, connection: Connection, folder: str) -> None:
        """Work on an open connection; `open_store` makes it."""
        self.connection = connection
        self.folder = folder

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
        with self.connection.begin():
            rows = self.connection.execute(statement).all()
        for dossier_id, written, digest, report in rows:
            entry = _entry(dossier_id, written, digest)
            yield entry, report if entry else dossier_id

    def put(self, entry: OnRecord, report_sha256: str) -> None:
        """Write an entry, in place of the dossier's earlier one."""
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
        with writing(self.connection):
            self.connection.execute(
                statement.on_conflict_do_update(index_elements=["folder", "dossier_id"], set_=values)
            )

    def remove(self, *dossier_ids: str) -> None:
        """Forget dossiers; some hundreds at once."""
        with writing(self.connection):
            self.connection.execute(
                delete(DOSSIERS).where(DOSSIERS.c.folder == self.folder, DOSSIERS.c.dossier_id.in_(dossier_ids))
            )


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
