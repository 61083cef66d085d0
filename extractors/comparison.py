"""When a value that was read is the one that a person read: the yardstick of `dossier evaluate` and of the bench.

Strict in characters, lenient in what people type differently: kinds of punctuation and brackets, spaces, traditional
for simplified characters. Lists are compared as sets. The rules that judge dossiers have their own idea of equality.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import JsonValue, TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python
from rapidfuzz.distance import Levenshtein

from extractors import DOCUMENT_TYPES
from extractors.spelling import simplified, tidy
from extractors.values import parse_money
from pipeline.evaluate.score import Comparison
from pipeline.model import LONG_TERM, Entity, Fields

_PREFIX, _PRINTED = "_prefix", "_printed"
_GOODS_PREFIX = f"goods{_PREFIX}"
_ALSO_CALLED = {"mark": "marks"}
"""Names in older labels."""
_OTHER = "other"
_MONTH = re.compile(r"\d{4}-\d{2}")
_OTHER_CALENDAR = re.compile(r"\d{4}-\d{2}-\d{2} \(\w+\)")
_FOR_EVER = ("perpetual",)
_REMARK = re.compile(r"\s*\(.*\)")
"""Behind a mark: its number, say."""
_BRACKETS = str.maketrans("（）【】：；，．", "()[]:;,.")
_NO_MATTER = re.compile(r"[\s:;,.。、·#*]")
_GOODS_HEADING = re.compile(r"[；;]|（截止）")
_BEGINNING = 40
"""Characters of a prefix that must agree, unless nearly all of it does."""
_NEARLY = 0.98


class FieldYardstick:
    """Compares fields of the document types that are read."""

    def field_of(self, kind: str, name: str, wanted: JsonValue) -> str | None:
        """Return the field of document type `kind` that a label's entity speaks of.

        None if the type has no such, or for a day of another calendar.
        """
        target = name.removesuffix(_PREFIX).removesuffix(_PRINTED)
        target = _ALSO_CALLED.get(target, target)
        if isinstance(wanted, str) and _OTHER_CALENDAR.fullmatch(wanted):
            return None
        return target if target in _values_of(kind) else None

    def problem_with(self, kind: str, name: str, wanted: JsonValue) -> str | None:
        """Say why a label's value cannot be that field's in its normal form; None if it can."""
        target = self.field_of(kind, name, wanted)
        if target is None or target != name or (isinstance(wanted, str) and _is_loose(wanted)):
            return None
        try:
            _values_of(kind)[target].validate_python(_as_python(wanted))
        except ValidationError as error:
            if error.errors()[0]["type"] == "enum" and isinstance(wanted, str) and _allows_other(error):
                return None
            return f"{error.errors(include_input=False, include_url=False)[0]['msg']} (the contract's normal form)"
        return None

    def compare(self, name: str, wanted: JsonValue, value: Any) -> Comparison:
        """Compare what was read, None if nothing was, with a label's entity."""
        if isinstance(value, StrEnum) and wanted not in list(type(value)) and _OTHER in list(type(value)):
            wanted = _OTHER  # an office that the contract does not name, say
        true = _true_text(name, wanted)
        if value is None:
            return Comparison(exact=False, errors=max(len(true), 1), characters=max(len(true), 1))
        plain = to_jsonable_python(value, by_alias=True)
        read = _as_printed(plain) if name == _GOODS_PREFIX else _text(plain)
        if name.endswith(_PREFIX) or _MONTH.fullmatch(true):
            read = read[: len(true)]
        errors = Levenshtein.distance(read, true)
        exact = _is_beginning(read, true) if name.endswith(_PREFIX) else read == true
        return Comparison(exact=exact, errors=errors, characters=max(len(true), 1))


YARDSTICK = FieldYardstick()


@cache
def _values_of(kind: str) -> Mapping[str, TypeAdapter[Any]]:
    """Return what the values of a document type's fields must be, by the contract's names; empty if it is not read."""
    for known in DOCUMENT_TYPES:
        if known.name == kind:
            fields: type[Fields] = get_type_hints(known.read)["return"]
            return {
                declared.alias or name: TypeAdapter(_value_type(declared.annotation))
                for name, declared in fields.model_fields.items()
            }
    return {}


def _value_type(annotation: Any) -> Any:
    """Return T of `Entity[T] | None`."""
    entity = next(each for each in get_args(annotation) if isinstance(each, type) and issubclass(each, Entity))
    return entity.model_fields["value"].annotation


def _as_python(wanted: JsonValue) -> Any:
    return tuple(wanted) if isinstance(wanted, list) else wanted


def _allows_other(error: ValidationError) -> bool:
    return f"'{_OTHER}'" in str(error.errors()[0].get("ctx", {}).get("expected", ""))


def _is_loose(wanted: str) -> bool:
    """Whether a label says a date as loosely as some papers do: a month alone, or for ever."""
    return bool(_MONTH.fullmatch(wanted)) or wanted in _FOR_EVER


def _true_text(name: str, wanted: JsonValue) -> str:
    if isinstance(wanted, str) and wanted in _FOR_EVER:
        return _text(LONG_TERM)
    if name in _ALSO_CALLED and isinstance(wanted, str):
        return _text(_REMARK.sub("", wanted))
    if name.endswith(_PRINTED) and isinstance(wanted, str) and (money := parse_money(wanted)):
        return _text(to_jsonable_python(money))
    if name == _GOODS_PREFIX and isinstance(wanted, str):
        return _flat(_GOODS_HEADING.sub("", wanted))
    return _text(wanted)


def _text(value: JsonValue) -> str:
    """Return a value as the text that is compared."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) else str(int(value))
    if isinstance(value, list):
        return "|".join(sorted(_text(item) for item in value))
    if isinstance(value, dict):
        return " ".join(_text(item) for item in value.values() if item is not None)
    return _flat(str(value))


def _as_printed(goods: list[Any]) -> str:
    """Return the goods as the one text that they are on the page, of which a label may hold the beginning."""
    return "".join(_text(item["text"]) for item in goods)


def _flat(text: str) -> str:
    return _NO_MATTER.sub("", simplified(tidy(text)).translate(_BRACKETS))


def _is_beginning(read: str, true: str) -> bool:
    return read.startswith(true[:_BEGINNING]) or Levenshtein.normalized_similarity(read, true) >= _NEARLY
