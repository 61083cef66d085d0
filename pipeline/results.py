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

import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Literal

from pipeline.errors import FAILING, UsageError
from pipeline.folders import make_folder, write_whole, write_wholes
from pipeline.journal import Done, Journal, Seen
from pipeline.locks import TooLong, alone_in, is_locked, is_ours, open_folder
from pipeline.marks import mark_of_files
from pipeline.model import FailureCode, Message, Record
from pipeline.outputs import OWN_FILES, OWN_FOLDERS, SCRATCH, STATE, WORD, is_spread, looks_like_results, places
from pipeline.signals import is_long_waiting

FLAT_UP_TO = 10_000
"""Dossiers whose reports lie side by side in one folder."""
GO_ON = "What is done stays; put this right and give the same command again to go on"
WRITERS = 4
"""Files that are on their way to the disk at once."""
CLOSE_SECONDS = 1.0
"""For others, at the very end; they tidy up for us."""


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
        self._flat = dossiers <= FLAT_UP_TO and not is_spread(folder)
        self._scratch = folder / SCRATCH / self.owner
        self._pool = ThreadPoolExecutor(WRITERS)
        self.journal = Journal(folder / STATE)
        self._lock = -1
        self._noted = 0
        """Bytes that this batch has added to the journal."""
        self.is_behind = False
        """Whether reports may bear their names of which the journal does not tell."""

    def place(self, kind: Literal["reports", "errors"], dossier_id: str, suffix: str) -> str:
        """Return the path below the folder of what is written about one dossier."""
        flat, spread, _ = places(kind, dossier_id, suffix)
        return flat if self._flat else spread

    def report_place(self, done: Done | Seen) -> str | None:
        """Return the path of a dossier's report, if its line of the journal names one where reports lie.

        In whichever layout: an output folder that has grown past a bound keeps its reports where they are.
        """
        return next((place for place in places("reports", done.id, ".json") if place in done.files), None)

    def report_of(self, dossier_id: str, done: Done | None) -> Path | None:
        """Return where a dossier's report lies, in whichever layout it was written; None if it is gone.

        Args:
            dossier_id: The dossier.
            done: Its line of the journal, if it has one.
        """
        named = [place for place in done.files if place.endswith(".json")] if done else []
        for place in (*named, self.place("reports", dossier_id, ".json"), *places("reports", dossier_id, ".json")):
            path = f"{self.folder}{os.sep}{place}"
            if os.path.lexists(path):
                return Path(path)
        return None

    def write(self, place: str, content: bytes | Iterable[bytes]) -> None:
        """Write a file so that it is there whole, or not at all, even if the machine stops.

        Raises:
            UsageError: There is no room, or the folder is no longer writable.
        """
        self.write_all({place: content})

    def write_all(self, contents: Mapping[str, bytes | Iterable[bytes]]) -> None:
        """Write files as `write` does, side by side: a disk takes several for little more time than one.

        Raises:
            UsageError: There is no room, or the folder is no longer writable.
        """
        if not contents:
            return
        wholes = {self.folder / place: content for place, content in contents.items()}
        unfinished = {target: self._scratch / str(at) for at, target in enumerate(wholes)}
        try:
            write_wholes(wholes, unfinished, self._pool)
        except OSError as error:
            raise _stopped(self.folder, error) from error
        for place in contents:
            self._tell(place)

    def remove(self, place: str) -> None:
        """Take away what a newer result has replaced."""
        (self.folder / place).unlink(missing_ok=True)
        self._tell(place)

    def start_journal(self) -> None:
        """Write the journal anew, each dossier once, if it is not like that."""
        with self.alone():
            self.journal.refresh()
            if not (self.journal.is_clean and (self.folder / STATE).exists()):
                self._rewrite(self.journal.ids())
            self.journal.begin()

    def forget_gone(self) -> None:
        """Write the journal anew without the lines of which no file is left."""
        with self.alone():
            self.journal.refresh()
            gone = {each for each in self.journal.ids() if not self._is_there(self.journal.get(each))}
            if gone:
                self._rewrite(each for each in self.journal.ids() if each not in gone)

    def _is_there(self, done: Done | None) -> bool:
        return done is not None and any((self.folder / name).exists() for name in done.files)

    def _rewrite(self, dossier_ids: Iterable[str]) -> None:
        dones = map(self.journal.get, dossier_ids)
        self.write(STATE, (done.line() for done in dones if done))
        self.journal.refresh()

    def note(self, dones: Iterable[Done]) -> None:
        """Add to the journal, once the files bear their names. If this is lost, the dossiers are done again.

        Raises:
            KeyboardInterrupt: One was held back, and another batch has kept it waiting, as while it writes its summary.
        """
        lines = b"".join(done.line() for done in dones)
        if not lines:
            return
        try:
            with self.alone(is_over=is_long_waiting), (self.folder / STATE).open("ab+") as journal:
                journal.write(b"\n" * _is_torn(journal) + lines)
                self._noted += len(lines)
        except TooLong:
            raise KeyboardInterrupt from None
        except OSError as error:
            raise _stopped(self.folder / STATE, error) from error
        self.journal.refresh()

    @property
    def is_journal_ours(self) -> bool:
        """Whether nobody else has added to the journal since this batch began."""
        self.journal.refresh()
        return self.journal.added == self._noted

    def is_alone(self) -> bool:
        """Whether no other batch is at work here, nor begins one while `alone` is held."""
        owners = [path.name for path in (self.folder / SCRATCH).iterdir()]
        return not any(self.is_alive(owner) for owner in owners if owner != self.owner)

    def alone(
        self, *, until: float | None = None, is_over: Callable[[], bool] | None = None
    ) -> AbstractContextManager[None]:
        """Keep other batches from journal and summary, for a moment; arguments as `alone_in` has them."""
        return alone_in(self.folder, until=until, is_over=is_over)

    def is_alive(self, owner: str) -> bool:
        """Whether another batch still writes here: the system holds its lock as long as its process lives."""
        return is_locked(self.folder / SCRATCH / owner)

    def leave_word(self, word: str) -> None:
        """Leave a word to whoever comes next; this batch's folder stays for that, and `heard` takes it away."""
        write_whole(self._scratch / WORD, word.encode(), self._scratch / "0")

    def words(self) -> Iterator[tuple[str, str]]:
        """Yield batches that left one, each with its word."""
        for path in sorted((self.folder / SCRATCH).glob(f"*/{WORD}")):
            with suppress(FileNotFoundError):  # another batch has heard it meanwhile
                yield path.parent.name, path.read_text(encoding="utf-8", errors="replace")

    def heard(self, owner: str) -> None:
        """Take away the word of a batch."""
        shutil.rmtree(self.folder / SCRATCH / owner, ignore_errors=True)

    def prepare(self) -> None:
        """Clear away what killed runs left unfinished, and see that the folder can be written to."""
        try:
            make_folder(self.folder)
            with self.alone():  # nobody sweeps what is made here before it is locked
                _sweep(self.folder / SCRATCH)
                make_folder(self._scratch)
                self._lock = open_folder(self._scratch)
                is_ours(self._lock, is_waited_for=True)
            for folder in (self._scratch, self.folder / "reports"):
                make_folder(folder)
                with TemporaryFile(dir=folder, buffering=0) as probe:
                    probe.write(b"?")
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def close(self) -> None:
        """Leave nothing behind but results."""
        self._pool.shutdown()
        self.journal.close()
        if not (self._scratch / WORD).exists():
            shutil.rmtree(self._scratch, ignore_errors=True)
        # Others may be still at work, or begin just now, or word is left.
        with suppress(OSError, TooLong), self.alone(until=time.monotonic() + CLOSE_SECONDS):
            self._scratch.parent.rmdir()
        if self._lock >= 0:
            os.close(self._lock)


@contextmanager
def open_results(folder: Path, *, dossiers: int, tell: Callable[[str], None] = lambda _: None) -> Iterator[Results]:
    """Yield the folder ready for writing, made if need be; arguments as `Results` has them.

    Raises:
        UsageError: It is not writable, holds files that are not a batch's, or fails later on.
    """
    results = Results(folder, dossiers=dossiers, tell=tell)
    foreign = [name for name in (*OWN_FOLDERS, *OWN_FILES) if (folder / name).exists()]
    if foreign and not (folder / STATE).exists() and not looks_like_results(folder):
        raise UsageError(
            f"{folder} holds {', '.join(foreign)}, but not from a batch; give another folder with --output"
        )
    try:
        results.prepare()
        yield results
    except OSError as error:
        # What is not written but read, opened or removed; the file's name is left out, since ids may be names.
        is_ours = error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(folder)
        if error.errno not in FAILING or not is_ours:
            raise
        raise UsageError(f"cannot use {folder}: {error.strerror}. {GO_ON}") from error
    finally:
        results.close()


def mark_of_outputs(places: Iterable[str], folder: Path) -> str | None:
    """Return by what it is seen at a glance that files of an output folder are as they were written."""
    return mark_of_files(f"{folder}/{place}" for place in places)


def _is_torn(journal: BinaryIO) -> bool:
    """Whether the last line has no end: what is added would be lost with it."""
    if journal.seek(0, os.SEEK_END) == 0:
        return False
    journal.seek(-1, os.SEEK_END)
    return journal.read(1) != b"\n"


def _sweep(scratch: Path) -> None:
    """Remove what batches left that were killed."""
    for left in scratch.iterdir() if scratch.is_dir() else ():
        if not left.is_dir():
            left.unlink(missing_ok=True)
        elif not is_locked(left) and not (left / WORD).exists():
            shutil.rmtree(left, ignore_errors=True)


def _stopped(path: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write to {path}: {error.strerror}. {GO_ON}")


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write to {folder}: {error.strerror}; give another folder with --output")
