"""The real engine on sample pages pasted together, and on sample pages made worse."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageEnhance, ImageFilter

from pipeline.ingest import open_files
from pipeline.model import Document
from pipeline.ocr.ppocr import PpOcr
from pipeline.run import run
from pipeline.verdict import Finding, Status
from tests.pipeline import parts

SAMPLES = Path(__file__).parent.parent / "samples"
FIRST, SECOND = "starriver/01.jpg", "class-35-only/licence.jpg"
CERTIFICATE = "shoes-official-scan/certificate.png"
KEYS = ("unified_social_credit_code", "company_name", "legal_person", "establishment_date", "address")

pytestmark = pytest.mark.engine


def sample(place: str, *, width: int) -> Pillow.Image:
    picture = Pillow.open(SAMPLES / "dossiers" / place).convert("RGB")
    return picture.resize((width, picture.height * width // picture.width), Pillow.Resampling.LANCZOS)


def truth(place: str) -> Mapping[str, Any]:
    entries = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
    entities = next(entry["entities"] for entry in entries if entry["id"] == f"{place}#1")
    return {name: entities[name] for name in KEYS}


def judged(picture: Pillow.Image, folder: Path, engine: PpOcr) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    picture.save(folder / "photo.png")
    made = replace(parts.build(), engine=engine)
    outcome = run(open_files([folder / "photo.png"], made.settings), made, with_form=False)
    return outcome.dossier.documents, outcome.verdict.findings


def values(document: Document) -> dict[str, Any]:
    entities = document.fields.entities() if document.fields else {}
    return {name: entity.model_dump(mode="json")["value"] for name, entity in entities.items()}


def side_by_side(one: Pillow.Image, other: Pillow.Image) -> Pillow.Image:
    table = Pillow.new("RGB", (one.width + other.width + 60, max(one.height, other.height) + 40), (120, 100, 80))
    table.paste(one, (20, 20))
    table.paste(other, (one.width + 40, 20))
    return table


def stacked(one: Pillow.Image, other: Pillow.Image) -> Pillow.Image:
    table = Pillow.new("RGB", (max(one.width, other.width) + 40, one.height + other.height + 60), (120, 100, 80))
    table.paste(one, (20, 20))
    table.paste(other, (20, one.height + 40))
    return table


@pytest.mark.parametrize("together", [side_by_side, stacked])
def test_two_licences_in_one_photo_keep_their_values_apart(
    together: Callable[[Pillow.Image, Pillow.Image], Pillow.Image], tmp_path: Path, ppocr: PpOcr
) -> None:
    picture = together(sample(FIRST, width=1400), sample(SECOND, width=1400))
    documents, _ = judged(picture, tmp_path, ppocr)
    assert [document.type for document in documents] == ["business_licence"] * 2
    for document, place in zip(documents, (FIRST, SECOND), strict=True):
        drawn, read = truth(place), values(document)
        assert {name: read[name] for name in KEYS if name in read} == {
            name: value for name, value in drawn.items() if name in read
        }
        assert {"company_name", "legal_person"} <= set(read)


def test_a_licence_beside_a_certificate(tmp_path: Path, ppocr: PpOcr) -> None:
    picture = side_by_side(sample(FIRST, width=1500), sample(CERTIFICATE, width=800))
    documents, _ = judged(picture, tmp_path, ppocr)
    assert [document.type for document in documents] == ["business_licence", "trademark_certificate"]


def lamp(picture: Pillow.Image) -> Pillow.Image:
    darker = ImageEnhance.Brightness(picture).enhance(0.75)
    width, height = picture.size
    light = Pillow.new("L", picture.size)
    spot = (width * 0.1, height * 0.2, width * 0.6, height * 0.8)
    ImageDraw.Draw(light).ellipse(spot, fill=255)
    return Pillow.composite(
        Pillow.new("RGB", picture.size, "white"), darker, light.filter(ImageFilter.GaussianBlur(40))
    )


def right_part_missing(picture: Pillow.Image) -> Pillow.Image:
    return picture.crop((0, 0, picture.width * 72 // 100, picture.height))


WORSE: Mapping[str, tuple[Callable[[Pillow.Image], Pillow.Image], str]] = {
    "blurred": (lambda picture: picture.filter(ImageFilter.GaussianBlur(5)), "blurred"),
    "tiny": (lambda picture: picture.resize((250, 177), Pillow.Resampling.LANCZOS), "250 pixels at its longest side"),
    "dark": (lambda picture: ImageEnhance.Brightness(picture).enhance(0.02), "too dark"),
    "burnt out": (lambda picture: ImageEnhance.Brightness(picture).enhance(6), "hardly any contrast"),
    "a lamp on it": (lamp, "glare over"),
    "cut off": (right_part_missing, "text cut off at the right"),
}


@pytest.mark.parametrize(("worse", "told"), WORSE.values(), ids=WORSE)
def test_a_picture_made_worse_is_refused_with_its_fault(
    worse: Callable[[Pillow.Image], Pillow.Image], told: str, tmp_path: Path, ppocr: PpOcr
) -> None:
    _, findings = judged(worse(sample(FIRST, width=1800)), tmp_path, ppocr)
    (finding,) = [each for each in findings if each.rule == "DOC102"]
    assert finding.status is Status.FAIL
    assert told in finding.message.en


def test_a_sample_page_is_good_enough(tmp_path: Path, ppocr: PpOcr) -> None:
    _, findings = judged(sample(FIRST, width=1800), tmp_path, ppocr)
    assert [each.status for each in findings if each.rule == "DOC102"] == [Status.PASS]


def test_an_empty_sheet_is_listed_and_no_complaint_is_made(tmp_path: Path, ppocr: PpOcr) -> None:
    (document,), findings = judged(Pillow.new("RGB", (1200, 1700), (248, 247, 244)), tmp_path, ppocr)
    assert (document.type, document.type_reason) == ("other", "a blank page")
    assert {each.rule: each.status for each in findings}["DOC103"] is Status.NOT_APPLICABLE
    assert {each.rule: each.status for each in findings}["DOC102"] is Status.NOT_APPLICABLE
