"""Where the desk gets reports from: the batch's results, which it reads and never writes.

All that the desk knows about how a batch keeps its results stands here.
"""

import hashlib
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DatabaseError, ProgrammingError

from pipeline.errors import UsageError
from pipeline.outputs import places, report_files
from pipeline.records import OnRecord
from pipeline.register import entry_of
from pipeline.report.covering import Place
from pipeline.report.json import Report, load_report, without_numbers
from pipeline.report.marks import page_anchor
from pipeline.report.record import DocumentRecord
from pipeline.store import DATABASE, FOLDER_ID
from pipeline.store.database import Unusable, connect, place_of
from pipeline.store.entries import Entries
from pipeline.store.tables import DOSSIERS, HERE

UPLOADED = "uploaded"
"""Folder below a batch's results with the reports on what reviewers uploaded."""
_PATCH = re.compile(r'class="patch" href="(data:image/jpeg;base64,[A-Za-z0-9+/=]+)"')
_STARRED = "****"
"""In the text of a line with a masked number."""
_PICTURE = re.compile(r"data:(image/(?:jpeg|png|webp));base64,([A-Za-z0-9+/=]+)")


@dataclass(frozen=True)
class Shelved:
    """A report that is there."""

    entry: OnRecord
    report_sha256: str


@dataclass(frozen=True)
class Picture:
    """A picture of a page, as the batch drew it."""

    media_type: str
    content: bytes


class Shelf:
    """A batch's output folder."""

    def __init__(self, out: Path, database: str | None = None) -> None:
        """Read from this folder; `database` may hold its results, as `dossier batch --database` puts them there."""
        self.out, self._database = out, database
        self._seen: object = None

    def has_changed(self) -> bool:
        """Whether anything was put there since this was last asked."""
        names = (DATABASE, f"{DATABASE}-wal", "reports", f"{UPLOADED}/reports")
        now: list[object] = [_stamp(self.out / name) for name in names]
        if self._on_server():
            now.append(_server_stamp(*self._place()))
        changed, self._seen = now != self._seen, now
        return changed

    def entries(self) -> Iterator[Shelved]:
        """Yield what the batch has on record; from the reports themselves where its database is not there.

        Raises:
            UsageError: The database is none that can be relied on: it is made again by the next batch.
        """
        is_on_record = False
        if (self.out / DATABASE).exists() or self._on_server():
            for each in _on_record(*self._place()):
                is_on_record = True
                yield each
        if not is_on_record:
            yield from _reported(self.out)
        yield from _reported(self.out / UPLOADED)

    def _on_server(self) -> bool:
        return bool(self._database) and not (self.out / DATABASE).exists() and (self.out / FOLDER_ID).exists()

    def _place(self) -> tuple[Engine, str]:
        """Return where results are on record, and by which key."""
        if self._database and self._on_server():
            key = (self.out / FOLDER_ID).read_text(encoding="ascii").strip()
            return connect(place_of(self._database), read_only=True), key
        return connect(place_of(self.out / DATABASE), read_only=True), HERE

    def arrived(self, dossier_id: str) -> float:
        """Return when the report was written, in seconds since 1970; 0 if it is not there."""
        path = self._find(dossier_id, ".json")
        return path.stat().st_mtime if path else 0.0

    def report(self, dossier_id: str) -> Report:
        """Read a report, every identity number masked, whether the batch revealed them or not; raises as `whole`."""
        return without_numbers(self.whole(dossier_id))

    def whole(self, dossier_id: str) -> Report:
        """Read a report as the batch wrote it.

        Args:
            dossier_id: One that `entries` told of: never what a browser sent.

        Raises:
            UsageError: It is not there, or none.
        """
        path = self._find(dossier_id, ".json")
        if path is None:
            raise UsageError("the report is no longer among the batch's results")
        report = load_report(path.read_text(encoding="utf-8", errors="replace"))
        if report.dossier_id != dossier_id:
            raise UsageError("the report is that of another dossier")
        return report

    def page(self, dossier_id: str) -> bytes | None:
        """Return the page for people, if the batch wrote one."""
        path = self._find(dossier_id, ".html")
        return path.read_bytes() if path else None

    def picture(self, report: Report, file: str, page: int) -> Picture | None:
        """Return the picture of a page, cut out of the page for people: no document of a seller's is opened here.

        There is none of a page that is withheld.
        """
        content = None if (file, page) in self.withheld(report) else self.page(report.dossier_id)
        return cut_out(content.decode("utf-8", errors="replace"), report, file, page) if content else None

    def withheld(self, report: Report) -> frozenset[Place]:
        """Return the pages with an identity number that were drawn before numbers were painted over on pictures."""
        bearing = [
            (page_anchor(document, each.file, each.page), (each.file, each.page))
            for document in report.documents
            for each in document.pages
            if _bears_number(document, each.file, each.page)
        ]
        content = self.page(report.dossier_id) if bearing else None
        if content is None:
            return frozenset()
        return frozenset(place for anchor, place in bearing if f'id="{anchor}" data-covered'.encode() not in content)

    def patches(self, dossier_id: str) -> tuple[str, ...]:
        """Return what is painted over on pictures of pages, as `data:` addresses; nothing if the batch hid it."""
        content = self.page(dossier_id) or b""
        return tuple(_PATCH.findall(content.decode("utf-8", errors="replace")))

    def stamp(self, dossier_id: str, suffix: str = ".json") -> str:
        """Return what changes when the report does, or the page for people; empty if there is none."""
        path = self._find(dossier_id, suffix)
        status = path.stat() if path else None
        return f"{status.st_mtime_ns:x}-{status.st_size:x}" if status else ""

    def _find(self, dossier_id: str, suffix: str) -> Path | None:
        below = (*places("reports", dossier_id, suffix), f"{UPLOADED}/reports/{dossier_id}{suffix}")
        return next((path for place in below if (path := self.out / place).is_file()), None)


def _reported(folder: Path) -> Iterator[Shelved]:
    for path in report_files(folder) if (folder / "reports").is_dir() else ():
        content = path.read_bytes()
        report = load_report(content.decode("utf-8", errors="replace"))
        yield Shelved(entry_of(report), hashlib.sha256(content).hexdigest())


def _on_record(engine: Engine, key: str) -> Iterator[Shelved]:
    try:
        with engine.connect() as connection:
            yield from (Shelved(entry, digest) for entry, digest in Entries(connection, key).entries())
    except ProgrammingError:
        return  # a server that no batch has written to
    except (Unusable, DatabaseError) as error:
        raise UsageError("the results database cannot be relied on; the next batch makes it anew") from error
    finally:
        engine.dispose()


def _server_stamp(engine: Engine, key: str) -> object:
    """Return what changes when results on a server do."""
    query = select(func.count(), func.sum(func.hashtext(DOSSIERS.c.report_sha256))).where(DOSSIERS.c.folder == key)
    try:
        with engine.connect() as connection:
            return tuple(connection.execute(query).one())
    except ProgrammingError:
        return None
    finally:
        engine.dispose()


def cut_out(html: str, report: Report, file: str, page: int) -> Picture | None:
    """Return the picture of a page out of the page for people, where it follows the page's anchor."""
    anchors = [
        (page_anchor(document, each.file, each.page), each) for document in report.documents for each in document.pages
    ]
    places = {anchor: html.find(f'id="{anchor}"') for anchor, _ in anchors}
    wanted = next((places[a] for a, each in anchors if (each.file, each.page) == (file, page) and places[a] >= 0), None)
    if wanted is None:
        return None
    end = min((at for at in places.values() if at > wanted), default=len(html))
    found = _PICTURE.search(html, wanted, end)
    return Picture(found[1], b64decode(found[2])) if found else None


def _bears_number(document: DocumentRecord, file: str, page: int) -> bool:
    """Whether an identity number stands on a page, as far as a masked report tells: all sides of a card may bear it."""
    lines = [line for entity in document.entities.values() for line in entity.evidence]
    starred = any(_STARRED in line.text for line in lines if (line.file, line.page) == (file, page))
    return document.type == "identity_card" or starred


def gist_of(report: Report) -> str:
    """Return a hash of what a report says, whatever program said it and how long that took."""
    said: dict[str, object] = {
        "decision": report.decision,
        "as_of": report.as_of.isoformat(),
        "application": report.application,
        "documents": [
            [each.id, each.type, each.sha256, {name: entity.value for name, entity in each.entities.items()}]
            for each in report.documents
        ],
        "findings": [
            [each.rule, each.subject, each.status, each.severity, bool(each.waived)] for each in report.findings
        ],
    }
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
