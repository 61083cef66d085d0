"""One picture of a licence, saved in several ways, as papers of two kinds and of two applicants: by the real engine."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.commands import AS_OF, SAMPLES, dossier

pytestmark = pytest.mark.engine

FORMS = {"png": "starriver", "webp": "mark-differs"}
"""How the picture is saved, and whose form comes with it: those of two companies."""


def save(folder: Path, name: str, **options: Any) -> None:
    """Save the picture of a sample's licence without loss."""
    folder.mkdir(parents=True, exist_ok=True)
    with Image.open(SAMPLES / "starriver" / "01.jpg") as picture:
        picture.save(folder / name, **options)


def write(folder: Path, kind: str) -> None:
    save(folder, f"licence.{kind}", **({"lossless": True} if kind == "webp" else {}))
    shutil.copy(SAMPLES / FORMS[kind] / "application.yaml", folder)


def judged(folder: Path, out: Path) -> dict[str, dict[str, Any]]:
    """Return the reports of a batch by dossier, timings taken out."""
    done = dossier("batch", folder, "-o", out, AS_OF)
    assert done.returncode == 0, done.stderr
    reports = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (out / "reports").iterdir()}
    for report in reports.values():
        del report["provenance"]["seconds"]
    return reports


def reuse(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding for finding in report["findings"] if finding["rule"] == "DOC106"]


@pytest.mark.parametrize(("first", "second"), [("png", "webp"), ("webp", "png")])
def test_one_licence_of_two_applicants_in_one_batch(tmp_path: Path, first: str, second: str, whole: bool) -> None:
    if first == "webp" and not whole:
        pytest.skip("with --faults: two minutes of a slow machine")
    write(tmp_path / "in" / "a", first)
    write(tmp_path / "in" / "b", second)
    at_once = judged(tmp_path / "in", tmp_path / "out")
    (earlier,), (later,) = reuse(at_once["a"]), reuse(at_once["b"])
    assert earlier["status"] == "pass"
    assert (later["status"], later["found"]) == ("fail", "a")
    assert f"licence.{second}" in later["message"]["en"]
    assert f"(dossier a, page 1 of licence.{first})" in later["message"]["en"]
    assert at_once["b"]["decision"] != "approved"
    # The other way about: the later one is there before the earlier one comes in.
    shutil.move(tmp_path / "in" / "a", tmp_path / "late")
    alone = judged(tmp_path / "in", tmp_path / "again")
    assert [finding["status"] for finding in reuse(alone["b"])] == ["pass"]
    shutil.move(tmp_path / "late", tmp_path / "in" / "a")
    assert judged(tmp_path / "in", tmp_path / "again") == at_once


def test_one_picture_as_two_kinds_of_paper_and_saved_again_under_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "starriver"
    write(folder, "png")
    save(folder, "trademark.tiff", compression="tiff_lzw")
    save(folder / "copy", "licence.webp", lossless=True)
    report = json.loads(dossier("verify", folder, AS_OF).stdout)
    found = {document["file"]: document for document in report["documents"]}
    assert len({document["sha256"] for document in found.values()}) == 3
    assert len({page["pixels"] for document in found.values() for page in document["pages"]}) == 1
    files = {document["id"]: file for file, document in found.items()}
    told = {files[finding["subject"]]: finding for finding in reuse(report)}
    assert {file: finding["status"] for file, finding in told.items()} == {
        "copy/licence.webp": "pass", "licence.png": "pass", "trademark.tiff": "fail",
    }  # fmt: skip
    assert [each["file"] for each in told["trademark.tiff"]["evidence"]] == ["trademark.tiff", "copy/licence.webp"]
    assert "same picture" in told["licence.png"]["message"]["en"]
