"""The labelled set: `truth.json` beside the files it speaks of, in the form of a set of one's own or of samples/."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from pipeline.errors import UsageError
from pipeline.model import Record
from pipeline.schema_text import DescribedSchema

TRUTH = "truth.json"
_DOSSIERS = ("", "dossiers")
"""Folders below the set in which dossiers may lie."""


class Label(Record):
    """What a person read on one document."""

    # A set may bear notes of its own, such as who labelled it.
    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Annotated[str, Field(min_length=1)]
    """Names the document in the results; each once in a set."""
    file: Annotated[str, Field(min_length=1)]
    """Path below the set, or below the dossier."""
    type: str | None
    """A document type of the contract; null for a look-alike that must not be taken for any type of the set."""
    entities: Mapping[str, JsonValue] = Field(default_factory=dict)
    """By the contract's names, in its normal forms. `…_prefix` holds the beginning of a long text, `…_printed` a value
    as it is printed. An entity that is missing is not scored."""
    uncertain: tuple[str, ...] = ()
    """Entities that a person could not read for sure; they are not scored."""
    dossier: str | None = None
    """Dossier that the file belongs to: a folder or a zip below the set or below its `dossiers/`."""
    page: Annotated[int, Field(ge=1)] | None = None
    """Page of the file on which the document begins, counting from 1; null if the file is one document."""
    quality: str = ""
    """How it was captured, in a word or in many; results are grouped by it where there are few."""


_LABELS: TypeAdapter[tuple[Label, ...]] = TypeAdapter(tuple[Label, ...])


@dataclass(frozen=True)
class Place:
    """Where a labelled file lies."""

    path: Path
    member: str = ""
    """Its path inside, if `path` is a zip."""


def truth_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `truth.json`."""
    schema = _LABELS.json_schema(schema_generator=DescribedSchema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def load_truth(folder: Path) -> tuple[Label, ...]:
    """Read the labels of the set in `folder`.

    Raises:
        UsageError: There are none, or one of them is not valid; entry and field are named.
    """
    path = folder / TRUTH
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(
            f"cannot read {path}: {error.strerror}; a labelled set has a {TRUTH}, see `dossier schema truth`"
        ) from error
    except ValueError as error:
        raise UsageError(f"{path} is no JSON in UTF-8 ({error}); see `dossier schema truth`") from error
    try:
        labels = _LABELS.validate_python(content)
    except ValidationError as error:
        raise UsageError(f"{path}: {_first_problem(error, content)}; see `dossier schema truth`") from error
    if not labels:
        raise UsageError(f"{path} has no entry: there is nothing to compare with")
    _refuse_twins(path, labels)
    return labels


def place_of(label: Label, folder: Path) -> Place:
    """Return where the label's file lies.

    Raises:
        UsageError: It is not there, or outside the set.
    """
    for place in _places(label, folder):
        if place.path.is_file():
            if not place.path.resolve().is_relative_to(folder.resolve()):
                raise UsageError(f"{folder / TRUTH}: {label.id}: file: {label.file!r} lies outside the set")
            return place
    raise UsageError(f"{folder / TRUTH}: {label.id}: file: {label.file!r} is not in {folder}")


def _places(label: Label, folder: Path) -> list[Place]:
    if label.dossier is None:
        return [Place(folder / label.file)]
    roots = [folder / below / label.dossier for below in _DOSSIERS]
    zips = [root.with_name(f"{root.name}.zip") for root in roots]
    return [*(Place(root / label.file) for root in roots), *(Place(path, label.file) for path in zips)]


def _first_problem(error: ValidationError, content: object) -> str:
    problem = error.errors(include_input=False, include_url=False)[0]
    if not problem["loc"]:
        return "it is no list of entries"
    number, *steps = problem["loc"]
    entry = content[number] if isinstance(content, list) and isinstance(number, int) else None
    name = entry.get("id") if isinstance(entry, dict) else None
    field = ".".join(map(str, steps)) or "the entry"
    return f"entry {name if isinstance(name, str) and name else number}: {field}: {problem['msg']}"


def _refuse_twins(path: Path, labels: Sequence[Label]) -> None:
    seen: set[str] = set()
    for label in labels:
        if label.id in seen:
            raise UsageError(f"{path}: entry {label.id}: id: there are two of them; give each document its own")
        seen.add(label.id)
