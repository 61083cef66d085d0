"""What lies in an output folder: the names of a batch's own files, its reports, and whether it is one at all."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from pipeline.errors import UsageError
from pipeline.marks import hash_of

STATE = "state.jsonl"
DATABASE = "results.sqlite"
SCRATCH = ".unfinished"
WORD = "word"
"""File in a batch's folder below SCRATCH, which stays for whoever comes next."""
OWN_FOLDERS = ("reports", "errors")
WRITTEN: tuple[tuple[Literal["reports", "errors"], str], ...] = (
    ("errors", ".json"),
    ("reports", ".json"),
    ("reports", ".html"),
)
"""Folder and suffix of whatever may be written about a dossier."""
OWN_FILES = ("summary.csv", "index.html")


def places(kind: str, dossier_id: str, suffix: str) -> tuple[str, str, str]:
    """Return the paths below an output folder at which something about a dossier may lie.

    Side by side with the others; in two levels of subfolders, 4,096 in all, since a folder for a handful of files costs
    a block of the disk and a look at each run; in the 65,536 of earlier versions, which nothing is written to.
    """
    spread, name = hashlib.sha256(dossier_id.encode()).hexdigest(), f"{dossier_id}{suffix}"
    return (
        f"{kind}/{name}",
        f"{kind}/{spread[:2]}/{spread[2]}/{name}",
        f"{kind}/{spread[:2]}/{spread[2:4]}/{name}",
    )


def report_files(folder: Path) -> Iterator[Path]:
    """Yield the reports of a batch's output folder, in the order of the dossiers' ids.

    Raises:
        UsageError: It is no such folder.
    """
    if not (folder / "reports").is_dir():
        raise UsageError(f"{folder} has no folder `reports`; give the output folder of `dossier batch`")
    yield from (Path(path) for _, path in sorted(records_below(folder / "reports")))


def records_below(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield id and path of each JSON file in a folder and its subfolders, as they come: there may be a million."""
    folders = [str(folder)]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as listed:
            for child in listed:
                if child.is_dir(follow_symlinks=False):
                    folders.append(child.path)
                elif child.name.endswith(".json") and _is_text(child.name):
                    yield child.name[:-5], child.path


def _is_text(name: str) -> bool:
    """Whether a name is UTF-8, as that of every file of ours is."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def looks_like_results(folder: Path) -> bool:
    """Whether a folder that lost its journal holds a batch's results: all is done again then, and nothing is lost."""
    below = [path for name in OWN_FOLDERS for path in (folder / name).rglob("*") if not path.is_dir()]
    # A batch that was stopped at its very start, as for want of room, leaves empty folders and nothing else.
    is_begun = bool(below) or not any((folder / name).exists() for name in OWN_FILES)
    return is_begun and all(_is_record(path.with_suffix(".json") if path.suffix == ".html" else path) for path in below)


def _is_record(path: Path) -> bool:
    """Whether a file is a report or an error record, by what both have."""
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "schema_version" in record and f"{record.get('dossier_id')}.json" == path.name


def is_whole(files: Mapping[str, str], folder: Path) -> bool:
    """Whether files (path below an output folder → SHA-256) are there as they were written."""
    return all(hash_of(folder / place) == digest for place, digest in files.items())


def is_spread(folder: Path) -> bool:
    """Whether reports lie in two levels of subfolders already."""
    return next((folder / "reports").glob("[0-9a-f][0-9a-f]/[0-9a-f]*/"), None) is not None
