"""Results at a URL: a copy of what a batch keeps on this machine, each file whole.

The batch works in a folder of its own here, since a journal is added to and locks are held, which object stores do
not know. `copied.jsonl` beside the results says what has arrived, so that a batch that was killed makes up for the
rest when it goes on. If the folder here is lost, it is fetched back from the URL.
"""

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from pipeline.errors import UsageError
from pipeline.outputs import OWN_FOLDERS, STATE
from pipeline.remote.folder import PIECE_BYTES, RemoteFolder
from pipeline.remote.lanes import Lanes
from pipeline.remote.recovery import ALONE, RESULT, fetch_back
from pipeline.results import Results
from pipeline.spill import Spilled
from pipeline.store import FOLDER_ID

COPIED = "copied.jsonl"
PROBE = ".probe"
NOW_AND_THEN = (FOLDER_ID, STATE)
"""What is not copied as it is written, but as often as the seconds below say: the journal is added to all the time."""
JOURNAL_SECONDS = 60.0
"""What is not in the journal at the URL is done again if this machine is lost."""
JOURNAL_SHARE = 5
"""The journal is not copied again before so many times as long as that took: a large one is not always on its way."""
THREADS = 8
BACKLOG = 1_000
"""Files on their way, after which the batch waits for them."""
INTERRUPTED_SECONDS = 3.0
FAILED_SECONDS = 30.0
"""So long what is on its way is waited for after an interruption, and once something else has ended the batch."""
_GOING = "?"


class Copy:
    """Copies results out as they are written; what concerns one place in its order, so that its last state stays."""

    def __init__(self, out: Path, target: RemoteFolder) -> None:
        """Name both sides; `prepare` makes it ready."""
        self._out = out
        self._target = target
        self._lanes = Lanes(self._copy, lanes=THREADS, most=BACKLOG)
        self._writing = threading.Lock()
        self._there: Spilled[str] = Spilled()
        """Places of which something lies at the URL, or is on its way there, with their marks when this began."""
        self._marks: dict[str, str] = {}
        """Of what is copied now and then, as it was copied last."""
        self._keeper = threading.Thread(target=self._keep, name="copy-journal", daemon=True)
        self._is_over = threading.Event()
        self._is_closed = False

    def prepare(self) -> None:
        """See that the URL can be written to, fetch back what this machine has lost, and make up for what is missing.

        Raises:
            Unreachable: The store refuses.
            UsageError: The folder cannot be written to, or what lies at the URL is somebody else's.
        """
        # Always under one name: what a killed run has left goes with the next one's.
        self._target.write(PROBE, b"?")
        self._target.remove(PROBE)
        with closing(Results(self._out, dossiers=0)) as results:  # what it leaves when it is killed the next one sweeps
            try:
                results.prepare()
            except UsageError as error:
                raise UsageError(str(error).replace("--output", "--work")) from error
            if (self._out / STATE).exists():
                self._there.put_all(self._read())
            else:
                self._there.put_all((place, self._mark(place)) for place in fetch_back(self._target, results))
            results.write(COPIED, (_line(place, mark) for place, mark in self._there.items() if mark))
        self._catch_up()
        self._marks = {place: self._there.get(place, "") for place in NOW_AND_THEN}
        self._keeper.start()

    def put(self, place: str) -> None:
        """Have a file copied, or removed there if it is gone here; raises what an earlier one came to."""
        self._lanes.check()
        if place in NOW_AND_THEN:
            return
        if not (self._out / place).exists():
            if not self._there.pop(place, ""):
                return
        elif place not in self._there:
            self._there[place] = _GOING
        self._lanes.put(place)

    def hasten(self) -> None:
        """Keep nobody waiting from now on: the batch was interrupted."""
        self._lanes.hasten()

    def finish(self, *, interrupted: bool) -> None:
        """Wait until everything has arrived; after an interruption for a moment only, since the next run makes up.

        Raises:
            Unreachable: The store refuses.
        """
        if interrupted:
            self._finish_within(INTERRUPTED_SECONDS)
            return
        self._lanes.wait(None)
        self._is_over.set()
        self._keeper.join()
        self._lanes.check()

    def give_up(self) -> None:
        """Save what can be saved in a while, the journal above all; what ended the batch is what it ends with."""
        with suppress(Exception):
            self._finish_within(FAILED_SECONDS)

    def close(self) -> None:
        """End, whatever is still on its way."""
        self._is_closed = True
        self._is_over.set()
        self._lanes.close()
        self._there.close()

    def _finish_within(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._is_over.set()
        self._lanes.wait(until)
        self._keeper.join(max(until - time.monotonic(), 0.0))
        self._lanes.check()

    def _catch_up(self) -> None:
        """Copy what is not there as it is here."""
        for place in self._here():
            if self._mark(place) != self._there.get(place):
                self.put(place)
        for place in self._there:
            if not (self._out / place).exists():
                self.put(place)

    def _keep(self) -> None:
        """Copy the journal now and then, and once more at the end; runs in a thread of its own."""
        pause, is_over = 0.0, False
        while not is_over:
            is_over = self._is_over.wait(pause)
            if self._is_closed:
                return
            began = time.monotonic()
            try:
                for place in NOW_AND_THEN:
                    if self._marks[place] != self._mark(place):
                        self._marks[place] = self._copy(place)
            except Exception as error:
                self._lanes.fail(error)
                return
            pause = max(JOURNAL_SECONDS, JOURNAL_SHARE * (time.monotonic() - began))

    def _copy(self, place: str) -> str:
        """Copy a file, or remove it there, and return its mark."""
        path, mark = self._out / place, ""
        try:
            with path.open("rb") as file:
                mark = _mark_of(status := os.fstat(file.fileno()))
                if status.st_size <= PIECE_BYTES:
                    self._target.write(place, file.read())
                else:
                    self._write_large(place, file)
        except FileNotFoundError:
            self._target.remove(place)
        with self._writing, (self._out / COPIED).open("ab") as copied:
            copied.write(_line(place, mark))
        return mark

    def _write_large(self, place: str, file: BinaryIO) -> None:
        """Copy a file as it is at this moment: some stores take only as much as they were told at first."""
        with ExitStack() as stack:
            if place in NOW_AND_THEN:
                still = stack.enter_context(TemporaryFile(dir=self._out))
                shutil.copyfileobj(file, still)
                still.flush()
                file = still
            # Under this name it is the one that is open here, whatever becomes of its own.
            self._target.write(place, Path(f"/dev/fd/{file.fileno()}"))

    def _mark(self, place: str) -> str:
        try:
            return _mark_of((self._out / place).stat())
        except FileNotFoundError:
            return ""

    def _here(self) -> Iterator[str]:
        """Yield the place of every result on this machine."""
        yield from (name for name in ALONE if (self._out / name).exists())
        for top in OWN_FOLDERS:
            for folder, _, names in os.walk(self._out / top):
                below = Path(folder).relative_to(self._out).as_posix()
                yield from filter(RESULT.fullmatch, (f"{below}/{name}" for name in names))

    def _read(self) -> Iterator[tuple[str, str]]:
        """Yield what has arrived, with its mark as it was copied; empty: it was removed."""
        with suppress(FileNotFoundError), (self._out / COPIED).open("rb") as file:
            for line in file:
                with suppress(ValueError, TypeError):  # a line that a crash tore
                    place, size, at = json.loads(line)
                    if place in ALONE or RESULT.fullmatch(place):
                        yield place, "" if size is None else f"{int(size)} {int(at)}"


def _mark_of(status: os.stat_result) -> str:
    """Return size and time of a file."""
    return f"{status.st_size} {status.st_mtime_ns}"


def _line(place: str, mark: str) -> bytes:
    return json.dumps([place, *(map(int, mark.split()) if mark else (None, None))]).encode() + b"\n"


@contextmanager
def copying(out: Path, url: str | None) -> Iterator[Copy | None]:
    """Yield what copies results from a folder on this machine to a URL; nothing without one.

    Raises:
        UsageError: It cannot be written to, or the folder cannot.
    """
    if url is None:
        yield None
        return
    with closing(Copy(out, RemoteFolder(url))) as copy:
        try:
            copy.prepare()
        except OSError as error:
            raise UsageError(f"cannot write to {out}: {error.strerror}; give another folder with --work") from error
        try:
            yield copy
        except Exception:
            copy.give_up()
            raise
