"""The dossiers of a batch: which there are, under which ids, in the order of their names. There may be a million."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.names import fold, possible_ids
from pipeline.spill import open_spill

_LISTED = "CREATE TABLE listed (place BLOB, form BLOB)"
_FOUND = "CREATE TABLE found (at INTEGER PRIMARY KEY, id TEXT, folded TEXT UNIQUE, place BLOB, mark TEXT)"
_IN_ORDER = "SELECT place FROM listed ORDER BY coalesce(form, place), place"


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
    """Dossiers, each under an id of its own, held by SQLite."""

    def __init__(
        self, places: Iterable[str], below: Path, *, mark: Callable[[str], str | None] = lambda _: None
    ) -> None:
        """Take up dossiers in the order of their names.

        Args:
            places: Their paths, in any order.
            below: The batch folder.
            mark: Returns `Found.mark` of a path.
        """
        self._database = open_spill()
        for table in (_LISTED, _FOUND):
            self._database.execute(table)
        self._database.executemany("INSERT INTO listed VALUES (?, ?)", map(_listed, places))
        for (place,) in self._database.execute(_IN_ORDER):
            self._enter(_decoded(place), below, mark)
        self._database.execute("DROP TABLE listed")

    def close(self) -> None:
        """Let go of everything."""
        self._database.close()

    def __len__(self) -> int:
        counted: int = self._database.execute("SELECT count(*) FROM found").fetchone()[0]
        return counted

    def __iter__(self) -> Iterator[Found]:
        for dossier_id, place, mark in self._database.execute("SELECT id, place, mark FROM found ORDER BY at"):
            yield Found(dossier_id, _decoded(place), mark)

    def has(self, dossier_id: str) -> bool:
        """Whether a dossier bears this id."""
        asked = (fold(dossier_id), dossier_id)
        found = self._database.execute("SELECT 1 FROM found WHERE folded = ? AND id = ?", asked)
        return found.fetchone() is not None

    def holder_of(self, path: Path) -> Found | None:
        """Return the dossier in which something lies; None if it lies in none, or is one itself."""
        for above in path.parents:
            row = self._database.execute("SELECT id FROM found WHERE place = ?", (_encoded(str(above)),)).fetchone()
            if row:
                return Found(row[0], str(above))
        return None

    def leave_out(self, path: Path) -> None:
        """Forget what lies in a folder, and the folder itself."""
        there = _encoded(str(path))
        inside = there + b"/"
        self._database.execute(
            "DELETE FROM found WHERE place = ? OR substr(place, 1, ?) = ?", (there, len(inside), inside)
        )

    def _enter(self, place: str, below: Path, mark: Callable[[str], str | None]) -> None:
        # Of those that would share an id, the first keeps it.
        for dossier_id in possible_ids(place, below):
            row = (dossier_id, fold(dossier_id), _encoded(place), mark(place))
            entered = self._database.execute(
                "INSERT OR IGNORE INTO found (id, folded, place, mark) VALUES (?, ?, ?, ?)", row
            )
            if entered.rowcount:
                return


def _listed(place: str) -> tuple[bytes, bytes | None]:
    form = unicodedata.normalize("NFC", place)
    return _encoded(place), None if form == place else _encoded(form)


def _encoded(place: str) -> bytes:
    # Bytes of a name that are no UTF-8 are surrogates in Python, which SQLite takes for no text.
    return place.encode("utf-8", "surrogatepass")


def _decoded(place: bytes) -> str:
    return place.decode("utf-8", "surrogatepass")
