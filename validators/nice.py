"""The 45 classes of the Nice Classification: facts that every rulebook shares (rulebooks/nice.yaml)."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipeline.model import Record
from validators.policy import NiceClass
from validators.rulebook_yaml import read_record


class NiceHeading(Record):
    """One class and what it covers."""

    number: NiceClass = Field(alias="class")
    en: str
    zh: str
    short_zh: str
    """As agents in China print it."""
    kind: Literal["goods", "services"]
    note: str | None = None
    """What the edition in force changed."""


class _Headings(Record):
    source: str
    effective_from: date
    classes: tuple[NiceHeading, ...]


@cache
def nice_headings() -> Mapping[int, NiceHeading]:
    """Return the headings by class."""
    read = read_record(Path(__file__).parent / "rulebooks" / "nice.yaml", _Headings)
    return {heading.number: heading for heading in read.classes}
