"""Schemas say what each key means, in the words that stand below it in the source."""

from typing import Any, ClassVar

import pytest
from pydantic import Field, create_model

from pipeline.model import Record
from pipeline.schema_text import DescribedSchema, descriptions_of, keys_at, plain_schema


class Inner(Record):
    width: int = 0
    """In pixels,
    of the upright page."""
    height: int = 0


class Outer(Inner):
    inner: tuple[Inner, ...] = ()
    """Each within the one before."""
    copy_kind: str | None = Field(default=None, alias="copy")
    """Original or duplicate."""
    named: dict[str, Inner] | None = None


def schema() -> dict[str, Any]:
    return Outer.model_json_schema(schema_generator=DescribedSchema)


def test_a_key_is_described_by_the_string_below_it_on_one_line() -> None:
    assert descriptions_of(Outer) == {
        "width": "In pixels, of the upright page.",
        "inner": "Each within the one before.",
        "copy_kind": "Original or duplicate.",
    }


def test_a_schema_describes_keys_by_the_name_that_files_use_and_those_of_records_within() -> None:
    made = schema()
    assert made["properties"]["copy"]["description"] == "Original or duplicate."
    assert made["$defs"]["Inner"]["properties"]["width"]["description"] == "In pixels, of the upright page."
    assert "description" not in made["properties"]["height"]


def test_a_description_of_the_field_itself_goes_before() -> None:
    class Told(Record):
        size: int = Field(default=0, description="So it is.")
        """Not so."""

    made = Told.model_json_schema(schema_generator=DescribedSchema)
    assert made["properties"]["size"]["description"] == "So it is."


def test_a_record_that_is_put_together_takes_over_what_the_other_says() -> None:
    class Base(Record):
        restates: ClassVar[type[Record] | None] = None

    made = create_model("Made", __base__=Base, width=(int | None, None))
    made.restates = Inner
    assert descriptions_of(made) == {"width": "In pixels, of the upright page."}


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        pytest.param((), ["width", "height", "inner", "copy", "named"], id="at the top"),
        pytest.param(("inner", 3), ["width", "height"], id="in a list"),
        pytest.param(("copy",), [], id="a text"),
        pytest.param(("named", "any"), [], id="under keys of one's own"),
        pytest.param(("nothing", "below"), [], id="nowhere"),
    ],
)
def test_known_keys_are_found_at_a_place(place: tuple[str | int, ...], keys: list[str]) -> None:
    assert keys_at(schema(), place) == keys


def test_a_plain_schema_has_neither_defaults_nor_nulls_and_keeps_its_words() -> None:
    made = plain_schema(schema())["properties"]
    assert made["copy"] == {"type": "string", "description": "Original or duplicate."}
    assert made["named"]["type"] == "object"
