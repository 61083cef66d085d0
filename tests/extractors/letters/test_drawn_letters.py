"""Letters drawn by the generator: each layout is read by the real engine, and what is read is what was drawn."""

from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image

from extractors import DOCUMENT_TYPES, extract
from pipeline.classify import classify
from pipeline.ingest import open_files
from pipeline.ocr.ppocr import PpOcr
from pipeline.read import read_source
from pipeline.settings import Settings
from samples.generate.files import Format, picture_of, store
from samples.generate.letters import random_facts
from samples.generate.letters.lots import letter_of
from samples.generate.truth import document_type, entities_of


@pytest.mark.engine
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("layout", ["prose", "form", "table"])
def test_what_was_drawn_is_read(language: str, layout: str, ppocr: PpOcr, tmp_path: Path) -> None:
    facts = letter_of(language, layout, Random(f"{language}/{layout}"))
    path = tmp_path / "letter.jpg"
    path.write_bytes(store([picture_of(facts, 1300)], Format.JPEG))
    settings = Settings(cache=False)
    intake = open_files([path], settings)
    (document,) = classify([read_source(source, ppocr, settings) for source in intake.sources], DOCUMENT_TYPES)
    assert document.type == document_type(facts), document.type_reason
    fields = extract(document).fields
    assert fields is not None
    found = {name: entity.model_dump(mode="json")["value"] for name, entity in fields.entities().items()}
    assert found == entities_of(facts)


def test_lots_differ_and_repeat() -> None:
    letters = [random_facts(Random(seed)) for seed in range(40)]
    assert len(set(letters)) == 40
    assert letters[7] == random_facts(Random(7))
    assert {(letter.language, letter.layout) for letter in letters} == {
        (language, layout) for language in ("zh", "en") for layout in ("prose", "form", "table")
    }


def test_a_letter_without_a_seal_has_less_red() -> None:
    facts = letter_of("zh", "form", Random(1))
    sealed, bare = (_red(picture_of(replace(facts, sealed=sealed), 500)) for sealed in (True, False))
    assert sealed > bare + 100


def _red(picture: Image.Image) -> int:
    pixels = np.asarray(picture).astype(int)
    return int(np.sum((pixels[:, :, 0] > 150) & (pixels[:, :, 1] < 110)))
