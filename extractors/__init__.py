"""Certificates and letters: one file per type of document."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractors.catalogue import DOCUMENT_TYPES as DOCUMENT_TYPES
    from extractors.catalogue import extract as extract
    from extractors.catalogue import read_fields as read_fields
else:

    def __getattr__(name: str) -> object:
        """Import the readers once one is asked for: rules want fields alone, and readers take a while."""
        if name not in ("DOCUMENT_TYPES", "extract", "read_fields"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from extractors import catalogue

        return getattr(catalogue, name)
