"""The tables of the results database; each row belongs to one output folder."""

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, MetaData, String, Table
from sqlalchemy.dialects import postgresql, sqlite

VERSION = 4
HERE = "."
"""Key of the output folder that a database lies in; folders that share a server have keys of their own."""

# Compared byte by byte on either kind of database, as Python compares.
_ID = String().with_variant(String(collation="C"), "postgresql")

METADATA = MetaData()
META = Table("meta", METADATA, Column("name", _ID, primary_key=True), Column("value", String, nullable=False))
DOSSIERS = Table(
    "dossiers",
    METADATA,
    Column("folder", _ID, primary_key=True),
    Column("dossier_id", _ID, primary_key=True),
    Column("as_of", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("company_code", String),
    Column("store_type", String),
    Column("category", String),
    Column("report_sha256", String, nullable=False),
    Column("entry", String, nullable=False),
    Column("entry_sha256", String, nullable=False),
    Index("dossiers_by_company", "folder", "company_code"),
)
# By what dossiers find each other: one row for each company, mark, file, picture and number of an entry.
HELD = Table(
    "held",
    METADATA,
    Column("folder", _ID, primary_key=True),
    Column("key", _ID, primary_key=True),
    # 1 where others that ask are told of it.
    Column("is_told", Integer, primary_key=True, autoincrement=False),
    Column("as_of", _ID, primary_key=True),
    Column("dossier_id", _ID, primary_key=True),
    # CRC-32 of the others: SQLite's own checks do not see flipped bytes.
    Column("check", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
CLAIMS = Table(
    "claims",
    METADATA,
    Column("folder", _ID, primary_key=True),
    Column("dossier_id", _ID, primary_key=True),
    # Who works on it; null when nobody does.
    Column("owner", String),
    # How often it was begun and not ended in order; written before work, so that what kills its batch counts.
    Column("attempts", Integer, nullable=False),
    # Of what it was, when it was given up; null unless it is quarantined.
    Column("quarantined", String),
    Index("claims_by_owner", "folder", "owner"),
)


def insert_into(connection: Connection, table: str) -> "sqlite.Insert | postgresql.Insert":
    """Return an insert that knows conflicts, in the words of the database."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(METADATA.tables[table])
    return sqlite.insert(METADATA.tables[table])
