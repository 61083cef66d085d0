"""The dossiers of a batch: which there are, under which ids, in the order of their names. There may be a million."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.marks import uptime
from pipeline.names import bears_number, fold, possible_ids
from pipeline.spill import MOST_HELD, Spill, Spilled

_LISTED = "CREATE TABLE listed (form BLOB, place BLOB, glimpse TEXT, PRIMARY KEY (form, place)) WITHOUT ROWID"
_FOUND = "CREATE TABLE found (id TEXT, place BLOB, mark TEXT, glimpse TEXT)"


@dataclass(frozen=True, slots=True)
class Found:
    """A dossier that was found in a batch folder and not opened yet."""

    id: str
    """Unlike that of any other dossier in the batch, case and Unicode form ignored."""
    where: str
    mark: str | None = None
    """For one at a URL, what tells it from an earlier state of itself; None: its files are asked."""
    glimpse: str | None = None
    """The mark of its files when the batch folder was listed; None: nobody looked."""

    @property
    def path(self) -> Path:
        """Of the folder or zip."""
        return Path(self.where)


class Roster:
    """Dossiers, each under an id of its own."""

    def __init__(
        self,
        places: Iterable[tuple[str, str | None]],
        below: Path,
        *,
        mark: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        """Take up dossiers in the order of their names.

        Args:
            places: Their paths, in any order, each as `Path` writes it, with their `Found.glimpse`.
            below: The batch folder.
            mark: Returns `Found.mark` of a path.
        """
        self.listed_at = uptime()
        """Before the first of them was looked at here, by the clock of `marks.uptime`."""
        self.named_by_numbers = 0
        """Dossiers in whose path an identity number stands, which their ids have masked."""
        self._spill = Spill(_FOUND)
        self._ids: Spilled[str] = Spilled()
        """By what they are once they are folded."""
        told = ((place, as_bytes(place), glimpse) for place, glimpse in _in_order(iter(places)))
        entries = ((self._id(place, below), encoded, mark(place), glimpse) for place, encoded, glimpse in told)
        self._spill.put_all("INSERT INTO found VALUES (?, ?, ?, ?)", entries)

    def close(self) -> None:
        """Let go of everything."""
        self._spill.close()
        self._ids.close()

    def __len__(self) -> int:
        ((count,),) = self._spill.rows("SELECT count(*) FROM found")
        return int(count)

    def __iter__(self) -> Iterator[Found]:
        for dossier_id, place, *marks in self._spill.each("SELECT id, place, mark, glimpse FROM found ORDER BY rowid"):
            yield Found(dossier_id, as_text(place), *marks)

    def has(self, dossier_id: str) -> bool:
        """Whether a dossier bears this id."""
        return self._ids.get(fold(dossier_id)) == dossier_id

    def holder_of(self, path: Path) -> str | None:
        """Return the id of the dossier in which something lies; None if it lies in none, or is one itself."""
        for above in path.parents:
            for (dossier_id,) in self._spill.rows("SELECT id FROM found WHERE place = ?", as_bytes(str(above))):
                return str(dossier_id)
        return None

    def leave_out(self, path: Path) -> None:
        """Forget what lies in a folder, and the folder itself."""
        there = as_bytes(str(path))
        inside = there + b"/"
        those = "FROM found WHERE place = ? OR substr(place, 1, ?) = ?"
        for (dossier_id,) in self._spill.rows(f"SELECT id {those}", there, len(inside), inside):
            del self._ids[fold(dossier_id)]
        self._spill.put(f"DELETE {those}", there, len(inside), inside)

    def _id(self, place: str, below: Path) -> str:
        # Of those that would share one, the first keeps it.
        for dossier_id in possible_ids(place, below):
            if (folded := fold(dossier_id)) not in self._ids:
                self._ids[folded] = dossier_id
                self.named_by_numbers += bears_number(place, below)
                return dossier_id
        raise AssertionError("there is always another id")


def _in_order(places: Iterator[tuple[str, str | None]]) -> Iterator[tuple[str, str | None]]:
    """Yield paths in the order of their names, each once, with what goes with them."""
    # A folder that changes while it is listed may name something twice.
    held: dict[str, str | None] = {}
    for place, glimpse in places:
        held.setdefault(place, glimpse)
        if len(held) > MOST_HELD:
            break
    else:
        yield from sorted(held.items(), key=lambda each: _forms(each[0]))
        return
    with closing(Spill(_LISTED)) as listed:
        rows = ((*_forms(place), glimpse) for place, glimpse in chain(held.items(), places))
        listed.put_all("INSERT OR IGNORE INTO listed VALUES (?, ?, ?)", rows)
        held.clear()
        for encoded, glimpse in listed.each("SELECT place, glimpse FROM listed ORDER BY form, place"):
            yield as_text(encoded), glimpse


def _forms(place: str) -> tuple[bytes, bytes]:
    """Return what a dossier is sorted by: its path, however its letters are put together, and then as it is."""
    return as_bytes(unicodedata.normalize("NFC", place)), as_bytes(place)


def as_bytes(place: str) -> bytes:
    """Return a path as SQLite may hold it: bytes of a name that are no UTF-8 are no text to it."""
    return place.encode("utf-8", "surrogatepass")


def as_text(place: bytes) -> str:
    """Return a path as `as_bytes` was given it."""
    return place.decode("utf-8", "surrogatepass")
