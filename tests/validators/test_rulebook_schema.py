"""The rulebook's schema describes every key, and says of a file what loading it says."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pipeline.schemas import schema_of
from validators.rulebook_file import BUILTIN
from validators.rulebook_schema import rulebook_schema

SCHEMA = rulebook_schema()


def undescribed(schema: Any) -> Iterator[str]:
    """Yield the keys that have no description, each with its record."""
    for name, record in {"": schema, **schema["$defs"]}.items():
        for key, said in record.get("properties", {}).items():
            if not said.get("description", "").strip():
                yield f"{name}.{key}"


@pytest.mark.parametrize(
    "schema", [SCHEMA, schema_of("application"), schema_of("truth")], ids=["rulebook", "form", "truth"]
)
def test_every_key_that_people_write_is_described(schema: dict[str, Any]) -> None:
    assert list(undescribed({"$defs": {}, **schema})) == []


def test_an_undescribed_key_would_be_seen() -> None:
    schema = {"properties": {"a": {"description": " "}}, "$defs": {"B": {"properties": {"b": {}, "c": {}}}}}
    assert list(undescribed(schema)) == [".a", "B.b", "B.c"]


@pytest.mark.parametrize("name", BUILTIN)
def test_our_rulebooks_satisfy_it(name: str) -> None:
    content = yaml.safe_load(BUILTIN[name].read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(_written(content))


def _written(node: Any) -> Any:
    """Return YAML's content as JSON has it: days as texts."""
    if isinstance(node, dict):
        return {str(key): _written(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_written(item) for item in node]
    return node if isinstance(node, str | int | float | bool | None) else str(node)


@given(st.sampled_from(sorted(SCHEMA["$defs"]["PolicyBlock"]["properties"])))
def test_a_key_that_is_misspelt_is_refused(key: str) -> None:
    block = {"source": "a page, read today", "effective_from": "2026-01-01", f"{key}_": 1}
    content = {"id": "mine", "version": "1", "extends": "aliexpress", "policy": [block]}
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(content)


def test_a_file_that_stands_by_itself_needs_policy_and_categories() -> None:
    alone = jsonschema.Draft202012Validator(SCHEMA)
    assert not alone.is_valid({"id": "mine", "version": "1"})
    assert alone.is_valid({"id": "mine", "version": "1", "extends": "aliexpress"})
