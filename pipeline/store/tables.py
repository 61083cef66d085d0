"""The tables of the results database; each row belongs to one output folder."""

from sqlalchemy import Column, Index, Integer, MetaData, String, Table

VERSION = 2
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
CLAIMS = Table(
    "claims",
    METADATA,
    Column("folder", _ID, primary_key=True),
    Column("dossier_id", _ID, primary_key=True),
    # Who works on it; null when nobody does.
    Column("owner", String),
    # How often it was begun and not ended in order; written before work, so that what kills its batch counts.
    Column("attempts", Integer, nullable=False),
    # How often something came of it: by this one batch sees that another was there since.
    Column("serial", Integer, nullable=False),
    # Of what it was, when it was given up; null unless it is quarantined.
    Column("quarantined", String),
    Index("claims_by_owner", "folder", "owner"),
)
