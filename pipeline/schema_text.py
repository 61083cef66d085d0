"""JSON Schemas (2020-12) with words for people: each key with what its record says of it, in the record's own place.

A record describes its keys by the strings below them, as everywhere in this program. They are taken from the source
when a schema is asked for, so that importing a record costs nothing.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import ModelSchema

JsonSchema = Mapping[str, Any]


class DescribedSchema(GenerateJsonSchema):
    """Makes schemas whose keys are described; hand it to pydantic as `schema_generator`."""

    def model_schema(self, schema: ModelSchema) -> dict[str, Any]:
        """Return a record's schema."""
        made = super().model_schema(schema)
        record: type[BaseModel] = schema["cls"]
        for name, text in descriptions_of(record).items():
            declared = record.model_fields.get(name)
            key = (declared.alias or name) if declared else name
            if key in made.get("properties", {}):
                made["properties"][key].setdefault("description", text)
        return made


@cache
def descriptions_of(record: type[BaseModel]) -> Mapping[str, str]:
    """Return what a record says of its fields, by name: the string below each, those of its bases included.

    A record that was put together from another one names it as `restates`, and takes over what that says.
    """
    found: dict[str, str] = {}
    for each in reversed(record.__mro__):
        if issubclass(each, BaseModel) and each is not BaseModel:
            found |= dict(_strings_below_fields(each))
    restated = getattr(record, "restates", None)
    return {**(descriptions_of(restated) if restated else {}), **found}


def _strings_below_fields(record: type[BaseModel]) -> Iterator[tuple[str, str]]:
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(record))).body
    except (OSError, TypeError):  # made while running: it stands in no file
        return
    assert isinstance(tree, ast.ClassDef)
    for field, below in zip(tree.body, tree.body[1:], strict=False):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(below, ast.Expr)
            and isinstance(below.value, ast.Constant)
            and isinstance(below.value.value, str)
        ):
            yield field.target.id, " ".join(below.value.value.split())


def plain_schema(node: Any) -> Any:
    """Return a schema without defaults, titles of properties and nulls: an absent key says the same."""
    if isinstance(node, list):
        return [plain_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: plain_schema(value) for key, value in node.items() if key != "default"}
    if isinstance(kept.get("title"), str):
        del kept["title"]
    branches = [branch for branch in kept.get("anyOf", ()) if branch != {"type": "null"}]
    if len(branches) == 1:
        del kept["anyOf"]
        return {**branches[0], **kept}
    return {**kept, "anyOf": branches} if branches else kept


def keys_at(schema: JsonSchema, place: tuple[str | int, ...]) -> list[str]:
    """Return which keys a schema knows at a place, in its order; none where there is no mapping of known keys.

    Args:
        schema: Of the whole file.
        place: Keys and positions from 0 that lead to the mapping.
    """
    nodes = list(_meant(schema, schema))
    for step in place:
        below = (found for node in nodes if (found := _below(node, step)))
        nodes = [meant for each in below for meant in _meant(each, schema)]
    return list(dict.fromkeys(key for node in nodes for key in node.get("properties", {})))


def _meant(node: JsonSchema, root: JsonSchema) -> Iterator[JsonSchema]:
    """Yield what a node may be: what it refers to, and each of several forms."""
    if "$ref" in node:
        yield from _meant(root["$defs"][node["$ref"].rpartition("/")[2]], root)
    elif "anyOf" in node:
        for branch in node["anyOf"]:
            yield from _meant(branch, root)
    else:
        yield node


def _below(node: JsonSchema, step: str | int) -> JsonSchema | None:
    found = node.get("items") if isinstance(step, int) else node.get("properties", {}).get(step)
    return found if isinstance(found, dict) else None
