"""Reads a YAML file into a record; everything that is wrong with it is told at once, with file, line and field."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from pipeline.errors import ConfigurationError
from pipeline.model import Record
from pipeline.schema_text import keys_at
from pipeline.text import meant_by
from pipeline.yaml_lines import line_of

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: the same, slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

R = TypeVar("R", bound=Record)

Place = tuple[str | int, ...]
"""Keys and indexes that lead to a value."""

_FEW = 16
"""Keys that a message lists at most."""


@dataclass(frozen=True)
class YamlFile:
    """A parsed file whose values can be traced to their lines."""

    path: Path
    sha256: str
    content: Any
    node: yaml.Node | None

    def line(self, place: Sequence[str | int]) -> int:
        """Return the line, counting from 1, of the value at a place or of the closest one around it."""
        return line_of(self.node, place)

    def complain(self, problems: Iterable[tuple[int, Place, str]]) -> ConfigurationError:
        """Return the error that names every problem (line, place, text), in the order of the file."""
        lines = sorted((line, _dotted(place), text) for line, place, text in problems)
        told = "\n".join(f"  {self.path}:{line}: {field + ': ' if field else ''}{text}" for line, field, text in lines)
        return ConfigurationError(f"{self.path.name} is not valid, {len(lines)} problem(s):\n{told}")


def read_yaml(path: Path) -> YamlFile:
    """Parse a YAML file.

    Raises:
        ConfigurationError: if it cannot be read, is no YAML, or holds a key twice.
    """
    try:
        content = path.read_bytes()
        loader = Loader(content.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from error
    try:
        node = loader.get_single_node()
        parsed = YamlFile(
            path, hashlib.sha256(content).hexdigest(), loader.construct_document(node) if node else None, node
        )
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(f"{path}:{line}: not YAML: {error.problem}") from error
    except (ValueError, RecursionError, yaml.YAMLError) as error:  # such as the date 2024-13-01
        raise ConfigurationError(f"{path}: not YAML: {error}") from error
    doubles = [(line, place, "this key stands twice") for line, place in _doubles(node, ())]
    if doubles:
        raise parsed.complain(doubles)
    return parsed


def read_record(path: Path, record: type[R]) -> R:
    """Parse a YAML file into a record.

    Raises:
        ConfigurationError: naming every problem with its line.
    """
    return validated(read_yaml(path), record)


def validated(parsed: YamlFile, record: type[R], *, context: Mapping[str, Any] | None = None) -> R:
    """Return a parsed file's content as a record.

    Args:
        parsed: The file.
        record: What it must be.
        context: What the record's validators need to know of the program.

    Raises:
        ConfigurationError: naming every problem with its line.
    """
    try:
        return record.model_validate(parsed.content if parsed.content is not None else {}, context=context)
    except ValidationError as error:
        problems = [each for each in error.errors(include_url=False) if not _is_about_entries_alone(each)]
        raise parsed.complain(
            (parsed.line(each["loc"]), each["loc"], _told(each, record)) for each in problems
        ) from error


def _is_about_entries_alone(error: Mapping[str, Any]) -> bool:
    """Whether a list is called too short only because entries of it, about which more is said, are not valid."""
    return error["type"] == "too_short" and bool(len(error["input"]) >= error["ctx"]["min_length"])


def _told(error: Mapping[str, Any], record: type[Record]) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        *above, key = error["loc"]
        return "unknown key" + hint_at(str(key), keys_at(record.model_json_schema(), tuple(above)))
    if error["type"] == "missing":
        return "this key is missing"
    if error["type"] == "model_type":
        return f"expected a mapping of keys, found {type(error['input']).__name__}"
    found = error["input"]
    if error["type"] == "string_type" and isinstance(found, int | float | date):
        return f"expected a text (put it in quotes), found {found}"
    if error["type"] == "too_short":
        return "this list needs at least one entry"
    return f"{message}, not {found!r}" if isinstance(found, str | int | float | bool | None) else message


def hint_at(key: str, known: Sequence[str]) -> str:
    """Return, to be put behind a complaint about an unknown key, which one may be meant, or which there are."""
    near = meant_by(key, known)
    if near:
        return f"; did you mean {near}?"
    return f"; known here: {', '.join(known)}" if known and len(known) <= _FEW else ""


def _dotted(place: Place) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")


def _doubles(node: yaml.Node | None, place: Place, above: frozenset[int] = frozenset()) -> Iterator[tuple[int, Place]]:
    """Return where a mapping states a key again: line and place."""
    if id(node) in above:  # an alias of something around it
        return
    above |= {id(node)}
    if isinstance(node, yaml.SequenceNode):
        for at, below in enumerate(node.value):
            yield from _doubles(below, (*place, at), above)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            below_key = (*place, str(key.value))
            if below_key[-1] in seen:
                yield key.start_mark.line + 1, below_key
            seen.add(str(key.value))
            yield from _doubles(value, below_key, above)
