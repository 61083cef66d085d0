"""A batch folder at a URL → the dossiers in it, by the same rules as on this machine, out of one listing."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.discovery import Child, Found, find_dossiers, find_strays
from pipeline.model import FailureCode
from pipeline.refusal import Refusal
from pipeline.remote.folder import Gone, Listed, RemoteFolder, nothing_at
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
            yield f"{at}{name} {listed.size} {listed.version}"
        for name, node in sorted(self.folders.items()):
            yield from node.marks(f"{at}{name}/")


class RemoteShelf:
    """What a listing says, as folders and files."""

    def __init__(self, folder: RemoteFolder, listing: Iterable[Listed]) -> None:
        """Sort the listing; of files only heads are read, where a folder has no form."""
        self._folder = folder
        self._top = _Node()
        self._heads: dict[Path, bytes] = {}
        for listed in listing:
            self._put(listed)

    def children(self, folder: Path) -> Sequence[Child]:
        """Return what lies in a folder."""
        node = self._node(folder)
        # What is a file and a folder by the same name is taken for a folder; the file is listed, but is no dossier.
        return [
            *(Child(folder / name, is_folder=True, is_file=False) for name in node.folders),
            *(Child(folder / name, is_folder=False, is_file=_is_plain(name, node)) for name in node.files),
        ]

    def head(self, path: Path) -> bytes:
        """Return as much of a file's beginning as tells what it is; raises `Refusal`."""
        if path not in self._heads:
            try:
                size = self._node(path.parent).files[path.name].size
                self._heads[path] = self._folder.read(path.as_posix(), HEAD_BYTES) if size else b""
            except (Gone, KeyError) as error:
                raise Refusal(FailureCode.UNREADABLE, en="it cannot be read", zh="文件无法读取") from error
        return self._heads[path]

    def mark(self, path: Path) -> str:
        """Return what tells a dossier from an earlier state of itself, as far as the listing knows."""
        parent = self._node(path.parent)
        if path.name in parent.folders:
            lines = parent.folders[path.name].marks()
        else:
            lines = iter([f"{parent.files[path.name].size} {parent.files[path.name].version}"])
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

    def _node(self, folder: Path) -> _Node:
        node = self._top
        for part in folder.parts:
            node = node.folders[part]
        return node


def _is_plain(name: str, node: _Node) -> bool:
    return name not in node.folders and "/" not in name


def find_remote(folder: RemoteFolder, *, max_depth: int) -> tuple[tuple[Found, ...], tuple[str, ...]]:
    """Return the dossiers at a URL, in the order of their names, and the files that belong to none.

    Raises:
        Unreachable: It cannot be listed, or nothing lies there.
    """
    shelf = RemoteShelf(folder, folder.find())
    if not shelf.children(TOP):
        raise nothing_at(folder.shown)
    found = find_dossiers(TOP, max_depth=max_depth, shelf=shelf)
    strays = find_strays(TOP, max_depth=max_depth, shelf=shelf)
    marked = tuple(replace(dossier, mark=shelf.mark(dossier.path)) for dossier in found)
    return marked, strays
