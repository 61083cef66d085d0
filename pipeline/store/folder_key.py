"""Under which key an output folder's rows stand in a database that it shares with others."""

import logging
import re
import uuid
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.folders import write_whole
from pipeline.locks import alone_in
from pipeline.outputs import SCRATCH

log = logging.getLogger(__name__)

FOLDER_ID = ".folder-id"
"""File with the key."""
_UNFINISHED = f"{FOLDER_ID}-unfinished"
_KEY = re.compile("[0-9a-f]{32}")


def key_of(folder: Path) -> str:
    """Return the key of an output folder.

    Raises:
        UsageError: It has none, or a damaged one.
    """
    try:
        key = _read(folder)
    except FileNotFoundError as error:
        raise UsageError(f"{folder} is no output folder of `dossier batch --database`") from error
    except OSError as error:
        raise UsageError(f"cannot read {folder / FOLDER_ID}: {error.strerror}") from error
    if key is None:
        raise UsageError(f"{folder / FOLDER_ID} is damaged; the next `dossier batch --database` makes it anew")
    return key


def made_key(folder: Path, *, owner: str = "", is_alive: Callable[[str], bool] = lambda _: False) -> str:
    """Return the key of an output folder, made at its first use; a folder that moves takes it along.

    A damaged one is made anew: rows under the new key are made from the reports, those under the old one stay.

    Args:
        folder: The output folder.
        owner: The batch that asks.
        is_alive: Whether another batch still works there.

    Raises:
        UsageError: It cannot be written, or is damaged while another batch works under it.
    """
    path = folder / FOLDER_ID
    try:
        with alone_in(folder):
            _sweep(folder)
            try:
                key = _read(folder)
            except FileNotFoundError:
                return _make(folder)
            if key is not None:
                return key
            if any(is_alive(other) for other in _others(folder, owner)):
                raise UsageError(f"{path} is damaged, and another batch works under it; wait until that has ended")
            log.warning("%s was damaged and is made anew; rows under the old key stay in the database", path)
            return _make(folder)
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from error


def _read(folder: Path) -> str | None:
    """Return the key; None if what is there is none. Raises FileNotFoundError."""
    written = (folder / FOLDER_ID).read_bytes().decode("ascii", "replace").strip()
    return written if _KEY.fullmatch(written) else None


def _make(folder: Path) -> str:
    key = uuid.uuid4().hex
    # On the disk before a row bears it, or a machine that stops would leave an empty one.
    write_whole(folder / FOLDER_ID, key.encode("ascii"), folder / _UNFINISHED)
    return key


def _sweep(folder: Path) -> None:
    """Remove what a batch left that was killed here, and what those of earlier versions left."""
    for left in folder.glob(f"{FOLDER_ID}-*"):
        left.unlink(missing_ok=True)


def _others(folder: Path, owner: str) -> list[str]:
    scratch = folder / SCRATCH
    return [path.name for path in scratch.iterdir() if path.name != owner] if scratch.is_dir() else []
