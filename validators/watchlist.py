"""The operator's watch list: companies, credit codes, persons and marks that a person must look at (XDC806).

Four formats, told by the file's suffix:

- `.yaml`, `.yml`, `.json`: a mapping with any of `companies`, `codes`, `persons`, `marks`; each a list of texts or of
  mappings `{value, reason}`.
- `.csv`: a header with `kind`, `value` and perhaps `reason`; kinds are company, code, person and mark.
- anything else: one entry a line, `kind: value`, or a value alone, which is then looked for among all kinds (a value
  that has a colon itself needs its kind); empty lines and lines that begin with `#` are skipped.
"""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from extractors.codes import compact
from pipeline.errors import ConfigurationError
from pipeline.model import Record
from pipeline.text import meant_by
from validators.equality import canonical_company, canonical_mark, canonical_person


class WatchKind(StrEnum):
    """What an entry of the watch list names."""

    COMPANY = "company"
    CODE = "code"
    PERSON = "person"
    MARK = "mark"


_SECTIONS = {
    "companies": WatchKind.COMPANY,
    "codes": WatchKind.CODE,
    "persons": WatchKind.PERSON,
    "marks": WatchKind.MARK,
}
_CANONICAL: Mapping[WatchKind, Callable[[str], str]] = {
    WatchKind.COMPANY: canonical_company,
    WatchKind.CODE: compact,
    WatchKind.PERSON: canonical_person,
    WatchKind.MARK: canonical_mark,
}


class WatchEntry(Record):
    """One line of the watch list."""

    kind: WatchKind | None
    """None is looked for among all kinds."""
    value: str
    reason: str | None = None
    """Why it is listed, for the reviewer's eyes."""


class Watchlist(Record):
    """The entries, looked up in the forms in which names are compared."""

    entries: tuple[WatchEntry, ...]

    def find(self, kind: WatchKind, value: str) -> WatchEntry | None:
        """Return the entry that names `value`, the first one if several do."""
        return self._by_form.get((kind, _CANONICAL[kind](value)))

    @cached_property
    def _by_form(self) -> Mapping[tuple[WatchKind, str], WatchEntry]:
        found: dict[tuple[WatchKind, str], WatchEntry] = {}
        for entry in self.entries:
            for kind in [entry.kind] if entry.kind else WatchKind:
                found.setdefault((kind, _CANONICAL[kind](entry.value)), entry)
        return found


def load_watchlist(path: Path) -> Watchlist:
    """Read a watch list.

    Raises:
        ConfigurationError: The file cannot be read or says something else than a watch list; all problems are named
            with their places.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"watch list {path} cannot be read as UTF-8 text: {error}") from error
    problems: list[str] = []
    entries = tuple(_entries(text, path, problems))
    if not (entries or problems):
        problems.append("it names nothing; leave the option out if there is no list")
    if problems:
        raise ConfigurationError(f"watch list {path} is not valid:\n" + "\n".join(f"  {each}" for each in problems))
    return Watchlist(entries=entries)


def _entries(text: str, path: Path, problems: list[str]) -> Iterator[WatchEntry]:
    suffix = path.suffix.lower()
    if suffix in (".yaml", ".yml", ".json"):
        try:
            listed = json.loads(text) if suffix == ".json" else yaml.safe_load(text)
        except (ValueError, yaml.YAMLError, RecursionError) as error:
            problems.append(f"not {suffix[1:]}{_place_of(error)}")
            return iter(())
        return _from_sections(listed, problems)
    return _from_table(text, problems) if suffix == ".csv" else _from_lines(text, problems)


def _place_of(error: Exception) -> str:
    """Return where a file is no YAML or JSON, without the words that stand there."""
    if isinstance(error, json.JSONDecodeError):
        return f": line {error.lineno}, column {error.colno}"
    mark = getattr(error, "problem_mark", None)
    return f": line {mark.line + 1}, column {mark.column + 1}" if mark else ""


def _from_sections(listed: object, problems: list[str]) -> Iterator[WatchEntry]:
    if not isinstance(listed, dict):
        problems.append(f"expected a mapping with {', '.join(_SECTIONS)}, found {type(listed).__name__}")
        return
    # What stands in a list may be a name, and errors are logged: they say where, not what.
    for number, (name, values) in enumerate(listed.items(), start=1):
        if name not in _SECTIONS:
            near = meant_by(str(name), _SECTIONS)
            meant = f"did you mean {near}?" if near else f"expected {', '.join(_SECTIONS)}"
            problems.append(f"section {number}: unknown; {meant}")
        elif not isinstance(values, list):
            problems.append(f"{name}: expected a list, found {type(values).__name__}")
        else:
            for at, value in enumerate(values):
                yield from _entry(f"{name}[{at}]", _SECTIONS[name], value, problems)


def _entry(place: str, kind: WatchKind, listed: object, problems: list[str]) -> Iterable[WatchEntry]:
    parts: dict[Any, Any] = listed if isinstance(listed, dict) else {"value": listed}
    value, reason = parts.get("value"), parts.get("reason")
    # YAML reads a code of digits alone as a number.
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        problems.append(f"{place}: expected a text (put it in quotes), found {type(value).__name__}")
    elif parts.keys() - {"value", "reason"} or not isinstance(reason, str | None):
        problems.append(f"{place}: expected value and, if need be, a text as reason, and no other key")
    else:
        return [WatchEntry(kind=kind, value=value.strip(), reason=reason)]
    return []


def _from_table(text: str, problems: list[str]) -> Iterator[WatchEntry]:
    rows = csv.DictReader(text.splitlines())
    missing = {"kind", "value"} - set(rows.fieldnames or ())
    if missing:
        problems.append(f"line 1: expected a header with kind and value; missing: {', '.join(sorted(missing))}")
        return
    for row in rows:
        kind, value = (row["kind"] or "").strip().lower(), (row["value"] or "").strip()
        if kind not in {*WatchKind}:
            problems.append(f"line {rows.line_num}: unknown kind; expected {', '.join(WatchKind)}")
        elif not value:
            problems.append(f"line {rows.line_num}: value is empty")
        else:
            yield WatchEntry(kind=WatchKind(kind), value=value, reason=row.get("reason") or None)


def _from_lines(text: str, problems: list[str]) -> Iterator[WatchEntry]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        # The colon may be a Chinese keyboard's.
        prefix, *rest_of_line = re.split("[:：]", line, maxsplit=1)
        kind, rest = prefix.strip().lower(), "".join(rest_of_line)
        if not rest_of_line:
            yield WatchEntry(kind=None, value=line.strip())
        elif kind not in {*WatchKind}:
            problems.append(f"line {number}: unknown kind before the colon; expected {', '.join(WatchKind)}")
        elif rest.strip():
            yield WatchEntry(kind=WatchKind(kind), value=rest.strip())
        else:
            problems.append(f"line {number}: {kind} without a value")
