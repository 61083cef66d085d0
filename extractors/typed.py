"""Values as a person types them at the reviewers' desk → the contract's normal forms, by each field's own type.

Lists have a line for each item, money is `100 CNY` or as certificates print it, goods are `25: shirts`.
"""

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import JsonValue, TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from extractors.base import Goods, Money
from extractors.dates import parse_date
from extractors.facts import FIELDS
from extractors.values import parse_money
from pipeline.errors import UsageError
from pipeline.model import LONG_TERM, Entity

_CODES = ("code", "number", "numbers")
"""Last words of the names of fields that hold codes: upper-case, without spaces."""
_ENDLESS = frozenset({LONG_TERM, "long term", "long-term", "长期"})
_YES = frozenset({"yes", "true", "是", "有"})
_NO = frozenset({"no", "false", "否", "无"})
_MONEY = re.compile(r"([\d,]+(?:\.\d+)?)\s*([A-Za-z]{3})")
_GOODS = re.compile(r"(?:(\d{1,2})\s*[:：]\s*)?(.+)")


def fields_of(document_type: str) -> Sequence[str]:
    """Return the fields that a document of this type may have, by the contract's names."""
    declared = FIELDS.get(document_type)
    return [each.alias or name for name, each in declared.model_fields.items()] if declared else ()


def read_typed(document_type: str, entity: str, text: str) -> JsonValue:
    """Return the value that `text` is for a field.

    Raises:
        UsageError: It is none; the message says what is expected.
    """
    kind = _type_of(document_type, entity)
    said = text.strip()
    if not said:
        raise UsageError("write what stands on the page")
    value = _read(kind, said, is_code=entity.rsplit("_", 1)[-1] in _CODES)
    try:
        checked = TypeAdapter(kind).validate_python(value)
    except ValidationError as error:
        raise UsageError(f"{said!r} is not what this field holds: {_expected(kind)}") from error
    return to_jsonable_python(checked, by_alias=True, exclude_none=True)  # type: ignore[no-any-return]


def _type_of(document_type: str, entity: str) -> Any:
    declared = FIELDS.get(document_type)
    for name, field in declared.model_fields.items() if declared else ():
        if entity == (field.alias or name):
            holder = next(each for each in get_args(field.annotation) if each is not type(None))
            return holder.__pydantic_generic_metadata__["args"][0] if issubclass(holder, Entity) else holder
    raise UsageError(f"a document of type {document_type} has no field {entity}")


def _read(kind: Any, said: str, *, is_code: bool = False) -> Any:
    if get_origin(kind) is tuple:
        lines = [line for line in said.splitlines() if line.strip()]
        if get_args(kind)[0] is int:
            lines = re.split(r"[\s,，、;；]+", said)
        return tuple(_read(get_args(kind)[0], line.strip(), is_code=is_code) for line in lines if line)
    if kind is bool:
        return True if said.casefold() in _YES else False if said.casefold() in _NO else said
    if kind is Money:
        return _money(said)
    if kind is Goods:
        match = _GOODS.fullmatch(said)
        return {"class": int(match[1]) if match and match[1] else None, "text": match[2] if match else said}
    if kind is date or _holds_date(kind):
        return LONG_TERM if kind is not date and said.casefold() in _ENDLESS else parse_date(said) or said
    return re.sub(r"\s", "", said).upper() if is_code else said


def _money(said: str) -> Any:
    match = _MONEY.fullmatch(said)
    return {"amount": match[1].replace(",", ""), "currency": match[2].upper()} if match else parse_money(said) or said


def _holds_date(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType) and date in get_args(kind)


def _expected(kind: Any) -> str:
    """Say what a field holds."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "one of " + ", ".join(str(each.value) for each in kind)
    if get_origin(kind) is tuple:
        return f"one to a line, {_expected(get_args(kind)[0])}"
    if get_origin(kind) in (Union, UnionType):
        return "a date such as 2026-11-24, or long_term"
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(map(str, get_args(kind)))
    known = {
        date: "a date such as 2026-11-24",
        bool: "yes or no",
        int: "a whole number",
        Money: "money such as 100 CNY",
    }
    return known.get(kind, "a text")
