"""Results at a URL: a copy of what a batch keeps on this machine, each file whole.

The batch works in a folder of its own here, since a journal is added to and locks are held, which object stores do
not know. `copied.jsonl` beside the results says what has arrived, so that a batch that was killed makes up for the
rest when it goes on. If the folder here is lost, it is fetched back from the URL.
"""

import json
import os
import re
import threading
import uuid
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.folders import make_folder, write_whole
from pipeline.outputs import OWN_FILES, OWN_FOLDERS, STATE
from pipeline.remote.folder import Gone, Listed, RemoteFolder
from pipeline.store import FOLDER_ID

COPIED = "copied.jsonl"
ALONE = (*OWN_FILES, FOLDER_ID, STATE)
"""Files beside the folders; the journal last, since it says that the others are there."""
THREADS = 8
BACKLOG = 1_000
"""Files on their way, after which the batch waits for them."""
INTERRUPTED_SECONDS = 5.0
MOST_BYTES = 1_000_000_000
"""Of one result that is fetched back."""
_PLACE = re.compile(
    rf"(?:{'|'.join(OWN_FOLDERS)})/(?:[0-9a-f]{{2}}/[0-9a-f]{{1,2}}/)?(?![.])[^/\0]{{1,240}}\.(?:json|html)"
)

Mark = tuple[int, int] | None
"""Size and time of a file as it was copied; None: it was removed."""


class Copy:
    """Copies results out as they are written; one thread for each place, so that the last state of it stays."""

    def __init__(self, out: Path, target: RemoteFolder) -> None:
        """Name both sides; `copying` makes it ready."""
        self._out = out
        self._target = target
        self._pools = [ThreadPoolExecutor(1, thread_name_prefix="copy") for _ in range(THREADS)]
        self._room = threading.BoundedSemaphore(BACKLOG)
        self._writing = threading.Lock()
        self._failed: Exception | None = None
        self._sent: set[str] = set()
        """Places of which something lies at the URL, or is on its way there."""

    def prepare(self) -> None:
        """See that the URL can be written to, fetch back what this machine has lost, and make up for what is missing.

        Raises:
            Unreachable: The store refuses.
            UsageError: What lies there already is no batch's.
        """
        probe = f".probe-{uuid.uuid4().hex}"
        self._target.write(probe, b"?")
        make_folder(self._out)
        copied = self._read() if (self._out / STATE).exists() else self._fetch_back()
        self._target.remove(probe)
        lines = b"".join(_line(place, mark) for place, mark in copied.items() if mark)
        write_whole(self._out / COPIED, lines, self._out / f".{COPIED}-{uuid.uuid4().hex}")
        self._sent = {place for place, mark in copied.items() if mark}
        for place in sorted({*copied, *self._here()}):
            if self._mark(place) != copied.get(place):
                self.put(place)

    def put(self, place: str) -> None:
        """Have a file copied, or removed there if it is gone here; raises what an earlier one came to."""
        if self._failed:
            raise self._failed
        if (self._out / place).exists():
            self._sent.add(place)
        elif place not in self._sent:
            return
        self._room.acquire()
        pool = self._pools[zlib.crc32(place.encode("utf-8", "surrogatepass")) % THREADS]
        pool.submit(self._do, place).add_done_callback(lambda _: self._room.release())

    def finish(self, *, interrupted: bool) -> None:
        """Wait until everything has arrived; after an interruption for a moment only, since the next run makes up.

        Raises:
            Unreachable: The store refuses.
        """
        for place in (FOLDER_ID, STATE):
            self.put(place)
        last = [pool.submit(_nothing) for pool in self._pools]
        wait(last, timeout=INTERRUPTED_SECONDS if interrupted else None)
        if self._failed:
            raise self._failed

    def close(self) -> None:
        """End, whatever is still on its way."""
        for pool in self._pools:
            pool.shutdown(wait=False, cancel_futures=True)

    def _do(self, place: str) -> None:
        try:
            content, mark = self._content(place)
            if content is None:
                self._target.remove(place)
            else:
                self._target.write(place, content)
        except Exception as error:
            self._failed = self._failed or error
            raise
        self._note(place, mark)

    def _content(self, place: str) -> tuple[bytes | None, Mark]:
        with suppress(FileNotFoundError), (self._out / place).open("rb") as file:
            status = os.fstat(file.fileno())
            return file.read(), (status.st_size, status.st_mtime_ns)
        return None, None

    def _mark(self, place: str) -> Mark:
        try:
            status = (self._out / place).stat()
        except FileNotFoundError:
            return None
        return status.st_size, status.st_mtime_ns

    def _here(self) -> Iterator[str]:
        """Yield the place of every result on this machine."""
        yield from (name for name in ALONE if (self._out / name).exists())
        for folder in OWN_FOLDERS:
            for path in (self._out / folder).rglob("*"):
                place = path.relative_to(self._out).as_posix()
                if _PLACE.fullmatch(place):
                    yield place

    def _read(self) -> dict[str, Mark]:
        copied: dict[str, Mark] = {}
        with suppress(FileNotFoundError):
            for line in (self._out / COPIED).read_bytes().splitlines():
                with suppress(ValueError, TypeError):  # a line that a crash tore
                    place, size, time = json.loads(line)
                    copied[place] = None if size is None else (int(size), int(time))
        return copied

    def _note(self, place: str, mark: Mark) -> None:
        with self._writing, (self._out / COPIED).open("ab") as file:
            file.write(_line(place, mark))

    def _fetch_back(self) -> dict[str, Mark]:
        """Fetch everything that a batch wrote to the URL, the journal last: without it, this is begun again."""
        listing = {listed.name: listed for listed in self._target.find()}
        with ThreadPoolExecutor(THREADS) as pool:
            results = [listing[name] for name in sorted(filter(_PLACE.fullmatch, listing))]
            copied = dict(pool.map(self._fetch_one, results))
        return copied | dict(self._fetch_one(listing[name]) for name in ALONE if name in listing)

    def _fetch_one(self, listed: Listed) -> tuple[str, Mark]:
        with suppress(Gone):
            content = self._target.read(listed.name, MOST_BYTES) if listed.size else b""
            write_whole(self._out / listed.name, content, self._out / f".{uuid.uuid4().hex}")
        return listed.name, self._mark(listed.name)


def _nothing() -> None:
    """Stand at the end of a queue."""


def _line(place: str, mark: Mark) -> bytes:
    return json.dumps([place, *(mark or (None, None))]).encode() + b"\n"


@contextmanager
def copying(out: Path, url: str | None) -> Iterator[Copy | None]:
    """Yield what copies results from a folder on this machine to a URL; nothing without one.

    Raises:
        UsageError: It cannot be written to, or the folder cannot.
    """
    if url is None:
        yield None
        return
    copy = Copy(out, RemoteFolder(url))
    try:
        try:
            copy.prepare()
        except OSError as error:
            raise UsageError(f"cannot write to {out}: {error.strerror}; give another folder with --work") from error
        yield copy
    finally:
        copy.close()
