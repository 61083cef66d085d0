"""What people call things, in both languages: document types, entities, enumerated values; out of the catalogues."""

from collections.abc import Mapping

from pipeline.model import Message
from pipeline.report.words import phrases_below, spoken

TYPES = phrases_below("type")
"""Document types of the contract."""

ENTITIES = phrases_below("entity")
"""Entities of the contract."""

VALUES = phrases_below("value")
"""Values that are ids of the contract and not words of a page."""

STORE_TYPES = phrases_below("store_type")

__all__ = ["ENTITIES", "STORE_TYPES", "TYPES", "VALUES", "spoken", "title"]


def title(titles: Mapping[str, Message], name: str, lang: str) -> str:
    """Return what people call `name`; an unknown one loses its underscores."""
    return spoken(titles[name], lang) if name in titles else name.replace("_", " ")
