"""The real engine on drawn pages of every type and family that has no sample dossier: what was drawn is read."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from extractors import DOCUMENT_TYPES, extract
from pipeline.classify import classify
from pipeline.model import Document, Source
from pipeline.ocr.ppocr import PpOcr
from pipeline.read import read_source
from pipeline.settings import Settings

pytest.importorskip("reportlab", reason="drawing pages needs the extra `samples`")

from samples.generate import fonts, paper_lots
from samples.generate.facts import Card, Facts
from samples.generate.files import jpeg, picture_of, ratio_of
from samples.generate.truth import document_type, entities_of

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(bool(fonts.missing()), reason=f"drawing pages needs {fonts.PACKAGES}"),
]

LOTS: dict[str, tuple[Callable[[Random], Facts], int]] = {
    "card": (paper_lots.random_card, 2),
    "permit": (paper_lots.random_permit, 1),
    "registration": (paper_lots.random_registration, 1),
    "ccc": (paper_lots.random_ccc, 1),
    "certificate": (paper_lots.random_english, 1),
    "declaration": (paper_lots.random_english, 1),
    "chinese report": (paper_lots.random_report, 2),
    "english report": (paper_lots.random_report, 0),
    "vat invoice": (paper_lots.random_vat_invoice, 1),
    "commercial invoice": (paper_lots.random_commercial_invoice, 1),
}
"""Family → what draws it, and a lot that falls on it."""


def read(facts: Facts, engine: PpOcr) -> Document:
    content = jpeg(picture_of(facts, 1600 if ratio_of(facts) < 1 else 1240), quality=85)
    digest = hashlib.sha256(content).hexdigest()
    source = Source(file="a.jpg", sha256=digest, content=content, media_type="image/jpeg")
    (document,) = classify([read_source(source, engine, Settings())], DOCUMENT_TYPES)
    return extract(document)


def values(document: Document) -> dict[str, Any]:
    assert document.fields is not None
    return {name: entity.model_dump(mode="json")["value"] for name, entity in document.fields.entities().items()}


@pytest.mark.parametrize("family", LOTS)
def test_what_was_drawn_is_read(family: str, ppocr: PpOcr) -> None:
    draw, lot = LOTS[family]
    facts = draw(Random(f"{family}{lot}"))
    document = read(facts, ppocr)
    assert document.type == document_type(facts), document.type_reason
    found = values(document)
    assert {name: found.get(name) for name in entities_of(facts)} == entities_of(facts)


def test_a_number_that_is_printed_wrong_is_read_as_printed(ppocr: PpOcr) -> None:
    facts = next(card for at in range(20) if (card := paper_lots.random_card(Random(f"wrong{at}"))).side == "front")
    wrong = facts.number[:-1] + ("4" if facts.number[-1] != "4" else "7")
    document = read(replace(facts, number=wrong), ppocr)
    assert document.fields is not None
    number = document.fields.entities()["id_number"]
    assert (number.value, number.corrections) == (wrong, ())


def test_reading_a_card_logs_nothing_of_it(ppocr: PpOcr, caplog: pytest.LogCaptureFixture) -> None:
    facts = next(card for at in range(20) if (card := paper_lots.random_card(Random(f"log{at}"))).side == "both")
    assert isinstance(facts, Card)
    with caplog.at_level(logging.DEBUG):
        found = values(read(facts, ppocr))
    assert found["id_number"] == facts.number
    assert facts.number[6:14] not in caplog.text
    assert facts.name not in caplog.text
