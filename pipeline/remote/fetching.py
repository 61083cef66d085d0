"""One dossier at a URL → a folder or a zip on this machine, for a sealed worker that has no network.

Bytes are counted against the limits of a dossier before and while they are fetched. What a reader will refuse by
its size is not fetched: a file of that size, without content, takes its place, and the report says why.
"""

import errno
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.folders import create, make_folder
from pipeline.names import FORM_NAMES, clean_path, is_apple_double, is_junk
from pipeline.remote.folder import Gone, Listed, RemoteFolder
from pipeline.roster import Found
from pipeline.settings import Settings

NOTHING = hashlib.sha256(b"").hexdigest()
"""Mark of a folder in which no file lies."""
MOST_NAME_BYTES = 240
_DIGITS = 8
_UNNAMEABLE = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG)
"""What this machine says to names that it cannot give side by side."""


class NotFetched(Exception):
    """A dossier could not be fetched, while others can; says why."""


@dataclass
class _Fetch:
    """Fetches the files of one dossier."""

    source: RemoteFolder
    below: str
    to: Path
    settings: Settings
    fetched: int = 0
    """Bytes of documents."""
    documents: int = 0

    def file(self, listed: Listed, place: Path) -> None:
        """Fetch one file, or put down how large it is."""
        is_form = listed.name.casefold() in FORM_NAMES
        limit = self._limit(is_form=is_form)
        content = b""
        if 0 < listed.size <= limit:
            content = self.source.read(f"{self.below}/{listed.name}", limit + 1, size=listed.size)
        make_folder(place.parent)
        with create(place) as file:
            file.write(content)
            if listed.size > limit:
                file.truncate(listed.size)
        if not is_form and not is_apple_double(place.name, content):
            self.fetched += len(content)

    def _limit(self, *, is_form: bool) -> int:
        if is_form:
            return self.settings.max_form_bytes
        self.documents += 1
        if self.documents > self.settings.max_files:
            return 0
        return max(min(self.settings.max_file_bytes, self.settings.max_archive_bytes - self.fetched), 0)


def fetch(found: Found, source: RemoteFolder, folder: Path, settings: Settings) -> Path:
    """Fetch a dossier and return where it lies now: `folder` has nothing else in it.

    Raises:
        NotFetched: It is gone, a file of it is closed to us, or this machine has no names for its files.
        Unreachable: The store does not answer.
    """
    below = found.where
    listing = list(source.find(below))
    if not listing and found.mark != NOTHING:
        raise NotFetched("it is no longer there")
    try:
        if [listed.name for listed in listing] == [""]:
            return _fetch_zip(found.path.name, listing[0], source, below, folder, settings)
        target = folder / "dossier"
        make_folder(target)
        fetching = _Fetch(source, below, target, settings)
        # In the order in which they will be read, so that the same ones pass the limits.
        files = sorted((listed for listed in listing if listed.name), key=lambda listed: clean_path(listed.name))
        for listed, place in zip(files, _places(files), strict=True):
            if listed.name.endswith("/"):
                make_folder(target / place)
            elif not is_junk(listed.name.split("/")):
                fetching.file(listed, target / place)
    except Gone as error:
        raise NotFetched(f"a file of it cannot be fetched ({error})") from error
    except OSError as error:
        if error.errno not in _UNNAMEABLE:
            raise
        raise NotFetched(f"its files cannot lie side by side on this machine ({error.strerror})") from error
    return target


def empty(folder: Path) -> None:
    """Remove what was fetched."""
    shutil.rmtree(folder, ignore_errors=True)


def _fetch_zip(name: str, listed: Listed, source: RemoteFolder, below: str, folder: Path, settings: Settings) -> Path:
    limit = settings.max_archive_bytes
    make_folder(folder)
    target = folder / _fitting(name)
    with create(target) as file:
        if 0 < listed.size <= limit:
            file.write(source.read(below, limit + 1, size=listed.size))
        elif listed.size:
            file.truncate(listed.size)
    return target


def _places(files: Sequence[Listed]) -> list[str]:
    """Return a path for each file that this machine can have, as like its name as may be: files give way to folders."""
    folders: set[str] = set()
    for listed in files:
        parts = _parts(listed)
        folders.update("/".join(parts[:end]) for end in range(1, len(parts) + listed.name.endswith("/")))
    taken: set[str] = set()
    places = []
    for listed in files:
        place = "/".join(_parts(listed))
        if not listed.name.endswith("/"):
            while place in folders or place in taken:
                place = f"{place}~{_hash(listed.name)}"
            taken.add(place)
        places.append(place)
    return places


def _parts(listed: Listed) -> list[str]:
    parts = [_fitting(part) for part in listed.name.split("/") if part not in ("", ".", "..")]
    return parts or [f"unnamed~{_hash(listed.name)}"]


def _fitting(name: str) -> str:
    name = name.replace("\0", "_")
    if len(name.encode("utf-8", "surrogatepass")) <= MOST_NAME_BYTES:
        return name
    kept = name.encode("utf-8", "ignore")[: MOST_NAME_BYTES - _DIGITS - 1].decode("utf-8", "ignore")
    return f"{kept}~{_hash(name)}"


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
