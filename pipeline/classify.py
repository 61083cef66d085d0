"""Pages that were read → the documents of the dossier, told by type (docs/adr/0009)."""

from collections.abc import Sequence

from pipeline.claims import OTHER, DocumentType, Heading, Variant, claims
from pipeline.grouping import groups_in
from pipeline.joining import join
from pipeline.model import Document, Fields, ReadSource

__all__ = ["OTHER", "DocumentType", "Heading", "Variant", "claims", "classify"]


def classify(read_sources: Sequence[ReadSource], types: Sequence[DocumentType[Fields]]) -> tuple[Document, ...]:
    """Return the documents in `read_sources`, in the order of files and pages.

    Pages of one file that different types claim are documents of their own, and so are two papers in one picture. A
    page that no type claims may go on with the document before it. Sides and pages that are files of their own
    are put together where they say so themselves. A file of which nothing was read still is a document.
    """
    by_name = {kind.name: kind for kind in types}
    groups = [group for read in read_sources for group in groups_in(read, by_name)]
    return tuple(group.document(f"d{number}") for number, group in enumerate(join(groups, by_name), start=1))
