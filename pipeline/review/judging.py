"""What the desk asks of whoever knows document types and rules, and hands it over: the pipeline knows neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pydantic import JsonValue

from pipeline.report.record import Report


@dataclass(frozen=True)
class Rejudged:
    """A report whose facts were judged again."""

    report: Report
    kept: tuple[str, ...] = ()
    """Rules whose outcome on record was kept, since no report tells all that they rest on."""
    other_rulebook: bool = False
    """Whether the rulebook that judged then is not at hand in the same version, and another one has judged now."""


class Judge(Protocol):
    """Judges corrected facts, without reading a page again."""

    def warm_up(self, report: Report) -> None:
        """Load what judging reports like this one needs, before somebody waits for it."""

    def fields_of(self, document_type: str) -> Sequence[str]:
        """Return the fields that a document of this type may have, by the contract's names."""

    def read(self, document_type: str, entity: str, text: str) -> JsonValue:
        """Return the value that a reviewer has typed, in the contract's normal form.

        Raises:
            UsageError: It is none that the field can have; the message says what is expected.
        """

    def rejudge(self, recorded: Report, corrected: Report) -> Rejudged:
        """Return `corrected` with findings, remedies and decision made of its facts.

        Args:
            recorded: The machine's report, as it was judged.
            corrected: The same with other values.

        Raises:
            UsageError: It holds a value that its document type cannot have.
            ConfigurationError: There is no rulebook to judge by.
        """
