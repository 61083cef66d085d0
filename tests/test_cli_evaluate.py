"""`dossier evaluate` as users run it: the installed command, the real engine, real pages."""

import json
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.commands import SAMPLES, dossier

TRUTH = json.loads((SAMPLES.parent / "truth.json").read_text(encoding="utf-8"))


def small_set(folder: Path, *entries: dict[str, Any]) -> Path:
    """Write a set of the starriver sample's licence, with other labels than its own."""
    folder.mkdir()
    copy(SAMPLES / "starriver" / "01.jpg", folder / "licence.jpg")
    (folder / "truth.json").write_text(json.dumps(entries), encoding="utf-8")
    return folder


def licence(**changes: Any) -> dict[str, Any]:
    entry = next(entry for entry in TRUTH if entry["id"] == "starriver/01.jpg#1")
    return {"id": "l", "file": "licence.jpg", "type": entry["type"], "entities": entry["entities"], **changes}


@pytest.mark.engine
def test_a_set_is_scored_as_json_without_values_and_drawn_on_request(tmp_path: Path) -> None:
    wrong = {"legal_person": "王不是", "company_name": licence()["entities"]["company_name"]}
    folder = small_set(tmp_path / "set", licence(entities=wrong), licence(id="look-alike", type=None, entities={}))
    done = dossier("evaluate", folder, "--html", tmp_path / "page.html", "--jobs", 1)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert {row["field"]: row["exact"] for row in told["fields"]} == {"company_name": 1, "legal_person": 0}
    assert [row["id"] for row in told["types"]["wrong"]] == ["look-alike"]
    assert told["unattended"]["fields"][0]["total"] == 2
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<svg" in page
    for value in ("王不是", licence()["entities"]["legal_person"]):
        assert value not in done.stdout + done.stderr + page
    shown = dossier("evaluate", folder, "--show", "--field", "legal_person", "--format", "table", "--lang", "zh")
    assert shown.returncode == 0, shown.stderr
    assert "王不是" in shown.stdout
    assert "法定代表人" in shown.stdout


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        pytest.param(licence(entities={"issue_date": "2019年"}), "entry l: entities.issue_date:", id="date"),
        pytest.param(licence(file="none.jpg"), "'none.jpg' is not in", id="file"),
        pytest.param({"id": "l", "type": None}, "entry l: file: Field required", id="field"),
    ],
)  # fmt: skip
def test_a_wrong_label_is_named_before_anything_is_read(tmp_path: Path, entry: dict[str, Any], message: str) -> None:
    done = dossier("evaluate", small_set(tmp_path / "set", entry))
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_a_field_that_no_label_has_is_wrong_usage(tmp_path: Path) -> None:
    done = dossier("evaluate", small_set(tmp_path / "set", licence()), "--field", "motto")
    assert done.returncode == 2
    assert "motto" in done.stderr
    assert "company_name" in done.stderr


def test_the_page_may_not_lie_in_the_set(tmp_path: Path) -> None:
    folder = small_set(tmp_path / "set", licence())
    done = dossier("evaluate", folder, "--html", folder / "page.html")
    assert done.returncode == 2
    assert not (folder / "page.html").exists()


def test_the_schema_of_labels_is_printed() -> None:
    done = dossier("schema", "truth")
    schema = json.loads(done.stdout)
    Draft202012Validator.check_schema(schema)
    assert not list(Draft202012Validator(schema).iter_errors(TRUTH))
