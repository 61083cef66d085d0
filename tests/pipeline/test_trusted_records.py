"""A record that is made without checking is the record that checking makes."""

from pipeline.model import WHOLE_PAGE, EvidenceSource, Message
from pipeline.verdict import Evidence, Finding, Severity, Status

PLACE = {
    "document": "d1", "file": "01.jpg", "page": 1, "box": WHOLE_PAGE, "text": "text", "source": EvidenceSource.OCR,
}  # fmt: skip


def test_evidence_made_without_checking_is_the_same() -> None:
    made, checked = Evidence.trusted(**PLACE), Evidence(**PLACE)
    assert made == checked
    assert hash(made) == hash(checked)
    assert made.model_dump_json() == checked.model_dump_json()


def test_a_finding_made_without_checking_can_be_copied_and_written() -> None:
    values = {
        "rule": "LIC201", "status": Status.PASS, "severity": Severity.BLOCKER, "subject": "dossier",
        "message": Message(en="en", zh="zh"), "expected": None, "found": None,
        "evidence": (Evidence.trusted(**PLACE),), "waived": None, "waiver_refused": None,
    }  # fmt: skip
    made, checked = Finding.trusted(**values), Finding(**values)
    assert made.model_copy(update={"subject": "d1"}) == checked.model_copy(update={"subject": "d1"})
    assert made.model_dump_json(exclude_none=True) == checked.model_dump_json(exclude_none=True)
    assert list(values) == list(Finding.model_fields)


def test_a_record_but_for_some_values_is_the_one_with_those() -> None:
    made = Evidence.trusted(**PLACE)
    other = made.but(page=2, text=None)
    assert other == Evidence(**PLACE | {"page": 2, "text": None})
    assert made == Evidence(**PLACE)
    assert other.model_dump_json() == Evidence(**PLACE | {"page": 2, "text": None}).model_dump_json()
