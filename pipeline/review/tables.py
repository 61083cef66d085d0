"""The desk's tables: the journal, and what is made of it and of the reports for looking things up."""

from sqlalchemy import Boolean, Column, Engine, Float, Index, Integer, MetaData, String, Table, UniqueConstraint

METADATA = MetaData()

EVENTS = Table(
    "desk_events",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("dossier_id", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("written", String, nullable=False),  # the event as its line in the file has it
    # Of two reviewers who decide on what both saw, one wins.
    UniqueConstraint("dossier_id", "version"),
    Index("desk_events_by_kind", "kind"),
)

CASES = Table(
    "desk_cases",
    METADATA,
    Column("dossier_id", String, primary_key=True),
    Column("as_of", String, nullable=False),
    Column("machine", String, nullable=False),  # decision of the machine
    Column("judged", String, nullable=False),  # the same after corrections
    Column("rank", Integer, nullable=False),  # of `judged`: what needs a person comes first
    Column("company_code", String),
    Column("company_name", String),
    Column("store_type", String),
    Column("category", String),
    Column("words", String, nullable=False),  # what the text filter looks in, in lower case
    Column("arrived", Float, nullable=False),  # seconds since 1970
    Column("report_sha256", String, nullable=False),
    Column("gist", String),  # of the report, see `gist_of`; null until it has been read
    Column("wrong", Integer),  # weighty findings that did not pass
    Column("state", String, nullable=False),
    Column("outcome", String),
    Column("decided_by", String),
    Column("decided_at", String),
    Column("assignee", String),
    Column("version", Integer, nullable=False),
    Index("desk_cases_in_order", "state", "rank", "arrived", "dossier_id"),
    Index("desk_cases_in_all", "rank", "arrived", "dossier_id"),
    Index("desk_cases_by_company", "company_code", "as_of", "dossier_id"),
    Index("desk_cases_by_category", "category"),
    Index("desk_cases_by_store_type", "store_type"),
    Index("desk_cases_unread", "gist"),
)

COVERED = Index(
    "desk_cases_covered",
    *(CASES.c[name] for name in ("state", "rank", "arrived", "dossier_id", "judged", "words")),
).ddl_if(dialect="sqlite")
"""Holds all that the queue is counted and put in order by, so that no row is read that is not shown. PostgreSQL takes
no words as long as some dossiers' into an index."""

TERMS = Table(
    "desk_terms",
    METADATA,
    Column("dossier_id", String, primary_key=True),
    Column("document", String, primary_key=True),
    Column("type", String, nullable=False),
    Column("file", String, nullable=False),
    Column("ends", String, nullable=False),
    Index("desk_terms_by_end", "ends"),
)

LEASES = Table(
    "desk_leases",
    METADATA,
    Column("dossier_id", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("since", Float, nullable=False),
    Column("until", Float, nullable=False),
)

VALUES = Table(
    "desk_values",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the event
    Column("dossier_id", String, nullable=False),
    Column("type", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("was_right", Boolean, nullable=False),
    Column("stands", Boolean, nullable=False),  # not undone, and not replaced by a later one
    Index("desk_values_by_dossier", "dossier_id"),
)


def make_tables(engine: Engine) -> None:
    """Make the tables that are missing, and the index that databases of earlier versions have not."""
    METADATA.create_all(engine)
    if engine.dialect.name == "sqlite":
        COVERED.create(engine, checkfirst=True)
