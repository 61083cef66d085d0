"""The dossiers of a batch: which there are, under which ids, in the order of their names. There may be a million."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.names import fold, possible_ids
from pipeline.spill import Spill

_LISTED = "CREATE TABLE listed (form BLOB, place BLOB, PRIMARY KEY (form, place)) WITHOUT ROWID"
_FOUND = "CREATE TABLE found (at INTEGER PRIMARY KEY, id TEXT, folded TEXT UNIQUE, place BLOB, mark TEXT)"


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier that was found in a batch folder and not opened yet."""

    id: str
    """Unlike that of any other dossier in the batch, case and Unicode form ignored."""
    where: str
    mark: str | None = None
    """For one at a URL, what tells it from an earlier state of itself; None: its files are asked."""

    @property
    def path(self) -> Path:
        """Of the folder or zip."""
        return Path(self.where)


class Roster:
    """Dossiers, each under an id of its own."""

    def __init__(
        self, places: Iterable[str], below: Path, *, mark: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """Take up dossiers in the order of their names.

        Args:
            places: Their paths, in any order, each as `Path` writes it.
            below: The batch folder.
            mark: Returns `Found.mark` of a path.
        """
        self._spill = Spill(_FOUND)
        with closing(Spill(_LISTED)) as listed:
            # A folder that changes while it is listed may name something twice.
            listed.put_all("INSERT OR IGNORE INTO listed VALUES (?, ?)", map(_forms, places))
            for (place,) in listed.each("SELECT place FROM listed ORDER BY form, place"):
                self._enter(_decoded(place), below, mark)

    def close(self) -> None:
        """Let go of everything."""
        self._spill.close()

    def __len__(self) -> int:
        ((count,),) = self._spill.rows("SELECT count(*) FROM found")
        return int(count)

    def __iter__(self) -> Iterator[Found]:
        for dossier_id, place, mark in self._spill.each("SELECT id, place, mark FROM found ORDER BY at"):
            yield Found(dossier_id, _decoded(place), mark)

    def has(self, dossier_id: str) -> bool:
        """Whether a dossier bears this id."""
        return bool(self._spill.rows("SELECT 1 FROM found WHERE folded = ? AND id = ?", fold(dossier_id), dossier_id))

    def holder_of(self, path: Path) -> str | None:
        """Return the id of the dossier in which something lies; None if it lies in none, or is one itself."""
        for above in path.parents:
            for (dossier_id,) in self._spill.rows("SELECT id FROM found WHERE place = ?", _encoded(str(above))):
                return str(dossier_id)
        return None

    def leave_out(self, path: Path) -> None:
        """Forget what lies in a folder, and the folder itself."""
        there = _encoded(str(path))
        inside = there + b"/"
        self._spill.put("DELETE FROM found WHERE place = ? OR substr(place, 1, ?) = ?", there, len(inside), inside)

    def _enter(self, place: str, below: Path, mark: Callable[[str], str | None]) -> None:
        # Of those that would share an id, the first keeps it.
        entry = "INSERT OR IGNORE INTO found (id, folded, place, mark) VALUES (?, ?, ?, ?)"
        encoded, marked = _encoded(place), mark(place)
        for dossier_id in possible_ids(place, below):
            if self._spill.put(entry, dossier_id, fold(dossier_id), encoded, marked):
                return


def _forms(place: str) -> tuple[bytes, bytes]:
    """Return what a dossier is sorted by: its path, however its letters are put together, and then as it is."""
    return _encoded(unicodedata.normalize("NFC", place)), _encoded(place)


def _encoded(place: str) -> bytes:
    # Bytes of a name that are no UTF-8 are surrogates in Python, which SQLite takes for no text.
    return place.encode("utf-8", "surrogatepass")


def _decoded(place: bytes) -> str:
    return place.decode("utf-8", "surrogatepass")
