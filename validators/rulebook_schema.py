"""The JSON Schema (2020-12) of a rulebook file, for editors: made from the records, so that the two agree."""

from typing import Any

from pipeline.schema_text import DescribedSchema, plain_schema
from validators.rulebook_file import RulebookFile


def rulebook_schema() -> dict[str, Any]:
    """Return the schema; a file that extends no other must state policy and categories itself."""
    schema: dict[str, Any] = plain_schema(RulebookFile.model_json_schema(schema_generator=DescribedSchema))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Rulebook of a marketplace",
        "anyOf": [{"required": ["extends"]}, {"required": ["policy", "categories"]}],
    }
