"""What a file tells of how it came about: facts for the rules on lying text layers and on editing."""

from pydantic import Field

from pipeline.boxes import JsonBox, Record


class TextDisagreement(Record):
    """A place of a PDF where its text layer says something else than the page shows."""

    file: str
    page: int = Field(ge=1)
    box: JsonBox
    claimed: str
    """What the text layer says; empty where it is silent."""
    seen: str
    """What the page shows; empty where nothing is to be seen."""
    confidence: float = Field(ge=0, le=1)
    """How sure it is that the two differ."""


class Editing(Record):
    """What a PDF's structure tells of how it came about."""

    producer: str = ""
    """Program that wrote it, and the one it was made with, as the file says; empty if it says nothing."""
    revisions: int = Field(default=1, ge=1)
    """How often it was saved: 1 is once, each incremental update adds one."""
    is_scan: bool = False
    """Whether its pages are pictures."""
    changed_after_signing: bool | None = None
    """Whether it was changed after a digital signature; None without one."""
