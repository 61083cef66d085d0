"""JSON Schemas (2020-12) of what goes in and what comes out, by name."""

from typing import Any

from pipeline.application import application_schema
from pipeline.evaluate.truth import truth_schema
from pipeline.report.json import report_schema

_SCHEMAS = {"report": report_schema, "application": application_schema, "truth": truth_schema}


def schema_of(what: str) -> dict[str, Any]:
    """Return the schema of a `report` as it is written, or of an `application` or `truth` as it is read."""
    return _SCHEMAS[what]()
