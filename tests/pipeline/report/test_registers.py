"""Where a document can be looked up follows from our own list."""

import pytest

from pipeline.model import Entity, Fields
from pipeline.report.registers import register_of
from tests.pipeline.report import build


class Shown(Fields):
    """What may decide where a document is looked up."""

    kind: Entity[str] | None = None
    number: Entity[str] | None = None


def entity(value: str) -> Entity[str]:
    line = build.line(value, (0.1, 0.1, 0.4, 0.2), file="q.jpg")
    return Entity[str](value=value, raw=value, confidence=0.99, evidence=(line,))


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("ccc", "https://cx.cnca.cn/"),
        ("medical_device_registration", "https://www.nmpa.gov.cn/datasearch/"),
        ("fcc", "https://www.fcc.gov/oet/ea/fccid"),
        ("test_report", None),
    ],
)
def test_a_qualification_is_looked_up_by_its_kind(kind: str, address: str | None) -> None:
    document = build.document("d1", "qualification", "q.jpg", Shown(kind=entity(kind)), (100, 60))
    register = register_of(document)
    assert (register.address if register else None) == address


@pytest.mark.parametrize(
    ("number", "known"), [("12345678", True), ("24972000000123456789", True), ("INV-2026-001", False)]
)
def test_only_chinese_invoices_can_be_looked_up(number: str, known: bool) -> None:
    document = build.document("d1", "purchase_invoice", "i.jpg", Shown(number=entity(number)), (100, 60))
    assert (register_of(document) is not None) is known


def test_an_identity_card_can_be_looked_up_nowhere() -> None:
    assert register_of(build.document("d1", "identity_card", "c.jpg", Shown(), (100, 60))) is None
