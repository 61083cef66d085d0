"""What a file tells of how it came about: facts for the rules on lying text layers and on editing."""

from enum import StrEnum

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


class Unchecked(StrEnum):
    """Why a digital signature was not checked."""

    NO_CHECKER = "no_checker"
    """pyHanko (extra `signatures`) is not installed."""
    UNREADABLE = "unreadable"
    """The file's structure, or the signature itself, is not as the standard has it."""
    UNSUPPORTED = "unsupported"
    """Its kind or its algorithm is not known here, such as SM2."""
    TOO_MANY = "too_many"
    """It comes after the first twenty."""
    HYBRID = "hybrid"
    """It holds for what it covers, but what was appended cannot be judged: the file has two tables of what is in it, as
    Word and Excel write them."""


class Signature(Record):
    """A PDF's digital signature, checked without the network: whose it is, and whether it is trusted, is not asked."""

    covers_whole_file: bool | None = None
    """Whether it covers every byte of the file; false where something was appended to it. Absent: it cannot be told."""
    intact: bool | None = None
    """Whether the bytes that it covers are those that were signed; absent if it was not checked."""
    valid: bool | None = None
    """Whether it was made with the key of the certificate that it comes with; absent if it was not checked."""
    changed_after: bool | None = None
    """Whether what was appended goes beyond further signatures and filled-in forms; absent if it was not checked."""
    unchecked: Unchecked | None = None
    """Why it was not checked; absent if it was."""
    revision: int | None = Field(default=None, ge=1)
    """Number of the revision that it was made in, the first being 1; absent if unchecked, or not to be told."""

    @property
    def is_broken(self) -> bool:
        """Whether it does not hold for the file as it is."""
        return self.intact is False or self.valid is False or self.changed_after is True

    @property
    def holds(self) -> bool:
        """Whether it was checked and holds, with nothing appended that it does not allow."""
        return self.intact is True and self.valid is True and self.changed_after is False


class Change(StrEnum):
    """By what a place of a page looks other than before."""

    CONTENT = "content"
    """The page itself: its text, lines and pictures."""
    ANNOTATION = "annotation"
    """A note, stamp, mark or new field laid over the page; also what looks signed, and no checked signature holds."""
    FORM_FIELD = "form_field"
    """A form's field that was there before."""
    SIGNATURE = "signature"
    """The field of a digital signature that was checked and holds; it may be anybody's."""
    SIZE = "size"
    """The page was cropped or has another size; the whole page is named."""
    NEW_PAGE = "new_page"
    """The page was not there before, or was empty."""


class VisibleChange(Record):
    """A place of a page that looks other than in the revision before."""

    page: int = Field(ge=1)
    box: JsonBox
    kind: Change
    on_scan: bool = False
    """Whether the page was nothing but pictures before."""
    hides: bool = False
    """Whether something that was to be seen there no longer is."""


class LastRevision(Record):
    """What became visible when a PDF was saved the last time."""

    since: int = Field(ge=1)
    """Number of the revision that the last one was compared with, the first being 1: the one before it, or before the
    first signature that holds; where nothing is seen since but filled-in fields, signatures, new pages and notes that
    hide nothing, the one before that, and then the first."""
    changes: tuple[VisibleChange, ...] = ()
    pages_compared: int = Field(default=0, ge=0)
    pages_left_out: int = Field(default=0, ge=0)
    """Pages that were not compared: past the limit of twenty, or damaged."""
    unreadable: bool = False
    """Whether the revision before cannot be opened, so that nothing could be compared."""


class Editing(Record):
    """What a PDF's structure, or a picture's, tells of how it came about."""

    producer: str = ""
    """Program that wrote it, and the one it was made with, as the file says; empty if it says nothing."""
    revisions: int = Field(default=1, ge=1)
    """How often it was saved: 1 is once, each incremental update adds one."""
    is_scan: bool = False
    """Whether its pages are pictures, or were when it was saved the first time."""
    changed_after_signing: bool | None = None
    """Whether a digital signature does not hold for it; absent without one, and where one could not be checked."""
    signatures: tuple[Signature, ...] | None = Field(default=None, min_length=1)
    """Its digital signatures, in the order of signing; absent without one."""
    last_revision: LastRevision | None = None
    """What its last save made visible; absent where it was saved once."""

    @property
    def signed_revision(self) -> int | None:
        """Number of the first revision that somebody signed, if all that came after is what such a signature allows.

        Each signature, time stamp and proof of a certificate is a save of its own.
        """
        signed = [each.revision for each in self.signatures or () if each.holds and each.revision]
        return min(signed, default=None)
