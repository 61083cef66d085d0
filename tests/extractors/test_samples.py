"""The real engine on sample pages, one for each type of document: what is read is what was drawn."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Levenshtein

from extractors import DOCUMENT_TYPES, extract
from pipeline.classify import classify
from pipeline.ingest import open_files
from pipeline.model import Document
from pipeline.ocr.ppocr import PpOcr
from pipeline.read import read_source
from pipeline.settings import Settings

SAMPLES = Path(__file__).parents[2] / "samples" / "dossiers"
LONG = frozenset({"business_scope"})
"""Texts in which a character may be misread without harm."""
IN_SEAL = frozenset({"registration_authority", "issue_date"})
"""What a seal may cover: read rightly or not at all."""

PAGES = [
    "starriver/01.jpg#1",
    "starriver/02.pdf#1",
    "watches-portrait/scan/0002.jpg#1",
    "licence-before-2014/licence.jpg#1",
    "individual-fishing-portrait/b.png#1",
    "partnership-music/photo 1.jpg#1",
]


def truth(identifier: str) -> Mapping[str, Any]:
    entries = json.loads((SAMPLES.parent / "truth.json").read_text(encoding="utf-8"))
    return next(entry for entry in entries if entry["id"] == identifier)


def read(entry: Mapping[str, Any], engine: PpOcr) -> Document:
    settings = Settings()
    intake = open_files([SAMPLES / entry["dossier"] / entry["file"]], settings)
    documents = classify([read_source(source, engine, settings) for source in intake.sources], DOCUMENT_TYPES)
    return extract(next(each for each in documents if any(page.page == entry["page"] for page in each.pages)))


@pytest.mark.engine
@pytest.mark.parametrize("identifier", PAGES)
def test_what_was_drawn_is_read(identifier: str, ppocr: PpOcr) -> None:
    entry = truth(identifier)
    document = read(entry, ppocr)
    assert document.type == entry["type"], document.type_reason
    assert document.fields is not None
    found = {name: entity.model_dump(mode="json")["value"] for name, entity in document.fields.entities().items()}
    for name, drawn in entry["entities"].items():
        if name in LONG:
            assert Levenshtein.normalized_similarity(found[name], drawn) > 0.95, name
        elif name not in IN_SEAL or name in found:
            assert found.get(name) == drawn, name
