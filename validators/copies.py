"""Which files and pictures of a dossier stand in it twice: the same bytes, or the same pixels however saved."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Document, PageRecord
from pipeline.verdict import Evidence


@dataclass(frozen=True)
class Place:
    """A file of a document, or one page of it."""

    document: Document
    file: str
    page: int | None = None

    @property
    def first_page(self) -> tuple[str, int | None]:
        """The page, or the first one of the file."""
        numbers = (page.page for page in self.document.pages if page.file == self.file)
        return self.file, self.page or next(numbers, None)

    @property
    def begins_the_document(self) -> bool:
        """Whether the document begins here: there it says what it is, and whose."""
        first = self.document.pages[0]
        return self.first_page == (first.file, first.page)

    @property
    def bears_a_seal(self) -> bool:
        """Whether a seal was seen here."""
        return any((seal.file, seal.page) == self.first_page for seal in self.document.seals)

    @property
    def evidence(self) -> Evidence:
        """The place, for a finding."""
        file, page = self.first_page
        return Evidence.trusted(document=self.document.id, file=file, page=page, box=None, text=None, source=None)


@dataclass(frozen=True)
class Copy:
    """Something that stands in the dossier twice."""

    later: Place
    earlier: Place
    same_bytes: bool = False
    whole_files: bool = False
    """Whether the two files show the same from the first page to the last."""


class Copies:
    """The files and pictures of a dossier, by what tells them apart from others."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Look at all documents once: a dossier may hold thousands."""
        self._order = {document.id: at for at, document in enumerate(documents)}
        self._by_bytes: dict[str, list[Place]] = {}
        self._by_picture: dict[str, list[Place]] = {}
        self._shown: dict[str, set[str]] = {}
        for document in documents:
            for file, sha256 in files_of(document):
                self._by_bytes.setdefault(sha256, []).append(Place(document, file))
            for page in document.pages:
                if page.pixels:
                    self._shown.setdefault(page.file, set()).add(page.pixels)
                    self._by_picture.setdefault(page.pixels, []).append(Place(document, page.file, page.page))

    def before(self, document: Document) -> Iterator[Copy]:
        """Yield what of a document stands earlier in the dossier, in another file."""
        told: set[str] = set()
        for file, sha256 in files_of(document):
            place = self._first(document, file, self._by_bytes[sha256])
            if place is not None:
                told.add(file)
                yield Copy(Place(document, file), place, same_bytes=True, whole_files=True)
        for page in document.pages:
            copy = None if page.file in told else self._of_page(document, page)
            if copy is not None:
                yield copy

    def _of_page(self, document: Document, page: PageRecord) -> Copy | None:
        place = self._first(document, page.file, self._by_picture.get(page.pixels or "", ()))
        if place is None:
            return None
        whole = self._shown[page.file] == self._shown[place.file]
        # A page of small print out of a PDF's text may be the same in two papers.
        return None if page.rendered and not whole else Copy(Place(document, page.file, page.page), place, False, whole)

    def _first(self, document: Document, file: str, places: Iterable[Place]) -> Place | None:
        here = self._order[document.id]
        first = next((place for place in places if place.file != file), None)
        return first if first and self._order[first.document.id] < here else None


def files_of(document: Document) -> tuple[tuple[str, str], ...]:
    """Return each file that a document lies in, with its SHA-256; none of a file that was never opened."""
    files = document.files or ((document.file, document.sha256),)
    return tuple((file, sha256) for file, sha256 in files if sha256)


def content_of(document: Document) -> frozenset[str]:
    """Return what tells whether two documents are the same as a whole."""
    return frozenset(page.pixels for page in document.pages if page.pixels) or frozenset(
        sha256 for _, sha256 in files_of(document)
    )
