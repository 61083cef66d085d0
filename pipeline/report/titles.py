"""What people call things, in both languages: document types, entities, enumerated values; out of the catalogues."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pipeline.model import Message
from pipeline.report.words import phrases_below, spoken

TYPES = phrases_below("type")
"""Document types of the contract."""

ENTITIES = phrases_below("entity")
"""Entities of the contract."""

VALUES = phrases_below("value")
"""Values that are ids of the contract and not words of a page."""

STORE_TYPES = phrases_below("store_type")

RULE_TITLES = Path(__file__).parent / "rule_titles.json"
"""What rules are called, as `make docs` writes it out of the catalogue: which rules there are is not known here."""

__all__ = ["ENTITIES", "RULE_TITLES", "STORE_TYPES", "TYPES", "VALUES", "rule_titles", "spoken", "title"]


@cache
def rule_titles() -> Mapping[str, Message]:
    """Return what holds when a rule passes, by its id."""
    said = json.loads(RULE_TITLES.read_text(encoding="utf-8"))
    return {rule: Message.model_validate(message) for rule, message in said.items()}


def title(titles: Mapping[str, Message], name: str, lang: str) -> str:
    """Return what people call `name`; an unknown one loses its underscores."""
    return spoken(titles[name], lang) if name in titles else name.replace("_", " ")
