"""The folder that batches write to: whatever bears a final name is whole.

```
OUT/reports/<dossier id>.json   one report per dossier; past 10,000 dossiers in two levels of subfolders
OUT/reports/<dossier id>.html   the same for people, if asked for
OUT/errors/<dossier id>.json    instead of a report: why there is none
OUT/summary.csv  OUT/index.html
OUT/state.jsonl                 what each report was made from, so that a later run knows what is done
OUT/.unfinished/<batch>/        what a batch that runs is about to write; locked as long as it lives
```

Several batches may write at once: who does which dossier is told by claims (`pipeline.store`), and a lock on OUT is
held for the moment that a line of the journal or the summary takes.
"""

import fcntl
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.folders import make_folder, write_whole
from pipeline.model import FailureCode, Message, Record

STATE = "state.jsonl"
SCRATCH = ".unfinished"
OWN_FOLDERS = ("reports", "errors")
WRITTEN: tuple[tuple[Literal["reports", "errors"], str], ...] = (
    ("errors", ".json"),
    ("reports", ".json"),
    ("reports", ".html"),
)
"""Folder and suffix of whatever may be written about a dossier."""
OWN_FILES = ("summary.csv", "index.html")
FLAT_UP_TO = 10_000
"""Dossiers whose reports lie side by side in one folder."""


class Done(Record):
    """One line of the journal: a dossier that has its report, and what that was made from."""

    id: str
    fingerprint: str
    """Of the dossier's content and of everything else that its report depends on."""
    files: dict[str, str]
    """Path below the output folder → SHA-256."""
    page: str | None = None
    """Language of the page for people; None if there is none."""


class ErrorRecord(Record):
    """What stands in a report's place if a dossier could not be processed."""

    schema_version: Literal["1.0"] = "1.0"
    dossier_id: str
    code: FailureCode
    message: Message
    attempts: int
    earlier: tuple[FailureCode, ...] = ()
    """Of one that is quarantined: what each attempt came to."""


class Results:
    """An output folder. Files are 0600, folders 0700."""

    def __init__(self, folder: Path, *, dossiers: int, tell: Callable[[str], None] = lambda _: None) -> None:
        """Name the folder; `open_results` makes it ready.

        Args:
            folder: Where results go.
            dossiers: How many there are, which decides how reports are spread over folders.
            tell: Called with the place of each file that was written or removed.
        """
        self.folder = folder
        self._tell = tell
        self.owner = uuid.uuid4().hex
        """The name of this batch among those that write here."""
        self._flat = dossiers <= FLAT_UP_TO and not _is_spread(folder)
        self._scratch = folder / SCRATCH / self.owner
        self._numbers = count()
        self._journal = folder / STATE
        self._read: tuple[int, int] = (0, 0)
        self._entries: dict[str, Done] = {}
        self._lock = -1

    def place(self, kind: Literal["reports", "errors"], dossier_id: str, suffix: str) -> str:
        """Return the path below the folder of what is written about one dossier."""
        if self._flat:
            return f"{kind}/{dossier_id}{suffix}"
        spread = hashlib.sha256(dossier_id.encode()).hexdigest()
        return f"{kind}/{spread[:2]}/{spread[2:4]}/{dossier_id}{suffix}"

    def write(self, place: str, content: bytes) -> None:
        """Write a file so that it is there whole, or not at all, even if the machine stops.

        Raises:
            UsageError: There is no room, or the folder is no longer writable.
        """
        try:
            write_whole(self.folder / place, content, self._scratch / f"{next(self._numbers)}")
        except OSError as error:
            raise UsageError(
                f"cannot write to {self.folder}: {error.strerror}. What is done stays; "
                "put this right and give the same command again to go on"
            ) from error
        self._tell(place)

    def remove(self, place: str) -> None:
        """Take away what a newer result has replaced."""
        (self.folder / place).unlink(missing_ok=True)
        self._tell(place)

    def read_journal(self) -> dict[str, Done]:
        """Return the last line of each dossier. A line that a crash tore is as good as absent.

        Only what other batches have added is read when it is asked for again.
        """
        with suppress(FileNotFoundError), self._journal.open("rb") as journal:
            status = os.fstat(journal.fileno())
            number, end = self._read
            if number != status.st_ino or end > status.st_size:
                end = 0
                self._entries.clear()
            journal.seek(end)
            added = journal.read()
            self._read = (status.st_ino, end + len(added))
            for line in added.splitlines():
                with suppress(ValidationError):
                    done = Done.model_validate_json(line)
                    self._entries[done.id] = done
        return self._entries

    def start_journal(self) -> None:
        """Write the journal anew, each dossier once."""
        with self.alone():
            entries = self.read_journal()
            self.write(STATE, b"".join(_line(done) for done in entries.values()))

    def forget_gone(self) -> None:
        """Write the journal anew without the lines of which no file is left."""
        with self.alone():
            entries = self.read_journal()
            gone = [
                done.id for done in entries.values() if not any((self.folder / name).exists() for name in done.files)
            ]
            for dossier_id in gone:
                del entries[dossier_id]
            if gone:
                self.write(STATE, b"".join(_line(done) for done in entries.values()))

    def is_alone(self) -> bool:
        """Whether no other batch is at work here; right until `alone` is left, if it is held."""
        owners = [path.name for path in (self.folder / SCRATCH).iterdir()]
        return not any(self.is_alive(owner) for owner in owners if owner != self.owner)

    def note(self, done: Done) -> None:
        """Add to the journal, once the files of `done` bear their names. If this is lost, the dossier is done again."""
        try:
            with self.alone(), self._journal.open("ab") as journal:
                journal.write(_line(done))
        except OSError as error:
            raise UsageError(f"cannot write to {self._journal}: {error.strerror}") from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other batches from journal and summary, for a moment."""
        handle = _open_folder(self.folder)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def is_alive(self, owner: str) -> bool:
        """Whether another batch still writes here: the system holds its lock as long as its process lives."""
        return _is_locked(self.folder / SCRATCH / owner)

    def prepare(self) -> None:
        """Clear away what killed runs left unfinished, and see that the folder can be written to."""
        try:
            make_folder(self.folder)
            with self.alone():  # nobody sweeps what is made here before it is locked
                _sweep(self.folder / SCRATCH)
                make_folder(self._scratch)
                self._lock = _open_folder(self._scratch)
                fcntl.flock(self._lock, fcntl.LOCK_EX)
            for folder in (self._scratch, self.folder / "reports"):
                make_folder(folder)
                probe = folder / f".probe-{self.owner}"
                probe.write_bytes(b"?")
                probe.unlink()
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def close(self) -> None:
        """Leave nothing behind but results."""
        shutil.rmtree(self._scratch, ignore_errors=True)
        with suppress(OSError):  # others are still at work
            self._scratch.parent.rmdir()
        if self._lock >= 0:
            os.close(self._lock)


def _looks_like_results(folder: Path) -> bool:
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


@contextmanager
def open_results(folder: Path, *, dossiers: int, tell: Callable[[str], None] = lambda _: None) -> Iterator[Results]:
    """Yield the folder ready for writing, made if need be; arguments as `Results` has them.

    Raises:
        UsageError: It is not writable, or holds files that are not a batch's.
    """
    results = Results(folder, dossiers=dossiers, tell=tell)
    foreign = [name for name in (*OWN_FOLDERS, *OWN_FILES) if (folder / name).exists()]
    if foreign and not (folder / STATE).exists() and not _looks_like_results(folder):
        raise UsageError(
            f"{folder} holds {', '.join(foreign)}, but not from a batch; give another folder with --output"
        )
    try:
        results.prepare()
        yield results
    finally:
        results.close()


def report_files(folder: Path) -> Iterator[Path]:
    """Yield the reports of a batch's output folder, in the order of the dossiers' ids.

    Raises:
        UsageError: It is no such folder.
    """
    if not (folder / "reports").is_dir():
        raise UsageError(f"{folder} has no folder `reports`; give the output folder of `dossier batch`")
    yield from sorted((folder / "reports").rglob("*.json"), key=lambda path: path.name)


def is_whole(done: Done, folder: Path) -> bool:
    """Whether every file of a journal's line is in the output folder as it was written."""
    return all(_sha256(folder / place) == digest for place, digest in done.files.items())


def _is_spread(folder: Path) -> bool:
    """Whether reports lie in two levels of subfolders already."""
    return next((folder / "reports").glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/"), None) is not None


def _open_folder(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def _is_locked(folder: Path) -> bool:
    try:
        handle = _open_folder(folder)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _sweep(scratch: Path) -> None:
    """Remove what batches left that were killed."""
    for left in scratch.iterdir() if scratch.is_dir() else ():
        if not left.is_dir():
            left.unlink(missing_ok=True)
        elif not _is_locked(left):
            shutil.rmtree(left, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write to {folder}: {error.strerror}; give another folder with --output")


def _line(done: Done) -> bytes:
    return done.model_dump_json().encode() + b"\n"


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
