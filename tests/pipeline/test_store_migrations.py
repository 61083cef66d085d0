"""Databases of every earlier version are brought up to date in place, on SQLite and on PostgreSQL."""

from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.store import DATABASE, FOLDER_ID, Store, open_store
from pipeline.store.database import connect, place_of, version_of
from pipeline.store.tables import HERE, VERSION
from tests.pipeline.test_neighbours import HELD, names_beside

KEY = "5" * 32


def _dossiers(of: str, key: str) -> str:
    return (
        f"CREATE TABLE dossiers ({of}dossier_id VARCHAR NOT NULL, as_of VARCHAR NOT NULL, decision VARCHAR NOT NULL, "
        "company_code VARCHAR, store_type VARCHAR, category VARCHAR, report_sha256 VARCHAR NOT NULL, "
        f"entry VARCHAR NOT NULL, entry_sha256 VARCHAR NOT NULL, PRIMARY KEY ({key}))"
    )


# As those versions made them.
FOLDER = 'folder VARCHAR COLLATE "C" NOT NULL, '
META = ('CREATE TABLE meta (name VARCHAR COLLATE "C" NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (name))',)
TABLES = {
    1: (_dossiers("", "dossier_id"), "CREATE INDEX dossiers_by_company ON dossiers (company_code)"),
    2: (
        *META,
        _dossiers(FOLDER, "folder, dossier_id"),
        "CREATE INDEX dossiers_by_company ON dossiers (folder, company_code)",
        f'CREATE TABLE claims ({FOLDER}dossier_id VARCHAR COLLATE "C" NOT NULL, owner VARCHAR, '
        "attempts INTEGER NOT NULL, serial INTEGER NOT NULL, quarantined VARCHAR, PRIMARY KEY (folder, dossier_id))",
        "CREATE INDEX claims_by_owner ON claims (folder, owner)",
    ),
    3: (
        *META,
        _dossiers(FOLDER, "folder, dossier_id"),
        "CREATE INDEX dossiers_by_company ON dossiers (folder, company_code)",
        f'CREATE TABLE claims ({FOLDER}dossier_id VARCHAR COLLATE "C" NOT NULL, owner VARCHAR, '
        "attempts INTEGER NOT NULL, quarantined VARCHAR, PRIMARY KEY (folder, dossier_id))",
        "CREATE INDEX claims_by_owner ON claims (folder, owner)",
        f'CREATE TABLE held ({FOLDER}key VARCHAR COLLATE "C" NOT NULL, is_told INTEGER NOT NULL, '
        'as_of VARCHAR COLLATE "C" NOT NULL, dossier_id VARCHAR COLLATE "C" NOT NULL, "check" BIGINT NOT NULL, '
        "PRIMARY KEY (folder, key, is_told, as_of, dossier_id))",
    ),
}
SHARED = [version for version in TABLES if version > 1]
"""Those of which there were servers."""


def write(folder: Path, database: str | None, version: int) -> None:
    """Write what a batch of an earlier version had put on record, and of which it had one in hand and one given up."""
    key = KEY if database else HERE
    (folder / FOLDER_ID).write_text(KEY, encoding="ascii")
    engine = connect(place_of(database or folder / DATABASE))
    with engine.begin() as connection:
        for statement in TABLES[version]:
            connection.execute(text(statement if database else statement.replace(' COLLATE "C"', "")))
        for table, rows in rows_of(folder, version).items():
            for row in rows:
                names = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(f":{name}" for name in row)
                given = {**row, "folder": key} if "folder" in row else row
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), given)
        if not database:
            connection.execute(text(f"PRAGMA user_version = {version}"))
    engine.dispose()


def rows_of(folder: Path, version: int) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each table; those of entries are as `put` writes them, which no version has changed."""
    (folder / "now").mkdir()
    with open_store(folder / "now") as store:
        for each in HELD:
            store.put(each, "1" * 64)
        with store.connection.begin():
            rows = {
                table: [dict(row) for row in store.connection.execute(text(f"SELECT * FROM {table}")).mappings()]
                for table in ("dossiers", "held")
            }
    claims: list[dict[str, object]] = [
        {"folder": HERE, "dossier_id": "a", "owner": "dead", "attempts": 1, "quarantined": None},
        {"folder": HERE, "dossier_id": "b", "owner": None, "attempts": 0, "quarantined": "{}"},
    ]
    meta: list[dict[str, object]] = [{"name": "version", "value": str(version)}]
    if version == 1:
        return {
            "dossiers": [{name: value for name, value in row.items() if name != "folder"} for row in rows["dossiers"]]
        }
    if version == 2:
        return {"meta": meta, "dossiers": rows["dossiers"], "claims": [{**row, "serial": 7} for row in claims]}
    return {"meta": meta, **rows, "claims": claims}


def see(store: Store, version: int) -> None:
    assert [each for each, _ in store.entries()] == list(HELD)
    assert names_beside(store, "m") == ["a", "c"]
    assert store.with_neighbours() == {"b", "m", "n"}
    if version > 1:
        claims = store.claims.take(["a", "b"])
        assert (claims["a"].is_ours, claims["a"].attempts, claims["a"].quarantined) == (True, 1, None)
        assert (claims["b"].attempts, claims["b"].quarantined) == (0, "{}")
    with store.connection.begin():
        assert version_of(store.connection) == VERSION


def test_every_earlier_version_is_tried() -> None:
    assert list(TABLES) == list(range(1, len(TABLES) + 1))
    assert len(TABLES) >= VERSION - 1


@pytest.mark.parametrize("version", TABLES)
def test_a_file_is_brought_up_to_date_in_place(tmp_path: Path, version: int) -> None:
    write(tmp_path, None, version)
    for _ in range(2):
        with open_store(tmp_path) as store:
            store.mend()
            see(store, version)
            store.claims.release()
            store.claims.give_back("a", attempts=1)
    assert not list(tmp_path.glob("*.set-aside-*"))


@pytest.mark.parametrize("version", SHARED)
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_server_is_brought_up_to_date_in_place(tmp_path: Path, database: str, version: int) -> None:
    write(tmp_path, database, version)
    for _ in range(2):
        with open_store(tmp_path, database=database) as store:
            store.mend()
            see(store, version)
            store.claims.release()
            store.claims.give_back("a", attempts=1)
