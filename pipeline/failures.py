"""What could not be read, and what to do about it, in words for people."""

from enum import StrEnum

from pipeline.boxes import Record


class FailureCode(StrEnum):
    """Why a file or a page could not be read, or is remarked on (docs/sources.md#limits-of-what-comes-in)."""

    UNREADABLE = "unreadable"
    UNSUPPORTED_TYPE = "unsupported_type"
    TYPE_MISMATCH = "type_mismatch"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    BAD_GEOMETRY = "bad_geometry"
    ARCHIVE_UNSAFE = "archive_unsafe"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    PROTOCOL = "protocol"
    QUARANTINED = "quarantined"
    INTERNAL = "internal"


class Message(Record):
    """A sentence for people, in both languages of the product."""

    en: str
    zh: str


class Failure(Record):
    """A file, or one page of it, that could not be read: what was found and what to do about it."""

    code: FailureCode
    file: str
    """Path below the dossier."""
    page: int | None = None
    """None if the whole file failed."""
    message: Message


class Remark(Record):
    """Something worth telling of a file that was read all the same."""

    code: FailureCode
    """`type_mismatch`, `encrypted`, or `corrupt` where a second reader cannot count its pages."""
    file: str
    """Path below the dossier."""
    message: Message
    """Without the file's name."""
