"""The real engine on pages drawn here and now: what each office's certificate and CNIPA's short papers say is read."""

from random import Random

import numpy as np
import pytest

from extractors import DOCUMENT_TYPES, extract
from pipeline.classify import classify
from pipeline.model import Document, PageRecord, ReadPage, ReadSource, Source
from pipeline.ocr.ppocr import PpOcr
from samples.generate import fonts, office_paper
from samples.generate.facts import Act, Facts, Layout
from samples.generate.files import picture_of
from samples.generate.foreign import lots
from samples.generate.truth import document_type, entities_of

WIDTH = 1200
"""Pixels: about 140 dots per inch."""

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(bool(fonts.missing()), reason=f"the fonts of the samples are missing: {fonts.PACKAGES}"),
]


def read(facts: Facts, engine: PpOcr) -> Document:
    image = np.asarray(picture_of(facts, WIDTH))
    lines = tuple(line.model_copy(update={"file": "a.png"}) for line in engine.read(image, page=1).lines)
    record = PageRecord(file="a.png", page=1, width=image.shape[1], height=image.shape[0], turned=0)
    source = Source(file="a.png", sha256="0" * 64, content=b"", media_type="image/png")
    (document,) = classify([ReadSource(source, (ReadPage(record=record, lines=lines),), pages_total=1)], DOCUMENT_TYPES)
    return extract(document)


def check(facts: Facts, engine: PpOcr) -> None:
    document = read(facts, engine)
    assert document.type == document_type(facts), document.type_reason
    assert document.fields is not None
    found = {name: entity.model_dump(mode="json")["value"] for name, entity in document.fields.entities().items()}
    assert found == entities_of(facts)


@pytest.mark.parametrize("layout", Layout)
def test_a_certificate_of_another_office_is_read(layout: Layout, ppocr: PpOcr) -> None:
    check(lots.random_facts(Random(f"test {layout}"), layout), ppocr)


@pytest.mark.parametrize("act", Act)
def test_a_short_paper_of_cnipa_is_read(act: Act, ppocr: PpOcr) -> None:
    check(office_paper.random_facts(Random(f"test {act}"), act), ppocr)
