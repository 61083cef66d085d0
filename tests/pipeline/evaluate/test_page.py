"""The page and the tables of an evaluation."""

import re
from io import StringIO

import pytest
from rich.console import Console

from pipeline.evaluate.page import to_html
from pipeline.evaluate.score import FieldScore
from pipeline.evaluate.summary import Evaluation, summarise
from pipeline.evaluate.table import share, tables
from tests.pipeline.evaluate.parts import field, scored


def evaluation(*, values: bool = False) -> Evaluation:
    wrong = FieldScore(
        field="owner", exact=False, errors=1, characters=9, confidence=0.6,
        wanted="<b>Anna</b>" if values else None, read="Anne" if values else None,
    )  # fmt: skip
    return summarise(
        [
            scored("<script>", field("owner", sure=0.99), quality="clean", dossier="x"),
            scored("b", wrong, quality="scanned", dossier="x"),
            scored("c", type=None, told="card", quality="scanned"),
        ]
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_is_self_contained_and_escapes_what_labels_say(lang: str) -> None:
    page = to_html(evaluation(values=True), lang=lang)
    assert "<script" not in page
    assert "&lt;b&gt;Anna" in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)
    assert page.count("<svg") == 2
    assert page.count("<circle") == 2


def test_page_has_values_only_if_they_were_kept() -> None:
    assert "Anna" not in to_html(evaluation(), lang="en")


def test_page_of_a_set_without_any_field_can_be_made() -> None:
    assert "<svg" in to_html(summarise([scored("a")]), lang="en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_tables_show_types_fields_calibration_and_coverage(lang: str) -> None:
    console = Console(width=120, record=True, file=StringIO())
    console.print(tables(evaluation(values=True), lang=lang))
    text = console.export_text()
    assert "2/3" in text
    assert "Anne" in text
    assert "0.1" in text


@pytest.mark.parametrize(("part", "text"), [(1, "100.0"), (0.99999, "99.9"), (0.5, "50.0"), (0.001, "0.1")], ids=str)
def test_a_share_is_never_rounded_up_to_all(part: float, text: str) -> None:
    assert share(part) == f"{text}\u00a0%"
