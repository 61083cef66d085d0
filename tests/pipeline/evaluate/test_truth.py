"""Labels as sets of one's own and samples/ have them, and what is wrong with others."""

import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline.errors import UsageError
from pipeline.evaluate.truth import load_truth, place_of, truth_schema

OWN = {"id": "a", "file": "documents/a.jpg", "type": "card", "kind": "plain", "quality": "poor", "uncertain": ["owner"],
       "entities": {"owner": "Anna", "scope_prefix": "sells"}}  # fmt: skip
SAMPLE = {"id": "x/a.jpg#2", "dossier": "x", "file": "a.jpg", "page": 2, "type": "card", "format": "jpeg",
          "quality": "clean", "entities": {}, "uncertain": [], "barcodes": []}  # fmt: skip
LOOK_ALIKE: dict[str, object] = {"id": "b", "file": "b.jpg", "type": None, "entities": {}}


def write(folder: Path, content: object) -> Path:
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "truth.json").write_text(text, encoding="utf-8")
    return folder


def test_both_forms_are_read_and_satisfy_the_schema(tmp_path: Path) -> None:
    own, sample, look_alike = load_truth(write(tmp_path, [OWN, SAMPLE, LOOK_ALIKE]))
    assert (own.uncertain, own.page, own.dossier) == (("owner",), None, None)
    assert (sample.dossier, sample.page, look_alike.type) == ("x", 2, None)
    jsonschema.validate([OWN, SAMPLE, LOOK_ALIKE], truth_schema())


def test_the_samples_own_labels_satisfy_the_schema() -> None:
    samples = Path(__file__).parents[3] / "samples"
    jsonschema.validate(json.loads((samples / "truth.json").read_text(encoding="utf-8")), truth_schema())
    labels = load_truth(samples)
    assert all(place_of(label, samples).path.is_file() for label in labels)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("{", "no JSON", id="not JSON"),
        pytest.param({"a": 1}, "no list of entries", id="no list"),
        pytest.param([], "no entry", id="empty"),
        pytest.param([OWN, {"id": "b", "type": "card"}], "entry b: file: Field required", id="field missing"),
        pytest.param([{**OWN, "page": 0}], "entry a: page: .*greater than or equal to 1", id="page 0"),
        pytest.param([{**OWN, "uncertain": "owner"}], "entry a: uncertain", id="no list of names"),
        pytest.param([[]], "entry 0", id="entry is no mapping"),
        pytest.param([OWN, OWN], "entry a: id: there are two", id="twins"),
    ],
)
def test_what_is_wrong_is_said_by_entry_and_field(tmp_path: Path, content: Any, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_truth(write(tmp_path, content))


def test_a_set_without_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="dossier schema truth"):
        load_truth(tmp_path)


def test_a_file_lies_in_the_set_in_its_dossier_or_in_a_zip(tmp_path: Path) -> None:
    own, sample = load_truth(write(tmp_path, [OWN, SAMPLE]))
    with pytest.raises(UsageError, match=r"a: file: 'documents/a\.jpg' is not in"):
        place_of(own, tmp_path)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/a.jpg").touch()
    assert place_of(own, tmp_path).path == tmp_path / "documents/a.jpg"
    (tmp_path / "dossiers").mkdir()
    with zipfile.ZipFile(tmp_path / "dossiers/x.zip", "w"):
        assert place_of(sample, tmp_path).member == "a.jpg"
    (tmp_path / "x").mkdir()
    (tmp_path / "x/a.jpg").touch()
    assert place_of(sample, tmp_path).path == tmp_path / "x/a.jpg"


def test_a_file_outside_the_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "secret.jpg").touch()
    (label,) = load_truth(write(tmp_path / "set", [{**OWN, "file": "../secret.jpg"}]))
    with pytest.raises(UsageError, match="outside the set"):
        place_of(label, tmp_path / "set")
