"""What reviewers read, as a labelled set: `truth.json`, and the files it speaks of where they are at hand.

It is what `dossier evaluate` measures by. It holds the fields that somebody looked at, and so more of those that are
read badly than there are among all.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from pipeline.discovery import find_dossiers
from pipeline.errors import UsageError
from pipeline.evaluate.truth import TRUTH, Label
from pipeline.files import read_file
from pipeline.folders import create, make_folder, write_whole
from pipeline.refusal import Refusal
from pipeline.review.desk import Desk
from pipeline.review.events import Event, Valued
from pipeline.review.standing import standing_of
from pipeline.review.values import SEALED_FIELDS

_MAX_BYTES = 100_000_000


def labels_of(desk: Desk) -> tuple[Label, ...]:
    """Return what reviewers read and nobody took back, one label for each document."""
    events: dict[str, list[Event]] = {}
    for event in desk.journal.all(("valued", "undone")):
        events.setdefault(event.dossier_id, []).append(event)
    labels: dict[tuple[str, str, str], dict[str, Any]] = {}
    for dossier_id, done in sorted(events.items()):
        for event in standing_of(done).values:
            body = event.body
            assert isinstance(body, Valued)
            if body.entity in SEALED_FIELDS:
                continue  # confirmed as it is masked, and so equal to nothing that is read
            label = labels.setdefault((dossier_id, body.document, body.sha256), _begun(dossier_id, body))
            entities: dict[str, JsonValue] = label["entities"]
            entities[body.entity] = body.value
    return tuple(Label.model_validate(label) for label in labels.values())


def write_labelled(desk: Desk, target: Path, dossiers: Path | None = None) -> Mapping[str, int]:
    """Write the labelled set; return how many labels, values and dossiers' files it holds.

    Args:
        desk: Whose reviewers read.
        target: A folder that is not there yet, or is empty.
        dossiers: The batch's input, from which the files are copied; None writes the labels alone.

    Raises:
        UsageError: The folder holds something, or there is nothing to write.
    """
    labels = labels_of(desk)
    if not labels:
        raise UsageError("no reviewer has confirmed a value or put one right yet")
    if target.exists() and any(target.iterdir()):
        raise UsageError(f"{target} is not empty; give a new folder")
    make_folder(target)
    wanted = {label.dossier for label in labels if label.dossier}
    found = {each.id: each.path for each in find_dossiers(dossiers)} if dossiers else {}
    copied = [_copy(found[name], target / "dossiers" / name) for name in sorted(wanted & found.keys())]
    content = json.dumps([_written(label) for label in labels], ensure_ascii=False, indent=2) + "\n"
    write_whole(target / TRUTH, content.encode(), target / f".{TRUTH}-{os.getpid()}")
    return {"labels": len(labels), "values": sum(len(label.entities) for label in labels), "dossiers": len(copied)}


def truth_of(desk: Desk) -> str:
    """Return `truth.json` alone."""
    return json.dumps([_written(label) for label in labels_of(desk)], ensure_ascii=False, indent=2) + "\n"


def _begun(dossier_id: str, body: Valued) -> dict[str, Any]:
    return {
        "id": f"{dossier_id}:{body.document}:{body.sha256[:8]}",
        "dossier": dossier_id,
        "file": body.file,
        "type": body.type,
        "quality": "reviewed",
        "entities": {},
    }


def _written(label: Label) -> dict[str, JsonValue]:
    return label.model_dump(mode="json", exclude_defaults=True) | {"type": label.type}


def _copy(source: Path, target: Path) -> Path:
    if source.is_file():
        make_folder(target.parent)
        copy = target.with_name(f"{target.name}.zip")
        with source.open("rb") as zipped, create(copy) as file:
            shutil.copyfileobj(zipped, file)
        return copy
    for path in sorted(source.rglob("*")):
        try:
            # A dossier is a stranger's: links, pipes and devices stay where they are.
            content = None if path.is_dir() else read_file(path, _MAX_BYTES)
        except Refusal:
            continue
        if content is not None:
            place = target / path.relative_to(source)
            make_folder(place.parent)
            with create(place) as file:
                file.write(content)
    return target
