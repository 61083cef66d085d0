"""Dossiers that reviewers upload: stored as they come, and read by another process, one at a time.

```
OUT/uploads/ID/upload.json      who uploaded it, when, and what it was called
OUT/uploads/ID/failed           why there is no report, if so
OUT/uploads/ID/ID/…, ID.zip     the dossier, or
OUT/uploads/ID/document/ID      a single document, which is inspected: a report without a decision
OUT/uploaded/reports/ID.json    its report, and the page for people
```
The server itself opens none of it. What was waiting when it ended is read when it starts again.
"""

import os
import secrets
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from queue import Empty, Queue
from typing import BinaryIO

from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from pipeline.errors import DossierError, UsageError
from pipeline.folders import make_folder, write_whole
from pipeline.model import Record
from pipeline.names import FORM_NAMES, clean_path, is_junk, unique
from pipeline.report.masking import mask_text
from pipeline.review.shelf import UPLOADED

UPLOADS = "uploads"
MOST_WAITING = 20
SECONDS_FOR_ONE = 1800.0
_CHUNK = 1 << 20
_META = "upload.json"
_FAILED = "failed"
_ALONE = "document"


class Full(DossierError):
    """So many uploads wait already that another one has to."""


class Progress(StrEnum):
    """How far an upload is."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class Upload(Record):
    """What is known about an upload."""

    dossier_id: str
    name: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Given:
    """A file that a browser sends."""

    name: str
    content: BinaryIO


class Uploads:
    """The uploads of one output folder. One thread has them read."""

    def __init__(self, out: Path, command: Sequence[str]) -> None:
        """Read by a command.

        Args:
            out: A batch's output folder.
            command: Begins a call of `dossier`, as a program and its arguments.
        """
        self.listeners: list[Callable[[str, Progress], None]] = []
        """Told of what has been read, or could not be, by its id."""
        self._folder, self._reports = out / UPLOADS, out / UPLOADED / "reports"
        self._results = out / "results.sqlite"
        self._command = tuple(command)
        self._waiting: Queue[str] = Queue()
        self._reading: str | None = None
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Go on reading what waits."""
        for upload in reversed(list(self.latest(None))):
            if self.progress(upload.dossier_id) is Progress.WAITING:
                self._waiting.put(upload.dossier_id)
        self._thread = threading.Thread(target=self._run, name="uploads", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread, and the process that reads for it."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=20)

    def require_room(self) -> None:
        """Raise Full if too many wait."""
        if self._waiting.qsize() >= MOST_WAITING:
            raise Full("too many uploads wait already; try again in some minutes")

    def store(self, given: Sequence[Given], *, by: str, at: datetime) -> Upload:
        """Store a dossier, a zip or files with or without a form, and have it read.

        Raises:
            Full: Too many wait already.
            UsageError: There is no file, or no room for it.
        """
        self.require_room()
        files = [each for each in given if each.name and not is_junk(clean_path(each.name).split("/"))]
        if not files:
            raise UsageError("choose a zip, or the files of one dossier")
        dossier_id = f"upload-{at:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        below = self._folder / dossier_id
        name = clean_path(files[0].name).rsplit("/", 1)[-1]
        try:
            if len(files) == 1 and name.casefold().endswith(".zip"):
                _write(below / f"{dossier_id}.zip", files[0].content)
            elif len(files) == 1 and name.casefold() not in FORM_NAMES:
                # Named by the id, since `inspect` calls its report by the first file's name.
                _write(below / _ALONE / dossier_id, files[0].content)
            else:
                names = unique(clean_path(each.name).rsplit("/", 1)[-1] for each in files)
                for each, path in zip(files, names, strict=True):
                    _write(below / dossier_id / path, each.content)
            upload = Upload(dossier_id=dossier_id, name=mask_text(name), by=by, at=at)
            # Last: an upload without it is none.
            write_whole(below / _META, upload.model_dump_json().encode(), below / f".{_META}")
        except OSError as error:
            raise UsageError(f"the upload cannot be stored: {error.strerror}") from error
        self._waiting.put(dossier_id)
        return upload

    def latest(self, most: int | None = 50) -> Iterator[Upload]:
        """Yield the uploads, the latest first."""
        folders = sorted(self._folder.iterdir(), reverse=True) if self._folder.is_dir() else []
        for folder in folders[:most]:
            upload = self.find(folder.name)
            if upload:
                yield upload

    def find(self, dossier_id: str) -> Upload | None:
        """Return an upload; `dossier_id` may be anything."""
        if "/" in dossier_id or dossier_id.startswith("."):
            return None
        try:
            return Upload.model_validate_json((self._folder / dossier_id / _META).read_bytes())
        except (OSError, ValidationError, ValueError):
            return None

    def progress(self, dossier_id: str) -> Progress:
        """Return how far an upload is that `find` knows."""
        if self._report(dossier_id).exists():
            return Progress.DONE
        if (self._folder / dossier_id / _FAILED).exists():
            return Progress.FAILED
        return Progress.READING if self._reading == dossier_id else Progress.WAITING

    def _report(self, dossier_id: str) -> Path:
        return self._reports / f"{dossier_id}.json"

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                dossier_id = self._waiting.get(timeout=0.5)
            except Empty:
                continue
            self._reading = dossier_id
            try:
                why = self._read(dossier_id)
                if why and self._stop.is_set():
                    break  # it is read when the desk starts again
                if why:
                    below = self._folder / dossier_id
                    write_whole(below / _FAILED, why.encode(), below / f".{_FAILED}")
                for listener in self.listeners:
                    listener(dossier_id, Progress.FAILED if why else Progress.DONE)
            except (OSError, SQLAlchemyError):
                continue  # it stays waiting, and is read when there is room and the desk starts again
            finally:
                self._reading = None

    def _read(self, dossier_id: str) -> str:
        """Have a dossier read by another process; return why there is no report, or nothing."""
        make_folder(self._reports)
        report = self._report(dossier_id)
        words = [*self._asked_for(dossier_id), "-o", str(report), "--html", str(report.with_suffix(".html"))]
        # What it says may name what stands in a document, so that nobody gets to see it.
        child = subprocess.Popen(  # noqa: S603 - our own command, by ids of our own making
            [*self._command, *words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return self._wait(child) or ("" if report.exists() else f"exit code {child.returncode}")

    def _asked_for(self, dossier_id: str) -> list[str]:
        """Return what is to be done with an upload, as words of a command."""
        below = self._folder / dossier_id
        alone, packed = below / _ALONE / dossier_id, below / f"{dossier_id}.zip"
        if alone.exists():
            return ["inspect", str(alone)]
        records = ["--records", str(self._results)] if self._results.exists() else []
        return ["verify", str(packed if packed.exists() else below / dossier_id), *records]

    def _wait(self, child: "subprocess.Popen[bytes]") -> str:
        seconds = 0.0
        while child.poll() is None:
            if self._stop.wait(0.1) or seconds > SECONDS_FOR_ONE:
                child.terminate()
                try:
                    child.wait(timeout=15)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
                return "it took too long" if seconds > SECONDS_FOR_ONE else "the desk has ended"
            seconds += 0.1
        return ""


def _write(path: Path, content: BinaryIO) -> None:
    make_folder(path.parent)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        while chunk := content.read(_CHUNK):
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
