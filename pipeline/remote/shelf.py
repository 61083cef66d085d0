"""A batch folder at a URL → the dossiers in it, by the same rules as on this machine, out of one listing."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from pipeline.discovery import Child, survey
from pipeline.lists import parts
from pipeline.model import FailureCode
from pipeline.names import FORM_NAMES
from pipeline.refusal import Refusal
from pipeline.remote.folder import Gone, Listed, RemoteFolder, nothing_at
from pipeline.roster import Roster, as_bytes, as_text
from pipeline.signatures import HEAD_BYTES
from pipeline.spill import AT_ONCE, Spill

TOP = Path()
MOST_HEADS = 1_000
"""Beginnings of files that are held, since one is asked for twice."""
_NO_NAMES = ("", ".", "..")
_FOLDERS = "CREATE TABLE folders (above BLOB, name BLOB, PRIMARY KEY (above, name)) WITHOUT ROWID"
_FILES = (
    "CREATE TABLE files (above BLOB, name BLOB, size INTEGER, version TEXT, PRIMARY KEY (above, name)) WITHOUT ROWID"
)
_IN_FOLDER = "FROM files WHERE above = ? ORDER BY name"
_SUBFOLDERS = "SELECT name FROM folders WHERE above = ? ORDER BY name"


class RemoteShelf:
    """What a listing says, as folders and files. There may be millions: SQLite holds them."""

    def __init__(self, folder: RemoteFolder, listing: Iterable[Listed]) -> None:
        """Sort the listing; of files only heads are read, where a folder has no form."""
        self._folder = folder
        self._spill = Spill(_FOLDERS, _FILES)
        self._heads: dict[str, bytes] = {}
        for some in parts(listing, AT_ONCE):
            places = [(*_place(listed.name), listed) for listed in some]
            folders = {each for above, _, _ in places for each in _chain(above)}
            files = [(as_bytes(above), as_bytes(name), each.size, each.version) for above, name, each in places if name]
            self._spill.put_all("INSERT OR IGNORE INTO folders VALUES (?, ?)", sorted(folders))
            self._spill.put_all("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", files)

    def close(self) -> None:
        """Let go of everything."""
        self._spill.close()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was listed."""
        return not self._spill.rows("SELECT 1 FROM folders UNION ALL SELECT 1 FROM files LIMIT 1")

    def children(self, folder: str) -> Iterator[Child]:
        """Yield what lies in a folder."""
        above = _above(folder)
        below = f"{folder}/" if above else ""
        for (name,) in self._spill.each(_SUBFOLDERS, above):
            yield Child(f"{below}{as_text(name)}", is_folder=True, is_file=False)
        for (encoded,) in self._spill.each(f"SELECT name {_IN_FOLDER}", above):
            name = as_text(encoded)
            # What is a file and a folder by the same name is taken for a folder; the file is listed, but is no dossier.
            is_plain = "/" not in name and not self._is_folder(above, encoded)
            yield Child(f"{below}{name}", is_folder=False, is_file=is_plain)

    def has_form(self, folder: str) -> bool:
        """Whether a file in a folder bears a form's name, case aside."""
        names = (as_text(name) for (name,) in self._spill.each(f"SELECT name {_IN_FOLDER}", _above(folder)))
        # What no path leads to is kept under a longer name.
        return any(name.rpartition("/")[2].casefold() in FORM_NAMES for name in names)

    def head(self, path: str) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""
        if path not in self._heads:
            if len(self._heads) >= MOST_HEADS:
                self._heads.clear()
            above, _, name = path.rpartition("/")
            files = self._files(above, name)
            try:
                self._heads[path] = self._folder.read(path, HEAD_BYTES) if files[0][0] else b""
            except (Gone, IndexError) as error:
                raise Refusal(FailureCode.UNREADABLE, en="it cannot be read", zh="文件无法读取") from error
        return self._heads[path]

    def mark(self, path: str) -> str:
        """Return what tells a dossier from an earlier state of itself."""
        above, _, name = path.rpartition("/")
        if self._is_folder(as_bytes(above), as_bytes(name)):
            lines: Iterable[str] = self._marks(path)
        else:
            lines = [_mark(*file) for file in self._files(above, name)]
        return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()

    def _marks(self, folder: str, at: str = "") -> Iterator[str]:
        """Yield a line for each file below a folder."""
        above = as_bytes(folder)
        for encoded, *file in self._spill.each(f"SELECT name, size, version {_IN_FOLDER}", above):
            yield f"{at}{as_text(encoded)} {_mark(*file)}"
        for (encoded,) in self._spill.each(_SUBFOLDERS, above):
            name = as_text(encoded)
            yield from self._marks(f"{folder}/{name}", f"{at}{name}/")

    def _is_folder(self, above: bytes, name: bytes) -> bool:
        return bool(self._spill.rows("SELECT 1 FROM folders WHERE above = ? AND name = ?", above, name))

    def _files(self, above: str, name: str) -> list[tuple[int, str]]:
        """Return size and version of a file, if it is there."""
        asked = "SELECT size, version FROM files WHERE above = ? AND name = ?"
        return self._spill.rows(asked, as_bytes(above), as_bytes(name))


def _above(folder: str) -> bytes:
    return b"" if folder == str(TOP) else as_bytes(folder)


def _place(name: str) -> tuple[str, str]:
    """Return the folder and the name of a file; no name for what stands for a folder."""
    *above, last = name.split("/")
    for at, part in enumerate(above):
        if part in _NO_NAMES:
            # No path leads further; below a dossier it belongs to that, elsewhere to none.
            return "/".join(above[:at]), f"unnamed/{name.split('/', at)[at]}"
    return "/".join(above), f"unnamed/{last}" if last in _NO_NAMES[1:] else last


def _chain(above: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield a folder and all that it lies in, each with what that lies in itself."""
    while above:
        below = above
        above, _, name = below.rpartition("/")
        yield as_bytes(above), as_bytes(name)


def _mark(size: int, version: str) -> str:
    # Where a store tells no version, nothing is the same as before at a glance.
    return f"{size} {version or uuid.uuid4().hex}"


def find_remote(folder: RemoteFolder, *, max_depth: int) -> tuple[Roster, tuple[str, ...]]:
    """Return the dossiers at a URL, in the order of their names, and the files that belong to none.

    Raises:
        Unreachable: It cannot be listed, or nothing lies there.
    """
    with closing(RemoteShelf(folder, folder.find())) as shelf:
        if shelf.is_empty:
            raise nothing_at(folder.shown)
        return survey(TOP, max_depth=max_depth, shelf=shelf, mark=shelf.mark)
