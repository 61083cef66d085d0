"""A batch folder at a URL → the dossiers in it, by the same rules as on this machine, out of one listing."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.discovery import Child, survey
from pipeline.model import FailureCode
from pipeline.names import FORM_NAMES
from pipeline.refusal import Refusal
from pipeline.remote.folder import Gone, Listed, RemoteFolder, nothing_at
from pipeline.roster import Roster
from pipeline.signatures import HEAD_BYTES

TOP = Path()
_NO_NAMES = ("", ".", "..")


@dataclass
class _Node:
    """A folder in a listing."""

    folders: "dict[str, _Node]" = field(default_factory=dict)
    files: dict[str, Listed] = field(default_factory=dict)

    def marks(self, at: str = "") -> Iterator[str]:
        """Yield a line for each file below."""
        for name, listed in sorted(self.files.items()):
            yield f"{at}{name} {_mark(listed)}"
        for name, node in sorted(self.folders.items()):
            yield from node.marks(f"{at}{name}/")


class RemoteShelf:
    """What a listing says, as folders and files."""

    def __init__(self, folder: RemoteFolder, listing: Iterable[Listed]) -> None:
        """Sort the listing; of files only heads are read, where a folder has no form."""
        self._folder = folder
        self._top = _Node()
        self._heads: dict[str, bytes] = {}
        for listed in listing:
            self._put(listed)

    def children(self, folder: str) -> Sequence[Child]:
        """Return what lies in a folder."""
        node = self._node(folder)
        # What is a file and a folder by the same name is taken for a folder; the file is listed, but is no dossier.
        below = "" if folder == str(TOP) else f"{folder}/"
        return [
            *(Child(f"{below}{name}", is_folder=True, is_file=False) for name in node.folders),
            *(Child(f"{below}{name}", is_folder=False, is_file=_is_plain(name, node)) for name in node.files),
        ]

    def has_form(self, folder: str) -> bool:
        """Whether a file in a folder bears a form's name, case aside."""
        # What no path leads to is kept under a longer name.
        return any(name.rpartition("/")[2].casefold() in FORM_NAMES for name in self._node(folder).files)

    def head(self, path: str) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""
        if path not in self._heads:
            try:
                above, _, name = path.rpartition("/")
                size = self._node(above).files[name].size
                self._heads[path] = self._folder.read(path, HEAD_BYTES) if size else b""
            except (Gone, KeyError) as error:
                raise Refusal(FailureCode.UNREADABLE, en="it cannot be read", zh="文件无法读取") from error
        return self._heads[path]

    def mark(self, path: str) -> str:
        """Return what tells a dossier from an earlier state of itself."""
        above, _, name = path.rpartition("/")
        parent = self._node(above)
        lines = parent.folders[name].marks() if name in parent.folders else [_mark(parent.files[name])]
        return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()

    def _put(self, listed: Listed) -> None:
        *above, name = listed.name.split("/")
        node = self._top
        for at, part in enumerate(above):
            if part in _NO_NAMES:
                # No path leads further; below a dossier it belongs to that, elsewhere to none.
                name = f"unnamed/{listed.name.split('/', at)[at]}"
                break
            node = node.folders.setdefault(part, _Node())
        if name in _NO_NAMES[1:]:
            name = f"unnamed/{name}"
        if name:
            node.files[name] = listed

    def _node(self, folder: str) -> _Node:
        node = self._top
        for part in folder.split("/") if folder not in ("", str(TOP)) else ():
            node = node.folders[part]
        return node


def _mark(listed: Listed) -> str:
    # Where a store tells no version, nothing is the same as before at a glance.
    return f"{listed.size} {listed.version or uuid.uuid4().hex}"


def _is_plain(name: str, node: _Node) -> bool:
    return name not in node.folders and "/" not in name


def find_remote(folder: RemoteFolder, *, max_depth: int) -> tuple[Roster, tuple[str, ...]]:
    """Return the dossiers at a URL, in the order of their names, and the files that belong to none.

    Raises:
        Unreachable: It cannot be listed, or nothing lies there.
    """
    shelf = RemoteShelf(folder, folder.find())
    if not shelf.children(str(TOP)):
        raise nothing_at(folder.shown)
    return survey(TOP, max_depth=max_depth, shelf=shelf, mark=shelf.mark)
